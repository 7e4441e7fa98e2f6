// Encodings: what VS Code calls them, what each can write, and that every character it can write comes back.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteOrderMark, createCodec } from '../../../../src/core/edit/codecs.ts';

const check = (encoding: string, text: string): readonly number[] | undefined => {
  const bytes = createCodec(encoding)?.encode(text);
  return bytes === undefined ? undefined : [...bytes];
};

describe('an encoding', () => {
  it.each<readonly [string, string, readonly number[]]>([
    ['utf8', 'é한😀', [0xc3, 0xa9, 0xed, 0x95, 0x9c, 0xf0, 0x9f, 0x98, 0x80]],
    ['utf16le', 'é😀', [0xe9, 0x00, 0x3d, 0xd8, 0x00, 0xde]],
    ['utf16be', 'é😀', [0x00, 0xe9, 0xd8, 0x3d, 0xde, 0x00]],
    ['windows1252', 'é€“', [0xe9, 0x80, 0x93]],
    ['windows1251', 'Привет', [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]],
    ['iso88592', 'łž', [0xb3, 0xbe]],
    ['iso885915', '€', [0xa4]],
    ['koi8r', 'да', [0xc4, 0xc1]],
    ['cp866', 'да', [0xa4, 0xa0]],
    ['macroman', 'é', [0x8e]],
    ['gbk', '汉字', [0xba, 0xba, 0xd7, 0xd6]],
    ['gb2312', '汉', [0xba, 0xba]],
    ['big5hkscs', '漢', [0xba, 0x7e]],
    ['shiftjis', '漢ｱ', [0x8a, 0xbf, 0xb1]],
    ['eucjp', '漢', [0xb4, 0xc1]],
    ['euckr', '한글', [0xc7, 0xd1, 0xb1, 0xdb]],
  ])('%s writes %j', (encoding, text, bytes) => {
    expect(check(encoding, text)).toEqual(bytes);
    expect(createCodec(encoding)?.decode(new Uint8Array(bytes))).toBe(text);
  });

  it.each([
    ['windows1252', '漢'], ['windows1251', 'é'], ['gbk', '😀'], ['shiftjis', '한'], ['euckr', '😀'], ['iso88592', '€'],
    // Half of a pair is no character.
    ['utf8', '\uD83D'],
  ])('%s has no bytes for %j', (encoding, text) => expect(check(encoding, text)).toBeUndefined());

  it.each(['utf7', 'gb18030', 'hz', 'iso2022jp', 'cp437', '', 'UTF-8'])('%j is none whose bytes are kept', (name) => expect(createCodec(name)).toBeUndefined());

  it.each(['windows1250', 'windows1252', 'windows1253', 'koi8u', 'iso88595', 'gbk', 'shiftjis', 'euckr', 'eucjp', 'big5hkscs'])('%s writes back every character that it reads', (encoding) => {
    const codec = createCodec(encoding);
    if (codec === undefined) throw new Error('unknown');
    for (let lead = 0; lead <= 0xff; lead++) {
      for (const bytes of lead < 0x81 ? [[lead]] : [[lead], [lead, 0x41], [lead, 0xa1], [lead, 0xfe]]) {
        const text = codec.decode(new Uint8Array(bytes));
        if (text.includes('\uFFFD')) continue;
        const again = codec.encode(text);
        // Some characters have two codes in one encoding: what is written then reads as the same character.
        if (again !== undefined) expect(codec.decode(again)).toBe(text);
      }
    }
  });

  it('of any text that it can write gives that text back', () => {
    const names = ['utf8', 'utf16le', 'utf16be', 'windows1252', 'gbk', 'shiftjis', 'euckr'] as const;
    fc.assert(fc.property(fc.constantFrom(...names), fc.string({ unit: 'grapheme', maxLength: 20 }), (name, text) => {
      const codec = createCodec(name);
      const bytes = codec?.encode(text);
      if (bytes !== undefined) expect(codec?.decode(bytes)).toBe(text);
    }), { numRuns: 2000 });
  });

  it('opens with its mark', () => {
    expect([...byteOrderMark('utf8bom')]).toEqual([0xef, 0xbb, 0xbf]);
    expect([...byteOrderMark('utf16le')]).toEqual([0xff, 0xfe]);
    expect([...byteOrderMark('utf16be')]).toEqual([0xfe, 0xff]);
    expect([...byteOrderMark('gbk')]).toEqual([]);
  });

  it('is made once', () => expect(createCodec('gbk')).toBe(createCodec('gbk')));

  it('says in which units line ends are looked for', () => {
    expect(createCodec('utf8')).toMatchObject({ unitBytes: 1 });
    expect(createCodec('utf16be')).toMatchObject({ unitBytes: 2, bigEndian: true });
    expect(createCodec('utf16le')).toMatchObject({ unitBytes: 2, bigEndian: false });
  });
});
