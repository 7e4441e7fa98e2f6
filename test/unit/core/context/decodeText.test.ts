import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUnreadable, decodeText } from '../../../../src/core/context/decodeText.ts';

const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values);

describe('the bytes of a file', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode('한글 日本語 😀'), '한글 日本語 😀'],
    ['UTF-8 with a mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'a'],
    ['UTF-16LE with its mark', bytes(0xff, 0xfe, 0x5c, 0xd5), '한'],
    ['UTF-16BE with its mark', bytes(0xfe, 0xff, 0xd5, 0x5c), '한'],
    ['nothing', bytes(), ''],
  ])('in %s are text', (_name, content, text) => expect(decodeText(content)).toBe(text));

  it.each([
    ['EUC-KR ("한글")', bytes(0xc7, 0xd1, 0xb1, 0xdb)],
    ['Shift_JIS ("日本")', bytes(0x93, 0xfa, 0x96, 0x7b)],
    ['Latin-1 ("é")', bytes(0x63, 0xe9, 0x20)],
    ['UTF-8 that is cut', bytes(0xed, 0x95)],
  ])('in %s are left to the editor', (_name, content) => expect(decodeText(content)).toBeUndefined());

  it('are never text with characters that were not in it', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (content) => {
      const isWide = (content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff);
      fc.pre(!isWide && !(content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf));
      const text = decodeText(content);
      if (text !== undefined) expect(new TextEncoder().encode(text)).toEqual(content);
    }));
  });

  it('count what was lost', () => {
    expect([countUnreadable('plain'), countUnreadable('\uFFFDa\uFFFD\uFFFD')]).toEqual([0, 3]);
  });
});
