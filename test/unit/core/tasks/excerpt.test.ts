import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planExcerpt } from '../../../../src/core/tasks/excerpt.ts';

/** Each line costs one. */
const one = (): number => 1;
const file = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `line ${index}`);

function check(count: number, focus: readonly [number, number] | undefined, budget: number, expected: string): void {
  const { ranges, complete } = planExcerpt(file(count), focus && { startLine: focus[0], endLine: focus[1] }, budget, one);
  expect(`${ranges.map(({ startLine, endLine }) => `${startLine}-${endLine}`).join(' ')}${complete ? ' complete' : ''}`).toBe(expected);
}

describe('an excerpt', () => {
  it('is the whole file while it fits', () => check(10, [5, 6], 10, '1-10 complete'));
  it('is a head and a window around the focus', () => check(1000, [500, 501], 100, '1-15 458-542'));
  it('is the beginning without a focus', () => check(1000, undefined, 100, '1-100'));
  it('is one range where head and window meet', () => check(1000, [20, 20], 100, '1-100'));
  it('reaches the end of the file', () => check(1000, [1000, 1000], 100, '1-15 916-1000'));
  it('cuts a focus that is too large', () => check(1000, [500, 900], 100, '1-15 500-584'));
  it('shows at least the first line of the focus', () => check(1000, [500, 500], 1, '500-500'));
  it('keeps to the file', () => check(10, [50, 90], 5, '6-10'));
  it('of an empty file is its one line', () => check(0, undefined, 5, '1-1 complete'));
  it('keeps to the budget, holds the focus and never overlaps', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), fc.integer({ min: 2, max: 100 }), (count, line, budget) => {
      const focus = Math.min(line, count);
      const { ranges } = planExcerpt(file(count), { startLine: focus, endLine: focus }, budget, one);
      const shown = ranges.flatMap(({ startLine, endLine }) => Array.from({ length: endLine - startLine + 1 }, (_, index) => startLine + index));
      expect(shown).toContain(focus);
      expect(new Set(shown).size).toBe(shown.length);
      expect(shown.length).toBeLessThanOrEqual(Math.max(budget, 1));
      expect(shown).toEqual(shown.toSorted((left, right) => left - right));
    }));
  });
});
