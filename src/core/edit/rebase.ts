// Carries a proposal over what the user typed since it was made. Where both changed the same or touching lines it is refused: what the user
// typed is never overwritten.
import { applyHunks, type LineChange } from './hunks.ts';
import { diffLines } from './lineDiff.ts';
import { joinLines, splitLines } from './lineText.ts';
import type { Hunk } from './proposal.ts';

export interface RebaseInput {
  /** The text that the proposal was made for. */
  readonly base: string;
  readonly current: string;
  readonly proposed: string;
}

export type Rebased =
  /** `moved`: hunks that now stand elsewhere or next to other text. */
  | { readonly ok: true; readonly proposed: string; readonly moved: number }
  /** Hunks of the proposal, in lines of `base`, that the user's changes touch. */
  | { readonly ok: false; readonly conflicts: readonly Hunk[] };

export function rebase({ base, current, proposed }: RebaseInput): Rebased {
  if (base === current) return { ok: true, proposed, moved: 0 };
  const baseLines = splitLines(base).lines;
  const currentText = splitLines(current);
  const own = diffLines(baseLines, currentText.lines);
  const wanted = diffLines(baseLines, splitLines(proposed).lines);
  const conflicts = wanted.filter((hunk) => own.some((other) => touches(hunk, other) && !isSame(hunk, other)));
  if (conflicts.length > 0) return { ok: false, conflicts };
  const open = wanted.filter((hunk) => !own.some((other) => isSame(hunk, other)));
  const shifted = open.map((hunk): LineChange => {
    const shift = shiftBefore(own, hunk.baseStart);
    return { baseStart: hunk.baseStart + shift, baseEnd: hunk.baseEnd + shift, newLines: hunk.newLines };
  });
  return { ok: true, proposed: joinLines(applyHunks(currentText, shifted)), moved: open.length };
}

function touches(one: Hunk, other: Hunk): boolean {
  return one.baseStart <= other.baseEnd && other.baseStart <= one.baseEnd;
}

function isSame(one: Hunk, other: Hunk): boolean {
  return one.baseStart === other.baseStart && one.baseEnd === other.baseEnd && one.newLines.length === other.newLines.length && one.newLines.every((line, index) => line === other.newLines[index]);
}

function shiftBefore(hunks: readonly Hunk[], line: number): number {
  return hunks.filter((hunk) => hunk.baseEnd <= line).reduce((shift, hunk) => shift + hunk.newLines.length - (hunk.baseEnd - hunk.baseStart), 0);
}
