// The gate on real folders with real links: what the rules say of names is tested beside them; here it is the routes that count.
import { link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGateKeeper, type GateRules } from '../../../../src/core/context/gateKeeper.ts';
import { diskAccess } from '../../../../src/host/context/diskAccess.ts';

let base: string;
let root: string;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'gate-')));
  root = join(base, 'ws');
  await write({ 'ws/.git/HEAD': 'ref: x', 'ws/.gitignore': 'ignored/\n*.log\n', 'ws/src/a.ts': 'a', 'ws/.env': 'KEY=1', 'ws/ignored/b.ts': 'b', 'outside/c.ts': 'c', 'outside/.ssh/id_rsa': 'key' });
});
afterEach(async () => { await rm(base, { recursive: true, force: true }); });

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(base, path)), { recursive: true });
    await writeFile(join(base, path), text);
  }
}

async function check(path: string, rules: Partial<Record<'isTrusted' | 'folders' | 'exclude', unknown>> = {}): Promise<string> {
  const all = { isTrusted: () => true, folders: () => [root], exclude: () => [], ...rules } as GateRules;
  const verdict = await createGateKeeper(diskAccess, all).check(path.startsWith('/') ? path : join(root, path));
  return verdict.open ? 'open' : verdict.reason;
}

describe('a file of the workspace', () => {
  it('is open', async () => {
    expect(await check('src/a.ts')).toBe('open');
  });

  it('that is not there yet is judged by its name and place', async () => {
    expect(await check('src/new/file.ts')).toBe('open');
    expect(await check('src/new/.env')).toBe('secret-file');
    expect(await check('ignored/new.ts')).toBe('ignored');
  });

  it('is shut by name, ignore file, setting, size or kind', async () => {
    await write({ 'ws/image.png': Uint8Array.of(137, 80, 78, 71, 0, 0), 'ws/data.json': 'x'.repeat(5_000_001), 'ws/utf16.txt': Uint8Array.of(0xff, 0xfe, 97, 0), 'ws/gen/x.ts': 'x' });
    expect(await check('.env')).toBe('secret-file');
    expect(await check('ignored/b.ts')).toBe('ignored');
    expect(await check('deep/er/x.log')).toBe('ignored');
    expect(await check('gen/x.ts', { exclude: () => ['gen/'] })).toBe('excluded');
    expect(await check('data.json')).toBe('too-large');
    expect(await check('image.png')).toBe('binary');
    expect(await check('utf16.txt')).toBe('open');
    expect(await check('.git/HEAD')).toBe('ignored');
  });

  it('is shut by an ignore file of its own folder, of the repository above, or of the clone alone', async () => {
    await write({ 'ws/packages/a/.aiexclude': 'private.ts', 'ws/packages/a/private.ts': 'x', 'ws/packages/a/open.ts': 'x', 'ws/.git/info/exclude': 'mine.ts', 'ws/mine.ts': 'x', 'ws/packages/a/y.log': '' });
    expect(await check('packages/a/private.ts')).toBe('ignored');
    expect(await check('packages/a/open.ts')).toBe('open');
    expect(await check('mine.ts')).toBe('ignored');
    expect(await check('packages/a/y.log', { folders: () => [join(root, 'packages/a')] })).toBe('ignored');
  });
});

