import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStopFilter, sentStopSequences } from '../../../../src/core/api/stopSequences.ts';
import { plainRequest } from '../../../helpers/clientHarness.ts';

function filterAll(stops: readonly string[], deltas: readonly string[]): string {
  const filter = createStopFilter({ ...plainRequest, stopSequences: stops }, true);
  if (!filter) return deltas.join('');
  return deltas.map((delta) => filter.push(delta)).join('') + filter.flush();
}

/** What the filter means, letter by letter: the text before the first sequence that is complete. */
function reference(stops: readonly string[], text: string): string {
  for (let end = 1; end <= text.length; end += 1) {
    const complete = stops.filter((stop) => stop !== '' && text.slice(0, end).endsWith(stop)).map((stop) => end - stop.length);
    if (complete.length > 0) return text.slice(0, Math.min(...complete));
  }
  return text;
}

describe('stop sequences', () => {
  it('go to the gateway where it takes them', () => {
    expect(createStopFilter({ ...plainRequest, stopSequences: ['a', 'b'] })).toBeUndefined();
    expect(createStopFilter(plainRequest)).toBeUndefined();
    expect(createStopFilter({ ...plainRequest, stopSequences: [''] })).toBeUndefined();
    expect(sentStopSequences({ ...plainRequest, stopSequences: ['a', '\n', ' ', 'b', 'c', 'd', 'e'] })).toEqual(['a', 'b', 'c', 'd']);
  });

  it('hold back only what may be the start of one', () => {
    const filter = createStopFilter({ ...plainRequest, stopSequences: ['\n\n'] });
    expect(filter?.push('one\n')).toBe('one');
    expect(filter?.push('two')).toBe('\ntwo');
    expect(filter?.push('\n')).toBe('');
    expect(filter?.stopped).toBe(false);
    expect(filter?.push('\nthree')).toBe('');
    expect(filter?.stopped).toBe(true);
    expect(filter?.push('four')).toBe('');
    expect(filter?.flush()).toBe('');
  });

  it('cut at the same place however the text comes', () => {
    const letters = fc.constantFrom('a', 'b', '\n', ' ');
    const texts = fc.array(fc.string({ unit: letters, maxLength: 6 }), { maxLength: 12 });
    const stops = fc.array(fc.string({ unit: letters, minLength: 0, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(stops, texts, (stopSequences, deltas) => filterAll(stopSequences, deltas) === reference(stopSequences, deltas.join(''))), { numRuns: 2000 });
  });
});
