// Edits that an answer carries, as the lines of a diff: what is the same in both parts, what goes, what comes. The marks between
// the parts are for the parser of edits (core/edit/searchReplaceBlock.ts), not for readers.

export interface EditLine {
  readonly kind: 'same' | 'old' | 'new';
  readonly text: string;
}

export interface EditReader {
  /** What a complete line of the block adds to what is shown. */
  take(line: string): EditStep;
  /** The lines of the block that is open, as if it ended here. */
  finish(): readonly EditLine[];
}

export type EditStep =
  | { readonly type: 'mark' }
  /** A line as it streams: of the old part, or of the new one. */
  | { readonly type: 'line'; readonly line: EditLine }
  /** The block is complete: these take the place of the lines that it showed while it streamed. */
  | { readonly type: 'block'; readonly lines: readonly EditLine[] };

export interface EditMarks {
  readonly separator: RegExp;
  readonly end: RegExp;
}

/** The marks of a block have one length, so that a text with such lines of its own can be quoted. */
export function readEditStart(line: string): EditMarks | undefined {
  const signs = /^\s{0,3}(<{5,}|-{5,}) ?(?:SEARCH|ORIGINAL)\b/.exec(line)?.[1];
  if (signs === undefined) return undefined;
  return { separator: new RegExp(`^\\s*={${signs.length}}\\s*$`), end: new RegExp(`^\\s*${signs.startsWith('<') ? '>' : '\\+'}{${signs.length}} ?(?:REPLACE|UPDATED)?\\s*$`) };
}

/** Whether more characters could still make it the first line of an edit. */
export function mayStartEdit(beginning: string): boolean {
  return /^\s{0,3}(?:<*|-*) ?[A-Z]{0,8}$/.test(beginning);
}

export function createEditReader(): EditReader {
  let part: 'outside' | 'old' | 'new' = 'outside';
  let marks: EditMarks | undefined;
  let oldLines: string[] = [];
  let newLines: string[] = [];

  return { take, finish };

  function take(line: string): EditStep {
    if (part === 'outside') return takeOutside(line);
    if (part === 'old' && marks?.separator.test(line) === true) {
      part = 'new';
      return { type: 'mark' };
    }
    if (marks?.end.test(line) === true) return { type: 'block', lines: finish() };
    (part === 'old' ? oldLines : newLines).push(line);
    return { type: 'line', line: { kind: part, text: line } };
  }

  function takeOutside(line: string): EditStep {
    marks = readEditStart(line);
    if (marks === undefined) return line.trim() === '' ? { type: 'mark' } : { type: 'block', lines: [{ kind: 'same', text: line }] };
    part = 'old';
    return { type: 'mark' };
  }

  function finish(): readonly EditLine[] {
    const lines = part === 'old' ? oldLines.map((text): EditLine => ({ kind: 'same', text })) : diffEdit(oldLines, newLines);
    part = 'outside';
    oldLines = [];
    newLines = [];
    return lines;
  }
}

/** Beyond this many pairs of lines only what is equal at both ends is told from what changed: blocks are small, and never cost a frame. */
const mostPairs = 40_000;

/** The longest common lines stay; in each place what goes stands before what comes. */
export function diffEdit(oldLines: readonly string[], newLines: readonly string[]): readonly EditLine[] {
  let head = 0;
  while (head < Math.min(oldLines.length, newLines.length) && oldLines[head] === newLines[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(oldLines.length, newLines.length) - head && oldLines.at(-1 - tail) === newLines.at(-1 - tail)) tail += 1;
  const middle = diffMiddle(oldLines.slice(head, oldLines.length - tail), newLines.slice(head, newLines.length - tail));
  return [...oldLines.slice(0, head).map(same), ...middle, ...oldLines.slice(oldLines.length - tail).map(same)];
}

function diffMiddle(oldLines: readonly string[], newLines: readonly string[]): readonly EditLine[] {
  const lines: EditLine[] = [];
  const width = newLines.length + 1;
  const lengths = oldLines.length * newLines.length > mostPairs ? undefined : commonLengths(oldLines, newLines);
  const common = (at: number, other: number): number => lengths?.[at * width + other] ?? 0;
  let at = 0;
  let other = 0;
  let added: EditLine[] = [];
  while (at < oldLines.length || other < newLines.length) {
    if (at < oldLines.length && oldLines[at] === newLines[other] && lengths !== undefined) {
      lines.push(...added, same(oldLines[at] ?? ''));
      added = [];
      at += 1;
      other += 1;
    } else if (at < oldLines.length && (other >= newLines.length || common(at + 1, other) >= common(at, other + 1))) {
      lines.push({ kind: 'old', text: oldLines[at] ?? '' });
      at += 1;
    } else {
      added.push({ kind: 'new', text: newLines[other] ?? '' });
      other += 1;
    }
  }
  return [...lines, ...added];
}

/** For each pair of places the length of what both have in common from there on. */
function commonLengths(oldLines: readonly string[], newLines: readonly string[]): Uint32Array {
  const width = newLines.length + 1;
  const lengths = new Uint32Array((oldLines.length + 1) * width);
  for (let at = oldLines.length - 1; at >= 0; at -= 1) {
    for (let other = newLines.length - 1; other >= 0; other -= 1) {
      const here = at * width + other;
      lengths[here] = oldLines[at] === newLines[other] ? (lengths[here + width + 1] ?? 0) + 1 : Math.max(lengths[here + width] ?? 0, lengths[here + 1] ?? 0);
    }
  }
  return lengths;
}

function same(text: string): EditLine {
  return { kind: 'same', text };
}
