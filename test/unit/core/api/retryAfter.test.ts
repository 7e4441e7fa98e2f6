import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../../src/core/api/retryAfter.ts';

const now = Date.UTC(2026, 10, 25, 12);
const inSeconds = (seconds: number): string => new Date(now + seconds * 1000).toUTCString();
const read = (headers: Readonly<Record<string, string>>): number | undefined => parseRetryAfter(new Headers(headers), now);

describe('parseRetryAfter', () => {
  it.each<[string, Readonly<Record<string, string>>, number | undefined]>([
    ['nothing', {}, undefined],
    ['seconds', { 'retry-after': '7' }, 7000],
    ['half seconds', { 'retry-after': '1.5' }, 1500],
    ['zero', { 'retry-after': '0' }, 0],
    ['milliseconds win', { 'retry-after-ms': '250', 'retry-after': '30' }, 250],
    ['garbage milliseconds do not', { 'retry-after-ms': 'soon', 'retry-after': '30' }, 30_000],
    ['a date', { 'retry-after': inSeconds(9) }, 9000],
    ['a date in the past', { 'retry-after': inSeconds(-9) }, undefined],
    ['a date against the server\'s clock', { 'retry-after': inSeconds(365 * 86_400 + 4), date: inSeconds(365 * 86_400) }, 4000],
    ['a far date', { 'retry-after': inSeconds(1e9) }, 1e12],
    ['words', { 'retry-after': 'abc' }, undefined],
    ['words with a number', { 'retry-after': 'abc 1' }, undefined],
    ['negative', { 'retry-after': '-1' }, undefined],
    ['infinite', { 'retry-after': 'Infinity' }, undefined],
    ['hexadecimal', { 'retry-after': '0x10' }, undefined],
    ['huge', { 'retry-after': '1000000000' }, 1e12],
    ['empty', { 'retry-after': '' }, undefined],
  ])('%s', (_name, headers, expected) => expect(read(headers)).toBe(expected));

  it('gives a wait that is no less than zero, or none', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.-eE+x GMTadnov,:'.split('')) }), (value) => {
      const wait = read({ 'retry-after': value.trim() });
      expect(wait === undefined || wait >= 0).toBe(true);
    }));
  });
});
