import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorLine, shiftRange, type LineChange } from '../../../../src/core/tasks/lineAnchor.ts';

describe('the place of a line in another version', () => {
  const lines = ['a', 'b', 'c', 'b', 'd'];
  it('is the same where nothing moved', () => expect(anchorLine(lines, 'c', 3)).toBe(3));
  it('is the nearest equal line', () => {
    expect(anchorLine(lines, 'b', 1)).toBe(2);
    expect(anchorLine(lines, 'b', 5)).toBe(4);
  });
  it('forgives indentation', () => expect(anchorLine(lines, '   c', 1)).toBe(3));
  it('stays where nothing is equal', () => expect(anchorLine(lines, 'x', 2)).toBe(2));
  it('stays in the document', () => {
    expect(anchorLine(lines, 'x', 90)).toBe(5);
    expect(anchorLine([], 'x', 90)).toBe(1);
  });
  it('looks for no blank line', () => expect(anchorLine(['', 'a', ''], '', 2)).toBe(2));
});

describe('a range while the document is typed in', () => {
  function check(change: LineChange, expected: string): void {
    const { range, touched } = shiftRange({ startLine: 5, endLine: 7 }, change);
    expect(`${range.startLine}-${range.endLine}${touched ? ' touched' : ''}`).toBe(expected);
  }
  it('moves down with lines above', () => check({ startLine: 1, endLine: 1, lineBreaks: 2 }, '7-9'));
  it('moves up when lines above go', () => check({ startLine: 0, endLine: 2, lineBreaks: 0 }, '3-5'));
  it('stays when lines below change', () => check({ startLine: 7, endLine: 9, lineBreaks: 5 }, '5-7'));
  it('grows with lines inside', () => check({ startLine: 5, endLine: 5, lineBreaks: 1 }, '5-8 touched'));
  it('shrinks with lines inside', () => check({ startLine: 4, endLine: 5, lineBreaks: 0 }, '5-6 touched'));
  it('stays when a line inside changes', () => {
    check({ startLine: 4, endLine: 4, lineBreaks: 0 }, '5-7 touched');
  });
  it('is swallowed by a change around it', () => {
    check({ startLine: 0, endLine: 20, lineBreaks: 0 }, '1-1 touched');
  });
  it('follows its lines, whatever happens above', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 9 }), (start, length, lineBreaks) => {
      const endLine = Math.min(3, start + length);
      const before = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`);
      const after = [...before.slice(0, start), ...Array.from({ length: lineBreaks + 1 }, () => 'new'), ...before.slice(endLine + 1)];
      const { range, touched } = shiftRange({ startLine: 6, endLine: 7 }, { startLine: start, endLine, lineBreaks });
      expect(touched).toBe(false);
      expect(after.slice(range.startLine - 1, range.endLine)).toEqual(['line 6', 'line 7']);
    }));
  });
});
