/** Lines from 1, both ends included. */
export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

/** A change of a document's text: the lines that it touched, and the line ends that stand there now. */
export interface LinesChange {
  readonly startLine: number;
  readonly endLine: number;
  /** The changed text began, or ended, before the first character of its line. */
  readonly startsLine: boolean;
  readonly endsBeforeLine: boolean;
  readonly newLineEnds: number;
}

/** Where the lines are after the change. Text that was added at an edge of them may be taken in; lines that are there still are never lost. */
export function moveRange(range: LineRange, change: LinesChange): LineRange {
  const { startLine, endLine } = range;
  const lastTouched = change.endsBeforeLine ? change.endLine - 1 : change.endLine;
  const lastNew = change.startLine + change.newLineEnds;
  const moved = lastNew - change.endLine;
  if (lastTouched < startLine) return { startLine: startLine + moved, endLine: endLine + moved };
  if (change.startLine > endLine) return range;
  const swallowsStart = change.startLine < startLine;
  const swallowsEnd = change.endLine > endLine;
  // A formatter may write the whole file anew: the same lines are the best guess.
  if (swallowsStart && swallowsEnd) return { startLine: Math.min(startLine, lastNew), endLine: Math.min(endLine, lastNew) };
  const start = swallowsStart ? lastNew : startLine;
  const end = swallowsEnd ? (change.startsLine ? change.startLine - 1 : change.startLine) : endLine + moved;
  return { startLine: start, endLine: Math.max(start, end) };
}

/** Changes as an editor tells them: each is about the text before any of them, the last in the text first. */
export function moveRangeBy(range: LineRange, changes: readonly LinesChange[]): LineRange {
  return changes.reduce(moveRange, range);
}
