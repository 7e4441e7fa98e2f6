// Where a line of one version stands in another, and where lines go when a document is typed in.
import type { LineRange } from '../context/lineRange.ts';

/** The line equal to `text` that is nearest to `around` (from 1); else `around` itself, cut to the document. */
export function anchorLine(lines: readonly string[], text: string, around: number): number {
  const wanted = text.trim();
  const limit = Math.max(around, lines.length - around + 1);
  if (wanted !== '') {
    for (let distance = 0; distance <= limit; distance += 1) {
      for (const at of distance === 0 ? [around] : [around - distance, around + distance]) if (lines[at - 1]?.trim() === wanted) return at;
    }
  }
  return Math.min(Math.max(1, around), Math.max(1, lines.length));
}

/** A replacement of the lines startLine to endLine (from 0, both included) by text with `lineBreaks` line ends. */
export interface LineChange {
  readonly startLine: number;
  readonly endLine: number;
  readonly lineBreaks: number;
}

export interface ShiftedRange {
  readonly range: LineRange;
  /** The change touched the lines themselves. */
  readonly touched: boolean;
}

/** Lines of the range count from 1. */
export function shiftRange(range: LineRange, change: LineChange): ShiftedRange {
  const growth = change.lineBreaks - (change.endLine - change.startLine);
  const first = change.startLine + 1;
  const last = change.endLine + 1;
  if (first > range.endLine) return { range, touched: false };
  // A change that ends at the very line before leaves the lines alone but moves them.
  if (last < range.startLine) return { range: { startLine: range.startLine + growth, endLine: range.endLine + growth }, touched: false };
  const startLine = Math.min(range.startLine, first);
  return { range: { startLine, endLine: Math.max(startLine, range.endLine + growth) }, touched: true };
}
