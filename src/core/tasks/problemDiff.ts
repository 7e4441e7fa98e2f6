// Problems after an edit that were not there before. Lines move with an edit, so a problem is the same when file, source, code and
// message agree; each one before accounts for one after.

export interface SeenProblem {
  readonly uri: string;
  /** From 0. */
  readonly line: number;
  readonly severity: 'error' | 'warning';
  readonly source?: string;
  readonly code?: string;
  readonly message: string;
}

export function newProblems<Problem extends SeenProblem>(before: readonly SeenProblem[], after: readonly Problem[]): readonly Problem[] {
  const left = new Map<string, number>();
  for (const problem of before) left.set(keyOf(problem), (left.get(keyOf(problem)) ?? 0) + 1);
  return after.filter((problem) => {
    const count = left.get(keyOf(problem)) ?? 0;
    left.set(keyOf(problem), count - 1);
    return count <= 0;
  });
}

/** How many of the problems before are gone. */
export function curedCount(before: readonly SeenProblem[], after: readonly SeenProblem[]): number {
  return newProblems(after, before).length;
}

/** Line numbers inside a message ("declared at line 12") move too. */
function keyOf({ uri, severity, source, code, message }: SeenProblem): string {
  return JSON.stringify([uri, severity, source ?? '', code ?? '', message.replace(/\bline \d+/g, 'line')]);
}
