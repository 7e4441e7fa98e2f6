import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expiredEntries, parseJournalEntry, presentState, type JournalEntry } from '../../../../src/core/edit/journal.ts';
import { writeFileAtomic } from '../../../../src/host/edit/atomicFile.ts';
import { recoverPrepared } from '../../../../src/host/edit/diskRecovery.ts';
import { createJournalFiles, sha256, type JournalDraftFile, type JournalFiles } from '../../../../src/host/edit/journalFiles.ts';
import { realPlaceOf } from '../../../../src/host/edit/realPlace.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'edit-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const uriOf = (name: string): string => pathToFileURL(join(root, name)).href;
const bytes = (text: string): Buffer => Buffer.from(text);
const write = (name: string, text: string): void => writeFileSync(join(root, name), text);
const read = (name: string): string | undefined => (existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : undefined);

describe('an atomic write', () => {
  it('keeps the mode and leaves no neighbour behind', async () => {
    write('a.sh', 'old');
    chmodSync(join(root, 'a.sh'), 0o751);
    await writeFileAtomic(join(root, 'a.sh'), bytes('new'));
    expect(read('a.sh')).toBe('new');
    expect(statSync(join(root, 'a.sh')).mode & 0o777).toBe(0o751);
    expect(readdirSync(root)).toEqual(['a.sh']);
  });

  it('writes through a link and keeps the link', async () => {
    write('real.txt', 'old');
    symlinkSync('real.txt', join(root, 'link.txt'));
    await writeFileAtomic(join(root, 'link.txt'), bytes('new'));
    expect(read('real.txt')).toBe('new');
    expect(readdirSync(root).toSorted()).toEqual(['link.txt', 'real.txt']);
  });

  it('that fails leaves the file as it was', async () => {
    mkdirSync(join(root, 'folder'));
    await expect(writeFileAtomic(join(root, 'folder'), bytes('x'))).rejects.toThrow();
    expect(readdirSync(root)).toEqual(['folder']);
  });
});

