// Which lines of a shown text the answer is about to replace, when lines elsewhere have come and gone since the text was sent.
import type { Hunk } from './proposal.ts';
import { diffLines } from './lineDiff.ts';
import type { ShownEdit } from './shownEdit.ts';
import type { PreviewStep } from './streamPreview.ts';

export interface ComingInput {
  /** The text that was sent. */
  readonly sent: readonly string[];
  /** That text with the answer so far, as `step` has it. */
  readonly proposed: readonly string[];
  readonly step: Pick<PreviewStep, 'line' | 'comingEnd'>;
  /** The text as it is shown now, with the same answer in it. */
  readonly state: ShownEdit;
}

export function linesToCome({ sent, proposed, step: { line, comingEnd }, state }: ComingInput): { readonly start: number; readonly end: number } {
  if (sent === state.base) return { start: line, end: comingEnd };
  const inSent = line - shiftBefore(diffLines(sent, proposed), line, 'new');
  const shift = shiftBefore(diffLines(sent, state.base), inSent, 'base');
  return { start: line + shift, end: comingEnd + shift };
}

/** By how much the lines at `line` were moved by hunks above it. */
function shiftBefore(hunks: readonly Hunk[], line: number, side: 'base' | 'new'): number {
  const endOf = (hunk: Hunk): number => (side === 'base' ? hunk.baseEnd : hunk.newStart + hunk.newLines.length);
  return hunks.filter((hunk) => endOf(hunk) <= line).reduce((sum, hunk) => sum + hunk.newLines.length - (hunk.baseEnd - hunk.baseStart), 0);
}
