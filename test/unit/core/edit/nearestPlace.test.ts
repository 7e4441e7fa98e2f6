// The place that comes closest to a text which is not in the file: found, described, and bounded for any input.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestPlace } from '../../../../src/core/edit/nearestPlace.ts';
import type { NearestPlace } from '../../../../src/core/edit/proposal.ts';
import { cases, lines } from './arbitraries.ts';

const check = (file: string, sought: string): NearestPlace | undefined => nearestPlace(file.split('|'), sought.split('|'));

describe('the closest place', () => {
  const file = 'import a;|import b;||function first() {|  return alpha;|}||function second() {|  return beta;|}';

  it('is where most of the lines stand', () => {
    expect(check(file, 'function second() {|  return gamma;|}')).toEqual({ startLine: 7, endLine: 10, differences: [{ line: 8, expected: '  return gamma;', found: '  return beta;' }] });
  });

  it('does not mind indentation, quotes and dashes', () => {
    expect(check('x|  say("hello - there");|y', 'say(“hello – there”);|z')).toMatchObject({ startLine: 1 });
  });

  it('is found in spite of a wrong first line', () => {
    expect(check(file, 'function secnd() {|  return beta;|}')).toMatchObject({ startLine: 7, differences: [{ line: 7, expected: 'function secnd() {', found: 'function second() {' }] });
  });

  it('without a line in common is the most similar one', () => {
    expect(check(file, '  return alfa; // first')).toBeUndefined();
    expect(check(file, '  return alpa;')).toMatchObject({ startLine: 4, endLine: 5 });
  });

  it('is told with what the file has more and less', () => {
    expect(check('one line|another line|a third line|the fourth line', 'one line|a third line|the fourth line')?.differences).toEqual([{ line: 1, expected: 'one line', found: 'another line' }]);
    expect(check('alpha line|beta line', 'alpha line|between them|beta line')?.differences).toEqual([{ line: 1, expected: 'between them', found: undefined }]);
  });

  it('ignores blank lines around what is sought', () => expect(check('x|the line here|y', '||the line here!|')).toMatchObject({ startLine: 1, endLine: 2 }));

  it('tells eight differences, no more', () => {
    const many = Array.from({ length: 30 }, (_, index) => `line number ${index}`);
    const sought = many.map((line, index) => (index % 2 === 0 ? line : `${line} changed`));
    expect(nearestPlace(many, sought)?.differences).toHaveLength(8);
  });

  it.each([['nothing', '', 'a'], ['blank lines', 'a', '|'], ['a text unlike any', 'alpha|beta', 'zzzzzzzzzzzzzzzz'], ['brackets that stand everywhere', '}|}|}', '}']])('of %s is none, or one in the file', (_name, file1, sought) => {
    const place = check(file1, sought);
    if (place !== undefined) expect(place.endLine).toBeLessThanOrEqual(file1.split('|').length);
  });

  it('lies in the file, and every line that it tells is there', () => {
    fc.assert(fc.property(lines, lines, (base, sought) => {
      const place = nearestPlace(base, sought);
      if (place === undefined) return;
      expect(place.startLine).toBeGreaterThanOrEqual(0);
      expect(place.endLine).toBeGreaterThan(place.startLine);
      expect(place.endLine).toBeLessThanOrEqual(base.length);
      expect(place.differences.length).toBeLessThanOrEqual(8);
      for (const { line, found, expected } of place.differences) {
        if (found !== undefined) expect(found).toBe(base[line]);
        if (expected !== undefined) expect(sought).toContain(expected);
      }
    }), cases);
  });

  it('of a text that stands there with one line changed is that place', () => {
    const unique = fc.integer({ min: 3, max: 30 }).map((count) => Array.from({ length: count }, (_, index) => `statement number ${index};`));
    fc.assert(fc.property(unique, fc.nat(), fc.nat(), (base, one, other) => {
      const start = one % (base.length - 2);
      const sought = base.slice(start, start + 3);
      const changed = other % 3;
      expect(nearestPlace(base, sought.with(changed, 'something else entirely'))).toEqual({
        startLine: start, endLine: start + 3, differences: [{ line: start + changed, expected: 'something else entirely', found: sought[changed] }],
      });
    }), cases);
  });
});
