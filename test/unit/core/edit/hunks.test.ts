// Carrying out changes of lines: which line end a new line gets, where the places of the other hunks go, and the same as ranges of an editor.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHunks, applyHunksToText, renumber, shiftAfter, type LineChange } from '../../../../src/core/edit/hunks.ts';
import { diffLines } from '../../../../src/core/edit/lineDiff.ts';
import { joinLines, splitLines } from '../../../../src/core/edit/lineText.ts';
import { toTextEdits } from '../../../../src/core/edit/textEdits.ts';
import { cases, lines, wildFile } from './arbitraries.ts';

/** Line ends are written as L, C (both) and R. */
const visible = (text: string): string => text.replaceAll('\r\n', 'C').replaceAll('\n', 'L').replaceAll('\r', 'R');
const real = (text: string): string => text.replaceAll('C', '\r\n').replaceAll('L', '\n').replaceAll('R', '\r');

const check = (text: string, changes: readonly LineChange[]): string => visible(applyHunksToText(real(text), changes));
const change = (baseStart: number, baseEnd: number, ...newLines: readonly string[]): LineChange => ({ baseStart, baseEnd, newLines });

describe('new lines', () => {
  it.each<readonly [string, string, readonly LineChange[], string]>([
    ['take the line end of what they replace', 'aCbLcC', [change(0, 1, 'x')], 'xCbLcC'],
    ['each of its own line', 'aCbLcR', [change(0, 3, 'x', 'y', 'z')], 'xCyLzR'],
    ['beyond what they replace that of the last of it', 'aLbCcL', [change(1, 2, 'x', 'y', 'z')], 'aLxCyCzCcL'],
    ['put in between that of the line above', 'aCbLc', [change(1, 1, 'x')], 'aCxCbLc'],
    ['put in at the top that of the first line', 'aCbLc', [change(0, 0, 'x')], 'xCaCbLc'],
    ['put in at the end that of the line before', 'aCb', [change(2, 2, 'x')], 'aCbCx'],
    ['of a text of one line a plain one', 'a', [change(0, 1, 'x', 'y')], 'xLy'],
    ['of an empty text none', '', [change(0, 1, 'x')], 'x'],
  ])('%s', (...[, text, changes, expected]) => expect(check(text, changes)).toBe(expected));
});

describe('what is taken away', () => {
  it.each<readonly [string, string, readonly LineChange[], string]>([
    ['takes its line end along', 'aLbCcL', [change(1, 2)], 'aLcL'],
    ['at the end leaves the line before without one', 'aLbCc', [change(2, 3)], 'aLb'],
    ['as a whole leaves an empty text', 'aLbLc', [change(0, 3)], ''],
    ['leaves the final line end that comes after it', 'aLbL', [change(1, 2)], 'aL'],
    ['and the final line end with it', 'aLbL', [change(1, 3)], 'a'],
  ])('%s', (...[, text, changes, expected]) => expect(check(text, changes)).toBe(expected));

  it('keeps an empty line between a carriage return and a line feed a line', () => {
    // "a", "x", "", "b": without "x" the two line ends would be read as one.
    expect(splitLines(applyHunksToText(real('aRxLLb'), [change(1, 2)])).lines).toEqual(['a', '', 'b']);
  });
});

describe('several hunks', () => {
  it('are in the lines of the same text', () => {
    expect(check('aLbLcLdLe', [change(0, 1, 'A', 'A2'), change(2, 3), change(4, 5, 'E')])).toBe('ALA2LbLdLE');
  });

  it('stand elsewhere after one of them was carried out', () => {
    const hunks = diffLines(['a', 'b', 'c', 'd', 'e'], ['A', 'A2', 'b', 'c', 'd', 'E']);
    const [first, last] = hunks;
    if (first === undefined || last === undefined) throw new Error('two hunks');
    expect(shiftAfter(hunks, first)).toMatchObject([{ baseStart: 5, baseEnd: 6 }]);
    expect(shiftAfter(hunks, last)).toMatchObject([{ baseStart: 0, baseEnd: 1 }]);
  });

  it('are counted anew when some of them are left out', () => {
    const hunks = diffLines(['a', 'b', 'c', 'd', 'e'], ['A', 'A2', 'b', 'd', 'E']);
    expect(hunks.map(({ newStart }) => newStart)).toEqual([0, 3, 4]);
    expect(renumber(hunks.slice(1)).map(({ newStart }) => newStart)).toEqual([2, 3]);
  });

  it('one by one, in any order, are the same as all at once, whatever the line ends', () => {
    fc.assert(fc.property(wildFile, lines, fc.infiniteStream(fc.nat()), (base, next, picks) => {
      const all = diffLines(base.lines, next);
      let text = splitLines(base.text);
      for (let left = all; left.length > 0; ) {
        const hunk = left[(picks.next().value ?? 0) % left.length];
        if (hunk === undefined) break;
        text = applyHunks(text, [hunk]);
        left = shiftAfter(left, hunk);
      }
      expect(text.lines).toEqual(applyHunks(splitLines(base.text), all).lines);
    }), cases);
  });

  it('leave the line ends of lines that stay, unless a line would vanish between them', () => {
    fc.assert(fc.property(wildFile, lines, (base, next) => {
      const before = splitLines(base.text);
      const after = applyHunks(before, diffLines(base.lines, next));
      expect(splitLines(joinLines(after)).lines).toEqual(after.lines);
      const [first] = diffLines(base.lines, next);
      const untouched = first?.baseStart ?? base.lines.length;
      // The line above the first change may be the one whose end has to give.
      expect(after.lineEnds.slice(0, Math.max(0, untouched - 1))).toEqual(before.lineEnds.slice(0, Math.max(0, untouched - 1)));
    }), cases);
  });
});

describe('ranges of an editor', () => {
  const at = (line: number, character: number): { readonly line: number; readonly character: number } => ({ line, character });

  it.each<readonly [string, readonly string[], LineChange, ReturnType<typeof toTextEdits>[number]]>([
    ['lines within the text', ['a', 'b', 'c'], change(1, 2, 'x', 'y'), { start: at(1, 0), end: at(2, 0), text: 'x\ny\n' }],
    ['lines put in', ['a', 'b'], change(1, 1, 'x'), { start: at(1, 0), end: at(1, 0), text: 'x\n' }],
    ['lines taken away', ['a', 'b', 'c'], change(0, 2), { start: at(0, 0), end: at(2, 0), text: '' }],
    ['the last line takes the line end before it', ['a', 'bb'], change(1, 2, 'x'), { start: at(0, 1), end: at(1, 2), text: '\nx' }],
    ['the last line taken away too', ['a', 'bb'], change(1, 2), { start: at(0, 1), end: at(1, 2), text: '' }],
    ['lines put in at the end', ['a', 'bb'], change(2, 2, 'x'), { start: at(1, 2), end: at(1, 2), text: '\nx' }],
    ['the whole text', ['a', 'bb'], change(0, 2, 'x', 'y'), { start: at(0, 0), end: at(1, 2), text: 'x\ny' }],
  ])('%s', (...[, base, each, expected]) => expect(toTextEdits(base, [each], '\n')).toEqual([expected]));

  it('have the line end of the document', () => {
    expect(toTextEdits(['a', 'b', 'c'], [change(0, 1, 'x', 'y'), change(2, 3, 'z')], '\r\n').map(({ text }) => text)).toEqual(['x\r\ny\r\n', '\r\nz']);
  });
});
