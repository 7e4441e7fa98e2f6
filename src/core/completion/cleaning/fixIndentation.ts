// Brings the answer's later lines to the file's own indentation: tabs or spaces, the width of a step, and the base that models drop
// when they write a block as if it stood at the left margin.
import { scanBrackets, unmatchedBrackets } from '../bracketScan.ts';
import { countSteps } from '../indentUnit.ts';
import { isInsideHeredoc } from '../insideText.ts';
import { indentColumns, indentOf, isBlank, opensBlock } from '../lineShape.ts';
import type { CleaningSite, Filter } from './filter.ts';
import { isAtLeftMargin } from './leftMargin.ts';

export const fixIndentation: Filter = ({ text, open, site }) => {
  const lines = text.split('\n');
  if (lines.length === 1) return { text };
  const same = withFileCharacters(lines, site);
  // The steps of a text are its own.
  const scaled = site.isInsideText() ? same : withFileStep(same, site);
  return { text: withBase(scaled, open, site).join('\n') };
};

/** Tabs in a file of spaces become steps of the file, spaces in a file of tabs become tabs. */
function withFileCharacters(lines: readonly string[], site: CleaningSite): string[] {
  const usesTabs = site.unit.text === '\t';
  if (!isOtherwiseIndented(lines, usesTabs, site)) return [...lines];
  const step = usesTabs ? spaceStep(lines) : site.unit.text.length;
  return lines.map((line, index) => {
    const indent = indentOf(line);
    if (index === 0 || indent === '' || indent.includes('\t') === usesTabs || beginsInText(lines, index, site)) return line;
    const rest = line.slice(indent.length);
    if (!usesTabs) return indent.replaceAll('\t', site.unit.text) + rest;
    return '\t'.repeat(Math.floor(indent.length / step)) + ' '.repeat(indent.length % step) + rest;
  });
}

/** The file has none of what the answer indents with, and the answer nothing else. In makefiles and in texts a tab is more than white space. */
function isOtherwiseIndented(lines: readonly string[], usesTabs: boolean, { place, unit, isInsideText }: CleaningSite): boolean {
  if (place.languageId === 'makefile' || unit.isMixed || isInsideText()) return false;
  const [own, other] = usesTabs ? [/^\t/, /^ {2}/] : [/^ {2}/, /^ *\t/];
  const later = lines.slice(1);
  // "\t  a": tabs of eight columns in steps of two, as editors once wrote them.
  const isOneKind = !later.some((line) => own.test(line) || /^\t+ {2,}/.test(line));
  return isOneKind && later.some((line) => other.test(line)) && ![...place.before, place.linePrefix, ...place.after].some((line) => other.test(line));
}

/** Within a string or a heredoc that the answer itself began, white space is content. */
function beginsInText(lines: readonly string[], index: number, { place, syntax }: CleaningSite): boolean {
  const above = [place.linePrefix + (lines[0] ?? ''), ...lines.slice(1, index)];
  return scanBrackets(above.join('\n'), syntax).endsInside === 'string' || isInsideHeredoc([...above, ''], syntax);
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
  const { columns } = site.unit;
  // Where indentation alone makes the blocks, and a list's mark may stand for some of it, a step is data.
  const isData = site.syntax.blocksByIndentation && site.syntax.blockStart === undefined;
  if (site.unit.text === '\t' || site.unit.evidence < 3 || isData) return lines;
  const first = site.place.linePrefix + (lines[0] ?? '');
  const own = [...stepsOfBlocks([first, ...lines.slice(1)], site)];
  const step = own[0]?.length ?? 0;
  if (own.length !== 1 || (step !== columns * 2 && step * 2 !== columns) || !stepsOnlyByUnit(site)) return lines;
  const base = indentColumns(first, site.unit.tabColumns);
  const depths = lines.map((line) => (isBlank(line) ? 0 : indentOf(line).length - base));
  const isEven = depths.every((deeper, index) => index === 0 || deeper <= 0 || (deeper % step === 0 && !beginsInText(lines, index, site)));
  return isEven ? lines.map((line, index) => (index === 0 || (depths[index] ?? 0) <= 0 ? line : ' '.repeat(base + ((depths[index] ?? 0) / step) * columns) + line.trimStart())) : lines;
}

/** No line of the file stands otherwise: one that does says that its steps are not all the same. */
function stepsOnlyByUnit({ place, unit }: CleaningSite): boolean {
  return [...place.before, ...place.after].every((line) => isBlank(line) || indentOf(line).length % unit.columns <= 1)
    && [...countSteps([...place.before, ...place.after]).keys()].every((step) => step === unit.text);
}

/** Steps below lines that open a block: all others align something with something. */
function stepsOfBlocks(lines: readonly string[], site: CleaningSite): ReadonlySet<string> {
  const code = lines.filter((line) => !isBlank(line));
  return new Set(code.flatMap((line, index) => (index > 0 && isHeader(code[index - 1] ?? '', site) ? [...countSteps([code[index - 1] ?? '', line]).keys()] : [])));
}

function isHeader(line: string, { syntax }: CleaningSite): boolean {
  return opensBlock(line, syntax) && unmatchedBrackets(line, syntax).opened.every((bracket) => bracket.character === '{');
}

/** Lines written as if the first one stood at the left margin move under it. */
function withBase(lines: readonly string[], open: boolean, site: CleaningSite): readonly string[] {
  if (!isAtLeftMargin(lines, open, site)) return lines;
  const base = indentOf(site.place.linePrefix + (lines[0] ?? ''));
  return lines.map((line, index) => (index === 0 || isBlank(line) ? line : base + line));
}
