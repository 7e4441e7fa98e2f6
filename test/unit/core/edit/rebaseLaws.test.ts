// Carrying a proposal over what was typed, against a plain model: lines with names, where each change is told by its names.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryOver } from '../../../../src/core/edit/changeEditing.ts';
import { createFileChange } from '../../../../src/core/edit/fileChange.ts';
import { rebase } from '../../../../src/core/edit/rebase.ts';
import { cases } from './arbitraries.ts';

interface Named {
  readonly at: number;
  readonly drop: number;
  readonly add: number;
}

const named = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `line ${index}`);
const wish = fc.record({ at: fc.nat(), drop: fc.nat(2), add: fc.nat(2) });

/** The lines with a change: lines taken away, lines of this name put in. */
const change = (base: readonly string[], { at, drop, add }: Named, name: string): { readonly lines: readonly string[]; readonly from: number; readonly to: number } => {
  const from = at % base.length;
  const to = Math.min(base.length, from + drop);
  return { lines: [...base.slice(0, from), ...Array.from({ length: add }, (_, index) => `${name} ${index}`), ...base.slice(to)], from, to };
};

describe('a proposal and something typed', () => {
  it('are both there when they are apart, and neither is lost when they are not', () => {
    fc.assert(fc.property(fc.integer({ min: 3, max: 20 }), wish, wish, (count, theirs, ours) => {
      const base = named(count);
      const typed = change(base, theirs, 'typed');
      const proposed = change(base, ours, 'proposed');
      const result = rebase({ base: base.join('\n'), current: typed.lines.join('\n'), proposed: proposed.lines.join('\n') });
      const isApart = typed.to < proposed.from || proposed.to < typed.from;
      const typedNothing = theirs.drop === 0 && theirs.add === 0;
      const proposedNothing = ours.drop === 0 && ours.add === 0;
      if (isApart || typedNothing || proposedNothing) {
        expect(result.ok).toBe(true);
        const [first, second] = typed.from <= proposed.from ? [typed, proposed] : [proposed, typed];
        const inserted = (each: typeof typed): readonly string[] => each.lines.slice(each.from, each.lines.length - (base.length - each.to));
        if (isApart) expect(result.ok && result.proposed.split('\n')).toEqual([...base.slice(0, first.from), ...inserted(first), ...base.slice(first.to, second.from), ...inserted(second), ...base.slice(second.to)]);
        return;
      }
      if (result.ok) {
        // The same lines taken away by both are taken away once.
        const lines = result.proposed.split('\n');
        for (const line of typed.lines.filter((each) => each.startsWith('typed'))) expect(lines).toContain(line);
      } else {
        expect(result.conflicts.length).toBeGreaterThan(0);
      }
    }), cases);
  });

  it('keep the line ends of the text that is there now', () => {
    expect(rebase({ base: 'a\nb\nc\nd\n', current: 'A\r\nb\r\nc\r\nd\r\n', proposed: 'a\nb\nc\nD\n' })).toMatchObject({ ok: true, proposed: 'A\r\nb\r\nc\r\nD\r\n' });
  });

  it('say how many places moved', () => {
    expect(rebase({ base: 'a\nb\nc\nd\ne', current: 'x\na\nb\nc\nd\ne', proposed: 'a\nB\nc\nD\ne' })).toMatchObject({ ok: true, moved: 2 });
    expect(rebase({ base: 'a', current: 'a', proposed: 'b' })).toMatchObject({ ok: true, moved: 0 });
  });
});

describe('a change in review', () => {
  it('that is carried over twice is the same as carried over once', () => {
    fc.assert(fc.property(fc.integer({ min: 6, max: 20 }), wish, (count, ours) => {
      const base = named(count);
      const { lines } = change(base, ours, 'proposed');
      const first = createFileChange({ kind: 'modify', uri: 'file:///a', path: 'a', original: base.join('\n'), proposed: lines.join('\n') });
      const once = ['x', ...base].join('\n');
      const twice = ['y', 'x', ...base].join('\n');
      const inSteps = carryOver(first, once);
      const direct = carryOver(first, twice);
      const stepped = inSteps === undefined ? undefined : carryOver(inSteps, twice);
      expect(stepped?.proposed).toBe(direct?.proposed);
      expect(stepped?.counts).toEqual(direct?.counts);
    }), { numRuns: 2000 });
  });

  it('keeps what it warns of, and finds the rest anew', () => {
    const first = createFileChange({ kind: 'modify', uri: 'file:///a', path: 'a', original: 'a\nb\nc', proposed: 'a\nb\nC\u200B', warnings: [{ kind: 'rung', rung: 'indentation', line: 2 }] });
    const next = carryOver(first, 'x\na\nb\nc');
    expect(next?.warnings.map(({ kind }) => kind).toSorted((one, other) => one.localeCompare(other))).toEqual(['invisible', 'rebased', 'rung']);
    expect(next?.warnings.find(({ kind }) => kind === 'invisible')).toMatchObject({ line: 3 });
  });

  it('is itself where nothing was typed', () => {
    const first = createFileChange({ kind: 'modify', uri: 'file:///a', path: 'a', original: 'a', proposed: 'b' });
    expect(carryOver(first, 'a')).toBe(first);
  });
});
