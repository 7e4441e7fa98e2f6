import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedWords, marksOf, type EditMarks } from '../../../../src/core/edit/editMarks.ts';
import { showProposed, startShown } from '../../../../src/core/edit/shownEdit.ts';
import { cases, lines } from './arbitraries.ts';

const check = (base: string, shown: string): EditMarks => {
  const from = base.split('|');
  const state = showProposed(startShown(from), from, shown.split('|'))?.state;
  if (state === undefined) throw new Error('nothing was typed');
  return marksOf(state);
};

describe('how an edit looks in the text', () => {
  it('marks the words of a line that differ, and tells the old line', () => {
    expect(check('a|const x = 1;|b', 'a|const total = 1;|b')).toEqual({
      added: [{ start: 1, end: 2 }],
      words: [{ line: 1, start: 6, end: 11 }],
      removed: [{ line: 1, oldLines: ['const x = 1;'], isPair: true }],
    });
  });

  it('pairs each line with the one it takes the place of', () => {
    expect(check('a|let b;|let c;|d', 'a|let B;|let C;|d').removed).toEqual([
      { line: 1, oldLines: ['let b;'], isPair: true },
      { line: 2, oldLines: ['let c;'], isPair: true },
    ]);
  });

  it('tells a block as a block', () => {
    expect(check('a|b|c|d', 'a|X|d').removed).toEqual([{ line: 1, oldLines: ['b', 'c'], isPair: false }]);
    expect(check('a|1|2|3|4|5|z', 'a|6|7|8|9|0|z').removed).toEqual([{ line: 1, oldLines: ['1', '2', '3', '4', '5'], isPair: false }]);
  });

  it('tells lines that are only taken away at the line that stands there now', () => {
    expect(check('a|b|c', 'a|c')).toEqual({ added: [], words: [], removed: [{ line: 1, oldLines: ['b'], isPair: false }] });
    expect(check('a|b', 'a').removed).toEqual([{ line: 0, oldLines: ['b'], isPair: false }]);
  });

  it('tells nothing taken away where lines only come in', () => {
    expect(check('a|b', 'a|new|b')).toEqual({ added: [{ start: 1, end: 2 }], words: [], removed: [] });
  });

  it('stays inside the text and tells every old line once', () => {
    fc.assert(fc.property(lines, lines, (base, shown) => {
      const state = showProposed(startShown(base), base, shown)?.state;
      if (state === undefined) throw new Error('nothing was typed');
      const { added, words, removed } = marksOf(state);
      const last = shown.length;
      for (const { start, end } of added) expect(start < end && end <= last).toBe(true);
      for (const { line, start, end } of words) expect(start < end && end <= (shown[line] ?? '').length).toBe(true);
      for (const { line } of removed) expect(line < last).toBe(true);
      const told = removed.flatMap(({ oldLines }) => oldLines);
      expect(told).toEqual(state.hunks.flatMap((hunk) => base.slice(hunk.baseStart, hunk.baseEnd)));
    }), cases);
  });
});

describe('the words of a line that differ', () => {
  const mark = (old: string, next: string): string => {
    let marked = '';
    let at = 0;
    for (const [start, end] of changedWords(old, next)) {
      marked += `${next.slice(at, start)}[${next.slice(start, end)}]`;
      at = end;
    }
    return marked + next.slice(at);
  };

  it.each([
    ['a + b', 'a - b', 'a [-] b'],
    ['return x;', 'return await x;', 'return [await ]x;'],
    ['  indent', '    indent', '[    ]indent'],
    ['이름 = 값', '이름 = 새값', '이름 = [새값]'],
    ['whole', 'different', 'different'],
    ['', 'new', 'new'],
    ['gone away', 'gone', 'gone'],
    ['x'.repeat(500), 'y'.repeat(500), 'y'.repeat(500)],
  ])('from %j to %j', (old, next, expected) => expect(mark(old, next)).toBe(expected));

  it('are all that has to be taken out of the line to find the rest in the old one, in order', () => {
    const words = fc.array(fc.constantFrom('a', 'b', ' ', '(', ')', 'foo', '한글', '😀'), { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(fc.property(words, words, (old, next) => {
      const ranges = changedWords(old, next);
      if (ranges.length === 0) return;
      let rest = '';
      let at = 0;
      for (const [start, end] of ranges) {
        rest += next.slice(at, start);
        at = end;
      }
      rest += next.slice(at);
      let from = 0;
      for (const letter of rest) {
        const found = old.indexOf(letter, from);
        expect(found).toBeGreaterThanOrEqual(0);
        from = found + letter.length;
      }
    }), cases);
  });
});
