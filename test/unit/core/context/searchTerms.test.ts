import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitTerms } from '../../../../src/core/context/searchTerms.ts';

const word = fc.constantFrom('parcel', 'price', 'round', 'http', 'zone', 'list', 'key', 'user', 'max', 'total');
const words = fc.array(word, { minLength: 2, maxLength: 5 });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

describe('the spellings of a name', () => {
  it('come to the same terms', () => {
    fc.assert(fc.property(words, (parts) => {
      const camel = parts.map((part, index) => (index === 0 ? part : capital(part))).join('');
      const pascal = parts.map(capital).join('');
      const terms = splitTerms(camel);
      for (const other of [pascal, parts.join('_'), parts.join('_').toUpperCase()]) expect(splitTerms(other)).toEqual(terms);
    }));
  });

  it('share the terms of the words themselves', () => {
    fc.assert(fc.property(words, (parts) => {
      expect(splitTerms(parts.map(capital).join(''))).toEqual(expect.arrayContaining(parts));
      expect(splitTerms(parts.join(' '))).toEqual(parts);
    }));
  });
});

describe('terms', () => {
  it.each<readonly [string, string, string]>([
    ['plural', 'prices', 'price'], ['plural in -ies', 'entries', 'entry'], ['plural in -es', 'boxes', 'box'], ['plural in -shes', 'hashes', 'hash'],
    ['past', 'rounded', 'round'], ['past with a doubled letter', 'planned', 'plan'], ['going on', 'sending', 'send'], ['going on with a doubled letter', 'getting', 'get'],
  ])('meet across forms: %s', (_name, left, right) => {
    expect(splitTerms(left)).toEqual(splitTerms(right));
  });

  it.each(['status', 'class', 'this', 'is', 'need', 'seed', 'king', 'ring', 'bus', 'analysis'])('of %s are not cut into another word', (text) => {
    const [term] = splitTerms(text);
    expect(term === undefined || term === text).toBe(true);
  });

  it('are in lower case, of sane length, and none from none', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      for (const term of splitTerms(text)) {
        expect(term).not.toBe('');
        expect(term.length).toBeLessThanOrEqual(60);
      }
    }));
    expect(splitTerms('{ } => ;')).toEqual([]);
  });

  it('of Korean find a word with any particle', () => {
    const stem = new Set(splitTerms('가격'));
    for (const form of ['가격이', '가격을', '가격은', '가격에서', '가격표']) expect(splitTerms(form).some((term) => stem.has(term)), form).toBe(true);
  });
});
