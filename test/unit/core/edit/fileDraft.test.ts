import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFileDraft, type FileDraft } from '../../../../src/core/edit/fileDraft.ts';
import { createFileChange } from '../../../../src/core/edit/fileChange.ts';
import { cases, line } from './arbitraries.ts';

/** Blocks "old → new" in order; what they come to, or the first refusal. */
const check = (text: string, blocks: readonly string[]): string => {
  const draft = createFileDraft(text.replaceAll(' ', '\n'));
  for (const block of blocks) {
    const [oldText = '', newText = ''] = block.split(' → ');
    const result = draft.replace({ oldLines: oldText.split(' '), newLines: newText === '' ? [] : newText.split(' ') });
    if (!result.ok) return result.problem.kind;
  }
  return draft.text().replaceAll('\n', ' ');
};

describe('several edits of one file', () => {
  it.each([
    ['in the order of the file', 'a b c d', ['a → A', 'd → D'], 'A b c D'],
    ['in any order', 'a b c d', ['d → D', 'a → A'], 'A b c D'],
    ['with context that they share', 'a b c', ['a b → A b', 'b c → b C'], 'A b C'],
    ['with context that another one changes', 'a b c d', ['b c → B c', 'a b c d → a b c D'], 'a B c D'],
    ['side by side', 'a b c', ['a → A', 'b → B'], 'A B c'],
    ['that insert before and after a line', 'a b', ['a b → a x b', 'b → y b'], 'a x y b'],
    ['where one deletes what stands between', 'a b c', ['b → ', 'a → A'], 'A c'],
    ['where the second stands in the result of the first only', 'a b', ['a → x y', 'x → z'], 'z y b'],
    ['where a move is followed by a change of the moved text', 'f g h', ['f → ', 'h → h f', 'f → F'], 'g h F'],
    ['that change the same line', 'a b', ['a → A', 'a → B'], 'overlap'],
    ['where one deletes lines that the other changes', 'a b c d', ['b c → ', 'c d → c D'], 'a D'],
    ['where the first made a second place', 'a b', ['b → b x', 'x → y'], 'a b y'],
    ['where the quoted text stands twice from the start', 'a b a', ['b → B', 'a → A'], 'ambiguous'],
    ['of a text that is gone', 'a b', ['a → A', 'a b → x'], 'overlap'],
  ])('%s', (...[, text, blocks, expected]) => expect(check(text, blocks)).toBe(expected));

  it('of different lines give the same text in any order', () => {
    const unique = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 2, maxLength: 12 });
    fc.assert(fc.property(unique, fc.array(fc.tuple(fc.nat(), fc.array(line, { maxLength: 3 })), { minLength: 1, maxLength: 5 }), (lines, wanted) => {
      const edits = [...new Map(wanted.map(([at, next]) => [at % lines.length, next.map((each) => `${each}!`)])).entries()];
      const apply = (order: typeof edits): string => {
        const draft = createFileDraft(lines.join('\n'));
        for (const [at, next] of order) expect(draft.replace({ oldLines: [lines[at] ?? ''], newLines: next }).ok).toBe(true);
        return draft.text();
      };
      const expected = lines.flatMap((each, index) => edits.find(([at]) => at === index)?.[1] ?? [each]);
      expect(apply(edits)).toBe(expected.join('\n'));
      expect(apply(edits.toReversed())).toBe(expected.join('\n'));
    }), cases);
  });

  it('refused once leave the edits before as they were placed', () => {
    const draft = createFileDraft('a\nb\n');
    draft.replace({ oldLines: ['a'], newLines: ['A'] });
    expect(draft.replace({ oldLines: ['zzz'], newLines: ['x'] }).ok).toBe(false);
    expect(draft.text()).toBe('A\nb\n');
  });
});

describe('a draft', () => {
  const places = (draft: FileDraft, sought: string): string | undefined => {
    const place = draft.locate(sought.split('\n'));
    return place === undefined ? undefined : `${place.start}-${place.end}`;
  };

  it('says where a text would be found, and changes nothing', () => {
    const draft = createFileDraft('a\n  b\n  c\nd\na\n');
    expect(places(draft, 'b\nc')).toBe('1-3');
    expect(places(draft, 'a')).toBeUndefined();
    expect(places(draft, 'nowhere at all')).toBeUndefined();
    expect(draft.text()).toBe('a\n  b\n  c\nd\na\n');
  });

  it('replaces lines by their numbers', () => {
    const draft = createFileDraft('a\r\nb\r\nc');
    expect(draft.replaceRange(1, 2, ['B', 'B2'])).toBe('a\r\nB\r\nB2\r\nc');
    expect(draft.replaceRange(0, 3, [])).toBe('');
    expect(draft.replaceRange(3, 3, ['d'])).toBe('a\r\nb\r\nc\r\nd');
  });

  it('inserts after a number of lines', () => {
    const draft = createFileDraft('a\nb\n');
    expect(draft.insert(1, ['x']).ok).toBe(true);
    expect(draft.insert(9, ['x'])).toMatchObject({ ok: false, problem: { kind: 'no-match' } });
    expect(draft.text()).toBe('a\nx\nb\n');
  });

  it('fills a file that is empty or blank', () => {
    for (const text of ['', '\n', '  \n\n']) {
      const draft = createFileDraft(text);
      expect(draft.replace({ oldLines: [], newLines: ['a'] }).ok).toBe(true);
      expect(draft.text()).toBe('a\n');
    }
  });
});

describe('the change of a file', () => {
  const long = `${Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n')}\n`;
  const warnings = (original: string, proposed: string, isWhole = false): readonly string[] =>
    createFileChange({ kind: 'modify', uri: 'file:///a', path: 'a.ts', original, proposed, isWhole }).warnings.map(({ kind }) => kind);

  it('warns when most of the file goes', () => {
    expect(warnings(long, 'line 0\nline 1\n')).toEqual(['drops-most']);
    expect(warnings(long, '')).toEqual(['drops-most']);
    expect(warnings(long, long.replace('line 3\n', ''))).toEqual([]);
  });
  it('warns when a whole file is written anew, as long as it may be', () => {
    const other = long.replaceAll('line', 'other');
    expect(warnings(long, other, true)).toEqual(['drops-most']);
    expect(warnings(long, other, false)).toEqual([]);
  });
  it('does not warn of a file so short that the diff shows all of it', () => expect(warnings('a\nb\nc\n', 'x\n', true)).toEqual([]));
  it('does not count lines that only moved or were indented as dropped', () => {
    expect(warnings(long, `${long.trim().split('\n').toReversed().map((each) => `  ${each}`).join('\n')}\n`, true)).toEqual([]);
  });
  it('says that its file is protected, under its old or its new name', () => {
    expect(createFileChange({ kind: 'create', uri: 'file:///x', path: '.vscode/tasks.json', original: '', proposed: '{}' }).protection).toBe('editor-settings');
    expect(createFileChange({ kind: 'rename', uri: 'file:///x', path: 'a.sh', newUri: 'file:///y', newPath: '.husky/pre-commit', original: 'x', proposed: 'x' }).protection).toBe('hooks');
  });
});
