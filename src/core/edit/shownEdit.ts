// A text that carries an edit which is not accepted yet: what it would be without the edit, what it is with it, and the lines in which the two
// differ. Follows what the answer adds and what a person types, so that at any moment the edit can be taken out and nothing else.
import { renumber, type LineChange } from './hunks.ts';
import { diffLines } from './lineDiff.ts';
import { toText } from './lineText.ts';
import type { Hunk } from './proposal.ts';
import { rebase } from './rebase.ts';

export interface ShownEdit {
  /** The text without the edit, with all that was typed elsewhere. */
  readonly base: readonly string[];
  readonly shown: readonly string[];
  /** From `base` to `shown`: in order, never touching each other. */
  readonly hunks: readonly Hunk[];
}

/** A step: the new state, and what has to be replaced in the lines that were shown before it. */
export interface ShownStep {
  readonly state: ShownEdit;
  readonly changes: readonly LineChange[];
}

export function startShown(base: readonly string[]): ShownEdit {
  return { base, shown: base, hunks: [] };
}

/** `proposed` was made for `original`; what was typed since is kept. Undefined: both touch the same lines. */
export function showProposed(state: ShownEdit, original: readonly string[], proposed: readonly string[]): ShownStep | undefined {
  if (original === state.base) return stepTo(state, state.base, proposed);
  const carried = rebase({ base: toText(original), current: toText(state.base), proposed: toText(proposed) });
  return carried.ok ? stepTo(state, state.base, carried.proposed.split('\n')) : undefined;
}

const emptyText: readonly string[] = [''];

/** The way back: the lines as they would be without the edit. */
export function giveBack(state: ShownEdit): ShownStep {
  // All that stood between the places of the edit may have been deleted: what is left is an empty text, which has one line.
  return stepTo(state, state.base.length === 0 ? emptyText : state.base, state.base.length === 0 ? emptyText : state.base);
}

/** Takes one place of the edit for good: nothing is replaced, it only ceases to be in question. */
export function keepHunk(state: ShownEdit, hunk: Hunk): ShownEdit {
  return { ...state, base: applied(state.base, [hunk]), hunks: renumber(othersAfter(state.hunks, hunk)) };
}

export function dropHunk(state: ShownEdit, hunk: Hunk): ShownStep {
  const hunks = renumber(state.hunks.filter((each) => each !== hunk));
  const back: LineChange = { baseStart: hunk.newStart, baseEnd: hunk.newStart + hunk.newLines.length, newLines: state.base.slice(hunk.baseStart, hunk.baseEnd) };
  return { state: { base: state.base, shown: applied(state.base, hunks), hunks }, changes: [back] };
}

function stepTo({ shown }: ShownEdit, base: readonly string[], target: readonly string[]): ShownStep {
  return { state: { base, shown: target, hunks: diffLines(base, target) }, changes: diffLines(shown, target) };
}

function othersAfter(hunks: readonly Hunk[], kept: Hunk): readonly Hunk[] {
  const shift = kept.newLines.length - (kept.baseEnd - kept.baseStart);
  return hunks.filter((hunk) => hunk !== kept).map((hunk) => (hunk.baseStart < kept.baseStart ? hunk : { ...hunk, baseStart: hunk.baseStart + shift, baseEnd: hunk.baseEnd + shift }));
}

/** Of lines alone: unlike with a text, of no lines nothing is left, not an empty line. */
export function applied(lines: readonly string[], changes: readonly LineChange[]): readonly string[] {
  const result: string[] = [];
  let at = 0;
  for (const { baseStart, baseEnd, newLines } of changes) {
    for (; at < baseStart; at++) result.push(lines[at] ?? '');
    for (const line of newLines) result.push(line);
    at = baseEnd;
  }
  for (; at < lines.length; at++) result.push(lines[at] ?? '');
  return result;
}
