import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPostingList, type PostingList } from '../../../../src/core/context/searchPostings.ts';

function entriesOf(list: PostingList, term: string): readonly (readonly [piece: number, count: number])[] {
  const entries: (readonly [number, number])[] = [];
  list.visit(term, (piece, count) => entries.push([piece, count]));
  return entries;
}

describe('a list of postings', () => {
  it('gives back what was put in, in order', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', '가'), fc.integer({ min: 0, max: 0xffffff }), fc.integer({ min: 1, max: 255 })), { maxLength: 60 }), (given) => {
      const list = createPostingList();
      for (const [term, piece, count] of given) list.add(term, piece, count);
      for (const term of ['a', 'b', '가', 'never']) {
        const expected = given.filter(([other]) => other === term).map(([, piece, count]) => [piece, count]);
        expect(entriesOf(list, term)).toEqual(expected);
        expect(list.sizeOf(term)).toBe(expected.length);
      }
    }));
  });

  it('counts no further than 255: more says no more', () => {
    const list = createPostingList();
    list.add('a', 7, 100_000);
    expect(entriesOf(list, 'a')).toEqual([[7, 255]]);
  });

  it('gives pieces new numbers and drops those without one', () => {
    const list = createPostingList();
    for (const piece of [0, 1, 2, 3]) list.add('a', piece, piece + 1);
    list.add('gone', 1, 1);
    const next = list.renumbered(new Map([[0, 0], [2, 1], [3, 2]]));
    expect(entriesOf(next, 'a')).toEqual([[0, 1], [1, 3], [2, 4]]);
    expect(next.sizeOf('gone')).toBe(0);
    expect(entriesOf(list, 'gone')).toEqual([[1, 1]]);
  });

  it('takes eight bytes for a term of one piece, and at most twice what more need', () => {
    const list = createPostingList();
    list.add('once', 1, 1);
    expect(list.bytes).toBe(8);
    for (let piece = 0; piece < 1000; piece++) list.add('often', piece, 1);
    expect(list.bytes).toBeLessThanOrEqual(8 + 2 * 4 * 1000);
  });
});
