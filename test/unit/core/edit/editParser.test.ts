import { describe, expect, it } from 'vitest';
import { createEditParser } from '../../../../src/core/edit/editParser.ts';
import type { ParsedEdit } from '../../../../src/core/edit/parsedEdit.ts';

const known = new Set(['src/a.ts', 'b.ts', 'Untitled-1', 'docs/x.md', 'Makefile']);
const isKnownPath = (path: string): boolean => known.has(path);

/** The edits of an answer in one short line each, the same however the stream is cut. */
const check = (answer: string, expected: readonly string[], problems: readonly string[] = []): void => {
  const read = (pieces: readonly string[]): readonly string[] => {
    const parser = createEditParser({ isKnownPath });
    for (const piece of pieces) parser.push(piece);
    const result = parser.finish();
    return [...result.edits.map(short), ...result.problems.map((problem) => `! ${problem.kind} ${problem.answerLine ?? '-'}`)];
  };
  const wanted = [...expected, ...problems.map((problem) => `! ${problem}`)];
  expect(read([answer])).toEqual(wanted);
  expect(read(answer.split(''))).toEqual(wanted);
  for (let cut = 1; cut < answer.length; cut += 1) expect(read([answer.slice(0, cut), answer.slice(cut)])).toEqual(wanted);
  expect(read([answer.replaceAll('\n', '\r\n')])).toEqual(wanted);
};

const short = (edit: ParsedEdit): string => {
  const path = edit.path ?? '?';
  switch (edit.kind) {
    case 'replace': return `${path}: ${edit.oldLines.join('|')} → ${edit.newLines.join('|')}${edit.line === undefined ? '' : ` @${edit.line}`}${edit.anchors === undefined ? '' : ` in ${edit.anchors.join(' > ')}`}${edit.atEnd === true ? ' at end' : ''}${edit.otherReadings === undefined ? '' : ` (${edit.otherReadings.length + 1} readings)`}`;
    case 'replace-text': return `${path}: ${edit.oldText} ⇒ ${edit.newText}`;
    case 'insert': return `${path}: after ${edit.afterLines} ${edit.newLines.join('|')}`;
    case 'write': return `${path} = ${edit.lines.join('|')}${edit.isLoose === true ? ' loose' : ''}${edit.mustBeNew === true ? ' new' : ''}`;
    case 'delete': return `${path} deleted`;
    case 'rename': return `${path} moved to ${edit.newPath}`;
  }
};

describe('search and replace blocks', () => {
  it('with the path on the line before', () => check('I rename it.\n\nsrc/a.ts\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n', ['src/a.ts: old → new']));
  it('without a last line end', () => check('src/a.ts\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE', ['src/a.ts: old → new']));
  it('in a fence, the path before or inside', () => {
    check('src/a.ts\n```ts\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n```\n', ['src/a.ts: old → new']);
    check('```\nsrc/a.ts\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n```\n', ['src/a.ts: old → new']);
    check('```ts src/a.ts\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n```\n', ['src/a.ts: old → new']);
  });
  it.each(['**src/a.ts**', '`src/a.ts`', '### src/a.ts', 'File: `src/a.ts`', '- src/a.ts:', '1. `src/a.ts`', '// src/a.ts', '<file path="src/a.ts">'])('with the path as %s', (line) => {
    check(`${line}\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n`, ['src/a.ts: old → new']);
  });
  it('several for one file, named once', () => check('b.ts\n<<<<<<< SEARCH\na\n=======\nA\n>>>>>>> REPLACE\nand\n<<<<<<< SEARCH\nb\n=======\nB\n>>>>>>> REPLACE\n', ['b.ts: a → A', 'b.ts: b → B']));
  it('an empty part on either side', () => {
    check('b.ts\n<<<<<<< SEARCH\n=======\nnew\n>>>>>>> REPLACE\n', ['b.ts:  → new']);
    check('b.ts\n<<<<<<< SEARCH\nold\n=======\n>>>>>>> REPLACE\n', ['b.ts: old → ']);
  });
  it('holding fences, markers of conflicts and its own separators', () => {
    check('docs/x.md\n<<<<<<< SEARCH\n```ts\na\n```\n=======\n```\n>>>>>>> REPLACE\n', ['docs/x.md: ```ts|a|``` → ```']);
    check('b.ts\n<<<<<<< SEARCH\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n=======\na\n>>>>>>> REPLACE\n', ['b.ts: <<<<<<< HEAD|a → b|>>>>>>> x|=======|a (2 readings)']);
    check('b.ts\n<<<<<<<<< SEARCH\nTitle\n=======\n=========\nTitle\n>>>>>>>>> REPLACE\n', ['b.ts: Title|======= → Title']);
  });
  it('in the dialects that other assistants ask for', () => {
    check('b.ts\n------- SEARCH\nold\n=======\nnew\n+++++++ REPLACE\n', ['b.ts: old → new']);
    check('b.ts\n<<<<<<< SEARCH\n:start_line:12\n-------\nold\n=======\nnew\n>>>>>>> REPLACE\n', ['b.ts: old → new @11']);
    check('b.ts\n<<<<<<< ORIGINAL\nold\n=======\nnew\n>>>>>>> UPDATED\n', ['b.ts: old → new']);
  });
  it('to delete and to rename', () => {
    check('b.ts\n<<<<<<< DELETE\n>>>>>>> DELETE\n', ['b.ts deleted']);
    check('b.ts\n<<<<<<< RENAME\nsrc/c.ts\n>>>>>>> RENAME\n', ['b.ts moved to src/c.ts']);
  });
  it('that are broken name the line', () => {
    check('b.ts\n<<<<<<< SEARCH\nold\n>>>>>>> REPLACE\n', [], ['parse 1']);
    check('x\nb.ts\n<<<<<<< SEARCH\nold\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n', ['b.ts: a → b'], ['parse 2']);
    check('b.ts\n<<<<<<< SEARCH\nold\n=======\nne', [], ['cut 1']);
  });
  it('show what has come of the open one', () => {
    const parser = createEditParser({ isKnownPath });
    parser.push('b.ts\n<<<<<<< SEARCH\nold');
    expect(parser.open()).toMatchObject({ path: 'b.ts', oldLines: undefined });
    parser.push('\n=======\nfirst\nsec');
    expect(parser.open()).toEqual({ kind: 'replace', path: 'b.ts', answerLine: 1, oldLines: ['old'], newLines: ['first'] });
    parser.push('ond\n>>>>>>> REPLACE\n');
    expect(parser.open()).toBeUndefined();
    expect(parser.edits).toHaveLength(1);
  });
});

