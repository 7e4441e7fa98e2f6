// Whether a model wrote an answer's later lines as if the first one stood at the left margin. They are moved only where the file proves
// it: as they stand, the lines would break the block around them or the one that the first line opens. Code that merely leaves its
// block ("except", "end", the next function) is left alone, and so is what may be read both ways.
import { unmatchedBrackets } from '../bracketScan.ts';
import { openQuote } from '../insideText.ts';
import { continuesConstruct, indentColumns, indentOf, isBlank, isCommentLine, opensBlock, startsWithCloser } from '../lineShape.ts';
import { standsAnywhere } from '../surroundings.ts';
import type { CleaningSite } from './filter.ts';

/** `later`: the lines behind the first that are whole, not blank, and stand somewhere for a reason. */
interface Answer {
  readonly first: string;
  readonly later: readonly string[];
  /** Columns of the first line. */
  readonly base: number;
  /** Nothing but white space between the first line and the next. */
  readonly hasBlankLine: boolean;
}

export function isAtLeftMargin(lines: readonly string[], open: boolean, site: CleaningSite): boolean {
  const first = site.place.linePrefix + (lines[0] ?? '');
  // The last line of an open stream may still become a closer or a label.
  const whole = lines.slice(1, open ? -1 : undefined);
  const later = whole.filter((line) => !isBlank(line) && !standsAnywhere(line, site.syntax));
  const usesTabs = site.unit.text === '\t';
  if (whole.some((line) => indentOf(line) !== '' && indentOf(line).includes('\t') !== usesTabs)) return false;
  const answer: Answer = { first, later, base: indentColumns(first, site.unit.tabColumns), hasBlankLine: isBlank(whole[0] ?? '') };
  if (answer.base === 0 || later.length === 0 || isBlank(lines[0] ?? '') || site.isInsideText() || site.surroundings().isContinued || !mayBeShifted(answer, site)) return false;
  return breaksBracket(answer, site) || closesAtMargin(answer, site) || breaksIndentation(answer, site);
}

/** As a text at the margin: the second line stands there, or a step deeper where the first one opens a block. */
function mayBeShifted({ first, later, base }: Answer, site: CleaningSite): boolean {
  const second = later[0] ?? '';
  const columns = indentColumns(second, site.unit.tabColumns);
  const opens = opensBlock(first, site.syntax) || unmatchedBrackets(first, site.syntax).opened.length > 0;
  if (opens) return columns > 0 ? columns <= Math.min(base, site.unit.columns) : startsWithCloser(second);
  return columns < base && !startsWithCloser(second);
}

/** A line that is still within the bracket around the cursor stands no deeper than the line with that bracket, as no line above does. */
function breaksBracket(answer: Answer, site: CleaningSite): boolean {
  const around = site.surroundings().bracket;
  if (around === undefined || answer.base <= around.columns || around.floor <= around.columns || site.syntax.blocksByTags) return false;
  let text = site.place.linePrefix.trimStart() + answer.first.slice(site.place.linePrefix.length);
  for (const line of answer.later) {
    if (isOpaque(text.slice(text.lastIndexOf('\n') + 1), site)) return false;
    const closers = /^\s*[)\]}]*/.exec(line)?.[0] ?? '';
    // The brackets of the cursor's own line come first: what closes more than these and the answer's own closes the block.
    if (unmatchedBrackets(`${text}\n${closers}`, site.syntax).closed.length > 0) return false;
    if (indentColumns(line, site.unit.tabColumns) <= around.columns) return true;
    text += `\n${line}`;
  }
  return false;
}

