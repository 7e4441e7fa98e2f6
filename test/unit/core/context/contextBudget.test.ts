import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packPieces, type BudgetPiece } from '../../../../src/core/context/contextBudget.ts';

/** One token a character makes the sums easy to see. */
const estimate = (text: string): number => text.length;
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `${String(index).padStart(9, '0')}\n`).join('');

function check(pieces: readonly BudgetPiece<string>[], budget: number): string {
  const { kept, left } = packPieces(pieces, budget, estimate);
  return `${kept.map((piece) => `${piece.value}:${piece.tokens}${piece.isCut ? `@${piece.firstLine}` : ''}`).join(' ')} | ${left.join(' ')}`;
}

const piece = (value: string, size: number, priority: number, cut?: BudgetPiece<string>['cut']): BudgetPiece<string> => ({ value, text: lines(size / 10), priority, ...(cut === undefined ? {} : { cut }) });

describe('packing', () => {
  it.each<readonly [string, readonly BudgetPiece<string>[], number, string]>([
    ['keeps everything that fits, in the given order', [piece('a', 100, 1), piece('b', 100, 2)], 200, 'a:100 b:100 | '],
    ['keeps the more important when not all fits', [piece('a', 100, 1), piece('b', 100, 2)], 150, 'b:100 | a'],
    ['keeps the earlier among equals', [piece('a', 100, 1), piece('b', 100, 1)], 150, 'a:100 | b'],
    ['goes on to smaller ones behind one that does not fit', [piece('a', 300, 3), piece('b', 100, 2)], 150, 'b:100 | a'],
    ['cuts from the start', [piece('a', 300, 1, { from: 'start' })], 150, 'a:150@0 | '],
    ['cuts around a line', [piece('a', 300, 1, { from: 'around', line: 20 })], 70, 'a:70@17 | '],
    ['cuts around the first line', [piece('a', 300, 1, { from: 'around', line: 0 })], 70, 'a:70@0 | '],
    ['cuts around a line behind the end', [piece('a', 300, 1, { from: 'around', line: 999 })], 70, 'a:70@23 | '],
    ['leaves a remainder that is too small to help', [piece('a', 300, 1, { from: 'start' })], 39, ' | a'],
    ['has nothing for nothing', [], 100, ' | '],
  ])('%s', (_name, pieces, budget, expected) => {
    expect(check(pieces, budget)).toBe(expected);
  });

  it('says what everything would have come to', () => {
    expect(packPieces([piece('a', 100, 1), piece('b', 200, 1)], 100, estimate)).toMatchObject({ tokens: 100, wantedTokens: 300 });
  });

  it('never exceeds the budget, loses or changes a piece', () => {
    const anyPiece = fc.record({ size: fc.integer({ min: 0, max: 30 }), priority: fc.integer({ min: 0, max: 3 }), line: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }) });
    fc.assert(fc.property(fc.array(anyPiece, { maxLength: 8 }), fc.integer({ min: 0, max: 400 }), (raw, budget) => {
      const pieces = raw.map(({ size, priority, line }, index) => piece(String(index), size * 10, priority, line === undefined ? undefined : { from: 'around', line }));
      const packed = packPieces(pieces, budget, estimate);
      expect(packed.tokens).toBeLessThanOrEqual(budget);
      expect(packed.kept.length + packed.left.length).toBe(pieces.length);
      for (const kept of packed.kept) expect(pieces.find(({ value }) => value === kept.value)?.text).toContain(kept.text);
    }));
  });
});
