// Files that a change can break without touching them: those that import a touched file, directly or through others. The nearest come
// first, because a limit cuts the end off.

export interface Dependents {
  readonly paths: readonly string[];
  /** How many more there are. */
  readonly leftOut: number;
}

/** `imports`: file → the files that it imports. */
export function findDependents(imports: ReadonlyMap<string, Iterable<string>>, touched: Iterable<string>, limit: number): Dependents {
  const importers = invert(imports);
  const seen = new Set(touched);
  const found: string[] = [];
  let level: readonly string[] = [...seen];
  while (level.length > 0) {
    const next = [...new Set(level.flatMap((path) => importers.get(path) ?? []))].filter((path) => !seen.has(path)).sort();
    for (const path of next) seen.add(path);
    found.push(...next);
    level = next;
  }
  return { paths: found.slice(0, limit), leftOut: Math.max(0, found.length - limit) };
}

function invert(imports: ReadonlyMap<string, Iterable<string>>): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const [from, targets] of imports) {
    for (const target of new Set(targets)) importers.set(target, [...(importers.get(target) ?? []), from]);
  }
  return importers;
}
