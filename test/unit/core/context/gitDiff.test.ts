import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedRanges, formatGitDiff, parseGitDiff, type DiffFile, type DiffLine } from '../../../../src/core/context/gitDiff.ts';

const fixture = (name: string): string => readFileSync(new URL(`../../../fixtures/diffs/${name}`, import.meta.url), 'utf8');
const find = (files: readonly DiffFile[], path: string): DiffFile | undefined => files.find((file) => (file.newPath ?? file.oldPath) === path);
const signs = (lines: readonly DiffLine[]): readonly string[] => lines.map((line) => `${{ context: ' ', added: '+', removed: '-' }[line.type]}${line.text}`);

describe.each(['allKinds.diff', 'allKindsUnquoted.diff'])('a diff written by git (%s)', (name) => {
  const files = parseGitDiff(fixture(name));

  it('has all its files with what became of them', () => {
    expect(files.map(({ status, oldPath, newPath }) => [status, oldPath, newPath])).toEqual([
      ['added', undefined, 'added.ts'],
      ['modified', 'bin.dat', 'bin.dat'],
      ['modified', 'crlf.txt', 'crlf.txt'],
      ['renamed', 'moved.ts', 'dir new.ts'],
      ['added', undefined, 'empty.txt'],
      ['deleted', 'gone.ts', undefined],
      ['modified', 'no newline.txt', 'no newline.txt'],
      ['modified', 'plain.ts', 'plain.ts'],
      ['modified', 'quo"te\ttab.txt', 'quo"te\ttab.txt'],
      ['mode-changed', 'run.sh', 'run.sh'],
      ['modified', '한글 파일.md', '한글 파일.md'],
    ]);
  });

  it('knows binary files', () => {
    expect(files.filter((file) => file.isBinary).map((file) => file.newPath)).toEqual(['bin.dat']);
  });

  it('numbers the lines of both sides', () => {
    const lines = find(files, 'plain.ts')?.hunks[0]?.lines ?? [];
    expect(lines.find((line) => line.text === '  four();')).toEqual({ type: 'added', text: '  four();', newLine: 9 });
    expect(lines.find((line) => line.text === '  return 1;')).toEqual({ type: 'removed', text: '  return 1;', oldLine: 2 });
    expect(lines.at(-1)).toMatchObject({ type: 'context', oldLine: 10, newLine: 11 });
  });

  it('keeps what looks like a header inside a hunk', () => {
    expect(signs(find(files, 'quo"te\ttab.txt')?.hunks[0]?.lines ?? [])).toEqual(['--- dashes', '-++ plus', '+- dashes', '++ plus']);
  });

  it('keeps CR and the missing last line end', () => {
    expect(find(files, 'crlf.txt')?.hunks[0]?.lines.map((line) => line.text)).toEqual(['a\r', 'b\r', 'c\r']);
    expect(find(files, 'no newline.txt')?.hunks[0]?.lines.map((line) => line.noNewline === true)).toEqual([false, true, false, true]);
  });

  it('has the enclosing function of a hunk', () => {
    expect(find(files, 'dir new.ts')?.hunks[0]).toMatchObject({ oldStart: 18, newStart: 18, section: 'line 16' });
  });

  it('says which lines of the new file were touched', () => {
    expect(changedRanges(files[7] ?? files[0]!)).toEqual([{ startLine: 2, endLine: 2 }, { startLine: 9, endLine: 9 }]);
    expect(changedRanges(files[0]!)).toEqual([{ startLine: 1, endLine: 1 }]);
    expect(changedRanges(files[5]!)).toEqual([]);
  });

  it('comes back from its text as it was', () => {
    expect(parseGitDiff(formatGitDiff(files))).toEqual(files);
  });
});

