// The reader of each format by itself: what it takes, what it gives back, what is open, and what it says when the answer ends.
import { describe, expect, it } from 'vitest';
import { createFencedFileReader } from '../../../../src/core/edit/fencedFile.ts';
import { createPatchReader, isPatchStart } from '../../../../src/core/edit/patchFormat.ts';
import type { ParsedEdit } from '../../../../src/core/edit/parsedEdit.ts';
import type { EditProblem } from '../../../../src/core/edit/proposal.ts';
import { blockStart, createBlockReader } from '../../../../src/core/edit/searchReplaceBlock.ts';
import type { ParserSink, SectionReader } from '../../../../src/core/edit/sectionReader.ts';
import { createDiffReader, isDiffStart } from '../../../../src/core/edit/unifiedDiff.ts';

interface Read {
  readonly edits: readonly ParsedEdit[];
  readonly problems: readonly EditProblem[];
  /** How the reader took each line. */
  readonly taken: readonly string[];
}

const run = (create: (sink: ParserSink) => SectionReader, text: string): Read => {
  const edits: ParsedEdit[] = [];
  const problems: EditProblem[] = [];
  const reader = create({ edit: (edit) => void edits.push(edit), problem: (problem) => void problems.push(problem) });
  const taken: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const verdict = reader.take(line, index);
    taken.push(verdict);
    if (verdict !== 'more') return { edits, problems, taken };
  }
  reader.end();
  return { edits, problems, taken };
};

describe('a block', () => {
  const start = blockStart('<<<<<<< SEARCH');
  const block = (text: string, { path }: { readonly path: string | undefined } = { path: 'a.ts' }): Read => run((sink) => {
    if (start === undefined) throw new Error('no block');
    return createBlockReader({ start, path, answerLine: 3, sink });
  }, text);

  it('ends with its end marker and no line later', () => {
    const { edits, taken } = block('old\n=======\nnew\n>>>>>>> REPLACE\nprose');
    expect(taken).toEqual(['more', 'more', 'more', 'done']);
    expect(edits).toEqual([{ kind: 'replace', path: 'a.ts', answerLine: 3, oldLines: ['old'], newLines: ['new'] }]);
  });

  it('has a path or none', () => expect(block('old\n=======\nnew\n>>>>>>> REPLACE', { path: undefined }).edits).toMatchObject([{ path: undefined }]));

  it('may be empty on either side', () => {
    expect(block('=======\nnew\n>>>>>>> REPLACE').edits).toMatchObject([{ oldLines: [], newLines: ['new'] }]);
    expect(block('old\n=======\n>>>>>>> REPLACE').edits).toMatchObject([{ oldLines: ['old'], newLines: [] }]);
    expect(block('=======\n>>>>>>> REPLACE').edits).toMatchObject([{ oldLines: [], newLines: [] }]);
  });

  it('with several separators has a reading for each', () => {
    const [edit] = block('title\n=======\ntext\n=======\nnew\n>>>>>>> REPLACE').edits;
    expect(edit).toMatchObject({ oldLines: ['title'], newLines: ['text', '=======', 'new'], otherReadings: [{ oldLines: ['title', '=======', 'text'], newLines: ['new'] }] });
  });

  it('takes a separator of another length only where it has none of its own', () => {
    expect(block('old\n=====\nnew\n>>>>>>> REPLACE').edits).toMatchObject([{ oldLines: ['old'], newLines: ['new'] }]);
    expect(block('old\n=====\nmore\n=======\nnew\n>>>>>>> REPLACE').edits).toMatchObject([{ oldLines: ['old', '=====', 'more'], newLines: ['new'] }]);
  });

  it('states the line that it begins at in one dialect', () => {
    expect(block(':start_line:12\n-------\nold\n=======\nnew\n>>>>>>> REPLACE').edits).toMatchObject([{ line: 11, oldLines: ['old'] }]);
    expect(block(':start_line: 7\n:end_line: 9\n-------\nold\n=======\nnew\n>>>>>>> REPLACE').edits).toMatchObject([{ line: 6, oldLines: ['old'] }]);
  });

  it('says what is wrong with it', () => {
    expect(block('old\nnew\n>>>>>>> REPLACE').problems).toMatchObject([{ kind: 'parse', path: 'a.ts', answerLine: 3 }]);
    expect(block('old\n=======\nnew').problems).toMatchObject([{ kind: 'cut', path: 'a.ts', answerLine: 3 }]);
    const nested = block('old\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE');
    expect(nested.problems).toMatchObject([{ kind: 'parse' }]);
    expect(nested.taken.at(-1)).toBe('not-mine');
  });

  it('shows what has come of it', () => {
    if (start === undefined) throw new Error('no block');
    const reader = createBlockReader({ start, path: 'a.ts', answerLine: 0, sink: { edit: () => undefined, problem: () => undefined } });
    reader.take('old', 1);
    expect(reader.open()).toMatchObject({ kind: 'replace', path: 'a.ts', oldLines: undefined, newLines: [] });
    reader.take('=======', 2);
    reader.take('new', 3);
    expect(reader.open()).toMatchObject({ oldLines: ['old'], newLines: ['new'] });
  });
});

