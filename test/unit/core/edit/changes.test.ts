// The change of one file as a person sees it before it is written: its counts, what a diff could hide, what has to be asked about.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countChanges, countInvisible, sumCounts } from '../../../../src/core/edit/changeCounts.ts';
import { carryOver } from '../../../../src/core/edit/changeEditing.ts';
import { createFileChange } from '../../../../src/core/edit/fileChange.ts';
import { applyHunksToText } from '../../../../src/core/edit/hunks.ts';
import { diffLines } from '../../../../src/core/edit/lineDiff.ts';
import { splitLines } from '../../../../src/core/edit/lineText.ts';
import type { ChangeCounts, FileChange } from '../../../../src/core/edit/proposal.ts';
import { cases, lines, wildFile } from './arbitraries.ts';

const modify = (original: string, proposed: string, more: Partial<FileChange> = {}): FileChange => createFileChange({ kind: 'modify', uri: 'file:///a.ts', path: 'a.ts', original, proposed, ...more });
const check = (original: string, proposed: string, expected: Partial<ChangeCounts>): void => expect(modify(original, proposed).counts).toMatchObject(expected);

describe('the counts of a change', () => {
  it.each<readonly [string, string, string, Partial<ChangeCounts>]>([
    ['nothing', 'a\nb', 'a\nb', { added: 0, removed: 0, whiteSpaceOnly: 0, invisible: 0, longestLine: 0 }],
    ['a line more', 'a\nb', 'a\nx\nb', { added: 1, removed: 0 }],
    ['a line less', 'a\nx\nb', 'a\nb', { added: 0, removed: 1 }],
    ['a line for a line', 'a\nb', 'a\nB', { added: 1, removed: 1, whiteSpaceOnly: 0 }],
    ['indentation', 'a\n  b\n', 'a\n    b\n', { added: 1, removed: 1, whiteSpaceOnly: 1 }],
    ['tabs for spaces in three lines', '  a\n  b\n  c', '\ta\n\tb\n\tc', { whiteSpaceOnly: 3 }],
    ['space at the end', 'a', 'a   ', { whiteSpaceOnly: 1 }],
    ['lines that change in more than space', '  a\n  b', '    a\n  B', { whiteSpaceOnly: 1 }],
    ['a line that is broken in two is no change of space alone', 'a b', 'a\nb', { whiteSpaceOnly: 0 }],
    ['the final line end', 'a', 'a\n', { added: 1, removed: 0 }],
    ['the longest new line', 'a', `b\n${'x'.repeat(700)}\nc`, { longestLine: 700 }],
    ['5,000 spaces before the end of a line', 'f();', `f();${' '.repeat(5000)}g();`, { longestLine: 5008 }],
    ['line ends are not looked at', 'a\r\nb\r\n', 'a\nb\n', { added: 0, removed: 0 }],
  ])('%s', (...[, original, proposed, expected]) => check(original, proposed, expected));

  it('are those of the hunks, and the hunks lead from the one text to the other', () => {
    fc.assert(fc.property(wildFile, lines, (base, next) => {
      const change = modify(base.text, next.join('\n'));
      expect(change.counts.added).toBe(change.hunks.reduce((sum, hunk) => sum + hunk.newLines.length, 0));
      expect(change.counts.removed).toBe(change.hunks.reduce((sum, hunk) => sum + hunk.baseEnd - hunk.baseStart, 0));
      expect(change.counts.whiteSpaceOnly).toBeLessThanOrEqual(Math.min(change.counts.added, change.counts.removed));
      expect(splitLines(applyHunksToText(base.text, change.hunks)).lines).toEqual(splitLines(change.proposed).lines);
    }), cases);
  });

  it('of several files are summed', () => {
    expect(sumCounts([{ added: 1, removed: 2 }, { added: 3, removed: 4 }])).toEqual({ added: 4, removed: 6 });
    expect(sumCounts([])).toEqual({ added: 0, removed: 0 });
  });
});

