// A whole file in a code block, where the file has fence lines of its own: the block is taken whole, or refused; never a part of it.
import { describe, expect, it } from 'vitest';
import { createEditParser, type ParsedAnswer } from '../../../../src/core/edit/editParser.ts';
import { dropsWhatFollows } from '../../../../src/core/edit/fenceEnd.ts';
import { resolveAnswer } from '../../../../src/core/edit/resolveAnswer.ts';

type Files = Readonly<Record<string, string>>;

const read = (files: Files, pieces: readonly string[]): ParsedAnswer => {
  const parser = createEditParser({ isKnownPath: (path) => path in files });
  for (const piece of pieces) parser.push(piece);
  return parser.finish();
};

/** What becomes of the files, or the kinds of the problems; the same however the stream is cut. */
const check = (files: Files, answer: string, expected: Files | readonly string[], takesLooseCode = false): void => {
  const parsed = read(files, [answer]);
  expect(read(files, answer.split(''))).toEqual(parsed);
  for (let cut = 1; cut < answer.length; cut++) expect(read(files, [answer.slice(0, cut), answer.slice(cut)])).toEqual(parsed);
  const only = Object.keys(files).length === 1 ? Object.keys(files)[0] : undefined;
  const resolved = resolveAnswer(parsed, {
    takesLooseCode,
    fileAt: (named = only) => (named === undefined ? { ok: false, kind: 'no-path' } : { ok: true, file: { uri: `file:///${named}`, path: named, text: files[named] } }),
  });
  if (resolved.state === 'changes') expect(Object.fromEntries(resolved.changes.map(({ path, proposed }) => [path, proposed]))).toEqual(expected);
  else expect(resolved.state === 'refused' ? resolved.problems.map(({ kind }) => kind) : ['no-edits']).toEqual(expected);
};

const file = (path: string, ...lines: readonly string[]): string => [path, '```ts', ...lines, '```', ''].join('\n');
const template = ['export const t = `', '```', 'code', '```', '`;'];