describe('a diff', () => {
  const diff = (text: string, more: { readonly path?: string; readonly bareHunks?: boolean } = {}): Read => run((sink) => createDiffReader({ path: more.path, bareHunks: more.bareHunks ?? false, sink }), text);

  it.each([['diff --git a/x b/x', true], ['--- a/x', true], ['@@ -1 +1 @@', true], ['@@ ... @@', true], ['--- ', false], ['---', false], ['-- x', false], ['+++ b/x', false], ['diff x', false]])('%j begins one: %j', (line, expected) => expect(isDiffStart(line)).toBe(expected));

  it('ends at the first line that is none of it', () => {
    const { edits, taken } = diff('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\nThat is all.');
    expect(taken).toEqual(['more', 'more', 'more', 'more', 'more', 'not-mine']);
    expect(edits).toEqual([{ kind: 'replace', path: 'x', answerLine: 2, oldLines: ['a'], newLines: ['b'], line: 0 }]);
  });

  it('takes blank lines for context only when more of it follows', () => {
    expect(diff('@@ -1 +1 @@\n a\n\n-b\n+c\n\n\nprose', { path: 'x' }).edits).toMatchObject([{ oldLines: ['a', '', 'b'], newLines: ['a', '', 'c'] }]);
  });

  it('knows the path from what stood before it, and from git', () => {
    expect(diff('@@ -1 +1 @@\n-a\n+b', { path: 'y.ts' }).edits).toMatchObject([{ path: 'y.ts' }]);
    expect(diff('diff --git a/my file.ts b/my file.ts\n--- a/my file.ts\n+++ b/my file.ts\n@@ -1 +1 @@\n-a\n+b').edits).toMatchObject([{ path: 'my file.ts' }]);
    expect(diff('diff --git a/x b/x\nold mode 100644\nnew mode 100755').edits).toEqual([]);
  });

  it('makes, deletes and renames files', () => {
    expect(diff('--- /dev/null\n+++ b/new.ts\n@@ -0,0 +1,2 @@\n+a\n+b').edits).toMatchObject([{ kind: 'write', path: 'new.ts', lines: ['a', 'b', ''], mustBeNew: true }]);
    expect(diff('diff --git a/e b/e\nnew file mode 100644\nindex 0000000..e69de29').edits).toMatchObject([{ kind: 'write', path: 'e', lines: [''], mustBeNew: true }]);
    expect(diff('--- a/old.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-a').edits).toMatchObject([{ kind: 'delete', path: 'old.ts' }]);
    expect(diff('diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y').edits).toMatchObject([{ kind: 'rename', path: 'x', newPath: 'y' }]);
    expect(diff('diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\n--- a/x\n+++ b/y\n@@ -1 +1 @@\n-a\n+b').edits).toMatchObject([{ kind: 'replace', path: 'x' }, { kind: 'rename', path: 'x', newPath: 'y' }]);
  });

  it('says where a final line end comes and goes', () => {
    expect(diff('@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a', { path: 'x' }).edits).toMatchObject([{ oldLines: ['a'], newLines: ['a', ''] }]);
    expect(diff('@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file', { path: 'x' }).edits).toMatchObject([{ oldLines: ['a', ''], newLines: ['a'] }]);
    expect(diff('@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file', { path: 'x' }).edits).toMatchObject([{ oldLines: ['a'], newLines: ['b'] }]);
  });

  it('reads removed lines that look like headers as lines', () => {
    expect(diff('--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n--- a comment in SQL\n b', {}).edits).toMatchObject([{ oldLines: ['-- a comment in SQL', 'b'], newLines: ['b'] }]);
  });

  it('without hunk headers counts only where it is said to be a diff', () => {
    expect(diff('-a\n+b', { path: 'x', bareHunks: true }).edits).toMatchObject([{ oldLines: ['a'], newLines: ['b'] }]);
    expect(diff('-a\n+b', { path: 'x' }).edits).toEqual([]);
  });
});

