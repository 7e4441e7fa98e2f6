// Last step, made anew for each call: what of an answer is shown at the place where the cursor is now, and which text it replaces.
import { closerOf, isCloser, unmatchedBrackets } from '../bracketScan.ts';
import type { CompletionCall } from '../completionTypes.ts';
import { isQuote, openQuote } from '../insideText.ts';
import { isBlank, isTelling } from '../lineShape.ts';
import type { FilterReason } from '../outcome.ts';
import { nextLineOf } from '../place.ts';
import type { CleaningSite } from './filter.ts';
import { scopeEnd } from './limitScope.ts';
import { isSurplusCloser } from './surplusCloser.ts';

export interface FitInput {
  /** What the answer still holds for the text after the cursor. */
  readonly remaining: string;
  /** More of it may come. */
  readonly open: boolean;
  /** Waiting is over: whole lines are taken as they are. */
  readonly impatient: boolean;
  /** At the end of a line, show the next one already. */
  readonly crossLineEnd: boolean;
  /** Where one line was asked for: how many may be shown at once, as far as they have come. */
  readonly reachLines: number;
  readonly site: CleaningSite;
  /** The answer was asked for as a block: all of it is in scope. */
  readonly isBlock: boolean;
  /** What is left of the suggestion that is on the screen: it stays, and may only grow. */
  readonly visible: string;
  readonly selected?: CompletionCall['selectedSuggestion'];
}

export type FitOutput =
  | { readonly text: string; readonly replaceBefore: number; readonly replaceAfter: number }
  | 'wait'
  | { readonly rejected: FilterReason };

export function fitItem(input: FitInput): FitOutput {
  const taken = takeVisible(input) ?? (input.isBlock || input.site.mode === 'block' ? takeBlock(input) : takeLine(input));
  if (taken === 'wait' || 'rejected' in taken) return taken;
  const text = withoutExistingClosers(taken.text, input.site);
  if (input.visible === '' && (repeatsNextLine(text, input.site) || isSurplus(text, input.site))) return { rejected: 'repeats-text-after' };
  const fitted = withRest(text, input.site);
  return fitted.text.trim() === '' ? { rejected: 'blank' } : withSelected(fitted, input);
}

type Taken = { readonly text: string } | 'wait' | { readonly rejected: FilterReason };

function takeVisible(input: FitInput): Taken | undefined {
  const { visible, remaining, isBlock } = input;
  if (visible.trim() === '') return undefined;
  if (!remaining.startsWith(visible)) return isSameLine(visible, remaining) ? { text: visible } : undefined;
  if (!isBlock || !visible.includes('\n')) return { text: visible };
  const grown = takeBlock({ ...input, impatient: true, crossLineEnd: true });
  return grown !== 'wait' && 'text' in grown && grown.text.startsWith(visible) ? grown : { text: visible };
}

/** Later lines were cleaned otherwise as more of the answer came: what the user sees is not changed under the cursor. */
function isSameLine(visible: string, remaining: string): boolean {
  const line = visible.split('\n')[0] ?? '';
  return line.trim() !== '' && line === (remaining.split('\n')[0] ?? '').slice(0, Math.max(line.length, 1)) && visible.includes('\n');
}

function takeLine({ remaining, open, crossLineEnd, reachLines, site }: FitInput): Taken {
  const start = /^[ \t]*\n\s*/.exec(remaining)?.[0] ?? '';
  if (start !== '' && !crossLineEnd && !site.atLineStart) return { rejected: 'line-end' };
  const lines = remaining.slice(start.length).split('\n');
  const complete = open ? lines.slice(0, -1) : lines;
  if (complete.length === 0) return 'wait';
  const end = crossLineEnd ? withClosers(complete, reachLines) : reachLines;
  return { text: start + complete.slice(0, end).join('\n').trimEnd() };
}

/** Lines that do nothing but close go along with the line above them. */
function withClosers(lines: readonly string[], count: number): number {
  let end = count;
  while (end < lines.length && /^\s*[)\]};,]+$/.test(lines[end] ?? '')) end++;
  return end;
}

function takeBlock({ remaining, open, impatient, site, crossLineEnd, isBlock }: FitInput): Taken {
  if (/^[ \t]*\n/.test(remaining) && !crossLineEnd && !site.atLineStart) return { rejected: 'line-end' };
  const lines = remaining.split('\n');
  const complete = open ? lines.slice(0, -1) : lines;
  const end = isBlock ? undefined : scopeEnd(complete, open, site);
  if (end !== undefined) return { text: complete.slice(0, end).join('\n').trimEnd() };
  if (!open) return { text: remaining };
  return impatient && complete.some((line) => !isBlank(line)) ? { text: complete.join('\n').trimEnd() } : 'wait';
}

/** A block's end that the editor has already put below the cursor. */
function withoutExistingClosers(text: string, site: CleaningSite): string {
  const next = nextLineOf(site.place).trimEnd();
  const isCommentEnd = next.trim() === '*/';
  if ((!isCommentEnd && !isCloser(next.trimStart()[0] ?? '')) || !text.includes('\n')) return text;
  const lines = text.split('\n');
  const at = lines.findIndex((line, index) => index > 0 && isCloserOf(line.trimEnd(), next) && (isCommentEnd || endsEarlierBlock(lines.slice(0, index + 1), site)));
  return at < 0 ? text : lines.slice(0, at).join('\n').trimEnd();
}

