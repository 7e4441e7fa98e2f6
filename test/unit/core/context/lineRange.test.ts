import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveRange, moveRangeBy, type LineRange, type LinesChange } from '../../../../src/core/context/lineRange.ts';

interface TextChange {
  readonly start: readonly [line: number, character: number];
  readonly end: readonly [line: number, character: number];
  readonly text: string;
}

function toLines({ start, end, text }: TextChange): LinesChange {
  return { startLine: start[0], endLine: end[0], startsLine: start[1] === 0, endsBeforeLine: end[1] === 0, newLineEnds: text.split('\n').length - 1 };
}

function apply(lines: readonly string[], { start, end, text }: TextChange): readonly string[] {
  const before = [...lines.slice(0, start[0] - 1), (lines[start[0] - 1] ?? '').slice(0, start[1])].join('\n');
  const after = [(lines[end[0] - 1] ?? '').slice(end[1]), ...lines.slice(end[0])].join('\n');
  return `${before}${text}${after}`.split('\n');
}

const insert = (line: number, character: number, text: string): TextChange => ({ start: [line, character], end: [line, character], text });
const remove = (start: readonly [number, number], end: readonly [number, number]): TextChange => ({ start, end, text: '' });

describe('lines 5 to 7', () => {
  it.each([
    ['a line is added at the top', insert(1, 0, 'new\n'), [6, 8]],
    ['three lines are added right before', insert(5, 0, 'a\nb\nc\n'), [8, 10]],
    ['Enter is pressed at the end of the line before', insert(4, 9, '\n'), [6, 8]],
    ['a letter is typed at their beginning', insert(5, 0, 'x'), [5, 7]],
    ['the two lines before are deleted', remove([3, 0], [5, 0]), [3, 5]],
    ['the line end before is deleted', remove([4, 4], [5, 0]), [4, 6]],
    ['a line is added inside', insert(6, 2, '\n'), [5, 8]],
    ['a line inside is deleted', remove([6, 0], [7, 0]), [5, 6]],
    ['something is typed in the last line', insert(7, 3, 'xyz'), [5, 7]],
    ['lines are added behind', insert(8, 0, 'a\nb\n'), [5, 7]],
    ['lines behind are deleted', remove([8, 0], [10, 0]), [5, 7]],
    ['the end and what follows is deleted by lines', remove([7, 0], [9, 0]), [5, 6]],
    ['the end and what follows is deleted from the middle of a line', remove([6, 2], [9, 1]), [5, 6]],
    ['their beginning and what stands before is deleted', remove([3, 1], [6, 2]), [3, 4]],
    ['all of them and more is deleted', remove([2, 0], [9, 0]), [2, 2]],
    ['the whole text is written anew', { start: [1, 0], end: [20, 0], text: 'x\n'.repeat(18) }, [5, 7]],
  ] as readonly [string, TextChange, readonly [number, number]][])('when %s', (_name, change, [startLine, endLine]) => {
    expect(moveRange({ startLine: 5, endLine: 7 }, toLines(change))).toEqual({ startLine, endLine });
  });

  it('follow several changes at once, the last in the text first', () => {
    expect(moveRangeBy({ startLine: 5, endLine: 7 }, [insert(9, 0, 'z\n'), insert(6, 0, 'y\n'), insert(2, 0, 'x\n')].map(toLines))).toEqual({ startLine: 6, endLine: 9 });
  });
});

describe('a range that moves with the text', () => {
  const size = 12;
  const place = fc.tuple(fc.integer({ min: 1, max: size }), fc.constantFrom(0, 3, 6));
  const change = fc.tuple(place, place, fc.constantFrom('', 'x', '\n', 'one\n', 'one\ntwo', '\n\n\n')).map(([one, other, text]): TextChange => {
    const [start, end] = one[0] < other[0] || (one[0] === other[0] && one[1] <= other[1]) ? [one, other] : [other, one];
    return { start, end, text };
  });
  const range = fc.tuple(fc.integer({ min: 1, max: size }), fc.nat(4)).map(([startLine, length]): LineRange => ({ startLine, endLine: Math.min(size, startLine + length) }));

  it('keeps every line of it that is still there, and lies inside the text', () => {
    fc.assert(fc.property(range, change, (lines, edit) => {
      const before = Array.from({ length: size }, (_, index) => `line${String(index + 1).padStart(2, '0')}`);
      const after = apply(before, edit);
      const moved = moveRange(lines, toLines(edit));
      const shown = after.slice(moved.startLine - 1, moved.endLine);
      expect(moved.startLine).toBeGreaterThanOrEqual(1);
      expect(moved.endLine).toBeGreaterThanOrEqual(moved.startLine);
      const isRewritten = edit.start[0] < lines.startLine && edit.end[0] > lines.endLine;
      if (!isRewritten) for (const line of before.slice(lines.startLine - 1, lines.endLine)) if (after.includes(line)) expect(shown).toContain(line);
    }), { numRuns: 2_000 });
  });
});
