// How an answer stands to where the cursor is now: did the user type into it, past it, or away from it?
import { indentOf, isBlank } from './lineShape.ts';
import { textSince, type Place } from './place.ts';

export type Relation =
  /** All that was typed since agrees, and `remaining` is what the answer says next. */
  | { readonly kind: 'ahead'; readonly since: string; readonly remaining: string }
  /** What was typed runs ahead of what has arrived, without a contradiction. */
  | { readonly kind: 'pending'; readonly since: string }
  /** Only the editor's indentation disagrees. */
  | { readonly kind: 'held'; readonly since: string }
  | { readonly kind: 'diverged' };

export interface AnswerText {
  readonly place: Place;
  readonly text: string;
  /** More of it may come. */
  readonly open: boolean;
}

const diverged: Relation = { kind: 'diverged' };

export function relate(answer: AnswerText, now: Place): Relation {
  const linesBack = now.uri === answer.place.uri ? now.chain.indexOf(answer.place.chain[0] ?? '') : -1;
  return linesBack < 0 ? diverged : relateAt(answer, now, linesBack);
}

/** As `relate`, where it is known how many lines above the cursor the answer begins. */
export function relateAt(answer: AnswerText, now: Place, linesBack: number): Relation {
  if (!isSameSpot(answer.place, now, linesBack)) return diverged;
  const typed = textSince(now, linesBack);
  const from = beginningOf(typed, answer.place.linePrefix);
  if (from === undefined || !hasSameTail(answer.place, now)) return diverged;
  return relateTyped(answer, typed.slice(from));
}

/** Lines that have to agree at another line number. */
const linesOfSpot = 60;

/** Code that was copied reads alike for many lines: at another line number more of them have to agree than the hash covers. */
function isSameSpot(origin: Place, now: Place, linesBack: number): boolean {
  if (origin.line === now.line - linesBack) return true;
  const above = now.before.slice(0, now.before.length - linesBack);
  const count = Math.min(linesOfSpot, origin.before.length, above.length);
  return origin.before.slice(-count).every((line, index) => line.trimEnd() === above[above.length - count + index]?.trimEnd());
}

/** Where the answer begins in what stands there now. Editors take the white space of a line away that was left blank. */
function beginningOf(typed: string, linePrefix: string): number | undefined {
  if (typed.startsWith(linePrefix)) return linePrefix.length;
  const lineEnd = typed.indexOf('\n');
  return lineEnd >= 0 && isBlank(linePrefix) && isBlank(typed.slice(0, lineEnd)) ? lineEnd : undefined;
}

/** The first characters after the cursor, less what editors close by themselves. */
function tailOf(place: Place): string {
  const text = [place.lineRest, ...place.after.slice(0, 12)].join('').replaceAll(/\s+/g, '');
  return text.replace(/^[)\]}"'`>;,]+/, '').slice(0, 40);
}

function hasSameTail(origin: Place, now: Place): boolean {
  if (origin.lineRest === now.lineRest && origin.after[0] === now.after[0] && origin.after[1] === now.after[1]) return true;
  return tailOf(origin) === tailOf(now);
}

function relateTyped(answer: AnswerText, since: string): Relation {
  if (answer.text.startsWith(since) && !isBlank(since.slice(since.lastIndexOf('\n') + 1))) {
    return { kind: 'ahead', since, remaining: answer.text.slice(since.length) };
  }
  return relateLines(answer, since);
}

// Line by line, because white space at a line's start is the editor's to set and blank lines are a matter of taste.
function relateLines(answer: AnswerText, since: string): Relation {
  const text = answer.text.split('\n');
  const typed = since.split('\n');
  let at = 0;
  for (const [index, line] of typed.slice(0, -1).entries()) {
    const own = text[at];
    if (own === undefined || (answer.open && at === text.length - 1)) return beyond(answer, own, line, since);
    if (own.trimEnd() === line.trimEnd()) at++;
    else if (index > 0 && isBlank(line)) continue;
    else if (at > 0 && isBlank(own) && text[at + 1]?.trimEnd() === line.trimEnd()) at += 2;
    else return diverged;
  }
  return relateLastLine(answer, { text: text.slice(at), typed: typed.at(-1) ?? '', since, sameLine: typed.length === 1 });
}

/** The typed text has more whole lines than have arrived. */
function beyond(answer: AnswerText, own: string | undefined, line: string, since: string): Relation {
  return answer.open && line.startsWith(own ?? '') ? { kind: 'pending', since } : diverged;
}

interface LastLine {
  readonly text: readonly string[];
  readonly typed: string;
  readonly since: string;
  /** The cursor is still on the line where the answer begins. */
  readonly sameLine: boolean;
}

function relateLastLine(answer: AnswerText, { text, typed, since, sameLine }: LastLine): Relation {
  const skipsBlank = !sameLine && !isBlank(typed) && text.length > 1 && isBlank(text[0] ?? '');
  const lines = skipsBlank ? text.slice(1) : text;
  const own = lines[0];
  const isArriving = answer.open && lines.length <= 1;
  if (own === undefined) return answer.open ? { kind: 'pending', since } : diverged;
  // A blank line that the answer wants first: the cursor's line is to stay blank.
  if (!sameLine && isBlank(typed) && isBlank(own) && !isArriving) return { kind: 'ahead', since, remaining: ['', ...lines.slice(1)].join('\n') };
  if (own.startsWith(typed)) {
    return { kind: 'ahead', since, remaining: [own.slice(typed.length), ...lines.slice(1)].join('\n') };
  }
  if (isArriving && (typed.startsWith(own) || isBlank(own))) return { kind: 'pending', since };
  return isBlank(typed) && (!sameLine || isBlank(answer.place.linePrefix)) && indentOf(own).length <= typed.length ? { kind: 'held', since } : diverged;
}
