import { describe, expect, it } from 'vitest';
import { readDiffHeader } from '../../../../src/core/context/gitDiffHeader.ts';

function check(text: string): unknown {
  const found = readDiffHeader(text.split('\n'), 0);
  return found === undefined ? undefined : { ...found.header, next: found.next };
}

describe('the header of a file', () => {
  it.each<readonly [string, string, object]>([
    ['that was changed', 'diff --git a/x.ts b/x.ts\nindex 1..2 100644\n--- a/x.ts\n+++ b/x.ts\n@@ -1 +1 @@', { status: 'modified', oldPath: 'x.ts', newPath: 'x.ts', isBinary: false, next: 4 }],
    ['that is new', 'diff --git a/x b/x\nnew file mode 100755\nindex 0..2\n--- /dev/null\n+++ b/x\n@@', { status: 'added', newPath: 'x', newMode: '100755', isBinary: false, next: 5 }],
    ['that is new and empty', 'diff --git a/x y.ts b/x y.ts\nnew file mode 100644\nindex 0..e\n', { status: 'added', newPath: 'x y.ts', newMode: '100644', isBinary: false, next: 3 }],
    ['that is gone', 'diff --git a/x b/x\ndeleted file mode 100644\nindex 1..0\n--- a/x\n+++ /dev/null\n@@', { status: 'deleted', oldPath: 'x', oldMode: '100644', isBinary: false, next: 5 }],
    ['that was renamed unchanged', 'diff --git a/old name b/new name\nsimilarity index 100%\nrename from old name\nrename to new name\n', { status: 'renamed', oldPath: 'old name', newPath: 'new name', isBinary: false, next: 4 }],
    ['that was renamed and changed', 'diff --git a/o b/n\nsimilarity index 90%\nrename from o\nrename to n\nindex 1..2 100644\n--- a/o\n+++ b/n\n@@', { status: 'renamed', oldPath: 'o', newPath: 'n', isBinary: false, next: 7 }],
    ['whose mode was changed', 'diff --git a/run b/run\nold mode 100644\nnew mode 100755\n', { status: 'mode-changed', oldPath: 'run', newPath: 'run', oldMode: '100644', newMode: '100755', isBinary: false, next: 3 }],
    ['that is binary', 'diff --git a/i.png b/i.png\nindex 1..2 100644\nBinary files a/i.png and b/i.png differ\n', { status: 'modified', oldPath: 'i.png', newPath: 'i.png', isBinary: true, next: 3 }],
    ['whose name is quoted in octal', 'diff --git "a/\\355\\225\\234.md" "b/\\355\\225\\234.md"\nindex 1..2 100644\nBinary files differ here\n', { status: 'modified', oldPath: '한.md', newPath: '한.md', isBinary: true, next: 3 }],
    ['whose name has quotes, tabs and backslashes', '--- "a/q\\"\\t\\\\.ts"\n+++ "b/q\\"\\t\\\\.ts"\n@@', { status: 'modified', oldPath: 'q"\t\\.ts', newPath: 'q"\t\\.ts', isBinary: false, next: 2 }],
    ['with an emoji among quoted characters', '--- "a/🙂\\n.ts"\n+++ "b/🙂\\n.ts"\n@@', { status: 'modified', oldPath: '🙂\n.ts', newPath: '🙂\n.ts', isBinary: false, next: 2 }],
    ['with CRLF line ends', 'diff --git a/x b/x\r\nold mode 100644\r\nnew mode 100755\r\n', { status: 'mode-changed', oldPath: 'x', newPath: 'x', oldMode: '100644', newMode: '100755', isBinary: false, next: 3 }],
    ['that lies in a folder called b', 'diff --git a/b/x b/b/x\nold mode 100644\nnew mode 100755\n', { status: 'mode-changed', oldPath: 'b/x', newPath: 'b/x', oldMode: '100644', newMode: '100755', isBinary: false, next: 3 }],
  ])('%s', (_name, text, expected) => {
    expect(check(text)).toEqual(expected);
  });

  it.each(['', '@@ -1 +1 @@', ' diff --git a/x b/x', '--- a/x', '--- a/x\n@@ -1 +1 @@', '+++ b/x', 'index 1..2', '-- \n2.39.5'])('is not at %j', (text) => {
    expect(check(text)).toBeUndefined();
  });

  it('ends before the next file when nothing follows its first line', () => {
    expect(check('diff --git a/x b/x\ndiff --git a/y b/y\n')).toMatchObject({ newPath: 'x', next: 1 });
  });
});