describe('another way to a file that is shut', () => {
  it.each<readonly [string, () => Promise<string>, string]>([
    ['a link to the file', async () => { await symlink(join(root, '.env'), join(root, 'src/config.ts')); return 'src/config.ts'; }, 'secret-file'],
    ['a link to its folder', async () => { await symlink(join(root, 'ignored'), join(root, 'src/vendor')); return 'src/vendor/b.ts'; }, 'ignored'],
    ['a chain of links', async () => { await symlink(join(root, '.env'), join(root, 'x1')); await symlink(join(root, 'x1'), join(root, 'x2.ts')); return 'x2.ts'; }, 'secret-file'],
    ['a link out of the workspace', async () => { await symlink(join(base, 'outside/c.ts'), join(root, 'c.ts')); return 'c.ts'; }, 'outside-workspace'],
    ['a link to a key outside', async () => { await symlink(join(base, 'outside/.ssh/id_rsa'), join(root, 'notes.md')); return 'notes.md'; }, 'outside-workspace'],
    ['a dangling link', async () => { await symlink(join(base, 'nowhere'), join(root, 'd.ts')); return 'd.ts'; }, 'outside-workspace'],
    ['a loop of links', async () => { await symlink(join(root, 'l2'), join(root, 'l1')); await symlink(join(root, 'l1'), join(root, 'l2')); return 'l1'; }, 'outside-workspace'],
    ['a hard link to a secret', async () => { await link(join(root, '.env'), join(root, 'src/harmless.ts')); return 'src/harmless.ts'; }, 'secret-file'],
    ['a hard link to an ignored file', async () => { await link(join(root, 'ignored/b.ts'), join(root, 'src/b.ts')); return 'src/b.ts'; }, 'ignored'],
    ['dots', async () => 'src/../.env', 'secret-file'],
    ['dots out of the workspace', async () => '../outside/c.ts', 'outside-workspace'],
    ['a path outside', async () => join(base, 'outside/c.ts'), 'outside-workspace'],
    ['a folder whose name begins alike', async () => { await write({ 'ws-evil/x.ts': '' }); return join(base, 'ws-evil/x.ts'); }, 'outside-workspace'],
    ['another case', async () => 'IGNORED/new.ts', 'ignored'],
    ['another normal form', async () => { await write({ 'ws/.gitignore': 'caf\u{e9}/' }); return 'cafe\u{301}/x.ts'; }, 'ignored'],
  ])('%s', async (_name, prepare, verdict) => {
    expect(await check(await prepare())).toBe(verdict);
  });

  it('is none for a file with two names of which both are open', async () => {
    await link(join(root, 'src/a.ts'), join(root, 'src/a2.ts'));
    expect(await check('src/a2.ts')).toBe('open');
  });
});

describe('the workspace', () => {
  it('is shut whole while it is not trusted', async () => {
    expect(await check('src/a.ts', { isTrusted: () => false })).toBe('untrusted-workspace');
  });

  it('may itself be reached through a link, or lie in a folder with a telling name', async () => {
    await write({ 'secrets/project/a.ts': 'a', 'secrets/project/.env': 'x' });
    await symlink(root, join(base, 'linked'));
    expect(await check(join(base, 'linked/src/a.ts'), { folders: () => [join(base, 'linked')] })).toBe('open');
    expect(await check(join(base, 'linked/.env'), { folders: () => [join(base, 'linked')] })).toBe('secret-file');
    expect(await check(join(base, 'secrets/project/a.ts'), { folders: () => [join(base, 'secrets/project')] })).toBe('open');
    expect(await check(join(base, 'secrets/project/.env'), { folders: () => [join(base, 'secrets/project')] })).toBe('secret-file');
  });

  it('may have several folders, each with its own rules', async () => {
    await write({ 'other/.gitignore': 'a.ts', 'other/a.ts': 'x', 'other/b.ts': 'x' });
    const folders = { folders: () => [root, join(base, 'other')] };
    expect(await check('src/a.ts', folders)).toBe('open');
    expect(await check(join(base, 'other/a.ts'), folders)).toBe('ignored');
    expect(await check(join(base, 'other/b.ts'), folders)).toBe('open');
  });

  it('without a folder, single files are open but for secrets', async () => {
    const none = { folders: () => [] };
    expect(await check(join(base, 'outside/c.ts'), none)).toBe('open');
    expect(await check(join(base, 'outside/.ssh/id_rsa'), none)).toBe('secret-file');
  });

  it('is read again when told that something changed', async () => {
    const keeper = createGateKeeper(diskAccess, { isTrusted: () => true, folders: () => [root], exclude: () => [] });
    expect(await keeper.check(join(root, 'src/a.ts'))).toEqual({ open: true });
    await write({ 'ws/src/.gitignore': 'a.ts' });
    keeper.forget();
    expect(await keeper.check(join(root, 'src/a.ts'))).toEqual({ open: false, reason: 'ignored' });
  });
});