describe('the journal', () => {
  const prepare = (journal: JournalFiles, files: readonly JournalDraftFile[], id = 'one'): Promise<JournalEntry> => journal.prepare({ id, editId: 'edit', title: 'Title', createdAt: 1, files });
  const journalIn = (): JournalFiles => createJournalFiles(join(root, 'journal'));

  it('gives back the bytes that were put in, whatever they are', async () => {
    const journal = journalIn();
    const odd = new Uint8Array([0, 255, 254, 13, 10, 0xed, 0xa0]);
    const entry = await prepare(journal, [{ uri: uriOf('a'), before: odd, after: new Uint8Array() }]);
    const [file] = entry.files;
    expect(file?.before === undefined ? undefined : new Uint8Array(await journal.read(entry, file.before))).toEqual(odd);
    expect((await journal.list()).map(({ id, state }) => [id, state])).toEqual([['one', 'prepared']]);
  });

  it('says so when its bytes were damaged', async () => {
    const journal = journalIn();
    const entry = await prepare(journal, [{ uri: uriOf('a'), before: bytes('x'), after: undefined }]);
    write('journal/one/0.before', 'y');
    const blob = entry.files[0]?.before;
    if (blob === undefined) throw new Error('no blob');
    await expect(journal.read(entry, blob)).rejects.toThrow('damaged');
  });

  it('sets an entry aside that it cannot read, and never deletes it', async () => {
    const journal = journalIn();
    await prepare(journal, [{ uri: uriOf('a'), before: bytes('only copy'), after: undefined }]);
    write('journal/one/entry.json', '{"version": 9}');
    expect(await journal.list()).toEqual([]);
    expect(readFileSync(join(root, 'journal/one.corrupt/0.before'), 'utf8')).toBe('only copy');
  });

  it('keeps what came out when saving changed more', async () => {
    const journal = journalIn();
    const entry = await prepare(journal, [{ uri: uriOf('a'), before: bytes('a'), after: bytes('b') }]);
    const settled = await journal.settle(entry, 'applied', new Map([[uriOf('a'), bytes('b formatted')]]));
    expect(settled.files[0]?.after?.sha256).toBe(sha256(bytes('b formatted')));
  });

  it.each(['', '{', '[]', '{"version":1}', '{"version":1,"id":"../x","editId":"e","title":"","createdAt":1,"state":"applied","owner":1,"files":[]}', '{"version":1,"id":"a","editId":"e","title":"","createdAt":1,"state":"applied","owner":1,"files":[{"uri":"x","before":{"name":"../../etc/passwd","sha256":"0","bytes":1}}]}'])('takes %j for no entry', (text) => {
    expect(parseJournalEntry(text)).toBeUndefined();
  });

  it('forgets the oldest only, and nothing that was interrupted', () => {
    const entry = (id: string, createdAt: number, state: JournalEntry['state'] = 'applied'): JournalEntry => ({ version: 1, id, editId: id, title: '', createdAt, state, owner: 1, files: [] });
    const many = Array.from({ length: 103 }, (_, index) => entry(`e${index}`, index));
    expect(expiredEntries([...many, entry('p', 0, 'prepared')], 200).map(({ id }) => id)).toEqual(['e2', 'e1', 'e0']);
    expect(expiredEntries([entry('old', 0)], 40 * 24 * 3_600_000)).toHaveLength(1);
  });

  it.each([
    ['after', 'new'], ['before', 'old'], ['torn', 'ne'], ['torn', ''], ['foreign', 'other'],
  ] as const)('judges a file as %s', (expected, present) => {
    const file = { before: { name: '0.before', sha256: sha256(bytes('old')), bytes: 3 }, after: { name: '0.after', sha256: sha256(bytes('new')), bytes: 3 } };
    expect(presentState(file, { sha256: sha256(bytes(present)), isStartOfAfter: 'new'.startsWith(present) && present !== 'new' })).toBe(expected);
  });

  describe('after a crash', () => {
    const gone = (): boolean => false;

    it('takes back an edit that reached some files only', async () => {
      const journal = journalIn();
      write('a', 'after a');
      write('b', 'before b');
      write('c', 'aft');
      write('new', 'created');
      await prepare(journal, [
        { uri: uriOf('a'), before: bytes('before a'), after: bytes('after a') },
        { uri: uriOf('b'), before: bytes('before b'), after: bytes('after b') },
        { uri: uriOf('c'), before: bytes('before c'), after: bytes('after c') },
        { uri: uriOf('new'), before: undefined, after: bytes('created') },
        { uri: uriOf('deleted'), before: bytes('was here'), after: undefined },
      ]);
      const [recovery] = await recoverPrepared(journal, gone);
      expect([read('a'), read('b'), read('c'), read('new'), read('deleted')]).toEqual(['before a', 'before b', 'before c', undefined, 'was here']);
      expect(recovery).toMatchObject({ outcome: 'not-applied' });
      expect(await recoverPrepared(journal, gone)).toEqual([]);
    });

    it('removes the neighbour that a write left', async () => {
      const journal = journalIn();
      write('a', 'before');
      write('.a.0123456789ab.tmp', 'half');
      write('.a.config.tmp', 'not ours');
      await prepare(journal, [{ uri: uriOf('a'), before: bytes('before'), after: bytes('after') }]);
      await recoverPrepared(journal, gone);
      expect(readdirSync(root).toSorted()).toEqual(['.a.config.tmp', 'a', 'journal']);
    });

    it('leaves an edit that reached all files', async () => {
      const journal = journalIn();
      write('a', 'after');
      await prepare(journal, [{ uri: uriOf('a'), before: bytes('before'), after: bytes('after') }]);
      expect(await recoverPrepared(journal, gone)).toMatchObject([{ outcome: 'applied', restored: [], entry: { state: 'applied' } }]);
      expect(read('a')).toBe('after');
    });

    it('never touches a file that somebody else wrote since', async () => {
      const journal = journalIn();
      write('a', 'mine now');
      write('b', 'after');
      await prepare(journal, [{ uri: uriOf('a'), before: bytes('before'), after: bytes('after') }, { uri: uriOf('b'), before: bytes('before'), after: bytes('after') }]);
      expect(await recoverPrepared(journal, gone)).toMatchObject([{ outcome: 'partly' }]);
      expect([read('a'), read('b')]).toEqual(['mine now', 'before']);
    });

    it('brings a half-renamed file back to its old name', async () => {
      const journal = journalIn();
      write('old', 'text');
      write('renamed', 'te');
      await prepare(journal, [{ uri: uriOf('old'), newUri: uriOf('renamed'), before: bytes('text'), after: bytes('text') }]);
      await recoverPrepared(journal, gone);
      expect([read('old'), read('renamed')]).toEqual(['text', undefined]);
    });

    it('leaves alone what another window is writing at this moment', async () => {
      const journal = journalIn();
      write('a', 'aft');
      const entry = await prepare(journal, [{ uri: uriOf('a'), before: bytes('before'), after: bytes('after') }]);
      write('journal/one/entry.json', JSON.stringify({ ...entry, owner: process.ppid }));
      expect(await recoverPrepared(journal)).toEqual([]);
      expect(read('a')).toBe('aft');
    });
  });
});

