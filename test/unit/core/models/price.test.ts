import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTokens, formatUsd } from '../../../../src/core/models/formatCost.ts';
import { costOf, createPrices, type Price, type PriceSchedule } from '../../../../src/core/models/price.ts';

const schedule: PriceSchedule = new Map<string, Partial<Price>>([
  ['claude-haiku-4-5-20251001', { input: 0.4, output: 2 }],
  ['gpt-5.2', { input: 0.9, output: 7, cacheRead: 0.05, cacheWrite: 0.9 }],
  ['half-known', { input: 1 }],
]);
const live = createPrices(() => schedule);
const table = createPrices(() => new Map());

describe('prices', () => {
  it.each<[string, string, Price | undefined]>([
    ['the live price, in another spelling', 'claude-haiku-4.5', { input: 0.4, output: 2, cacheRead: 0.04, cacheWrite: 0.5 }],
    ['the live price with its own cache prices', 'gpt-5.2', { input: 0.9, output: 7, cacheRead: 0.05, cacheWrite: 0.9 }],
    ['the table for what the schedule leaves out', 'claude-opus-4.8', { input: 7.5, output: 37.5, cacheRead: 0.75, cacheWrite: 9.375 }],
    ['the table in dashes', 'claude-sonnet-4-6', { input: 1.5, output: 7.5, cacheRead: 0.15, cacheWrite: 1.875 }],
    ['unknown for half a price', 'half-known', undefined],
    ['unknown for an unknown model', 'mystery', undefined],
    ['unknown for another version', 'claude-opus-9', undefined],
  ])('are %s', (_name, model, expected) => {
    const price = live.priceOf(model);
    if (expected === undefined) expect(price).toBeUndefined();
    else for (const cell of ['input', 'output', 'cacheRead', 'cacheWrite'] as const) expect(price?.[cell]).toBeCloseTo(expected[cell], 10);
  });

  it.each([['claude-opus-4.8', 15, 75], ['claude-sonnet-4.6', 3, 15], ['claude-haiku-4.5', 1, 5]] as const)('through RunAPI are half of the direct price of %s', (model, input, output) => {
    expect(table.directPriceOf(model)).toMatchObject({ input, output });
    expect(table.priceOf(model)).toMatchObject({ input: input / 2, output: output / 2 });
  });

  it('of an unknown model have no direct price either', () => expect(live.directPriceOf('gpt-5.2')).toBeUndefined());

  it('cost what each kind of token costs', () => {
    const price: Price = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };
    expect(costOf({ inputTokens: 1_000_000, outputTokens: 100_000, cacheReadTokens: 500_000, cacheWriteTokens: 200_000 }, price)).toBeCloseTo(2 + 1 + 0.1 + 0.5, 10);
    expect(costOf({ inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }, price)).toBe(0);
  });

  it('add up: two requests cost what their sum costs, and more tokens never cost less', () => {
    const price: Price = { input: 1.5, output: 7.5, cacheRead: 0.15, cacheWrite: 1.875 };
    const count = fc.nat(10_000_000);
    const usage = fc.record({ inputTokens: count, outputTokens: count, cacheReadTokens: count, cacheWriteTokens: count });
    fc.assert(fc.property(usage, usage, (a, b) => {
      const both = { inputTokens: a.inputTokens + b.inputTokens, outputTokens: a.outputTokens + b.outputTokens, cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens, cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens };
      const sum = costOf(a, price) + costOf(b, price);
      return Math.abs(costOf(both, price) - sum) < 1e-9 * Math.max(1, sum) && costOf(both, price) >= costOf(a, price);
    }));
  });
});

describe('formatting', () => {
  it.each([
    [0, '$0.00'], [-1, '$0.00'], [0.0000001, '<$0.000001'], [0.000031, '$0.000031'], [0.00031, '$0.00031'], [0.0031, '$0.0031'], [0.0123, '$0.012'], [0.0996, '$0.10'], [0.5, '$0.50'], [0.994, '$0.99'], [0.999, '$1.00'], [1.234, '$1.23'], [12.5, '$12.50'], [1234.5, '$1,234.50'], [1_234_567, '$1,234,567.00'],
  ])('%d dollars are %s', (usd, text) => expect(formatUsd(usd)).toBe(text));

  it('shows two digits that are within 5 % of the price', () => {
    fc.assert(fc.property(fc.double({ min: 0.00001, max: 1000, noNaN: true }), (usd) => Math.abs(Number(formatUsd(usd).replace(/[$,]/g, '')) - usd) <= usd * 0.05 + 1e-12));
  });

  it.each([[0, '0'], [999, '999'], [1000, '1,000'], [1_234_567, '1,234,567'], [12.6, '13']])('%d tokens are %s', (tokens, text) => expect(formatTokens(tokens)).toBe(text));
});