/** A text over several lines, or a macro, may begin here: from then on depths prove nothing. */
function isOpaque(line: string, site: CleaningSite): boolean {
  return line.endsWith('\\') || (site.syntax.heredocs === true && /<<[-~<]?\s*["'`\\]?\w/.test(line)) || (openQuote(line) !== undefined && !isCommentLine(line, site.syntax));
}

/** What the first line opens is closed at the margin, left of it. */
function closesAtMargin(answer: Answer, site: CleaningSite): boolean {
  if (site.syntax.blocksByTags) return closesTag(answer, site);
  if (!site.syntax.blocksByIndentation && site.syntax.blockEnd === undefined) return false;
  return closesBracket(answer, site) || closesWord(answer, site);
}

function closesBracket({ first, later }: Answer, site: CleaningSite): boolean {
  if (unmatchedBrackets(first, site.syntax).opened.length === 0 || site.surroundings().bracket !== undefined) return false;
  for (let count = 1; count <= later.length; count++) {
    const { opened } = unmatchedBrackets([first, ...later.slice(0, count)].join('\n'), site.syntax);
    const line = later[count - 1] ?? '';
    if (opened.length === 0) return startsWithCloser(line) && indentColumns(line, site.unit.tabColumns) === 0;
  }
  return false;
}

/** "do … end", "then … fi": as many ends as beginnings, the last of them at the margin. */
function closesWord({ first, later }: Answer, site: CleaningSite): boolean {
  const end = site.syntax.blockEnd;
  if (end === undefined || !opensBlock(first, site.syntax)) return false;
  let depth = 1;
  for (const line of later) {
    const isEnd = end.test(line);
    if (isEnd) depth--;
    if (depth === 0) return indentColumns(line, site.unit.tabColumns) === 0;
    if (indentColumns(line, site.unit.tabColumns) === 0 && !continuesConstruct(line)) return false;
    if (!isEnd && !continuesConstruct(line) && opensBlock(line, site.syntax)) depth++;
  }
  return false;
}

function closesTag({ first, later }: Answer, site: CleaningSite): boolean {
  const name = opensBlock(first, site.syntax) ? /<([A-Za-z][\w:.-]*)[^<>]*>\s*$/.exec(first)?.[1] : undefined;
  if (name === undefined) return false;
  const closer = later.find((line) => line.trimStart().startsWith(`</${name}>`) && indentColumns(line, site.unit.tabColumns) < site.unit.columns);
  return closer !== undefined && indentColumns(closer, site.unit.tabColumns) === 0;
}

/** Statements that no module has outside of a function. */
const neverAtMargin = /^(?:return|yield|break|continue|nonlocal|self\.)\b/;
/** Statements behind which nothing of the block can follow. */
const endsBlock = /^\s*(?:return|raise|break|continue|pass)\b/;
const startsModulePart = /^(?:def|class|async def|@|if __name__)\b|^@/;

/** Python, where a block is its indentation: a body that is not deeper than its header, or a statement that has to be in a function. */
function breaksIndentation(answer: Answer, site: CleaningSite): boolean {
  if (!site.syntax.bodiesAreDeeper || site.surroundings().bracket !== undefined) return false;
  const { first, later, base } = answer;
  const second = later[0] ?? '';
  const columns = indentColumns(second, site.unit.tabColumns);
  if (later.some((line) => isOpaque(line, site))) return false;
  if (opensBlock(first, site.syntax)) return columns > 0 && columns <= base && !isCommentLine(second, site.syntax) && unmatchedBrackets(first, site.syntax).opened.length === 0;
  if (columns > 0) return false;
  if (later.some((line) => neverAtMargin.test(line))) return true;
  // Right below a body that goes on: nobody leaves a function, or two blocks at once, without a blank line.
  const isPlain = !isCommentLine(second, site.syntax) && !continuesConstruct(second) && !startsModulePart.test(second);
  return isPlain && !answer.hasBlankLine && !endsBlock.test(first) && (base >= 2 * site.unit.columns || isInFunction(base, site));
}

function isInFunction(base: number, { place, unit }: CleaningSite): boolean {
  const header = place.before.findLast((line) => !isBlank(line) && indentColumns(line, unit.tabColumns) < base);
  return header !== undefined && /^\s*(?:async\s+)?def\b/.test(header);
}
