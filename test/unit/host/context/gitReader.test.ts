// Real repositories, hostile ones too: whatever their configuration names, nothing runs.
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseGitDiff } from '../../../../src/core/context/gitDiff.ts';
import { createGitProcess } from '../../../../src/host/context/gitProcess.ts';
import { createGitReader, type GitReader } from '../../../../src/host/context/gitReader.ts';

const signal = new AbortController().signal;
let root: string;
let reader: GitReader;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'git-')));
  const git = await createGitProcess();
  if (git === undefined) throw new Error('These tests need git.');
  reader = createGitReader(git);
});
afterEach(async () => { await rm(root, { recursive: true, force: true }); });

function git(...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'] ?? '', HOME: root, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };
  return execFileSync('git', ['-c', 'init.defaultBranch=main', '-c', 'commit.gpgsign=false', ...args], { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function commit(files: Readonly<Record<string, string>>, message: string): Promise<void> {
  for (const [path, text] of Object.entries(files)) await write(path, text);
  git('add', '-A');
  git('commit', '-q', '-m', message);
}

const paths = (text: string | undefined): readonly (string | undefined)[] => parseGitDiff(text ?? '').map((file) => file.newPath ?? file.oldPath);

describe('changes', () => {
  it('of the working tree, staged or not', async () => {
    git('init', '-q');
    await commit({ 'a.ts': 'one\n', 'b.ts': 'one\n' }, 'First');
    await write('a.ts', 'two\n');
    await write('b.ts', 'two\n');
    await write('new.ts', 'new\n');
    git('add', 'b.ts');
    expect(paths((await reader.diff(root, { type: 'working' }, signal))?.text)).toEqual(['a.ts', 'b.ts']);
    expect(paths((await reader.diff(root, { type: 'staged' }, signal))?.text)).toEqual(['b.ts']);
    expect(await reader.untracked(root, signal)).toEqual(['new.ts']);
  });

  it('before the first commit', async () => {
    git('init', '-q');
    await write('a.ts', 'one\n');
    git('add', 'a.ts');
    expect(paths((await reader.diff(root, { type: 'staged' }, signal))?.text)).toEqual(['a.ts']);
    expect(paths((await reader.diff(root, { type: 'working' }, signal))?.text)).toEqual(['a.ts']);
    expect(await reader.messages(root, 5, signal)).toEqual([]);
  });

  it('since the branch left its base, uncommitted ones included', async () => {
    git('init', '-q');
    await commit({ 'a.ts': 'one\n' }, 'First');
    git('checkout', '-q', '-b', 'feature');
    await commit({ 'b.ts': 'b\n' }, 'Second');
    git('checkout', '-q', 'main');
    await commit({ 'c.ts': 'c\n' }, 'On main');
    git('checkout', '-q', 'feature');
    await write('a.ts', 'two\n');
    const found = await reader.diff(root, { type: 'branch' }, signal);
    expect(found?.base).toBe('main');
    expect(paths(found?.text)).toEqual(['a.ts', 'b.ts']);
    expect(await reader.branchOf(root, signal)).toBe('feature');
  });

  it('of a base that is not there are none', async () => {
    git('init', '-q');
    await commit({ 'a.ts': 'one\n' }, 'First');
    expect(await reader.diff(root, { type: 'branch', base: 'nope' }, signal)).toBeUndefined();
    expect(await reader.diff(root, { type: 'branch', base: '--output=pwn' }, signal)).toBeUndefined();
    expect(await readdir(root)).not.toContain('pwn');
  });

  it('read messages without merges, newest first', async () => {
    git('init', '-q');
    await commit({ 'a.ts': '1\n' }, 'First\n\nBody');
    await commit({ 'a.ts': '2\n' }, 'Second');
    expect(await reader.messages(root, 5, signal)).toEqual(['Second', 'First\n\nBody']);
    expect(await reader.messages(root, 1, signal)).toEqual(['Second']);
  });

  it('find the repository from a folder deep inside, and none outside', async () => {
    git('init', '-q');
    await write('a/b/c.ts', '');
    expect(await reader.rootOf(join(root, 'a/b'), signal)).toBe(root);
    await rm(join(root, '.git'), { recursive: true });
    expect(await reader.rootOf(root, signal)).toBeUndefined();
  });

  it('reject with the reason when aborted', async () => {
    const abort = new AbortController();
    const reason = new Error('stop');
    abort.abort(reason);
    await expect(reader.diff(root, { type: 'working' }, abort.signal)).rejects.toBe(reason);
  });
});

describe('a hostile repository', () => {
  const hostileNames = ['$(touch pwn)', ';touch pwn', '`touch pwn`', '-oProxyCommand=touch pwn', '--output=pwn', 'a\nb', '"quoted"', "it's", ':(top)x', '한글'];

  it('whose files have names that are commands', async () => {
    git('init', '-q');
    await commit(Object.fromEntries(hostileNames.map((name) => [name, 'one\n'])), 'First');
    for (const name of hostileNames) await write(name, 'two\n');
    const found = paths((await reader.diff(root, { type: 'working' }, signal))?.text);
    expect(found).toHaveLength(hostileNames.length);
    expect(new Set(found)).toEqual(new Set(hostileNames));
    expect(await readdir(root)).not.toContain('pwn');
  });

  it('whose branches have names that are commands', async () => {
    git('init', '-q');
    await commit({ 'a.ts': 'one\n' }, 'First');
    for (const name of ['$(touch${IFS}pwn)', ';touch', '`x`']) git('branch', name);
    git('checkout', '-q', '$(touch${IFS}pwn)');
    expect(await reader.branchOf(root, signal)).toBe('$(touch${IFS}pwn)');
    expect(await reader.diff(root, { type: 'branch', base: ';touch' }, signal)).toMatchObject({ base: ';touch' });
    expect(await readdir(root)).not.toContain('pwn');
  });

  it('whose configuration names programs for everything', async () => {
    git('init', '-q');
    await commit({ 'a.ts': 'one\n', 'b.bin': 'one\n' }, 'First');
    await write('trap.sh', `#!/bin/sh\ntouch "${root}/pwn"\ncat\n`);
    await chmod(join(root, 'trap.sh'), 0o755);
    const trap = join(root, 'trap.sh');
    await write('.gitattributes', '* diff=trap filter=trap merge=trap\n*.bin diff=trapbin filter=one.two\n');
    const settings = {
      'core.fsmonitor': trap, 'core.hooksPath': join(root, 'hooks'), 'core.pager': trap, 'pager.diff': trap, 'pager.log': trap, 'core.sshCommand': trap, 'core.editor': trap, 'core.askPass': trap,
      'diff.external': trap, 'diff.trap.command': trap, 'diff.trap.textconv': trap, 'diff.trapbin.textconv': trap, 'diff.trap.cachetextconv': 'true',
      'filter.trap.clean': trap, 'filter.trap.smudge': trap, 'filter.trap.process': trap, 'filter.trap.required': 'true', 'filter.one.two.clean': trap,
      'credential.helper': `!${trap}`, 'gpg.program': trap, 'log.showSignature': 'true', 'core.alternateRefsCommand': trap, 'alias.diff': `!${trap}`, 'alias.log': `!${trap}`, 'alias.ls-files': `!${trap}`,
      'diff.noprefix': 'true', 'color.ui': 'always', 'diff.mnemonicPrefix': 'true',
    };
    for (const hook of ['post-index-change', 'fsmonitor-watchman', 'query-watchman']) {
      await write(`hooks/${hook}`, `#!/bin/sh\ntouch "${root}/pwn"\n`);
      await chmod(join(root, 'hooks', hook), 0o755);
    }
    for (const [name, value] of Object.entries(settings)) git('config', name, value);
    await write('a.ts', 'two\n');
    await write('b.bin', 'two\n');
    await rm(join(root, 'pwn'), { force: true });

    const diff = await reader.diff(root, { type: 'working' }, signal);
    await reader.diff(root, { type: 'staged' }, signal);
    await reader.diff(root, { type: 'branch', base: 'main' }, signal);
    await reader.untracked(root, signal);
    await reader.messages(root, 5, signal);
    await reader.rootOf(root, signal);

    expect(await readdir(root)).not.toContain('pwn');
    expect(paths(diff?.text)).toEqual(['a.ts', 'b.bin']);
    expect(parseGitDiff(diff?.text ?? '')[0]?.hunks[0]?.lines.map((line) => line.text)).toEqual(['one', 'two']);
    // The trap is one: plain git steps into it, and fails at what it answers.
    expect(() => git('diff')).toThrow('Command failed');
    expect(await readdir(root)).toContain('pwn');
  });

  it('whose configuration names a program only after it was read for the first time', async () => {
    git('init', '-q');
    await commit({ 'a.ts': 'one\n' }, 'First');
    await write('a.ts', 'two\n');
    expect(paths((await reader.diff(root, { type: 'working' }, signal))?.text)).toEqual(['a.ts']);
    git('config', 'filter.late.clean', `touch "${root}/pwn"`);
    await write('.gitattributes', '* filter=late\n');
    expect(parseGitDiff((await reader.diff(root, { type: 'working' }, signal))?.text ?? '')[0]?.hunks[0]?.lines.map((line) => line.text)).toEqual(['one', 'two']);
    expect(await readdir(root)).not.toContain('pwn');
  });

  it('does not get our environment', async () => {
    git('init', '-q');
    await commit({ 'a.ts': 'one\n' }, 'First');
    process.env['RUNAPI_API_KEY'] = 'canary-key';
    process.env['GIT_DIR'] = '/nowhere';
    try {
      // An alias of the user's own shell is the one way to see the environment: through git itself.
      const process_ = await createGitProcess();
      const seen = await process_?.run({ folder: root, signal, args: ['-c', 'alias.show=!env', 'show-env-is-no-command'], accept: [1] });
      expect(seen ?? '').not.toContain('canary-key');
      expect(await process_?.run({ folder: root, signal, args: ['-c', 'alias.environment=!env', 'environment'] })).not.toMatch(/canary-key|RUNAPI|GIT_DIR=\/nowhere/);
      expect(await reader.rootOf(root, signal)).toBe(root);
    } finally {
      delete process.env['RUNAPI_API_KEY'];
      delete process.env['GIT_DIR'];
    }
  });
});
