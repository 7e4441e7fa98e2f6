import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDependents } from '../../../../src/core/tasks/refactorDependents.ts';

/** "a>b c" reads: a imports b and c. */
function check(imports: readonly string[], touched: string, dependents: string, limit = 10): void {
  const graph = new Map(imports.map((line): [string, string[]] => {
    const [from = '', targets = ''] = line.split('>');
    return [from, targets.split(' ')];
  }));
  expect(findDependents(graph, touched.split(' '), limit).paths.join(' ')).toBe(dependents);
}

describe('the files that depend on a change', () => {
  it('are those that import it', () => check(['a>m', 'b>m', 'c>x'], 'm', 'a b'));
  it('are those that import them in turn, the nearest first', () => check(['z>m', 'b>z', 'a>b'], 'm', 'z b a'));
  it('are not the changed files themselves', () => check(['a>m', 'm>a'], 'm', 'a'));
  it('come up once, whatever the cycles', () => check(['a>m b', 'b>m a', 'c>a b'], 'm', 'a b c'));
  it('are those of all changed files', () => check(['a>m', 'b>n'], 'm n', 'a b'));
  it('are none without imports', () => check([], 'm', ''));
  it('are cut off at a limit, and the rest is counted', () => {
    check(['a>m', 'b>a', 'c>b'], 'm', 'a', 1);
    expect(findDependents(new Map([['a', ['m']], ['b', ['a']]]), ['m'], 1).leftOut).toBe(1);
  });
  it('are all that can reach it, and only those', () => {
    const edges = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 })), { maxLength: 40 });
    fc.assert(fc.property(edges, fc.integer({ min: 0, max: 12 }), (pairs, start) => {
      const graph = new Map<string, Set<string>>();
      for (const [from, to] of pairs) graph.set(String(from), (graph.get(String(from)) ?? new Set()).add(String(to)));
      const reaches = (from: string, seen: Set<string>): boolean => [...(graph.get(from) ?? [])].some((to) => to === String(start) || (!seen.has(to) && reaches(to, seen.add(to))));
      const expected = [...graph.keys()].filter((from) => from !== String(start) && reaches(from, new Set([from])));
      expect([...findDependents(graph, [String(start)], 100).paths].sort()).toEqual(expected.sort());
    }), { numRuns: 2000 });
  });
});