describe('characters that cannot be seen', () => {
  const hidden: readonly (readonly [string, string])[] = [
    ['a right-to-left override', 'if (a \u202E{ b)'], ['an isolate', 'x\u2066y\u2069'], ['a zero-width space', 'pass\u200Bword'], ['a zero-width joiner in a name', 'user\u200Did'],
    ['a tag', 'a\u{E0041}b'], ['a soft hyphen', 'a\u00ADb'], ['a filler', 'a\u3164b'], ['a byte order mark within', 'a\uFEFFb'], ['a NUL', 'a\u0000b'], ['an escape', 'a\u001B[31mb'],
  ];

  it.each(hidden)('%s is counted and asked about', (_name, line) => {
    const change = modify('a\nb\nc\n', `a\n${line}\nc\n`);
    expect(change.counts.invisible).toBeGreaterThan(0);
    expect(change.warnings).toMatchObject([{ kind: 'invisible', line: 1 }]);
  });

  it.each(hidden)('%s that was there before is no news', (_name, line) => {
    const change = modify(`${line}\nb\n`, `${line} // and more\nb\n`);
    expect(change.counts.invisible).toBe(0);
    expect(change.warnings).toEqual([]);
  });

  it.each([['emoji of a family', '👨‍👩‍👧'], ['a flag', '🏳️‍🌈'], ['a heart', '❤️'], ['Persian with its joiners', 'می‌خواهم'], ['Korean', '한글'], ['a tab', '\ta']])('%s is none', (_name, line) => expect(countInvisible([line])).toBe(0));
});

describe('a loss that has to be confirmed', () => {
  const long = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const warns = (proposed: readonly string[], isWhole: boolean): boolean => createFileChange({ kind: 'modify', uri: 'file:///a', path: 'a', original: long.join('\n'), proposed: proposed.join('\n'), isWhole }).warnings.some(({ kind }) => kind === 'drops-most');

  it.each<readonly [string, readonly string[], boolean, boolean]>([
    ['half of a file that is edited', long.slice(0, 10), false, false],
    ['more than half of it', long.slice(0, 9), false, true],
    ['a file rewritten with other lines, whole', long.map((line) => `${line}!`), true, true],
    ['the same by edits that quote each', long.map((line) => `${line}!`), false, false],
    ['a file written whole that keeps most', [...long.slice(0, 15), 'new', 'new'], true, false],
    ['a file written whole, indented', long.map((line) => `  ${line}`), true, false],
    ['a file written whole, in another order', long.toReversed(), true, false],
  ])('%s', (...[, proposed, isWhole, expected]) => expect(warns(proposed, isWhole)).toBe(expected));

  it('says how much stays and how much goes', () => {
    const [warning] = createFileChange({ kind: 'modify', uri: 'file:///a', path: 'a', original: long.join('\n'), proposed: long.slice(0, 3).join('\n') }).warnings;
    expect(warning).toEqual({ kind: 'drops-most', keptLines: 3, droppedLines: 17 });
  });

  it('is not said of a deletion, which is asked about by itself', () => {
    expect(createFileChange({ kind: 'delete', uri: 'file:///a', path: 'a', original: long.join('\n'), proposed: '' }).warnings).toEqual([]);
  });
});

describe('protection', () => {
  it('follows the new name too', () => {
    expect(modify('a', 'b', { path: 'x.json', newPath: '.vscode/tasks.json' }).protection).toBe('editor-settings');
    expect(modify('a', 'b', { path: '.vscode/tasks.json', newPath: 'x.json' }).protection).toBe('editor-settings');
    expect(modify('a', 'b').protection).toBeUndefined();
  });

  it('is that of the place where a link leads, also after the text went on', () => {
    const change = modify('a\nb\n', 'A\nb\n', { path: 'docs/notes.txt', realPaths: ['.git/config'] });
    expect(change.protection).toBe('git');
    expect(carryOver(change, 'a\nb\nc\n')?.protection).toBe('git');
  });

  it('carries what it was made from', () => {
    const change = modify('a', 'b', { newUri: 'file:///b', newPath: 'b' });
    expect(change).toMatchObject({ kind: 'modify', uri: 'file:///a.ts', path: 'a.ts', newUri: 'file:///b', newPath: 'b', original: 'a', proposed: 'b' });
    expect(modify('a', 'b')).not.toHaveProperty('newUri');
  });
});

describe('counting hunk by hunk', () => {
  it('of white space matches lines of the same hunk only', () => {
    const base = ['  a', 'b', 'c'];
    const next = ['x', 'b', '    a'];
    expect(countChanges(base, diffLines(base, next)).whiteSpaceOnly).toBe(0);
  });

  it('does not count one old line for two new ones', () => expect(countChanges(['a'], diffLines(['a'], [' a', '  a'])).whiteSpaceOnly).toBe(1));
});
