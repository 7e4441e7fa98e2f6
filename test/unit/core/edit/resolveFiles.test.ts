// Answers over several files: what becomes of each, in which order, and what the change of each says. The formats have tests of their own.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParsedEdit } from '../../../../src/core/edit/parsedEdit.ts';
import { restoreOpen, restoreSecrets } from '../../../../src/core/edit/parsedEdit.ts';
import type { EditProblem, FileChange } from '../../../../src/core/edit/proposal.ts';
import { resolveAnswer } from '../../../../src/core/edit/resolveAnswer.ts';

type Files = Readonly<Record<string, string>>;

const resolve = (files: Files, edits: readonly ParsedEdit[]): { readonly changes: readonly FileChange[]; readonly problems: readonly EditProblem[] } => {
  const result = resolveAnswer({ edits, problems: [] }, {
    takesLooseCode: false,
    fileAt: (path) => (path === undefined ? { ok: false, kind: 'no-path' } : { ok: true, file: { uri: `file:///${path}`, path, text: files[path] } }),
  });
  return { changes: result.state === 'changes' ? result.changes : [], problems: result.state === 'refused' ? result.problems : [] };
};

/** What becomes of the files: "a.ts: text", "- a.ts", "+ a.ts: text", "a.ts > b.ts: text", or the reasons. */
const check = (files: Files, edits: readonly ParsedEdit[], expected: readonly string[]): void => {
  const { changes, problems } = resolve(files, edits);
  const words = changes.map(({ kind, path, newPath, proposed }) => {
    switch (kind) {
      case 'modify': return `${path}: ${proposed}`;
      case 'create': return `+ ${path}: ${proposed}`;
      case 'delete': return `- ${path}`;
      case 'rename': return `${path} > ${newPath ?? ''}: ${proposed}`;
    }
  });
  expect([...words, ...problems.map(({ kind, path }) => `! ${kind} ${path ?? ''}`)]).toEqual(expected);
};

const at = { answerLine: 0 };
const replace = (path: string, oldText: string, newText: string): ParsedEdit => ({ kind: 'replace', path, ...at, oldLines: oldText === '' ? [] : oldText.split('|'), newLines: newText === '' ? [] : newText.split('|') });
const write = (path: string, text: string, more: Partial<Extract<ParsedEdit, { kind: 'write' }>> = {}): ParsedEdit => ({ kind: 'write', path, ...at, lines: text.split('|'), ...more });
const remove = (path: string): ParsedEdit => ({ kind: 'delete', path, ...at });
const rename = (path: string, newPath: string): ParsedEdit => ({ kind: 'rename', path, ...at, newPath });

