import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenSamples } from './tokenSamples.ts';
import { createTokenEstimator, estimateTokens } from '../../../../src/core/context/tokenEstimate.ts';

const code = 'export function total(parcels: readonly Parcel[]): number {\n  return parcels.reduce((sum, parcel) => sum + parcel.weightGrams, 0);\n}\n';
const korean = '이 함수는 소포의 무게를 모두 더합니다. 비어 있으면 0을 돌려줍니다.\n';

describe('an estimate', () => {
  // Counted with the last tokenizer that was published for the family.
  it.each([
    ['TypeScript', code, 39],
    ['Korean prose', korean, 38],
    ['nothing', '', 0],
    ['blanks', '        ', 0],
  ])('of %s is near the count', (_name, text, counted) => {
    expect(Math.abs(estimateTokens(text) - counted)).toBeLessThanOrEqual(Math.max(1, counted * 0.12));
  });

  it('is far from characters / 4 where that is wrong', () => {
    expect(estimateTokens(korean)).toBeGreaterThan((korean.length / 4) * 2);
  });

  it('grows with the text, by no more than the parts', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (left, right) => {
      const both = estimateTokens(left + right);
      expect(both).toBeLessThanOrEqual(estimateTokens(left) + estimateTokens(right) + 1);
      expect(both).toBeGreaterThanOrEqual(Math.max(estimateTokens(left), estimateTokens(right)) - 2);
    }));
  });

  it('of n copies is n times as large', () => {
    expect(estimateTokens(code.repeat(1000)) / (estimateTokens(code) * 1000)).toBeCloseTo(1, 1);
  });
});

describe('on samples that were counted', () => {
  // Each has about a hundred tokens, where one word more or less is a percent.
  it.each(tokenSamples)('$name is within 11 %', ({ text, tokens }) => {
    expect(Math.abs(estimateTokens(text) / tokens - 1)).toBeLessThan(0.11);
  });

  it('the sum of all is within 3 %', () => {
    const counted = tokenSamples.reduce((sum, { tokens }) => sum + tokens, 0);
    const estimated = tokenSamples.reduce((sum, { text }) => sum + estimateTokens(text), 0);
    expect(Math.abs(estimated / counted - 1)).toBeLessThan(0.03);
  });

  it('characters / 4 is off by more than a third for some', () => {
    expect(tokenSamples.some(({ text, tokens }) => Math.abs(text.length / 4 / tokens - 1) > 0.34)).toBe(true);
  });
});

describe('an estimator', () => {
  it('learns what is particular to a model from one answer', () => {
    const estimator = createTokenEstimator();
    estimator.learn('m', [code.repeat(50)], estimateTokens(code.repeat(50)) * 1.3);
    expect(estimator.estimate(code, 'm') / estimateTokens(code)).toBeCloseTo(1.3, 1);
    expect(estimator.estimate(code, 'other')).toBe(estimateTokens(code));
    expect(estimator.estimate(code)).toBe(estimateTokens(code));
  });

  it('learns Latin text and other scripts apart', () => {
    const estimator = createTokenEstimator();
    const manyCode = code.repeat(50);
    const manyKorean = korean.repeat(50);
    estimator.learn('m', [manyCode], estimateTokens(manyCode));
    for (let round = 0; round < 20; round++) estimator.learn('m', [manyKorean], estimateTokens(manyKorean) * 0.6);
    expect(estimator.estimate(manyKorean, 'm') / (estimateTokens(manyKorean) * 0.6)).toBeCloseTo(1, 1);
    expect(estimator.estimate(manyCode, 'm') / estimateTokens(manyCode)).toBeCloseTo(1, 2);
  });

  it('comes within 5 % whatever the factors of a model are', () => {
    fc.assert(fc.property(fc.double({ min: 0.6, max: 1.8, noNaN: true }), fc.double({ min: 0.6, max: 1.8, noNaN: true }), (latin, wide) => {
      const estimator = createTokenEstimator();
      const unit = (text: string): number => estimateTokens(text.repeat(50));
      for (let round = 0; round < 30; round++) {
        estimator.learn('m', [code.repeat(50)], unit(code) * latin);
        estimator.learn('m', [korean.repeat(50)], latinPart(korean) * latin + (unit(korean) - latinPart(korean)) * wide);
      }
      expect(Math.abs(estimator.estimate(code.repeat(50), 'm') / (unit(code) * latin) - 1)).toBeLessThan(0.05);
    }), { numRuns: 20 });
  });

  it('is moved little by one odd request, and not at all by a small one', () => {
    const estimator = createTokenEstimator();
    const many = code.repeat(50);
    estimator.learn('m', [many], estimateTokens(many));
    estimator.learn('m', [many], estimateTokens(many) * 2);
    expect(estimator.estimate(many, 'm') / estimateTokens(many)).toBeCloseTo(1.25, 1);
    estimator.learn('n', [code], 10_000);
    expect(estimator.estimate(code, 'n')).toBe(estimateTokens(code));
  });

  it('stays within bounds and survives nonsense', () => {
    const estimator = createTokenEstimator();
    estimator.learn('m', [code.repeat(50)], 1e9);
    expect(estimator.estimate(code, 'm')).toBeLessThanOrEqual(estimateTokens(code) * 3 + 1);
    estimator.learn('m', [code.repeat(50)], 0);
    estimator.learn('m', [], 100);
    expect(Number.isFinite(estimator.estimate(code, 'm'))).toBe(true);
  });

  it('goes on from what it had learnt', () => {
    const first = createTokenEstimator();
    first.learn('m', [code.repeat(50)], estimateTokens(code.repeat(50)) * 1.5);
    expect(createTokenEstimator(first.factors()).estimate(code, 'm')).toBe(first.estimate(code, 'm'));
  });
});

function latinPart(text: string): number {
  return estimateTokens(text.replaceAll(/\P{ASCII}+/gu, ' ').repeat(50));
}