describe('other diffs', () => {
  const one = (text: string): DiffFile | undefined => parseGitDiff(text)[0];

  it.each<readonly [string, string, object]>([
    ['without the first line of git', '--- a/x.ts\n+++ b/x.ts\n@@ -1 +1 @@\n-a\n+b\n', { oldPath: 'x.ts', newPath: 'x.ts', status: 'modified' }],
    ['with dates behind the names', '--- x.ts\t2020-01-01\n+++ x.ts\t2020-01-02\n@@ -1 +1 @@\n-a\n+b\n', { oldPath: 'x.ts', newPath: 'x.ts' }],
    ['with mnemonic prefixes', 'diff --git i/x.ts w/x.ts\nindex 1..2 100644\n--- i/x.ts\n+++ w/x.ts\n@@ -1 +1 @@\n-a\n+b\n', { oldPath: 'x.ts', newPath: 'x.ts' }],
    ['without prefixes', 'diff --git x.ts x.ts\n--- x.ts\n+++ x.ts\n@@ -1 +1 @@\n-a\n+b\n', { oldPath: 'x.ts', newPath: 'x.ts' }],
    ['of a binary file with blanks in its name', 'diff --git a/a b.png b/a b.png\nindex 1..2\nBinary files a/a b.png and b/a b.png differ\n', { newPath: 'a b.png', isBinary: true }],
    ['with a binary patch', 'diff --git a/x b/x\nindex 1..2 100644\nGIT binary patch\nliteral 4\nLcmZQzWMT#Y01f~L\n\ndiff --git a/y b/y\nold mode 100644\nnew mode 100755\n', { newPath: 'x', isBinary: true, hunks: [] }],
    ['of a copy', 'diff --git a/x b/y\nsimilarity index 100%\ncopy from x\ncopy to y\n', { status: 'copied', oldPath: 'x', newPath: 'y' }],
    ['of a submodule', 'diff --git a/sub b/sub\nindex 1..2 160000\n--- a/sub\n+++ b/sub\n@@ -1 +1 @@\n-Subproject commit 1\n+Subproject commit 2\n', { newPath: 'sub' }],
    ['of a mode and its lines', 'diff --git a/x b/x\nold mode 100644\nnew mode 100755\nindex 1..2\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n', { status: 'modified', oldMode: '100644', newMode: '100755' }],
    ['of a merge', 'diff --cc x y.ts\nindex 1,2..3\n--- a/x y.ts\n+++ b/x y.ts\n@@@ -1,1 -1,1 +1,1 @@@\n++a\n', { newPath: 'x y.ts', hunks: [] }],
  ])('%s', (_name, text, expected) => {
    expect(one(text)).toMatchObject(expected);
  });

  it('behind a commit message', () => {
    expect(parseGitDiff('commit 123\nAuthor: A\n\n    --- not a header\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n')).toHaveLength(1);
  });

  it('with an empty context line whose blank was lost', () => {
    const hunk = one('--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n')?.hunks[0];
    expect(signs(hunk?.lines ?? [])).toEqual([' a', ' ', '-b', '+c']);
  });

  it('cut in the middle of a hunk', () => {
    expect(one('--- a/x\n+++ b/x\n@@ -1,5 +1,5 @@\n a\n-b')?.hunks[0]?.lines).toHaveLength(2);
  });

  it.each(['', '\n', 'diff --git', 'diff --git ', '@@ -1 +1 @@\n+a', '--- \n+++ \n', 'GIT binary patch', '--- a/x\n+++ b/x\n@@ -999999999999 +1 @@\n', '\\ No newline'])('that is none: %j', (text) => {
    expect(parseGitDiff(text).flatMap((file) => file.hunks)).toEqual([]);
  });
});

describe('laws', () => {
  const path = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '"', '\\', '\t', '\n', '한', '/', '-', '+', '\u{1}', 'é'), minLength: 1, maxLength: 12 }).map((name) => `f${name}g`);
  const text = fc.string({ unit: fc.constantFrom('a', '+', '-', '@', ' ', '\\', '\r', 'diff --git '), maxLength: 6 });
  const hunkLines = fc.array(fc.tuple(fc.constantFrom('context', 'added', 'removed'), text), { minLength: 1, maxLength: 8 });

  const file = fc.tuple(path, hunkLines, fc.integer({ min: 1, max: 500 })).map(([name, raw, start]): DiffFile => {
    let oldLine = start;
    let newLine = start;
    const lines = raw.map(([type, content]): DiffLine => {
      switch (type) {
        case 'added': return { type, text: content, newLine: newLine++ };
        case 'removed': return { type, text: content, oldLine: oldLine++ };
        default: return { type: 'context', text: content, oldLine: oldLine++, newLine: newLine++ };
      }
    });
    return { status: 'modified', oldPath: name, newPath: name, isBinary: false, hunks: [{ oldStart: start, oldLines: oldLine - start, newStart: start, newLines: newLine - start, section: '', lines }] };
  });

  it('what is written is read again', () => {
    fc.assert(fc.property(fc.array(file, { maxLength: 4 }), (files) => {
      expect(parseGitDiff(formatGitDiff(files))).toEqual(files);
    }));
  });

  it('no text makes it throw or read a line twice', () => {
    const line = fc.constantFrom('diff --git a/x b/x', '--- a/x', '+++ b/x', '@@ -1,2 +1,2 @@', '@@ -1 +1 @@ f', ' a', '+b', '-c', '', '\\ No newline at end of file', 'rename from "a\\303', 'Binary files a and b differ');
    fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const read = parseGitDiff(lines.join('\n')).flatMap((one) => one.hunks.flatMap((hunk) => hunk.lines));
      expect(read.length).toBeLessThanOrEqual(lines.length);
    }));
  });
});
