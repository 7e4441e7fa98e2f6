import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestText } from '../../../../src/core/context/digestText.ts';

describe('a digest', () => {
  it('is the same for the same text and short for any', () => {
    fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (text) => {
      expect(digestText(text)).toBe(digestText(text));
      expect(digestText(text)).toMatch(/^[0-9a-f]{2,16}-\d{1,23}$/);
    }));
  });

  it('is another when one character is', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 300 }), fc.nat(), (text, place) => {
      const at = place % text.length;
      const other = `${text.slice(0, at)}${text.charAt(at) === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`;
      expect(digestText(other)).not.toBe(digestText(text));
    }));
  });
});
