// The gate over disks that are not at hand: Windows paths, virtual workspaces, files that cannot be told, many links.
import { describe, expect, it } from 'vitest';
import { createGateKeeper, type FileAccess, type FileFacts, type GateRules } from '../../../../src/core/context/gateKeeper.ts';

interface Disk {
  readonly files: Readonly<Record<string, string>>;
  readonly realPaths?: Readonly<Record<string, string | undefined>>;
  readonly facts?: Partial<FileFacts>;
  readonly otherNames?: readonly string[] | undefined;
  readonly userIgnore?: string;
}

function accessTo(disk: Disk, reads: string[] = []): FileAccess {
  const has = (path: string): boolean => Object.keys(disk.files).some((file) => file === path || file.startsWith(`${path}/`));
  return {
    realPath: async (path) => (disk.realPaths !== undefined && path in disk.realPaths ? disk.realPaths[path] : path),
    exists: async (path) => has(path),
    readText: async (path) => {
      reads.push(path);
      return disk.files[path];
    },
    facts: async (path) => (path in disk.files ? { size: disk.files[path]?.length ?? 0, linkCount: 1, isBinary: false, ...disk.facts } : undefined),
    otherNames: async () => disk.otherNames,
    userIgnore: async () => disk.userIgnore,
  };
}

async function check(disk: Disk, path: string, rules: Partial<GateRules> = {}): Promise<string> {
  const verdict = await createGateKeeper(accessTo(disk), { isTrusted: () => true, folders: () => ['/c:/ws'], exclude: () => [], ...rules }).check(path);
  return verdict.open ? 'open' : verdict.reason;
}

const windows: Disk = { files: { '/c:/ws/src/a.ts': 'a', '/c:/ws/.gitignore': 'out/\r\n*.log\r\n', '/c:/ws/.git/HEAD': 'x' } };

describe('on Windows', () => {
  it.each([
    ['/c:/ws/src/a.ts', 'open'],
    ['/c:/ws/out/a.js', 'ignored'],
    ['/c:/ws/A.LOG', 'ignored'],
    ['/c:/ws/.env', 'secret-file'],
    ['/c:/ws/.ENV', 'secret-file'],
    ['/c:/ws/.env.', 'secret-file'],
    ['/c:/ws/.env::$DATA', 'secret-file'],
    ['/c:/other/a.ts', 'outside-workspace'],
    ['/c:/ws2/a.ts', 'outside-workspace'],
    ['//server/share/a.ts', 'outside-workspace'],
  ])('%s is %s', async (path, verdict) => {
    expect(await check(windows, path)).toBe(verdict);
  });

  it('a drive whose letter the disk writes in upper case is the same drive', async () => {
    const disk: Disk = { ...windows, realPaths: { '/c:/ws': '/C:/ws', '/c:/ws/src/a.ts': '/C:/ws/src/a.ts' } };
    expect(await check(disk, '/c:/ws/src/a.ts')).toBe('open');
  });

  it('a short name is judged by the long one', async () => {
    expect(await check({ ...windows, realPaths: { '/c:/ws/SECRET~1/a.ts': '/c:/ws/secrets/a.ts' } }, '/c:/ws/SECRET~1/a.ts')).toBe('secret-file');
  });
});

describe('what cannot be told is shut', () => {
  it('a path that leads nowhere', async () => {
    expect(await check({ ...windows, realPaths: { '/c:/ws/x.ts': undefined } }, '/c:/ws/x.ts')).toBe('outside-workspace');
  });

  it('a file with many names of which not all could be found', async () => {
    expect(await check({ ...windows, facts: { linkCount: 9 }, otherNames: undefined }, '/c:/ws/src/a.ts')).toBe('outside-workspace');
  });

  it('a file with another name that is shut', async () => {
    expect(await check({ ...windows, facts: { linkCount: 2 }, otherNames: ['/c:/ws/out/a.js'] }, '/c:/ws/src/a.ts')).toBe('ignored');
    expect(await check({ ...windows, facts: { linkCount: 2 }, otherNames: ['/c:/ws/src/b.ts'] }, '/c:/ws/src/a.ts')).toBe('open');
  });
});

describe('ignore files', () => {
  it('are read once for each folder, and again when told to forget', async () => {
    const reads: string[] = [];
    const keeper = createGateKeeper(accessTo(windows, reads), { isTrusted: () => true, folders: () => ['/c:/ws'], exclude: () => [] });
    await keeper.check('/c:/ws/src/a.ts');
    const once = reads.length;
    await keeper.check('/c:/ws/src/a.ts');
    await keeper.check('/c:/ws/src/b.ts');
    expect(reads.length).toBe(once);
    keeper.forget();
    await keeper.check('/c:/ws/src/a.ts');
    expect(reads.length).toBe(once * 2);
  });

  it('count from the one kept for all repositories to the nearest, which has the last word', async () => {
    const disk: Disk = { files: { '/c:/ws/a.secretish': 'a', '/c:/ws/b.secretish': 'b', '/c:/ws/.git/info/exclude': '!b.secretish' }, userIgnore: '*.secretish\n' };
    expect(await check(disk, '/c:/ws/a.secretish')).toBe('ignored');
    expect(await check(disk, '/c:/ws/b.secretish')).toBe('open');
  });

  it('are not read at all while the workspace is not trusted', async () => {
    const reads: string[] = [];
    await createGateKeeper(accessTo(windows, reads), { isTrusted: () => false, folders: () => ['/c:/ws'], exclude: () => [] }).check('/c:/ws/src/a.ts');
    expect(reads).toEqual([]);
  });
});

describe('the setting', () => {
  it('counts from the folder of the workspace, and as it is at the moment', async () => {
    let exclude: readonly string[] = [];
    const keeper = createGateKeeper(accessTo(windows), { isTrusted: () => true, folders: () => ['/c:/ws'], exclude: () => exclude });
    expect(await keeper.check('/c:/ws/src/a.ts')).toEqual({ open: true });
    exclude = ['/src/'];
    expect(await keeper.check('/c:/ws/src/a.ts')).toEqual({ open: false, reason: 'excluded' });
  });
});
