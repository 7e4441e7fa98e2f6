import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAccepting, carryOver, hunkAt, isEmptyChange, onlyHunk, withoutHunk } from '../../../../src/core/edit/changeEditing.ts';
import { createFileChange } from '../../../../src/core/edit/fileChange.ts';
import { diffLines } from '../../../../src/core/edit/lineDiff.ts';
import type { FileChange } from '../../../../src/core/edit/proposal.ts';
import { rebase } from '../../../../src/core/edit/rebase.ts';
import { cases, lines } from './arbitraries.ts';

const check = (base: string, current: string, proposed: string): string => {
  const result = rebase({ base: base.replaceAll(' ', '\n'), current: current.replaceAll(' ', '\n'), proposed: proposed.replaceAll(' ', '\n') });
  return result.ok ? result.proposed.replaceAll('\n', ' ') : `conflict ${result.conflicts.map((hunk) => hunk.baseStart).join(',')}`;
};

const text = lines.map((each) => each.join('\n'));

describe('carrying a proposal over what was typed', () => {
  it.each([
    ['far away, both stay', 'a b c d e', 'A b c d e', 'a b c d E', 'A b c d E'],
    ['above, with more lines', 'a b c', 'x y a b c', 'a b C', 'x y a b C'],
    ['below, with fewer lines', 'a b c d e', 'a b c', 'A b c d e', 'A b c'],
    ['the same change, done already', 'a b c', 'a B c', 'a B c', 'a B c'],
    ['the same lines otherwise', 'a b c', 'a X c', 'a B c', 'conflict 1'],
    ['lines that touch', 'a b c d', 'a b X d', 'a B c d', 'conflict 1'],
    ['a line put where the proposal puts one', 'a b', 'a x b', 'a y b', 'conflict 1'],
    ['nothing typed', 'a b', 'a b', 'a B', 'a B'],
    ['nothing proposed', 'a b', 'a X', 'a b', 'a X'],
  ])('%s', (...[, base, current, proposed, expected]) => expect(check(base, current, proposed)).toBe(expected));

  it('never loses a line that was typed, and takes the same lines away in either order', () => {
    fc.assert(fc.property(text, text, text, (base, current, proposed) => {
      const result = rebase({ base, current, proposed });
      if (!result.ok) return;
      const other = rebase({ base, current: proposed, proposed: current });
      expect(other.ok && other.proposed).toBe(result.proposed);
      const typed = diffLines(base.split('\n'), current.split('\n')).flatMap((hunk) => hunk.newLines);
      const left = result.proposed.split('\n');
      for (const line of typed) {
        expect(left).toContain(line);
        left.splice(left.indexOf(line), 1);
      }
    }), cases);
  });

  it('an edit taken back from under what was typed later leaves that alone', () => {
    fc.assert(fc.property(text, text, text, (base, applied, later) => {
      // Undo is the same law: from `applied` back to `base`, over `later`.
      const result = rebase({ base: applied, current: later, proposed: base });
      if (!result.ok) expect(result.conflicts.length).toBeGreaterThan(0);
      else if (later === applied) expect(result.proposed).toBe(base);
    }), cases);
  });
});

describe('a change in review', () => {
  const change = (original: string, proposed: string): FileChange => createFileChange({ kind: 'modify', uri: 'file:///a', path: 'a', original, proposed });

  it('is the same in the end whatever order its hunks are taken and dropped in', () => {
    fc.assert(fc.property(text, text, fc.infiniteStream(fc.tuple(fc.nat(), fc.boolean())), (original, proposed, decisions) => {
      let open = change(original, proposed);
      let file = original;
      while (!isEmptyChange(open)) {
        const [pick, isTaken] = decisions.next().value ?? [0, true];
        const hunk = open.hunks[pick % open.hunks.length];
        if (hunk === undefined) break;
        if (isTaken) file = onlyHunk(open, hunk).proposed;
        const next = isTaken ? afterAccepting(open, hunk) : withoutHunk(open, hunk);
        expect(next.original).toBe(file);
        // Each decision settles at least one hunk.
        expect(next.hunks.reduce((sum, each) => sum + each.newLines.length + each.baseEnd - each.baseStart, 0)).toBeLessThan(open.hunks.reduce((sum, each) => sum + each.newLines.length + each.baseEnd - each.baseStart, 0));
        open = next;
      }
      expect(open.original).toBe(file);
    }), cases);
  });

  it('taken hunk by hunk is the proposal, dropped hunk by hunk the original', () => {
    fc.assert(fc.property(text, text, fc.boolean(), (original, proposed, isTaken) => {
      let open = change(original, proposed);
      for (let hunk = open.hunks.at(-1); hunk !== undefined; hunk = open.hunks.at(-1)) open = isTaken ? afterAccepting(open, hunk) : withoutHunk(open, hunk);
      expect(open.original).toBe(isTaken ? proposed : original);
      expect(open.proposed).toBe(open.original);
    }), cases);
  });

  it('follows the file, says so once, and stops where both touch the same lines', () => {
    const first = carryOver(change('a\nb\nc\n', 'a\nb\nC\n'), 'x\na\nb\nc\n');
    expect(first).toMatchObject({ original: 'x\na\nb\nc\n', proposed: 'x\na\nb\nC\n', warnings: [{ kind: 'rebased' }] });
    expect(first === undefined ? undefined : carryOver(first, 'y\nx\na\nb\nc\n')?.warnings).toHaveLength(1);
    expect(carryOver(change('a\nb\nc\n', 'a\nb\nC\n'), 'a\nb\nX\n')).toBeUndefined();
  });

  it('knows the hunk at a line', () => {
    const two = change('a\nb\nc\nd\ne', 'A\nb\nc\nd\nE');
    expect([0, 1, 4, 9].map((line) => hunkAt(two, line)?.newStart)).toEqual([0, 4, 4, 4]);
  });

  it('counts what a diff hides', () => {
    expect(change('  a\nb\n', '    a\nb\u202E\n').counts).toMatchObject({ added: 2, removed: 2, whiteSpaceOnly: 1, invisible: 1 });
    expect(change('a', `a${' '.repeat(5000)}b`).counts.longestLine).toBe(5002);
    expect(change('a\u200B', 'a\u200B!').counts.invisible).toBe(0);
    expect(change('a\n', '\uFEFFa\n').warnings).toMatchObject([{ kind: 'invisible', count: 1, line: 0 }]);
  });
});
