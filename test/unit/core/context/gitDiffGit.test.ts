// Git itself is the judge: what it writes for random changes of files with difficult names is read as `git diff --name-status` says, and
// what is written again is a patch that `git apply` takes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatGitDiff, parseGitDiff, type DiffFile } from '../../../../src/core/context/gitDiff.ts';

let root: string;
beforeAll(() => { root = mkdtempSync(join(tmpdir(), 'diff-')); });
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

const names = ['a.ts', 'b b.ts', 'q"uote.ts', 'back\\slash', 'tab\there', '한글/파일.md', 'b/b/b', 'emoji 🙂.txt', ' lead', 'dash -- x', "it's", 'new\nline', '-rf', 'a => b'] as const;
const line = fc.constantFrom('', 'one', 'two', '--- a/x', '+++ b/x', '@@ -1 +1 @@', 'diff --git a/x b/x', '\\ No newline', ' lead', 'tab\t', 'crlf\r', '한글', '$& $1');
const content = fc.tuple(fc.array(line, { maxLength: 12 }), fc.boolean()).map(([lines, ends]) => lines.join('\n') + (ends ? '\n' : ''));
const tree = fc.dictionary(fc.constantFrom(...names), content, { noNullPrototype: true, maxKeys: 6 });
type Tree = Readonly<Record<string, string>>;

const git = (...args: readonly string[]): string => execFileSync('git', ['-c', 'core.autocrlf=false', '-c', 'user.name=n', '-c', 'user.email=e@example', ...args], { cwd: root, encoding: 'utf8' });

/** The index holds `before`, the work tree `after`. */
function lay(before: Tree, after: Tree): void {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root);
  git('init', '-q');
  write(before);
  git('add', '-A');
  for (const name of Object.keys(before)) rmSync(join(root, name), { force: true });
  write(after);
  // New files only: removals stay out of the index, so that the diff shows them.
  if (Object.keys(after).length > 0) git('add', '-N', '--', ...Object.keys(after));
}

function write(files: Tree): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/** "A path", "D path", "M path", as git sees them. */
function toldByGit(): readonly string[] {
  const fields = git('diff', '--no-renames', '--name-status', '-z').split('\0').slice(0, -1);
  return fields.flatMap((field, index) => (index % 2 === 0 ? [`${field} ${fields[index + 1] ?? ''}`] : [])).sort();
}

const letters = { added: 'A', deleted: 'D', modified: 'M', renamed: 'R', copied: 'C', 'mode-changed': 'M' } as const;
const toldByUs = (files: readonly DiffFile[]): readonly string[] => files.map((file) => `${letters[file.status]} ${file.newPath ?? file.oldPath ?? ''}`).sort();

describe('a diff that git wrote', () => {
  it('names every file as git does', () => {
    fc.assert(fc.property(tree, tree, (before, after) => {
      lay(before, after);
      expect(toldByUs(parseGitDiff(git('diff', '--no-renames')))).toEqual(toldByGit());
    }), { numRuns: 12 });
  });

  it('written again is a patch that leads from one to the other', () => {
    fc.assert(fc.property(content, content, (before, after) => {
      fc.pre(before !== after);
      lay({ 'b b.ts': before }, { 'b b.ts': after });
      const again = formatGitDiff(parseGitDiff(git('diff', '-U1')));
      writeFileSync(join(root, 'b b.ts'), before);
      execFileSync('git', ['apply', '--unidiff-zero', '--whitespace=nowarn', '-'], { cwd: root, input: again });
      expect(readFileSync(join(root, 'b b.ts'), 'utf8')).toBe(after);
    }), { numRuns: 12 });
  });

  it('has each line at its number in the file of its side', () => {
    fc.assert(fc.property(content, content, (before, after) => {
      lay({ 'a.ts': before }, { 'a.ts': after });
      const [oldLines, newLines] = [before.split('\n'), after.split('\n')];
      for (const piece of parseGitDiff(git('diff', '-U2')).flatMap((file) => file.hunks).flatMap((hunk) => hunk.lines)) {
        if (piece.oldLine !== undefined) expect(oldLines[piece.oldLine - 1]).toBe(piece.text);
        if (piece.newLine !== undefined) expect(newLines[piece.newLine - 1]).toBe(piece.text);
      }
    }), { numRuns: 12 });
  });

  it('tells a rename, and both names of it', () => {
    const text = `${Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n')}\n`;
    for (const from of names) {
      lay({ [from]: text }, { 'target dir/moved "x".ts': text.replace('line 7\n', 'line seven\n') });
      const [file, ...others] = parseGitDiff(git('diff', '-M'));
      expect(others).toEqual([]);
      expect(file).toMatchObject({ status: 'renamed', oldPath: from, newPath: 'target dir/moved "x".ts' });
    }
  });

  it.each(['diff.noprefix=true', 'diff.mnemonicPrefix=true', 'core.quotePath=false', 'diff.context=0', 'diff.interHunkContext=9'])('is read under %s as well', (setting) => {
    lay({ '한글/파일.md': 'one\ntwo\n', 'a.ts': 'x\n' }, { '한글/파일.md': 'one\nthree\n', 'a.ts': 'y\n' });
    expect(toldByUs(parseGitDiff(git('-c', setting, 'diff')))).toEqual(toldByGit());
  });

  it('says of a binary file that it is one', () => {
    lay({ 'a.ts': 'text' }, { 'a.ts': 'a\0b' });
    expect(parseGitDiff(git('diff'))).toMatchObject([{ isBinary: true, newPath: 'a.ts', hunks: [] }]);
    expect(parseGitDiff(git('diff', '--binary'))).toMatchObject([{ isBinary: true, newPath: 'a.ts', hunks: [] }]);
  });
});
