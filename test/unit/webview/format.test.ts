import { describe, expect, it } from 'vitest';
import { viewStrings } from '../../../src/shared/viewStrings.ts';
import { formatAge, formatModel, formatReceipt, formatTokens } from '../../../src/webview/format.ts';
import { createWords } from '../../../src/webview/words.ts';

const words = createWords(viewStrings, 'en');

describe('names of models', () => {
  it.each([['claude-opus-4.8', 'Opus 4.8'], ['claude-opus-4-8', 'Opus 4.8'], ['claude-haiku-4-5-20251001', 'Haiku 4.5'], ['anthropic/claude-sonnet-4.6', 'Sonnet 4.6'], ['claude-sonnet-5', 'Sonnet 5'], ['gpt-9', 'gpt-9'], ['<b>', '<b>']])('%s → %s', (id, name) => {
    expect(formatModel(id)).toBe(name);
  });
});

describe('prices', () => {
  it.each([[0, '$0'], [0.0236, '$0.024'], [0.00047, '$0.00047'], [0.5, '$0.50'], [1.2345, '$1.23'], [1234.5, '$1,234.50'], [0.999, '$1.0']])('%d → %s', (usd, text) => expect(words.price(usd)).toBe(text));
});

describe('times', () => {
  it.each([[1_200, '1.2'], [40, '0.0'], [9_949, '9.9'], [12_345, '12']])('%d ms → %s', (ms, text) => expect(words.seconds(ms)).toBe(text));
  it.each([[5_000, 'now'], [120_000, '2 min'], [7_200_000, '2 h'], [200_000_000, '2 d']])('%d ms ago → %s', (ms, text) => expect(formatAge(ms, words)).toBe(text));
});

describe('sizes', () => {
  it.each([[410, '410'], [1_240, '1.2k'], [36_000, '36k'], [999_999, '1,000k']])('%d → %s', (tokens, text) => expect(formatTokens(tokens, words)).toBe(text));
});

describe('the last line of an answer', () => {
  const usage = { inputTokens: 1_240, outputTokens: 380, cacheReadTokens: 0, cacheWriteTokens: 0 };
  const line = (receipt: Parameters<typeof formatReceipt>[0]): string => formatReceipt(receipt, words).map((part) => part.text).join(' · ');
  it('says tokens, price, what was saved, time to the first token', () => {
    expect(line({ usage, priceUsd: 0.0236, directUsd: 0.0472, priceIsEstimate: false, firstTokenMs: 1_200, durationMs: 1 })).toBe('1,240 in · 380 out · $0.024 · saves $0.024 · first token 1.2 s');
  });
  it('marks an estimate, counts the cache, never shows an unknown price as zero', () => {
    expect(line({ usage: { ...usage, cacheReadTokens: 900 }, priceUsd: 0.01, priceIsEstimate: true, durationMs: 1 })).toBe('1,240 in · 900 cached · 380 out · ≈ $0.010');
    expect(line({ usage, priceIsEstimate: false, durationMs: 1 })).toBe('1,240 in · 380 out · price unknown');
  });
  it('says in words that a refused request cost nothing', () => {
    expect(line({ priceUsd: 0, priceIsEstimate: false, durationMs: 1 })).toBe('Not billed');
  });
});

describe('words', () => {
  it('fills in values and leaves unknown names', () => {
    expect(words.text('queuedLabel')).toBe('Queued');
    expect(words.text('editFiles', { count: 1_200 })).toBe('1,200 files');
    expect(createWords({ editFiles: '{count} {other} {toString}' }, 'en').text('editFiles', { count: 1 })).toBe('1 {other} {toString}');
  });
  it('survives a language that is none', () => {
    expect(createWords({}, 'not a language').count(1_000)).toBe('1,000');
  });
});