/** The same line, or the same closer with what only it can have behind it: "}," where the editor put "}". */
function isCloserOf(line: string, next: string): boolean {
  return line === next || (line.startsWith(next) && /^\s*[)\]}]+$/.test(next) && /^[)\]};,]+$/.test(line.slice(next.length)));
}

/** With its last line all brackets of its kind that the text opened are closed, and one that was open before it. */
function endsEarlierBlock(lines: readonly string[], site: CleaningSite): boolean {
  const { closed, opened } = unmatchedBrackets(lines.join('\n'), site.syntax);
  const closer = lines.at(-1)?.trimStart()[0];
  return !opened.some((bracket) => closerOf(bracket.character) === closer) && closed.some((bracket) => bracket.character === closer);
}

function repeatsNextLine(shown: string, site: CleaningSite): boolean {
  if (!site.atLineStart) return false;
  const first = shown.split('\n')[0]?.trim() ?? '';
  return isTelling(first, 6) && first === nextLineOf(site.place).trim();
}

function isSurplus(text: string, { atLineStart, place, syntax }: CleaningSite): boolean {
  return atLineStart && isSurplusCloser(text, place, syntax);
}

interface Fitted {
  readonly text: string;
  readonly replaceAfter: number;
}

/** Settles what the answer and the rest of the cursor's line both hold: "b)" before ")". */
function withRest(text: string, site: CleaningSite): Fitted {
  const rest = site.place.lineRest.trimEnd();
  if (rest.trim() === '') return { text, replaceAfter: 0 };
  const tripled = withTripleQuote(text, rest, site);
  if (tripled !== undefined) return tripled;
  // Drawn over several lines, the rest of the line belongs at the end: it is retyped there.
  const overlap = text.includes('\n') && /^[\s)\]}"'`;,]+$/.test(rest) ? 0 : overlapWithRest(text, rest, site);
  if (overlap > 0) return { text: text.slice(0, -overlap), replaceAfter: 0 };
  return { text, replaceAfter: retypedClosers(text, rest, site) };
}

/** The editor closed a quote that is the first of three: its closer is the third. */
function withTripleQuote(text: string, rest: string, { place }: CleaningSite): Fitted | undefined {
  const quote = rest[0] ?? '';
  const isPair = isQuote(quote) && place.linePrefix.endsWith(quote) && text.startsWith(quote + quote) && rest.length === 1;
  if (!isPair) return undefined;
  return text.length === 2 ? { text: quote, replaceAfter: 0 } : { text, replaceAfter: 1 };
}

/** Length of an end of `text` that is the beginning of `rest` and stands there for the same thing. */
function overlapWithRest(text: string, rest: string, site: CleaningSite): number {
  for (let length = Math.min(text.length, rest.length); length > 0; length--) {
    const end = text.slice(-length);
    if (!rest.startsWith(end)) continue;
    if ((length >= 3 && /\w/.test(end)) || /\w\w/.test(end) || /^[;,:]+$/.test(end) || closesEarlier(text, text.length - length, site)) return length;
  }
  return 0;
}

/** Whether the bracket or quote at `index` ends something that was open before the text. */
function closesEarlier(text: string, index: number, site: CleaningSite): boolean {
  const character = text[index] ?? '';
  if (isCloser(character)) return unmatchedBrackets(codeOf(text, site), site.syntax).closed.some((bracket) => bracket.index === index);
  return isQuote(character) && closesQuote(text, index, site.place.linePrefix);
}

/** The text with blanks in place of what still belongs to a string that began on a line above. */
function codeOf(text: string, site: CleaningSite): string {
  const quote = site.syntax.multilineStrings.find((mark) => mark.length > 1 && text.includes(mark));
  if (quote === undefined || !site.isInsideText()) return text;
  const end = text.indexOf(quote) + quote.length;
  return ' '.repeat(end) + text.slice(end);
}

/** The string that is open at the cursor is over on the text's first line, and this quote ends it or one after it. */
function closesQuote(text: string, index: number, linePrefix: string): boolean {
  const line = text.split('\n', 1)[0] ?? '';
  const quote = text[index];
  const isOpenAfter = (length: number): boolean => openQuote(linePrefix + line.slice(0, length)) === quote;
  return index < line.length && isOpenAfter(0) && isOpenAfter(index) && !isOpenAfter(line.length);
}

/** How many closers right after the cursor the text has too, and goes on behind them. */
function retypedClosers(text: string, rest: string, site: CleaningSite): number {
  let from = 0;
  let length = 0;
  for (const character of rest) {
    let index = text.indexOf(character, from);
    while (index >= 0 && !closesEarlier(text, index, site)) index = text.indexOf(character, index + 1);
    if (index < 0) break;
    from = index + 1;
    length++;
  }
  return length;
}

function withSelected(fitted: Fitted, { selected, site }: FitInput): FitOutput {
  if (selected === undefined || selected.from.line !== site.place.line) return withBlankLine(fitted, site);
  const replaceBefore = site.place.character - selected.from.character;
  const typed = replaceBefore === 0 ? '' : site.place.linePrefix.slice(-replaceBefore);
  const text = typed + fitted.text;
  return text.startsWith(selected.text) ? { text, replaceBefore, replaceAfter: fitted.replaceAfter } : { rejected: 'not-in-suggest-widget' };
}

/** A suggestion that leaves the cursor's line blank takes its white space away. */
function withBlankLine(fitted: Fitted, { atLineStart, place }: CleaningSite): FitOutput {
  const leavesBlank = atLineStart && fitted.text.startsWith('\n') && place.lineRest.trim() === '';
  return { ...fitted, replaceBefore: leavesBlank ? place.linePrefix.length : 0 };
}
