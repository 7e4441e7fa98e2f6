// What a person types in a text that carries an edit. Beside the edit it belongs to both texts, the one with the edit and the one without;
// in the edit's lines it becomes a part of the edit.
import type { LineChange } from './hunks.ts';
import { diffLines } from './lineDiff.ts';
import type { Hunk } from './proposal.ts';
import { applied, type ShownEdit } from './shownEdit.ts';

/** As the editor tells it: a range of the text before, and what stands there now. */
export interface TypedChange {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  readonly endCharacter: number;
  readonly text: string;
}

export interface FollowedChange {
  readonly state: ShownEdit;
  /** Whether the lines of the edit were touched. */
  readonly isInside: boolean;
  /** The lines that were touched, in the text as it was shown before. */
  readonly touched: LineChange;
}

export function followTyping(state: ShownEdit, typed: TypedChange): FollowedChange {
  const touched = toLineChange(state.shown, typed);
  const shown = applied(state.shown, [touched]);
  const hunks = state.hunks.filter((hunk) => isTouched(hunk, touched));
  const next = hunks.length > 0 ? typedInside({ ...state, shown }, hunks, touched) : typedOutside({ ...state, shown }, touched);
  return { state: { ...next, hunks: joinAdjacent(next.hunks) }, isInside: hunks.length > 0, touched };
}

/** As whole lines, as few as possible: a line that is put in before another does not touch it. */
export function toLineChange(lines: readonly string[], { startLine, startCharacter, endLine, endCharacter, text }: TypedChange): LineChange {
  const first = lines[startLine] ?? '';
  const last = lines[endLine] ?? '';
  const inserted = text.split(/\r\n|\n|\r/);
  if (startCharacter === 0 && endCharacter === 0 && inserted.at(-1) === '') return { baseStart: startLine, baseEnd: endLine, newLines: inserted.slice(0, -1) };
  const whole = (first.slice(0, startCharacter) + inserted.join('\n') + last.slice(endCharacter)).split('\n');
  let head = 0;
  let tail = 0;
  const old = endLine - startLine + 1;
  const shared = Math.min(old, whole.length);
  while (head < shared && lines[startLine + head] === whole[head]) head++;
  while (tail < shared - head && lines[endLine - tail] === whole[whole.length - 1 - tail]) tail++;
  return { baseStart: startLine + head, baseEnd: endLine + 1 - tail, newLines: whole.slice(head, whole.length - tail) };
}

function endOf(hunk: Hunk): number {
  return hunk.newStart + hunk.newLines.length;
}

/** Lines put in at either end of a hunk stand beside it. */
function isTouched(hunk: Hunk, { baseStart: from, baseEnd: to }: LineChange): boolean {
  return from < endOf(hunk) && hunk.newStart < to;
}

function typedOutside({ base, shown, hunks }: ShownEdit, { baseStart: from, baseEnd: to, newLines }: LineChange): ShownEdit {
  // What is put in where lines were taken away stands before them.
  const isBefore = (hunk: Hunk): boolean => (from === to && hunk.newLines.length === 0 ? hunk.newStart < from : endOf(hunk) <= from);
  const start = from - shiftOf(hunks.filter(isBefore));
  const shift = newLines.length - (to - from);
  return {
    base: applied(base, [{ baseStart: start, baseEnd: start + to - from, newLines }]),
    shown,
    hunks: hunks.map((hunk) => (isBefore(hunk) ? hunk : { ...hunk, baseStart: hunk.baseStart + shift, baseEnd: hunk.baseEnd + shift, newStart: hunk.newStart + shift })),
  };
}

/** The touched hunks and the touched lines between and beside them become one, in which the two texts are compared anew. */
function typedInside({ base, shown, hunks }: ShownEdit, touched: readonly Hunk[], { baseStart: from, baseEnd: to, newLines }: LineChange): ShownEdit {
  const [first] = touched;
  const last = touched.at(-1);
  if (first === undefined || last === undefined) return { base, shown, hunks };
  const start = Math.min(from, first.newStart);
  const end = Math.max(to, endOf(last));
  const shift = newLines.length - (to - from);
  const baseStart = first.baseStart - (first.newStart - start);
  const baseEnd = last.baseEnd + (end - endOf(last));
  const joined = diffLines(base.slice(baseStart, baseEnd), shown.slice(start, end + shift)).map((hunk) => moved(hunk, baseStart, start));
  const before = hunks.filter((hunk) => !touched.includes(hunk) && hunk.baseEnd <= baseStart);
  const after = hunks.filter((hunk) => !touched.includes(hunk) && hunk.baseEnd > baseStart).map((hunk) => ({ ...hunk, newStart: hunk.newStart + shift }));
  return { base, shown, hunks: [...before, ...joined, ...after] };
}

function moved(hunk: Hunk, baseBy: number, newBy: number): Hunk {
  return { ...hunk, baseStart: hunk.baseStart + baseBy, baseEnd: hunk.baseEnd + baseBy, newStart: hunk.newStart + newBy };
}

/** Hunks between which no line stands any longer are one. */
function joinAdjacent(hunks: readonly Hunk[]): readonly Hunk[] {
  const joined: Hunk[] = [];
  for (const hunk of hunks) {
    const before = joined.at(-1);
    if (before !== undefined && before.baseEnd === hunk.baseStart) joined[joined.length - 1] = { ...before, baseEnd: hunk.baseEnd, newLines: [...before.newLines, ...hunk.newLines] };
    else joined.push(hunk);
  }
  return joined;
}

function shiftOf(hunks: readonly Hunk[]): number {
  return hunks.reduce((sum, hunk) => sum + hunk.newLines.length - (hunk.baseEnd - hunk.baseStart), 0);
}
