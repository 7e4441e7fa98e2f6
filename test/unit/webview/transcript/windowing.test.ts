import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHeights } from '../../../../src/webview/transcript/heights.ts';
import { missingRanges, spacerAfter, spacerBefore, toOffset, windowFor } from '../../../../src/webview/transcript/windowing.ts';

function heightsOf(values: readonly number[]): ReturnType<typeof createHeights> {
  const heights = createHeights(() => 100);
  heights.resize(values.length);
  values.forEach((value, index) => heights.set(index, value));
  return heights;
}

describe('heights', () => {
  it('sum up, and are found again by offset', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 200 }), fc.nat(200_000), (values, offset) => {
      const heights = heightsOf(values);
      const index = heights.indexAt(offset);
      expect(heights.total).toBe(values.reduce((sum, value) => sum + value, 0));
      expect(heights.offsetOf(index)).toBeLessThanOrEqual(Math.max(0, offset));
      if (index < values.length - 1) expect(heights.offsetOf(index + 1)).toBeGreaterThan(offset);
    }), { seed: 3 });
  });
  it('follow a change in the middle, a growth and a shortening', () => {
    const heights = heightsOf([10, 20, 30]);
    expect(heights.total).toBe(60);
    heights.set(1, 25);
    expect(heights.offsetOf(2)).toBe(35);
    heights.resize(5);
    expect(heights.total).toBe(265);
    heights.resize(1);
    expect(heights.total).toBe(10);
    heights.resize(2);
    expect(heights.get(1)).toBe(100);
    heights.forgetFrom(0);
    expect(heights.total).toBe(200);
  });
  it('takes 10,000 messages in its stride', () => {
    const heights = createHeights(() => 2_000);
    heights.resize(10_000);
    // A walk over all of them at each step would be half a billion steps: the runner's limit of 5 s is the judge, not a stopwatch.
    let wrong = 0;
    for (let index = 0; index < 50_000; index += 1) {
      heights.set(index % 10_000, 2_000);
      if (heights.indexAt((index % 10_000) * 2_000) !== index % 10_000) wrong += 1;
    }
    expect(wrong).toBe(0);
  });
});

describe('the window', () => {
  const heights = createHeights(() => 1_000);
  heights.resize(1_000);
  const none = { first: 0, last: 0 };

  it('covers the screen and a reserve on both sides', () => {
    const window = windowFor(heights, none, { scrollTop: 500_000, height: 800 });
    expect(window).toEqual({ first: 498, last: 503 });
    expect(spacerBefore(heights, window)).toBe(498_000);
    expect(spacerAfter(heights, window)).toBe(497_000);
  });
  it('stays as it is while it covers enough', () => {
    const window = windowFor(heights, none, { scrollTop: 500_000, height: 800 });
    expect(windowFor(heights, window, { scrollTop: 500_300, height: 800 })).toBe(window);
    expect(windowFor(heights, window, { scrollTop: 502_500, height: 800 })).not.toBe(window);
  });
  it('ends with the transcript', () => {
    expect(windowFor(heights, none, { scrollTop: 999_500, height: 800 }).last).toBe(1_000);
    expect(windowFor(createHeights(() => 1), none, { scrollTop: 0, height: 800 })).toEqual(none);
  });
  it('compresses what no browser can place, and still finds each message', () => {
    const tall = createHeights(() => 10_000);
    tall.resize(10_000);
    const window = { first: 5_000, last: 5_003 };
    expect(spacerBefore(tall, window) + spacerAfter(tall, window)).toBeLessThan(8_100_000);
    const top = spacerBefore(tall, window);
    expect(toOffset(tall, window, top + 12_345)).toBe(50_012_345);
    expect(tall.indexAt(toOffset(tall, window, top / 2))).toBe(2_500);
    expect(tall.indexAt(toOffset(tall, window, top + 30_000 + (spacerAfter(tall, window) * 4_997) / 9_994))).toBeGreaterThan(7_000);
  });
  it('asks for what is missing, in pieces', () => {
    expect(missingRanges({ first: 2, last: 9 }, (index) => index === 4 || index === 5, 2)).toEqual([{ from: 2, count: 2 }, { from: 6, count: 2 }, { from: 8, count: 1 }]);
    expect(missingRanges({ first: 2, last: 9 }, () => true, 2)).toEqual([]);
  });
});
