import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinLines, mainLineEnd, splitLines, toLines, toText } from '../../../../src/core/edit/lineText.ts';
import { cases, wildFile } from './arbitraries.ts';

describe('a text as lines', () => {
  it('is put together again byte for byte', () => {
    fc.assert(fc.property(fc.oneof(wildFile.map(({ text }) => text), fc.string({ unit: fc.constantFrom('\r', '\n', 'a', '\u2028', '\u0085') })), (text) => {
      expect(joinLines(splitLines(text))).toBe(text);
    }), cases);
  });

  it.each([
    ['', [''], []],
    ['a', ['a'], []],
    ['a\n', ['a', ''], ['\n']],
    ['a\r\nb\rc\n\nd', ['a', 'b', 'c', '', 'd'], ['\r\n', '\r', '\n', '\n']],
    ['\r\r\n\n', ['', '', '', ''], ['\r', '\r\n', '\n']],
    ['a\u2028b', ['a\u2028b'], []],
  ])('%j has the lines %j', (text, lines, lineEnds) => {
    expect(splitLines(text)).toEqual({ lines, lineEnds });
    expect(toLines(text)).toEqual(lines);
  });

  it.each([
    [[], '\n'],
    [['\r\n'], '\r\n'],
    [['\n', '\r\n'], '\n'],
    [['\n', '\r\n', '\r\n'], '\r\n'],
    [['\r', '\r', '\n'], '\r'],
  ])('the main line end of %j is %j', (lineEnds, expected) => {
    expect(mainLineEnd(lineEnds)).toBe(expected);
  });

  it('joins lines with one line end', () => {
    expect(toText(['a', '', 'b'], '\r\n')).toBe('a\r\n\r\nb');
  });

  it('splits a text of a million characters without a line end in time', () => {
    const text = 'x'.repeat(1_000_000);
    expect(splitLines(`${text}\r${text}`).lines).toHaveLength(2);
  });
});
