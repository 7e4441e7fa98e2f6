import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInvisible } from '../../../../src/core/context/invisibleCharacters.ts';
import { hasHiddenCharacters, splitHiddenCharacters } from '../../../../src/webview/markdown/hiddenCharacters.ts';

describe('characters that are not seen', () => {
  it.each([['\u202e', 'U+202E'], ['\u2066', 'U+2066'], ['\u200b', 'U+200B'], ['\ufeff', 'U+FEFF'], ['\u{e0041}', 'U+E0041'], ['\u00ad', 'U+00AD'], ['\u001b', 'U+001B'], ['\u3164', 'U+3164'], ['\u200d', 'U+200D']])('%j is shown as %s', (character, codePoint) => {
    expect(splitHiddenCharacters(`a${character}b`)).toEqual([{ text: 'a' }, { text: character, codePoint }, { text: 'b' }]);
  });
  it.each(['plain text', 'tab\tand\nlines\r\n', '한국어', 'é', '👩‍💻', '👨‍👩‍👧', '👩🏽‍💻', '🏳️‍🌈', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'می‌خواهم', 'क्‍ष', 'שלום\u200f!', 'naïve', '→ …'])('%j has none', (text) => {
    expect(hasHiddenCharacters(text)).toBe(false);
  });
  it.each([['🏴󠁧󠁢󠁥󠁮󠁧󠁿\u{e0041}', 'U+E0041'], ['🏴\u{e0067}\u{e0062}', 'U+E0067'], ['👩\u200dx', 'U+200D'], ['a\u200c', 'U+200C'], ['a\u200fb', 'U+200F']])('%j has one that no spelling needs', (text, codePoint) => {
    expect(splitHiddenCharacters(text).find((piece) => piece.codePoint !== undefined)?.codePoint).toBe(codePoint);
  });
  it('are those that a request is checked for, wherever spelling may need them', () => {
    const parts = ['a', ' ', '1', '😀', '👩', '🏽', '🇰', '🇷', '\ufe0f', 'م', 'ک', 'ש', 'क', '\u094d', '\u200c', '\u200d', '\u200e', '\u200f', '\u061c', '🏴', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '\u{e0067}', '\u{e0062}', '\u{e007f}', '\u202e', '\u2066'];
    fc.assert(fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 8 }), (chosen) => {
      const text = chosen.join('');
      const inRequest = findInvisible(text).filter(({ kind }) => kind !== 'variation').map(({ codePoint }) => codePoint);
      const shown = splitHiddenCharacters(text).flatMap((piece) => (piece.codePoint === undefined ? [] : piece.text.codePointAt(0) ?? 0));
      expect(shown).toEqual(inRequest);
    }), { seed: 25, numRuns: 10_000 });
  });
  it('stay in the text: what is copied is what is shown', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(splitHiddenCharacters(text).map((piece) => piece.text).join('')).toBe(text);
    }), { seed: 11 });
  });
});