describe('unified diffs', () => {
  it('of git, with and without a fence', () => {
    const diff = 'diff --git a/src/a.ts b/src/a.ts\nindex 1..2 100644\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -3,3 +3,3 @@ class A {\n x\n-old\n+new\n y\n';
    check(diff, ['src/a.ts: x|old|y → x|new|y @2']);
    check(`Here:\n\`\`\`diff\n${diff}\`\`\`\nDone.\n`, ['src/a.ts: x|old|y → x|new|y @2']);
  });
  it('with several hunks and files', () => check('--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+A\n@@ -9 +9 @@\n-b\n+B\n--- b.ts\n+++ b.ts\n@@ -1 +1 @@\n-c\n+C\n', ['src/a.ts: a → A @0', 'src/a.ts: b → B @8', 'b.ts: c → C @0']));
  it('with counts that are wrong, hunks without numbers, blank context without its space', () => {
    check('--- a/b.ts\n+++ b/b.ts\n@@ -1,99 +1,7 @@\n a\n\n-b\n+B\n\nThat is all.\n', ['b.ts: a||b → a||B @0']);
    check('--- a/b.ts\n+++ b/b.ts\n@@ @@\n-b\n+B\n', ['b.ts: b → B']);
  });
  it('that add, delete and rename files', () => {
    check('--- /dev/null\n+++ b/new.ts\n@@ -0,0 +1,2 @@\n+a\n+b\n', ['new.ts = a|b| new']);
    check('diff --git a/b.ts b/b.ts\ndeleted file mode 100644\n--- a/b.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n', ['b.ts deleted']);
    check('diff --git a/b.ts b/c.ts\nsimilarity index 90%\nrename from b.ts\nrename to c.ts\n--- a/b.ts\n+++ b/c.ts\n@@ -1 +1 @@\n-a\n+A\n', ['b.ts: a → A @0', 'b.ts moved to c.ts']);
  });
  it('with lines that look like headers', () => check('--- a/b.ts\n+++ b/b.ts\n@@ -1,2 +1,2 @@\n--- old comment\n+-- new comment\n x\n', ['b.ts: -- old comment|x → -- new comment|x @0']));
  it('with and without a final line end', () => {
    check('--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n', ['b.ts: a → a| @0']);
    check('--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n', ['b.ts: a| → a @0']);
    check('--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n', ['b.ts: a → b @0']);
  });
  it('without headers, in a fence that says diff', () => check('b.ts\n```diff\n-a\n+A\n```\n', ['b.ts: a → A']));
});