describe('an answer over several files', () => {
  const files: Files = { 'a.ts': 'one\ntwo\nthree\n', 'b.ts': 'alpha\nbeta\n', 'empty.ts': '' };

  it.each<readonly [string, readonly ParsedEdit[], readonly string[]]>([
    ['changes each in the order in which it names them', [replace('b.ts', 'alpha', 'ALPHA'), replace('a.ts', 'two', 'TWO')], ['b.ts: ALPHA\nbeta\n', 'a.ts: one\nTWO\nthree\n']],
    ['changes one file in several edits', [replace('a.ts', 'one', 'ONE'), replace('b.ts', 'beta', 'BETA'), replace('a.ts', 'three', 'THREE')], ['a.ts: ONE\ntwo\nTHREE\n', 'b.ts: alpha\nBETA\n']],
    ['makes a file by an empty quotation', [replace('new.ts', '', 'x|y')], ['+ new.ts: x\ny\n']],
    ['fills an empty file', [replace('empty.ts', '', 'x')], ['empty.ts: x\n']],
    ['makes a file and then changes it', [replace('new.ts', '', 'x|y'), replace('new.ts', 'y', 'z')], ['+ new.ts: x\nz\n']],
    ['makes and deletes one: nothing is left of it', [write('new.ts', 'x|', { mustBeNew: true }), remove('new.ts')], []],
    ['deletes a file and makes it anew', [remove('a.ts'), write('a.ts', 'new|', { mustBeNew: true })], ['a.ts: new\n']],
    ['deletes a file', [remove('a.ts')], ['- a.ts']],
    ['renames a file', [rename('a.ts', 'c.ts')], ['a.ts > c.ts: one\ntwo\nthree\n']],
    ['renames it and changes it under its new name', [rename('a.ts', 'c.ts'), replace('c.ts', 'two', 'TWO')], ['a.ts > c.ts: one\nTWO\nthree\n']],
    ['renames a file twice', [rename('a.ts', 'c.ts'), rename('c.ts', 'd.ts')], ['a.ts > d.ts: one\ntwo\nthree\n']],
    ['makes a file, deletes it and renames another to its name', [replace('c.ts', '', 'x'), remove('c.ts'), rename('a.ts', 'c.ts')], ['a.ts > c.ts: one\ntwo\nthree\n']],
    ['renames two files to two names', [rename('a.ts', 'c.ts'), rename('b.ts', 'd.ts')], ['a.ts > c.ts: one\ntwo\nthree\n', 'b.ts > d.ts: alpha\nbeta\n']],
    ['changes it and renames it', [replace('a.ts', 'two', 'TWO'), rename('a.ts', 'c.ts')], ['a.ts > c.ts: one\nTWO\nthree\n']],
    ['changes nothing where the new text is the old', [replace('a.ts', 'two', 'two'), replace('b.ts', 'beta', 'BETA')], ['b.ts: alpha\nBETA\n']],
  ])('%s', (...[, edits, expected]) => check(files, edits, expected));

  it.each<readonly [string, readonly ParsedEdit[], readonly string[]]>([
    ['for a file that is not there', [replace('none.ts', 'x', 'y'), replace('a.ts', 'two', 'TWO')], ['! missing-file none.ts']],
    ['for a file that an edit before it deleted', [remove('a.ts'), replace('a.ts', 'two', 'TWO')], ['! missing-file a.ts']],
    ['that renames onto another file', [rename('a.ts', 'b.ts')], ['! exists a.ts']],
    ['that renames two files to one name', [rename('a.ts', 'c.ts'), rename('b.ts', 'c.ts')], ['! same-name c.ts']],
    ['that renames a file to one that it makes', [replace('c.ts', '', 'x'), rename('a.ts', 'c.ts')], ['! same-name c.ts']],
    ['that makes a file under the name of one it renames', [rename('a.ts', 'c.ts'), write('c.ts', 'x|', { mustBeNew: true })], ['! exists c.ts']],
    ['that makes a file which is there', [write('a.ts', 'x|', { mustBeNew: true })], ['! exists a.ts']],
    ['that deletes what is not there', [remove('none.ts')], ['! missing-file none.ts']],
    ['with an empty quotation for a file that has text', [replace('a.ts', '', 'x')], ['! empty-search a.ts']],
    ['for two places with one reason each', [replace('a.ts', 'nowhere', 'x'), replace('b.ts', 'neither', 'y')], ['! no-match a.ts', '! no-match b.ts']],
    ['without a path where there are several', [{ kind: 'replace', path: undefined, ...at, oldLines: ['two'], newLines: ['x'] }], ['! no-path ']],
  ])('is refused as a whole %s', (...[, edits, expected]) => check(files, edits, expected));

  it('changes the same whatever the order of its files', () => {
    const texts = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 4 });
    fc.assert(fc.property(texts, fc.infiniteStream(fc.nat(2)), (names, pick) => {
      const all = Object.fromEntries(names.map((name) => [name, `${name}0\n${name}1\n${name}2\n`]));
      const edits = names.map((name) => replace(name, `${name}${pick.next().value ?? 0}`, 'changed'));
      const sorted = (list: readonly ParsedEdit[]): readonly string[] => resolve(all, list).changes.map(({ path, proposed }) => `${path} ${proposed}`).toSorted((one, other) => one.localeCompare(other));
      expect(sorted(edits.toReversed())).toEqual(sorted(edits));
    }), { numRuns: 1000 });
  });
});

describe('secrets that were masked in the request', () => {
  const restore = (text: string): string => text.replaceAll('[masked-1]', 'hunter2');

  it.each<readonly [string, ParsedEdit]>([
    ['a quotation', replace('a', 'x [masked-1]', 'y [masked-1]')],
    ['any text', { kind: 'replace-text', path: 'a', ...at, oldText: '[masked-1]', newText: '[masked-1]!' }],
    ['inserted lines', { kind: 'insert', path: 'a', ...at, afterLines: 1, newLines: ['[masked-1]'] }],
    ['a whole file', write('a', '[masked-1]|x')],
  ])('come back in %s', (_name, edit) => {
    const text = JSON.stringify(restoreSecrets(edit, restore));
    expect(text).toContain('hunter2');
    expect(text).not.toContain('[masked-1]');
  });

  it('come back while the edit is still coming in, its quotation known or not', () => {
    const open = { kind: 'replace', path: 'a', ...at, newLines: ['[masked-1]'] } as const;
    expect(restoreOpen({ ...open, oldLines: ['old [masked-1]'] }, restore)).toEqual({ ...open, oldLines: ['old hunter2'], newLines: ['hunter2'] });
    expect(restoreOpen({ ...open, oldLines: undefined }, restore)).toMatchObject({ oldLines: undefined, newLines: ['hunter2'] });
  });
});
