import { describe, expect, it } from 'vitest';
import { createTakenRate } from '../../../../src/core/completion/takenRate.ts';

/** "t": shown and taken, "-": shown and not. */
function after(history: string): { readonly isHigh: boolean; readonly streak: number } {
  const rate = createTakenRate();
  for (const one of history) {
    rate.shown();
    if (one === 't') rate.accepted();
  }
  return { isHigh: rate.isHigh(), streak: rate.streak() };
}

describe('the rate of taken suggestions', () => {
  it.each([
    ['', false, 0], ['t', false, 1], ['ttt', false, 3], ['tttt', true, 4], ['tt--', true, 0], ['t---', false, 0], ['-t-ttt', true, 3], ['tttttttttt', true, 8],
  ])('after %j is high: %s, a streak of %i', (history, isHigh, streak) => expect(after(history)).toEqual({ isHigh, streak }));
});