describe('a patch', () => {
  const patch = (text: string): Read => run(createPatchReader, text);

  it.each([['*** Begin Patch', true], ['*** Update File: a.ts', true], ['*** Add File: a.ts', true], ['*** Delete File: a.ts', true], ['*** Update File: ', false], ['*** a rating of three stars', false], ['** Begin Patch', false]])('%j begins one: %j', (line, expected) => expect(isPatchStart(line)).toBe(expected));

  it('ends with its end', () => expect(patch('*** Begin Patch\n*** Delete File: a\n*** End Patch\nprose').taken).toEqual(['more', 'more', 'done']));

  it('holds hunks below the names of what they stand in', () => {
    expect(patch('*** Begin Patch\n*** Update File: a\n@@ class A\n@@ method()\n-x\n+y\n@@ class B\n-z\n*** End Patch').edits).toEqual([
      { kind: 'replace', path: 'a', answerLine: 2, oldLines: ['x'], newLines: ['y'], anchors: ['class A', 'method()'] },
      { kind: 'replace', path: 'a', answerLine: 6, oldLines: ['z'], newLines: [], anchors: ['class B'] },
    ]);
  });

  it('may stand at the end of the file', () => expect(patch('*** Update File: a\n@@\n-x\n+y\n*** End of File').edits).toMatchObject([{ atEnd: true }]));

  it('moves a file after its hunks', () => expect(patch('*** Update File: a\n*** Move to: b\n@@\n-x\n+y').edits).toMatchObject([{ kind: 'replace', path: 'a' }, { kind: 'rename', path: 'a', newPath: 'b' }]));

  it('adds a file of the lines with a plus', () => expect(patch('*** Add File: a\n+one\n+\n+two\n').edits).toMatchObject([{ kind: 'write', lines: ['one', '', 'two', ''], mustBeNew: true }]));

  it('drops blank lines between hunks and headers', () => expect(patch('*** Update File: a\n@@\n-x\n+y\n\n*** Delete File: b').edits).toMatchObject([{ oldLines: ['x'], newLines: ['y'] }, { kind: 'delete', path: 'b' }]));

  it('in its frame has no other lines, without it ends with its lines', () => {
    expect(patch('*** Begin Patch\n*** Update File: a\n@@\n-x\nprose').problems).toMatchObject([{ kind: 'parse', path: 'a', answerLine: 4 }]);
    expect(patch('*** Begin Patch\nprose').problems).toMatchObject([{ kind: 'parse', answerLine: 1 }]);
    expect(patch('*** Update File: a\n@@\n-x\n+y\nprose')).toMatchObject({ problems: [], edits: [{ oldLines: ['x'] }] });
  });

  it('cut in its frame is cut', () => expect(patch('*** Begin Patch\n*** Update File: a\n@@\n-x')).toMatchObject({ edits: [], problems: [{ kind: 'cut', path: 'a' }] }));
});

describe('a fenced file', () => {
  const fenced = (text: string, path?: string): Read => run((sink) => createFencedFileReader({ fence: { mark: '```', info: 'ts' }, path, answerLine: 2, sink }), text);

  it('with a path is the file, without one loose', () => {
    expect(fenced('a\nb\n```', 'x.ts').edits).toEqual([{ kind: 'write', path: 'x.ts', answerLine: 2, lines: ['a', 'b', ''] }]);
    expect(fenced('a\n```').edits).toEqual([{ kind: 'write', path: undefined, answerLine: 2, lines: ['a', ''], isLoose: true }]);
    expect(fenced('```', 'x.ts').edits).toMatchObject([{ lines: [''] }]);
  });

  it('of markdown holds fences of its own', () => {
    expect(fenced('# A\n```sh\nls\n```\nend\n```', 'x.md').edits).toMatchObject([{ lines: ['# A', '```sh', 'ls', '```', 'end', ''] }]);
    expect(fenced('a\n```sh\nls\n```', 'x.ts').edits).toMatchObject([{ lines: ['a', '```sh', 'ls', ''] }]);
  });

  it('cut is cut, if it is a file', () => {
    expect(fenced('a', 'x.ts').problems).toMatchObject([{ kind: 'cut', path: 'x.ts' }]);
    expect(fenced('a')).toMatchObject({ edits: [], problems: [] });
  });
});
