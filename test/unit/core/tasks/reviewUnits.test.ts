import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumberedLines, packUnits, splitLines, type NumberedLine } from '../../../../src/core/tasks/reviewUnits.ts';

const numbered = (texts: readonly string[]): readonly NumberedLine[] => texts.map((text, index) => ({ number: index + 1, mark: ' ', text }));
const byLength = (text: string): number => text.length;
const unit = (tokens: number): { path: string; text: string; tokens: number } => ({ path: String(tokens), text: '', tokens });

describe('numbered lines', () => {
  it('are aligned', () => {
    expect(formatNumberedLines([{ number: 9, mark: ' ', text: 'a' }, { number: 10, mark: ' ', text: 'b' }], false)).toBe(' 9 | a\n10 | b');
  });
  it('carry the marks of a change', () => {
    expect(formatNumberedLines([{ number: 1, mark: '+', text: 'a' }, { mark: '-', text: 'b' }], true)).toBe('1 + a\n  - b');
  });
  it('may be none', () => expect(formatNumberedLines([], false)).toBe(''));
});

describe('splitting lines', () => {
  it('leaves what fits', () => expect(splitLines(numbered(['a', 'b']), 100, byLength)).toHaveLength(1));
  it('cuts before a line that begins a block', () => {
    const pieces = splitLines(numbered(['function a', '  x', '  y', 'function b', '  z', '  zz']), 33, byLength);
    expect(pieces[0]?.map((line) => line.text)).toEqual(['function a', '  x', '  y']);
  });
  it('loses no line and changes no order', () => {
    fc.assert(fc.property(fc.array(fc.string({ maxLength: 12 })), fc.integer({ min: 1, max: 60 }), (texts, budget) => {
      const lines = numbered(texts);
      expect(splitLines(lines, budget, byLength).flat()).toEqual(lines);
    }));
  });
  it('keeps to the budget unless one line alone is above it', () => {
    fc.assert(fc.property(fc.array(fc.string({ maxLength: 12 })), fc.integer({ min: 1, max: 60 }), (texts, budget) => {
      for (const piece of splitLines(numbered(texts), budget, byLength)) {
        const cost = piece.reduce((sum, line) => sum + line.text.length + 3, 0);
        expect(piece.length === 1 || cost <= budget).toBe(true);
      }
    }));
  });
});

describe('packing', () => {
  it('fills requests in order', () => {
    expect(packUnits([unit(4), unit(5), unit(3), unit(9), unit(1)], 10).map((batch) => batch.map(({ tokens }) => tokens))).toEqual([[4, 5], [3], [9, 1]]);
  });
  it('lets a unit above the budget stand alone', () => {
    expect(packUnits([unit(1), unit(50), unit(1)], 10).map((batch) => batch.length)).toEqual([1, 1, 1]);
  });
  it('packs nothing into nothing', () => expect(packUnits([], 10)).toEqual([]));
  it('loses nothing', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 40 })), fc.integer({ min: 1, max: 50 }), (sizes, budget) => {
      expect(packUnits(sizes.map(unit), budget).flat().map(({ tokens }) => tokens)).toEqual(sizes);
    }));
  });
});
