import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSums, emptySum, pricePerThousand, sumOfRequest, type LedgerSum, type RequestCost } from '../../../../src/core/models/ledgerSum.ts';

const usage = { inputTokens: 100, outputTokens: 10, cacheReadTokens: 5, cacheWriteTokens: 2 };

function check(cost: Omit<RequestCost, 'usage'>, expected: Partial<LedgerSum>): void {
  expect(sumOfRequest({ usage, ...cost })).toEqual({ ...emptySum, requests: 1, ...usage, ...expected });
}

describe('what one request adds', () => {
  it('is its price and the direct price', () => check({ priceUsd: 1, priceIsEstimate: false, directUsd: 2 }, { priceUsd: 1, directUsd: 2 }));
  it('is its own price where nobody knows a direct one: nothing was saved', () => check({ priceUsd: 1, priceIsEstimate: true }, { priceUsd: 1, directUsd: 1, estimates: 1 }));
  it('is no price where none is known, and no direct one that it could be held against', () => check({ priceIsEstimate: true, directUsd: 2 }, { unknownPrices: 1 }));
  it('takes no billed figure for tokens', () => {
    expect(sumOfRequest({ usage: { ...usage, billedUsd: 9 }, priceIsEstimate: false })).not.toHaveProperty('billedUsd');
  });
});

describe('sums', () => {
  it('add up field by field', () => {
    const one: LedgerSum = { requests: 1, inputTokens: 2, outputTokens: 3, cacheReadTokens: 4, cacheWriteTokens: 5, priceUsd: 6, directUsd: 7, estimates: 8, unknownPrices: 9, acceptedCharacters: 10 };
    expect(addSums([one, one, emptySum])).toEqual({ requests: 2, inputTokens: 4, outputTokens: 6, cacheReadTokens: 8, cacheWriteTokens: 10, priceUsd: 12, directUsd: 14, estimates: 16, unknownPrices: 18, acceptedCharacters: 20 });
    expect(addSums([])).toEqual(emptySum);
  });

  it('have a price for a thousand accepted characters, where there are any', () => {
    expect(pricePerThousand({ ...emptySum, priceUsd: 0.5, acceptedCharacters: 250 })).toBe(2);
    expect(pricePerThousand({ ...emptySum, priceUsd: 0.5 })).toBeUndefined();
  });

  it('are the same in whatever order and groups they are added', () => {
    const count = fc.nat(1_000_000);
    const any = fc.record({
      requests: count, inputTokens: count, outputTokens: count, cacheReadTokens: count, cacheWriteTokens: count, priceUsd: count, directUsd: count, estimates: count, unknownPrices: count, acceptedCharacters: count,
    });
    fc.assert(fc.property(fc.array(any), fc.array(any), (some, others) => {
      const whole = addSums([...some, ...others]);
      expect(addSums([addSums(some), addSums(others)])).toEqual(whole);
      expect(addSums([...others, ...some].reverse())).toEqual(whole);
    }));
  });
});
