import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readByteText } from '../../../../src/core/edit/byteText.ts';
import { byteOrderMark, createCodec } from '../../../../src/core/edit/codecs.ts';
import { diffLines } from '../../../../src/core/edit/lineDiff.ts';
import { cases } from './arbitraries.ts';

const encodings = ['utf8', 'utf8bom', 'utf16le', 'utf16be', 'windows1252', 'gbk', 'shiftjis', 'euckr', 'big5hkscs', 'eucjp', 'koi8r', 'iso88592'] as const;

/** Texts that most of the encodings have, and raw bytes that none may lose. */
const rawLine = (unit: 1 | 2): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength: 8 }).map((bytes) => {
  const even = unit === 2 ? bytes.slice(0, bytes.length - (bytes.length % 2)) : bytes;
  return even.map((byte) => (byte === 10 || byte === 13 ? 0x41 : byte));
});

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(parts.flatMap((part) => [...part]));

const bytesOf = (text: string, encoding: string): Uint8Array => {
  const bytes = createCodec(encoding)?.encode(text);
  if (bytes === undefined) throw new Error(`${encoding} has no bytes for it`);
  return bytes;
};

describe('a file as bytes', () => {
  it.each(encodings)('in %s keeps every byte of lines that do not change, whatever they are', (encoding) => {
    const codec = createCodec(encoding);
    if (codec === undefined) throw new Error('unknown');
    const newLine = fc.constantFrom('', 'new', '\tif (a) {', '}');
    fc.assert(fc.property(fc.oneof(fc.constantFrom('\r', '\n').map((end) => fc.constant(end)), fc.constant(fc.constantFrom('\n', '\r\n'))).chain((end) => fc.array(fc.tuple(rawLine(codec.unitBytes), end), { minLength: 1, maxLength: 8 })), fc.nat(), fc.array(newLine, { maxLength: 3 }), fc.boolean(), (raw, at, replacement, mark) => {
      const start = mark ? byteOrderMark(encoding) : new Uint8Array();
      const lines = raw.map(([bytes, end]) => ({ bytes, end: bytesOf(end, encoding) }));
      const bytes = join([start, ...lines.flatMap((each, index) => (index === lines.length - 1 ? [each.bytes] : [each.bytes, each.end]))]);
      const file = readByteText(bytes, encoding);
      if (file === undefined) throw new Error('unknown');
      expect(file.change([])).toEqual(bytes);
      const index = at % file.text.lines.length;
      const changed = file.change([{ baseStart: index, baseEnd: index + 1, newLines: replacement }]);
      if (changed === undefined) return;
      const again = readByteText(changed, encoding);
      // The text itself can begin with what looks like a mark.
      const expected = [...file.text.lines.slice(0, index), ...replacement, ...file.text.lines.slice(index + 1)];
      if (again?.text.lines.length === expected.length) expect(again.text.lines).toEqual(expected);
      const head = lines.slice(0, Math.max(0, index - 1)).flatMap((each) => [...each.bytes, ...each.end]);
      expect(changed.slice(start.length, start.length + head.length)).toEqual(new Uint8Array(head));
      const tail = lines.slice(index + 1).flatMap((each, i, all) => (i === all.length - 1 ? [...each.bytes] : [...each.bytes, ...each.end]));
      expect(changed.slice(changed.length - tail.length)).toEqual(new Uint8Array(tail));
    }), { numRuns: Math.ceil(cases.numRuns / encodings.length) });
  });

  it.each([
    ['utf8', 'naïve 😀\r\ne\u0301\nend'],
    ['utf8bom', 'ünï\n'],
    ['utf16le', 'ünï 😀\r\n한국어\n'],
    ['utf16be', 'ünï\n'],
    ['gbk', '中文\n注释\r\n'],
    ['shiftjis', '日本語ソ表\nテスト\n'],
    ['euckr', '한국어 주석\n가\n'],
    ['windows1252', 'naïve – “x” €\n'],
    ['koi8r', 'Привет\n'],
  ])('in %s is changed and changed back to the same bytes', (encoding, text) => {
    const bytes = join([encoding === 'utf8bom' ? byteOrderMark('utf8bom') : new Uint8Array(), bytesOf(text, encoding)]);
    const before = readByteText(bytes, encoding);
    const lines = before?.text.lines ?? [];
    expect(lines.join('|')).toBe(text.split(/\r?\n/).join('|'));
    const next = ['// one', ...lines.slice(0, -1), '// two', ...lines.slice(-1)];
    const changed = before?.change(diffLines(lines, next));
    const after = readByteText(changed ?? new Uint8Array(), encoding);
    expect(after?.text.lines).toEqual(next);
    expect(after?.change(diffLines(next, lines))).toEqual(bytes);
  });

  it('refuses a character that the encoding does not have', () => {
    const insert = [{ baseStart: 0, baseEnd: 0, newLines: ['€ 😀'] }];
    expect(readByteText(bytesOf('a\n', 'windows1252'), 'windows1252')?.change(insert)).toBeUndefined();
    expect(readByteText(bytesOf('a\n', 'euckr'), 'euckr')?.change(insert)).toBeUndefined();
    expect(readByteText(bytesOf('a\n', 'utf16le'), 'utf16le')?.change(insert)).toBeDefined();
    expect(readByteText(bytesOf('a\n', 'utf8'), 'utf8')?.change([{ baseStart: 0, baseEnd: 0, newLines: ['\uD800'] }])).toBeUndefined();
  });

  it('refuses to write a replacement character in the place of bytes that are no text', () => {
    const bytes = new Uint8Array([0x61, 0xff, 0x62, 10, 0x63]);
    const file = readByteText(bytes, 'utf8');
    expect(file?.text.lines).toEqual(['a\uFFFDb', 'c']);
    expect(file?.change([{ baseStart: 0, baseEnd: 1, newLines: ['A\uFFFDb'] }])).toBeUndefined();
    expect(file?.change([{ baseStart: 1, baseEnd: 2, newLines: ['C'] }])).toEqual(new Uint8Array([0x61, 0xff, 0x62, 10, 0x43]));
    // A real replacement character is a character like any other.
    expect(readByteText(new TextEncoder().encode('\uFFFD'), 'utf8')?.change([{ baseStart: 0, baseEnd: 1, newLines: ['x\uFFFD'] }])).toEqual(new TextEncoder().encode('x\uFFFD'));
  });

  it('knows what it cannot keep', () => {
    expect(readByteText(new Uint8Array(), 'iso2022jp')).toBeUndefined();
    expect(readByteText(new Uint8Array(), 'cp437')).toBeUndefined();
  });

  it('of UTF-16 with an odd last byte keeps it', () => {
    const bytes = new Uint8Array([0x61, 0, 10, 0, 0x62]);
    expect(readByteText(bytes, 'utf16le')?.change([{ baseStart: 0, baseEnd: 1, newLines: ['A'] }])).toEqual(new Uint8Array([0x41, 0, 10, 0, 0x62]));
  });
});
