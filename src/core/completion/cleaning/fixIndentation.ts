// Brings the answer's later lines to the file's own indentation: tabs or spaces, the width of a step, and the base that models drop
// when they write a block as if it stood at the left margin.
import { scanBrackets, unmatchedBrackets } from '../bracketScan.ts';
import { countSteps } from '../indentUnit.ts';
import { indentColumns, indentOf, isBlank, opensBlock, startsWithCloser } from '../lineShape.ts';
import type { CleaningSite, Filter } from './filter.ts';

export const fixIndentation: Filter = ({ text, site }) => {
  const lines = text.split('\n');
  if (lines.length === 1) return { text };
  const same = withFileCharacters(lines, site);
  // The steps of a text are its own.
  const scaled = site.isInsideText() ? same : withFileStep(same, site);
  return { text: withBase(scaled, site).join('\n') };
};

/** Tabs in a file of spaces become steps of the file, spaces in a file of tabs become tabs. */
function withFileCharacters(lines: readonly string[], site: CleaningSite): string[] {
  const usesTabs = site.unit.text === '\t';
  // Where the file has both there is nothing to bring them to.
  if (site.unit.isMixed) return [...lines];
  const step = usesTabs ? spaceStep(lines) : site.unit.text.length;
  return lines.map((line, index) => {
    const indent = indentOf(line);
    if (index === 0 || indent === '' || indent.includes('\t') === usesTabs) return line;
    const rest = line.slice(indent.length);
    if (!usesTabs) return indent.replaceAll('\t', site.unit.text) + rest;
    return '\t'.repeat(Math.floor(indent.length / step)) + ' '.repeat(indent.length % step) + rest;
  });
}

/** The narrowest step of an answer in spaces. */
function spaceStep(lines: readonly string[]): number {
  const widths = lines.slice(1).map((line) => indentOf(line).length).filter((width) => width >= 2);
  return widths.length === 0 ? 4 : Math.max(2, Math.min(8, widths.reduce(greatestCommonDivisor)));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** An answer that steps by two in a file that never does steps as the file. */
function withFileStep(lines: readonly string[], site: CleaningSite): readonly string[] {
  if (site.unit.text === '\t' || site.unit.evidence < 3) return lines;
  const first = site.place.linePrefix + (lines[0] ?? '');
  const own = [...stepsOfBlocks([first, ...lines.slice(1)], site)];
  const step = own[0]?.length ?? 0;
  const known = countSteps([...site.place.before, ...site.place.after]);
  if (own.length !== 1 || step === site.unit.columns || known.has(' '.repeat(step))) return lines;
  const base = indentColumns(first, site.unit.tabColumns);
  return lines.map((line, index) => {
    const deeper = indentOf(line).length - base;
    if (index === 0 || isBlank(line) || deeper % step !== 0) return line;
    return ' '.repeat(Math.max(0, base + (deeper / step) * site.unit.columns)) + line.trimStart();
  });
}

/** Steps below lines that open a block: all others align something with something. */
function stepsOfBlocks(lines: readonly string[], site: CleaningSite): ReadonlySet<string> {
  const code = lines.filter((line) => !isBlank(line));
  return new Set(code.flatMap((line, index) => (index > 0 && opensBlock(code[index - 1] ?? '', site.syntax) ? [...countSteps([code[index - 1] ?? '', line]).keys()] : [])));
}

function withBase(lines: readonly string[], site: CleaningSite): readonly string[] {
  const missing = missingColumns(lines, site);
  if (missing === 0) return lines;
  const base = indentOf(site.place.linePrefix + (lines[0] ?? '')).slice(0, site.unit.text === '\t' ? missing / site.unit.columns : missing);
  return lines.map((line, index) => (index === 0 || isBlank(line) ? line : base + line));
}

/** By how much all later lines stand left of where the first one says they belong. */
function missingColumns(lines: readonly string[], site: CleaningSite): number {
  const first = site.place.linePrefix + (lines[0] ?? '');
  const base = indentColumns(first, site.unit.tabColumns);
  const second = lines.slice(1).find((line) => !isBlank(line));
  // An answer that begins with a line end was written with the file's own columns in sight.
  if (base === 0 || second === undefined || isBlank(lines[0] ?? '') || scanBrackets(first, site.syntax).endsInside !== undefined) return 0;
  const least = Math.min(...lines.slice(1).filter((line) => !isBlank(line)).map((line) => indentColumns(line, site.unit.tabColumns)));
  return isShifted(lines, { first, second, least }, site) ? base : 0;
}

interface ShiftSigns {
  readonly first: string;
  /** The next line that is not blank. */
  readonly second: string;
  /** Columns of the leftmost later line. */
  readonly least: number;
}

/** An answer written at the left margin stands there with its leftmost line, or one step from it where the first line opens a block. */
function isShifted(lines: readonly string[], { first, second, least }: ShiftSigns, site: CleaningSite): boolean {
  const { columns } = site.unit;
  const secondColumns = indentColumns(second, columns);
  const base = indentColumns(first, columns);
  if (opensBlock(first, site.syntax) && !startsWithCloser(second)) return secondColumns > 0 && secondColumns <= Math.min(columns, base);
  if (least > 0 || secondColumns >= base) return false;
  const closing = closingColumns(lines, first, site);
  if (closing !== undefined) return closing === 0;
  if (startsWithCloser(second)) return false;
  // A statement right below, left of its block, without anything that ends the block.
  const isDeep = base >= 2 * columns && !/^(?:def|class|async def|@|if __name__)\b/.test(second);
  const leavesBlock = /^\s*(?:return|break|raise|continue|pass)\b/.test(first) || (lines[1] !== second && !isDeep);
  return !site.syntax.blocksByIndentation || (secondColumns === 0 && !leavesBlock);
}

/** Where the line stands that closes what the first line opened. */
function closingColumns(lines: readonly string[], first: string, site: CleaningSite): number | undefined {
  if (unmatchedBrackets(first, site.syntax).opened.length === 0) return undefined;
  for (let count = 2; count <= lines.length; count++) {
    const { opened } = unmatchedBrackets([first, ...lines.slice(1, count)].join('\n'), site.syntax);
    const line = lines[count - 1] ?? '';
    if (opened.length === 0) return startsWithCloser(line) ? indentColumns(line, site.unit.tabColumns) : undefined;
  }
  return undefined;
}