describe('the real place of a file', () => {
  const check = async (path: string, expected: string): Promise<void> => {
    const place = await realPlaceOf(join(root, path), [join(root, 'ws')]);
    expect(place.ok ? 'inside' : place.reason).toBe(expected);
  };

  beforeEach(() => {
    mkdirSync(join(root, 'ws/sub'), { recursive: true });
    mkdirSync(join(root, 'ws-evil'));
    write('ws/a.txt', 'a');
    write('outside.txt', 'o');
    write('ws-evil/x.txt', 'x');
    const link = (target: string, name: string): void => symlinkSync(target, join(root, name));
    link('../outside.txt', 'ws/out');
    link('..', 'ws/up');
    link('a.txt', 'ws/in');
    link('../nowhere', 'ws/dangling');
    link('loop', 'ws/loop');
    link('up', 'ws/chain');
    link('missing-folder', 'ws/missing-link');
  });

  it.each([
    ['ws/a.txt', 'inside'], ['ws/in', 'inside'], ['ws/new.txt', 'inside'], ['ws/new/deep/er.txt', 'inside'], ['ws/sub/../a.txt', 'inside'],
    ['ws/out', 'outside'], ['ws/up/outside.txt', 'outside'], ['ws/up/new.txt', 'outside'], ['ws/chain/outside.txt', 'outside'], ['ws-evil/x.txt', 'outside'], ['outside.txt', 'outside'], ['ws/../outside.txt', 'outside'],
    ['ws/dangling', 'dangling'], ['ws/loop', 'dangling'], ['ws/missing-link/new.txt', 'dangling'],
    ['ws/sub', 'not-a-file'],
  ])('of %s is %s', (path, expected) => check(path, expected));

  it('of a link that was swapped since is judged anew', async () => {
    await check('ws/in', 'inside');
    rmSync(join(root, 'ws/in'));
    symlinkSync('../outside.txt', join(root, 'ws/in'));
    await check('ws/in', 'outside');
  });

  it('of a root that is a link itself', async () => {
    symlinkSync('ws', join(root, 'alias'));
    expect(await realPlaceOf(join(root, 'alias/a.txt'), [join(root, 'alias')])).toEqual({ ok: true, path: join(root, 'ws/a.txt'), inRoot: 'a.txt' });
  });

  it('is told below the outermost root, whatever the links are called', async () => {
    mkdirSync(join(root, 'ws/.git'));
    write('ws/.git/config', '');
    symlinkSync('.git', join(root, 'ws/docs'));
    const inRoot = async (path: string): Promise<string | undefined> => {
      const place = await realPlaceOf(join(root, path), [join(root, 'ws/.git'), join(root, 'ws')]);
      return place.ok ? place.inRoot : undefined;
    };
    expect([await inRoot('ws/docs/config'), await inRoot('ws/docs/hooks/new'), await inRoot('ws/a.txt')]).toEqual(['.git/config', '.git/hooks/new', 'a.txt']);
  });
});