describe('patches', () => {
  it('update, add, delete and move', () => check(
    '*** Begin Patch\n*** Update File: src/a.ts\n@@ class A\n@@ run()\n x\n-old\n+new\n@@\n-b\n+B\n*** End of File\n*** Add File: n.ts\n+one\n+two\n*** Delete File: b.ts\n*** Update File: c.ts\n*** Move to: d.ts\n@@\n-q\n+Q\n*** End Patch\n',
    ['src/a.ts: x|old → x|new in class A > run()', 'src/a.ts: b → B at end', 'n.ts = one|two| new', 'b.ts deleted', 'c.ts: q → Q', 'c.ts moved to d.ts'],
  ));
  it('without their frame', () => check('*** Update File: b.ts\n@@\n-a\n+A\n\nDone.\n', ['b.ts: a → A']));
  it('in a fence', () => check('```\n*** Begin Patch\n*** Update File: b.ts\n-a\n+A\n*** End Patch\n```\n', ['b.ts: a → A']));
  it('that are broken name the line', () => check('*** Begin Patch\n*** Update File: b.ts\n@@\n-a\noops\n*** End Patch\n', [], ['parse 4']));
  it('that are cut', () => check('*** Begin Patch\n*** Update File: b.ts\n@@\n-a\n+A', [], ['cut -']));
});

describe('fenced files', () => {
  it.each(['```ts src/a.ts', '```src/a.ts', '```ts:src/a.ts', '```ts title="src/a.ts"', '~~~ts file=src/a.ts', '```12:20:src/a.ts'])('%s', (fence) => {
    check(`${fence}\na\nb\n${fence.slice(0, 3)}\n`, ['src/a.ts = a|b|']);
  });
  it('named by the line before', () => check('**src/a.ts**\n\n```ts\na\n```\n', ['src/a.ts = a|']));
  it('named by a first line of comment', () => check('```ts\n// src/a.ts\na\n```\n', ['src/a.ts = a|']));
  it('that list files are no files', () => {
    check('```\nsrc/a.ts\nb.ts\n```\n', ['? = src/a.ts|b.ts| loose']);
    check('```text\nsrc/a.ts\n```\n', ['? = src/a.ts| loose']);
  });
  it('of markdown hold fences of their own', () => check('docs/x.md\n```md\n# A\n```ts\ncode\n```\nend\n```\n', ['docs/x.md = # A|```ts|code|```|end|']));
  it('that begin like a diff are text all the same', () => check('```lua init.lua\n--- Module docs\nlocal M = {}\n```\n', ['init.lua = --- Module docs|local M = {}|']));
  it('without a path are loose', () => check('Like this:\n```ts\nfoo();\n```\n', ['? = foo();| loose']));
  it('that are cut', () => check('```ts src/a.ts\na\nb', [], ['cut 0']));
  it('without a path and cut change nothing', () => check('```ts\na', []));
  it('hold lone carriage returns as line ends', () => {
    const parser = createEditParser();
    parser.push('```ts src/a.ts\na\rb\n```\n');
    expect(parser.finish().edits).toMatchObject([{ lines: ['a', 'b', ''] }]);
  });
});

describe('prose', () => {
  it('alone holds no edit', () => check('I looked at src/a.ts and it is fine.\n\n--- \n\nSee version 1.2 or e.g. this.\n- a\n+ b\n', []));
  it('with an address or a number is no path', () => check('https://example.com/a.ts\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n', ['?: a → b']));
  it('names hostile paths, so that they are refused and said', () => check('../../etc/passwd\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n', ['../../etc/passwd: a → b']));
});

describe('a sentence that ends in a path', () => {
  const edit = '<<<<<<< SEARCH\na\n=======\nA\n>>>>>>> REPLACE\n';
  it.each(['Update src/a.ts:', 'Now update `src/a.ts`:', '### 1. Update `src/a.ts`'])('%s names the file of a block', (line) => {
    check(`${line}\n\n${edit}`, ['src/a.ts: a → A']);
    check(`${line}\n\`\`\`ts\n${edit}\`\`\`\n`, ['src/a.ts: a → A']);
  });
  it('names the file of bare hunks', () => check('Update `src/a.ts`:\n\n```diff\n-a\n+A\n```\n', ['src/a.ts: a → A']));
  it('is not the name of a file to write', () => check(`b.ts\n${edit}\nThen call it in \`src/main.ts\`:\n\n\`\`\`ts\nfoo();\n\`\`\`\n`, ['b.ts: a → A', '? = foo();| loose']));
  it('in a comment of loose code is no path', () => check('```ts\n// Update src/a.ts\nfoo();\n```\n', ['? = // Update src/a.ts|foo();| loose']));
  it('gives way to the path on the next line, and to none', () => {
    check(`Update \`src/a.ts\`:\nb.ts\n${edit}`, ['b.ts: a → A']);
    check(`b.ts\n${edit}\nUpdate \`src/a.ts\`:\nand this:\n${edit}`, ['b.ts: a → A', 'b.ts: a → A']);
  });
});

describe('formats in one answer', () => {
  it('may change from file to file', () => check(
    'src/a.ts\n<<<<<<< SEARCH\na\n=======\nA\n>>>>>>> REPLACE\n\n```diff\n--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-b\n+B\n```\n\n*** Begin Patch\n*** Delete File: c.ts\n*** End Patch\n\nMakefile\n```\nall:\n```\n',
    ['src/a.ts: a → A', 'b.ts: b → B @0', 'c.ts deleted', 'Makefile = all:|'],
  ));
});
