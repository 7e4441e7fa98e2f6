import { describe, expect, it } from 'vitest';
import { createIgnoreRules, type IgnoreFile } from '../../../../src/core/context/ignoreRules.ts';

/** "folder/.gitignore" → its text. */
type Files = Readonly<Record<string, string>>;

function check(files: Files, path: string, exclude: readonly string[] = []): string {
  return createIgnoreRules(Object.entries(files).map(([file, text]) => toFile(file, text)), exclude).ignores(path) ?? 'open';
}

function toFile(path: string, text: string): IgnoreFile {
  const slash = path.lastIndexOf('/');
  return { folder: slash < 0 ? '' : path.slice(0, slash), name: path.slice(slash + 1) as IgnoreFile['name'], text };
}

describe('ignore files', () => {
  it.each<readonly [string, Files, string, string]>([
    ['nothing is ignored without any', {}, 'a/b.ts', 'open'],
    ['a name at every depth', { '.gitignore': 'log.txt' }, 'a/b/log.txt', 'ignored'],
    ['an anchored name at the root only', { '.gitignore': '/log.txt' }, 'a/log.txt', 'open'],
    ['a folder with all below', { '.gitignore': 'build/' }, 'a/build/x/y.js', 'ignored'],
    ['a folder pattern is no file', { '.gitignore': 'build/' }, 'build', 'open'],
    ['an exception', { '.gitignore': '*.log\n!keep.log' }, 'a/keep.log', 'open'],
    ['no exception below an ignored folder', { '.gitignore': 'build/\n!build/keep.txt' }, 'build/keep.txt', 'ignored'],
    ['a nested file speaks for its folder', { 'a/.gitignore': 'x.ts' }, 'a/b/x.ts', 'ignored'],
    ['and not for its neighbour', { 'a/.gitignore': 'x.ts' }, 'c/x.ts', 'open'],
    ['nested anchors begin at its folder', { 'a/.gitignore': '/x.ts' }, 'a/b/x.ts', 'open'],
    ['the nearer file wins', { '.gitignore': '*.gen.ts', 'a/.gitignore': '!keep.gen.ts' }, 'a/keep.gen.ts', 'open'],
    ['the nearer file shuts what the farther opened', { '.gitignore': '!x.ts', 'a/.gitignore': 'x.ts' }, 'a/x.ts', 'ignored'],
    ['a nested exception cannot open an ignored folder', { '.gitignore': 'a/', 'a/.gitignore': '!*' }, 'a/x.ts', 'ignored'],
    ['the other names of ignore files count too', { '.aiexclude': 'internal/' }, 'internal/x.ts', 'ignored'],
    ['ours as well', { '.runapiignore': '*.sql' }, 'db/x.sql', 'ignored'],
    ['one kind cannot open what another shut', { '.aiexclude': 'x.ts', '.gitignore': '!x.ts', '.runapiignore': '!x.ts' }, 'x.ts', 'ignored'],
    ['case does not matter', { '.gitignore': 'Secret.TXT' }, 'a/sEcret.txt', 'ignored'],
    ['normal forms do not matter', { '.gitignore': 'caf\u{e9}.txt' }, 'cafe\u{301}.txt', 'ignored'],
    ['nor in folder names', { 'caf\u{e9}/.gitignore': 'x' }, 'cafe\u{301}/x', 'ignored'],
    ['comments and blanks', { '.gitignore': '# x.ts\n\n  \n\\#y.ts' }, 'x.ts', 'open'],
    ['CRLF', { '.gitignore': 'x.ts\r\ny.ts\r\n' }, 'x.ts', 'ignored'],
    ['stars over folders', { '.gitignore': 'a/**/z.ts' }, 'a/b/c/z.ts', 'ignored'],
  ])('%s', (_name, files, path, verdict) => {
    expect(check(files, path)).toBe(verdict);
  });

  it('two files of one kind in one folder add up', () => {
    const rules = createIgnoreRules([{ name: '.gitignore', folder: '', text: 'a' }, { name: '.gitignore', folder: '', text: 'b' }], []);
    expect([rules.ignores('a'), rules.ignores('b')]).toEqual(['ignored', 'ignored']);
  });
});

describe('the setting', () => {
  it.each<readonly [string, readonly string[], string, string]>([
    ['excludes by glob', ['**/*.sql'], 'db/x.sql', 'excluded'],
    ['excludes a folder', ['vendor/'], 'a/vendor/x.ts', 'excluded'],
    ['may except within itself', ['*.sql', '!open.sql'], 'open.sql', 'open'],
    ['says nothing of others', ['*.sql'], 'x.ts', 'open'],
  ])('%s', (_name, exclude, path, verdict) => {
    expect(check({}, path, exclude)).toBe(verdict);
  });

  it('cannot open what an ignore file shut, and the file is named first', () => {
    expect(check({ '.gitignore': 'x.ts' }, 'x.ts', ['!x.ts'])).toBe('ignored');
    expect(check({ '.gitignore': 'x.ts' }, 'x.ts', ['x.ts'])).toBe('ignored');
  });
});

it('paths that leave the root or are empty are no business of the rules', () => {
  expect([check({ '.gitignore': '*' }, '../x'), check({ '.gitignore': '*' }, ''), check({ '.gitignore': '*' }, './x')]).toEqual(['open', 'open', 'open']);
});
