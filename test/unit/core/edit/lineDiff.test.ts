import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHunks, applyHunksToText, renumber, shiftAfter } from '../../../../src/core/edit/hunks.ts';
import { diffLines } from '../../../../src/core/edit/lineDiff.ts';
import { joinLines, mainLineEnd, splitLines } from '../../../../src/core/edit/lineText.ts';
import type { Hunk } from '../../../../src/core/edit/proposal.ts';
import { cases, file, lines, wildFile } from './arbitraries.ts';

const check = (base: string, next: string, expected: readonly (readonly [number, number, readonly string[]])[]): void => {
  expect(diffLines(base.split('\n'), next.split('\n')).map((hunk) => [hunk.baseStart, hunk.baseEnd, hunk.newLines])).toEqual(expected);
};

describe('a diff of lines', () => {
  it('turns the old text into the new one, and holds none of the lines that stay', () => {
    fc.assert(fc.property(wildFile, lines, (base, next) => {
      const hunks = diffLines(base.lines, next);
      expect(applyHunks(splitLines(base.text), hunks).lines).toEqual(next);
      // "same + old == old": what is outside the hunks is the same on both sides.
      const outside = base.lines.filter((_, index) => !hunks.some((hunk) => index >= hunk.baseStart && index < hunk.baseEnd));
      const outsideNext = next.filter((_, index) => !hunks.some((hunk) => index >= hunk.newStart && index < hunk.newStart + hunk.newLines.length));
      expect(outside).toEqual(outsideNext);
      expect(splitLines(applyHunksToText(base.text, hunks)).lines).toEqual(next);
    }), cases);
  });

  it('keeps empty lines between "\\r" and "\\n" when the line between them goes', () => {
    const text = 'a\r\rx\n\n';
    const { lines } = splitLines(text);
    const next = lines.filter((line) => line !== 'x');
    expect(splitLines(applyHunksToText(text, diffLines(lines, next))).lines).toEqual(next);
  });

  it('gives the same text whichever hunk is applied first', () => {
    fc.assert(fc.property(file, lines, fc.infiniteStream(fc.nat()), (base, next, order) => {
      const all = diffLines(base.lines, next);
      const lineEnd = mainLineEnd(splitLines(base.text).lineEnds);
      const whole = joinLines(applyHunks(splitLines(base.text), all, lineEnd));
      let text = base.text;
      let left: readonly Hunk[] = all;
      while (left.length > 0) {
        const pick = left[(order.next().value ?? 0) % left.length];
        if (pick === undefined) break;
        text = joinLines(applyHunks(splitLines(text), [pick], lineEnd));
        left = shiftAfter(left, pick);
      }
      // In a file of mixed line ends a new line takes the end of its neighbour, which another hunk may have taken away.
      const isMixed = new Set(splitLines(base.text).lineEnds).size > 1;
      if (isMixed) expect(splitLines(text).lines).toEqual(splitLines(whole).lines);
      else expect(text).toBe(whole);
    }), cases);
  });

  it('leaves every byte outside the hunks as it was', () => {
    fc.assert(fc.property(file, lines, (base, next) => {
      const result = splitLines(applyHunksToText(base.text, diffLines(base.lines, next)));
      const before = splitLines(base.text);
      let shift = 0;
      let at = 0;
      for (const hunk of [...diffLines(base.lines, next), undefined]) {
        // The last line has no end of its own to keep.
        for (; at < Math.min(hunk?.baseStart ?? before.lines.length, before.lineEnds.length); at++) {
          expect(result.lines[at + shift]).toBe(before.lines[at]);
          if (at + shift < result.lineEnds.length) expect(result.lineEnds[at + shift]).toBe(before.lineEnds[at]);
        }
        if (hunk === undefined) break;
        shift += hunk.newLines.length - (hunk.baseEnd - hunk.baseStart);
        at = hunk.baseEnd;
      }
    }), cases);
  });

  it('sees a change of indentation alone', () => {
    check('a\n  b\nc', 'a\n    b\nc', [[1, 2, ['    b']]]);
    check('a\n  b', 'a\n\tb', [[1, 2, ['\tb']]]);
    check('a', 'a ', [[0, 1, ['a ']]]);
  });

  it('sees a final line end that comes or goes', () => {
    check('a', 'a\n', [[1, 1, ['']]]);
    check('a\n', 'a', [[1, 2, []]]);
  });

  it('finds nothing between equal texts', () => check('a\nb', 'a\nb', []));

  it('keeps far changes apart', () => {
    check('a\nb\nc\nd\ne', 'A\nb\nc\nd\nE', [[0, 1, ['A']], [4, 5, ['E']]]);
  });

  it('gives up on the smallest diff of unlike files and still is exact', () => {
    const base = Array.from({ length: 4000 }, (_, index) => `old ${index}`);
    const next = Array.from({ length: 4000 }, (_, index) => (index % 400 === 0 ? `old ${index}` : `new ${index}`));
    const hunks = diffLines(base, next);
    expect(applyHunks({ lines: base, lineEnds: base.slice(1).map(() => '\n') }, hunks).lines).toEqual(next);
    expect(hunks.length).toBeGreaterThan(5);
  });

  it('counts the new places of a selection of hunks anew', () => {
    const hunks = diffLines(['a', 'b', 'c', 'd'], ['x', 'y', 'a', 'b', 'c', 'D']);
    expect(renumber(hunks.slice(1)).map((hunk) => hunk.newStart)).toEqual([3]);
  });

  it('gives the new lines of a mixed file the line end of what they replace', () => {
    expect(applyHunksToText('a\r\nb\nc\r\n', diffLines(['a', 'b', 'c', ''], ['a', 'B', 'B2', 'c', '']))).toBe('a\r\nB\nB2\nc\r\n');
    expect(applyHunksToText('a\r\nb', diffLines(['a', 'b'], ['a', 'b', 'c']))).toBe('a\r\nb\r\nc');
    expect(applyHunksToText('a', diffLines(['a'], ['a', 'b']))).toBe('a\nb');
  });

  it('leaves one empty line of a text that is deleted whole', () => {
    expect(applyHunksToText('a\r\nb', [{ baseStart: 0, baseEnd: 2, newLines: [] }])).toBe('');
  });
});
