// A uniform shift of indentation between the text that an answer quotes and the text of the file, and the same shift for what replaces it.

/** Turns a new line (with its index among the new lines) of the answer into one of the file; undefined where it cannot. */
export type Reindent = (line: string, index: number) => string | undefined;

/** The shift that turns every sought line into its line of the file, if one and the same does so for all. Blank lines say nothing. */
export function findShift(sought: readonly string[], found: readonly string[], newLines: readonly string[]): Reindent | undefined {
  const pairs: Pair[] = [];
  for (const [index, line] of sought.entries()) {
    if (line.trim() !== '') pairs.push({ sought: indentOf(line), found: indentOf(found[index] ?? '') });
  }
  if (pairs.length === 0) return undefined;
  for (const rule of rulesFor(pairs, [...sought, ...newLines])) {
    const shift = shiftBetween(pairs, rule);
    if (shift !== undefined) return (line) => reindent(line, shift);
  }
  return firstLineShift(pairs);
}

export function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

interface Pair {
  readonly sought: string;
  readonly found: string;
}

/** One way to write an indentation in another style. */
type Rule = (indent: string) => string;
type Shift = (indent: string) => string | undefined;

const asItIs: Rule = (indent) => indent;

/** A file of tabs is answered with spaces and the other way round; how many spaces a tab stands for is what the answer steps by. */
function rulesFor(pairs: readonly Pair[], answerLines: readonly string[]): readonly Rule[] {
  const widths = new Set([stepOf(answerLines), 4, 2, 8, 3]);
  const toTabs = [...widths].map((width): Rule => (indent) => tabbed(indent, width));
  const toSpaces = [...widths].map((width): Rule => (indent) => indent.replaceAll('\t', ' '.repeat(width)));
  const tabsInFile = pairs.some((pair) => pair.found.includes('\t')) && pairs.every((pair) => !pair.sought.includes('\t'));
  return tabsInFile ? [...toTabs, asItIs] : [asItIs, ...toSpaces, ...toTabs];
}

function shiftBetween(pairs: readonly Pair[], rule: Rule): Shift | undefined {
  const first = pairs[0];
  if (first === undefined) return undefined;
  const sought = rule(first.sought);
  const added = first.found.endsWith(sought) ? first.found.slice(0, first.found.length - sought.length) : undefined;
  const dropped = sought.endsWith(first.found) ? sought.slice(0, sought.length - first.found.length) : undefined;
  const shift: Shift = (indent) => {
    const ruled = rule(indent);
    if (added !== undefined) return added + ruled;
    return dropped !== undefined && ruled.startsWith(dropped) ? ruled.slice(dropped.length) : undefined;
  };
  return pairs.every((pair) => shift(pair.sought) === pair.found) ? shift : undefined;
}

/** An answer often quotes from the first letter on: only its first line has lost its indentation. */
function firstLineShift(pairs: readonly Pair[]): Reindent | undefined {
  const [first, ...others] = pairs;
  if (first === undefined || others.length === 0 || first.sought !== '') return undefined;
  if (!others.every((pair) => pair.sought === pair.found)) return undefined;
  return (line, index) => (index === 0 && line.trim() !== '' && indentOf(line) === '' ? first.found + line : line);
}

function reindent(line: string, shift: Shift): string | undefined {
  if (line.trim() === '') return line;
  const indent = indentOf(line);
  const shifted = shift(indent);
  return shifted === undefined ? undefined : shifted + line.slice(indent.length);
}

function stepOf(lines: readonly string[]): number {
  let step = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const indent = indentOf(line);
    if (indent !== '' && line.trim() !== '' && !indent.includes('\t')) step = Math.min(step, indent.length);
  }
  return step <= 8 ? step : 4;
}

function tabbed(indent: string, width: number): string {
  const columns = indent.replaceAll('\t', ' '.repeat(width)).length;
  return '\t'.repeat(Math.floor(columns / width)) + ' '.repeat(columns % width);
}