describe('a file with fences of its own', () => {
  const long = ['l1', 'l2', 'l3', 'l4', 'l5', 'l6'];

  it('in a fence of the same length is refused', () => {
    const text = [...long, ...template, 'export const u = 1;', ''].join('\n');
    check({ 'a.ts': text }, file('a.ts', 'L1', ...long.slice(1), ...template, 'export const u = 1;'), ['unclear-end']);
    check({ 'a.ts': 'l1\n' }, file('a.ts', 'l1', ...template), ['unclear-end']);
    check({}, file('a.ts', ...template), ['unclear-end']);
  });
  it('is refused whatever fences it has', () => {
    check({ 'a.ts': 'a\n' }, file('a.ts', 'a', 'const end = `', '```', '`;'), ['unclear-end']);
    check({ 'a.ts': 'a\n' }, file('a.ts', 'a', 'const t = `', '```bash', 'npm i', '```', '`;'), ['unclear-end']);
    check({ 'a.ts': 'a\n' }, file('a.ts', 'a', 'const t = `', '```bash', 'npm i', '```', '', '```sh', 'ls', '```', '`;'), ['unclear-end']);
    check({ 'README.md': '# A\n\n```\nnpm i\n```\n\nThen run it.\n' }, file('README.md', '# B', '', '```', 'npm i', '```', '', 'Then run it.'), ['unclear-end']);
    check({}, file('README.md', '# B', '', '```', 'npm i', '```', '', 'Then run it.'), ['unclear-end']);
  });
  it('that begins its inner block with a blank line is seen by the lines that it would lose', () => {
    check({ 'a.md': 'one\n\n```\n\ncode here\n```\nlast\n' }, file('a.md', 'ONE', '', '```', '', 'code here', '```', 'last'), ['unclear-end']);
  });
  it('swallows no file after it', () => {
    check({ 'a.ts': 'a\n', 'b.ts': 'b\n' }, file('a.ts', 'a', 'const end = `', '```', '`;') + file('b.ts', 'B'), ['unclear-end']);
    check({ 'a.ts': 'a\n', 'b.ts': 'b\n' }, `${file('a.ts', 'a', 'const end = `', '```', '`;')}b.ts\n<<<<<<< SEARCH\nb\n=======\nB\n>>>>>>> REPLACE\n`, ['unclear-end']);
    check({ 'src/a.ts': 'a\n' }, file('README.md', '# T', '```', 'src/a.ts', '```', 'is the file'), ['unclear-end']);
  });
  it('in a longer fence is taken whole', () => {
    const wrap = (path: string, lines: readonly string[]): string => [path, '````', ...lines, '````', ''].join('\n');
    check({ 'a.ts': 'a\n' }, wrap('a.ts', ['a', ...template]), { 'a.ts': ['a', ...template, ''].join('\n') });
    const readme = ['# B', '', '```', 'npm i', '```', '', '```sh', 'ls', '```', '~~~ts', 'x', '~~~'];
    check({}, wrap('README.md', readme), { 'README.md': [...readme, ''].join('\n') });
  });
  it('of markdown may hold blocks with a language, also longer ones', () => {
    const readme = ['# B', '```ts', 'x', '```', '````md', '```', 'y', '```', '````', 'end'];
    check({}, file('README.md', ...readme), { 'README.md': [...readme, ''].join('\n') });
  });
  it('alone without a path is refused too, where loose code would count', () => {
    check({ 'a.ts': 'a\n' }, '```ts\na\nconst end = `\n```\n`;\n```\n', ['unclear-end'], true);
    check({ 'a.ts': 'a\n' }, '```ts\na\nconst end = `\n```\n`;\n```\n', ['no-edits']);
  });
});

describe('a file followed by other code', () => {
  const a = file('a.ts', 'A');
  const done = { 'a.ts': 'A\n' };
  it.each<readonly [string, string]>([
    ['a command in a fence with a language', '\nRun:\n\n```bash\nnpm test\n```\n'],
    ['a command in a bare fence', '\nRun it:\n\n```\nnpm test\n```\n\nThat is all.\n'],
    ['a command in a bare fence, without blank lines', 'Run it:\n```\nnpm test\n```\n'],
    ['a command in a bare fence, introduced in bold', '**Run it:**\n```\nnpm test\n```\n'],
    ['prose', 'This renames it.\nAnd that is all.\n'],
    ['a bare block of another length', 'x\n~~~\n```\n~~~\n'],
  ])('%s applies', (_name, rest) => check({ 'a.ts': 'a\nother\n' }, a + rest, done));
  it('in bare fences with paths applies', () => {
    check({ 'a.ts': 'a\n', 'b.ts': 'b\n' }, 'a.ts\n```\nA\n```\nb.ts\n```\nB\n```\n', { 'a.ts': 'A\n', 'b.ts': 'B\n' });
    check({ 'a.ts': 'a\n', 'b.ts': 'b\n' }, `${a}\n\`\`\`\nb.ts\n<<<<<<< SEARCH\nb\n=======\nB\n>>>>>>> REPLACE\n\`\`\`\n`, { 'a.ts': 'A\n', 'b.ts': 'B\n' });
    check({ 'a.ts': 'a\n', 'b.ts': 'b\n' }, `${a}\n\`\`\`diff\n--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-b\n+B\n\`\`\`\n`, { 'a.ts': 'A\n', 'b.ts': 'B\n' });
  });
  it('that quotes a line it drops is asked about once more', () => {
    check({ 'a.ts': 'a\nold();\n' }, `${a}\nInstead of:\n\n\`\`\`\nold();\n\`\`\`\n`, ['unclear-end']);
  });
});

describe('lines after a block', () => {
  it.each<readonly [string, readonly string[], readonly string[], boolean]>([
    ['dropped by it belong to it', ['a'], ['  b();'], true],
    ['kept by it do not', ['a', 'b();'], ['b();'], false],
    ['without letters or digits say nothing', ['a'], ['}', '', '---'], false],
    ['that the file never had are prose', ['a'], ['Run it:'], false],
  ])('%s', (...[, next, after, expected]) => expect(dropsWhatFollows(['a', 'b();', '}', '---'], next, after)).toBe(expected));
});
