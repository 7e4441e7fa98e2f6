// The hunks between two texts, line by line. White space counts: a change of indentation is a change. Line ends do not: an edit
// never changes them.
import { diffArrays } from 'diff';
import type { Hunk } from './proposal.ts';

/** Beyond this many changed lines the search for the smallest diff ends: uncapped it takes 12 to 16 s on unlike files of 10,000 lines, capped 55 ms. */
const maxEditLength = 1000;

export function diffLines(base: readonly string[], next: readonly string[]): readonly Hunk[] {
  const shared = Math.min(base.length, next.length);
  let head = 0;
  while (head < shared && base[head] === next[head]) head++;
  let tail = 0;
  while (tail < shared - head && base[base.length - 1 - tail] === next[next.length - 1 - tail]) tail++;
  return diffMiddle(base.slice(head, base.length - tail), next.slice(head, next.length - tail), head);
}

function diffMiddle(base: readonly string[], next: readonly string[], offset: number): readonly Hunk[] {
  if (base.length === 0 && next.length === 0) return [];
  if (base.length === 0 || next.length === 0) return [wholeHunk(base, next, offset, offset)];
  const changes = diffArrays([...base], [...next], { maxEditLength });
  if (changes === undefined) return diffByAnchors(base, next, offset);
  const hunks: Hunk[] = [];
  let baseAt = offset;
  let nextAt = offset;
  let open: { baseStart: number; newStart: number; newLines: string[] } | undefined;
  for (const change of changes) {
    if (!change.added && !change.removed) {
      if (open !== undefined) hunks.push({ ...open, baseEnd: baseAt });
      open = undefined;
      baseAt += change.count;
      nextAt += change.count;
      continue;
    }
    open ??= { baseStart: baseAt, newStart: nextAt, newLines: [] };
    if (change.removed) {
      baseAt += change.count;
    } else {
      open.newLines.push(...change.value);
      nextAt += change.count;
    }
  }
  if (open !== undefined) hunks.push({ ...open, baseEnd: baseAt });
  return hunks;
}

/** For very unlike texts: what stands between lines that occur once in both, in the same order, is replaced as a whole. */
function diffByAnchors(base: readonly string[], next: readonly string[], offset: number): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let baseAt = 0;
  let nextAt = 0;
  for (const [baseIndex, nextIndex] of [...increasing(uniquePairs(base, next)), [base.length, next.length] as const]) {
    if (baseIndex > baseAt || nextIndex > nextAt) {
      hunks.push(wholeHunk(base.slice(baseAt, baseIndex), next.slice(nextAt, nextIndex), offset + baseAt, offset + nextAt));
    }
    baseAt = baseIndex + 1;
    nextAt = nextIndex + 1;
  }
  return hunks;
}

function wholeHunk(base: readonly string[], next: readonly string[], baseStart: number, newStart: number): Hunk {
  return { baseStart, baseEnd: baseStart + base.length, newStart, newLines: next };
}

function uniquePairs(base: readonly string[], next: readonly string[]): readonly (readonly [number, number])[] {
  const inNext = uniqueIndexes(next);
  return [...uniqueIndexes(base)].flatMap(([line, baseIndex]) => {
    const nextIndex = inNext.get(line);
    return nextIndex === undefined ? [] : [[baseIndex, nextIndex] as const];
  });
}

function uniqueIndexes(lines: readonly string[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (seen.has(line)) repeated.add(line);
    else seen.set(line, index);
  }
  for (const line of repeated) seen.delete(line);
  return seen;
}

/** The longest run of pairs (ordered by their first index) whose second index grows too, by patience sorting. */
function increasing(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const tops: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < pair[1]) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? tops[low - 1] : undefined;
    tops[low] = index;
  }
  const run: (readonly [number, number])[] = [];
  for (let at = tops.at(-1); at !== undefined; at = before[at]) {
    const pair = pairs[at];
    if (pair !== undefined) run.push(pair);
  }
  return run.reverse();
}
