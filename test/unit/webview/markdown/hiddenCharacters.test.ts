import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasHiddenCharacters, splitHiddenCharacters } from '../../../../src/webview/markdown/hiddenCharacters.ts';

describe('characters that are not seen', () => {
  it.each([['\u202e', 'U+202E'], ['\u2066', 'U+2066'], ['\u200b', 'U+200B'], ['\ufeff', 'U+FEFF'], ['\u{e0041}', 'U+E0041'], ['\u00ad', 'U+00AD'], ['\u001b', 'U+001B'], ['\u3164', 'U+3164'], ['\u200d', 'U+200D']])('%j is shown as %s', (character, codePoint) => {
    expect(splitHiddenCharacters(`a${character}b`)).toEqual([{ text: 'a' }, { text: character, codePoint }, { text: 'b' }]);
  });
  it.each(['plain text', 'tab\tand\nlines\r\n', '한국어', 'é', '👩‍💻', '👨‍👩‍👧', 'naïve', '→ …'])('%j has none', (text) => {
    expect(hasHiddenCharacters(text)).toBe(false);
  });
  it('stay in the text: what is copied is what is shown', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(splitHiddenCharacters(text).map((piece) => piece.text).join('')).toBe(text);
    }), { seed: 11 });
  });
});
