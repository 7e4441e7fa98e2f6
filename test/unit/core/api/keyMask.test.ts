import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyMask } from '../../../../src/core/api/keyMask.ts';

const key = 'sk-canary-7f3a91c2';

function mask(pieces: readonly string[], secret: string | undefined = key): string {
  const keyMask = createKeyMask(secret);
  return pieces.map((piece) => keyMask.push(piece)).join('') + keyMask.flush();
}

describe('the mask of the key', () => {
  it.each<[string, readonly string[], string]>([
    ['in one piece', [`a ${key} b`], 'a ••• b'],
    ['twice', [`${key}${key} ${key}`], '•••••• •••'],
    ['cut behind what is held back', ['a sk-canary', '-7f3a91c2 b'], 'a ••• b'],
    ['cut behind what is not yet held back', ['a sk', '-canary-7f3a91c2 b'], 'a sk••• b'],
    ['in single letters', key.split(''), 'sk-•••'],
    ['that only begins like one', ['a sk-canary', ' b'], 'a sk-canary b'],
    ['that begins anew', ['sk-sk-canary', '-7f3a91c2'], 'sk-•••'],
    ['that never ends', ['a sk-canary-7'], 'a •••'],
    ['of which there is less than half', ['a sk-can'], 'a sk-can'],
    ['that is not there', ['plain', ' ', 'words s', 'k'], 'plain words sk'],
  ])('%s', (_name, pieces, expected) => expect(mask(pieces)).toBe(expected));

  it('gives plain words at once', () => {
    const keyMask = createKeyMask(key);
    expect(keyMask.push('has')).toBe('has');
    expect(keyMask.push(' sk-')).toBe(' sk-');
    expect(keyMask.flush()).toBe('');
  });

  it('lets all through where there is no key, or none to speak of', () => {
    expect(mask(['a', key], 'short')).toBe(`a${key}`);
    const none = createKeyMask(undefined);
    expect(none.push(key) + none.flush()).toBe(key);
  });

  it('never gives more than three letters of a key in a row, however it is cut, and changes nothing else', () => {
    const piece = fc.oneof(fc.constantFrom(key, key.slice(0, 5), key.slice(5), 'sk-', 's', 'k'), fc.string({ unit: 'grapheme', maxLength: 5 }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(100), { maxLength: 8 }), (words, cuts) => {
      const text = words.join('');
      const places = [0, ...cuts.filter((cut) => cut < text.length), text.length].sort((a, b) => a - b);
      const masked = mask(places.slice(1).map((place, index) => text.slice(places[index], place)));
      if (masked.includes(key)) return false;
      // Without the key in it only the unfinished start of one at the very end may be masked.
      return text.includes(key) || masked === text || (masked.endsWith('•••') && text.startsWith(masked.slice(0, -3)));
    }), { numRuns: 3000 });
  });
});
