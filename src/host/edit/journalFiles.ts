// The journal on the disk: a folder for each entry with the bytes before and after, and entry.json, which is replaced as a whole. The bytes are
// flushed before the entry says `prepared`, and the entry before the first file of the workspace is written.
import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expiredEntries, formatJournalEntry, parseJournalEntry, presentState, type JournalBlob, type JournalEntry, type JournalFile, type PresentState } from '../../core/edit/journal.ts';
import { ensureFolder, isMissing, writeFileAtomic } from './atomicFile.ts';

export interface JournalDraftFile {
  readonly uri: string;
  readonly newUri?: string | undefined;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array | undefined;
  readonly mode?: number | undefined;
  readonly unsaved?: boolean;
}

export interface JournalDraft {
  readonly id: string;
  readonly editId: string;
  readonly title: string;
  readonly createdAt: number;
  readonly files: readonly JournalDraftFile[];
}

export interface JournalFiles {
  prepare(draft: JournalDraft): Promise<JournalEntry>;
  /** The files as they really came out (a formatter ran at save) and the new state. */
  settle(entry: JournalEntry, state: JournalEntry['state'], after?: ReadonlyMap<string, Uint8Array>): Promise<JournalEntry>;
  read(entry: JournalEntry, blob: JournalBlob): Promise<Uint8Array>;
  /** Notes a line beside an entry, of what a buffer holds from now on. */
  note(entry: JournalEntry, line: string): Promise<void>;
  notes(entry: JournalEntry): Promise<readonly string[]>;
  list(): Promise<readonly JournalEntry[]>;
  remove(entry: JournalEntry): Promise<void>;
  prune(now: number): Promise<void>;
}

export function createJournalFiles(folder: string): JournalFiles {
  const folderOf = (id: string): string => join(folder, id);
  const save = (entry: JournalEntry): Promise<void> => writeFileAtomic(join(folderOf(entry.id), 'entry.json'), Buffer.from(formatJournalEntry(entry)), { mode: 0o600 });

  const journal: JournalFiles = {
    async prepare({ files, ...head }) {
      await ensureFolder(folderOf(head.id));
      const entry: JournalEntry = { version: 1, ...head, state: 'prepared', owner: process.pid, files: await Promise.all(files.map((file, index) => storeFile(folderOf(head.id), file, index))) };
      await save(entry);
      return entry;
    },
    async settle(entry, state, after = new Map()) {
      const files = await Promise.all(entry.files.map(async (file, index): Promise<JournalFile> => {
        const bytes = after.get(file.newUri ?? file.uri);
        return bytes === undefined ? file : { ...file, after: await storeBlob(folderOf(entry.id), `${index}.after`, bytes) };
      }));
      const settled = { ...entry, state, files };
      await save(settled);
      return settled;
    },
    async read(entry, blob) {
      const bytes = await readFile(join(folderOf(entry.id), blob.name));
      if (sha256(bytes) !== blob.sha256) throw new Error(`The journal of edit ${entry.editId} is damaged.`);
      return bytes;
    },
    note: (entry, line) => appendFile(join(folderOf(entry.id), 'notes'), `${line}\n`, { mode: 0o600 }),
    notes: async (entry) => ((await readText(join(folderOf(entry.id), 'notes'))) ?? '').split('\n').filter((line) => line !== ''),
    list: () => listEntries(folder),
    remove: (entry) => rm(folderOf(entry.id), { recursive: true, force: true }),
    async prune(now) {
      for (const entry of expiredEntries(await listEntries(folder), now)) await journal.remove(entry);
    },
  };
  return journal;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** How the bytes of the disk (undefined: no file) compare with what the journal knows. */
export async function compareWithJournal(journal: JournalFiles, entry: JournalEntry, file: JournalFile, bytes: Uint8Array | undefined): Promise<PresentState> {
  const after = file.after === undefined || bytes === undefined || bytes.length >= file.after.bytes ? undefined : await journal.read(entry, file.after);
  const isStartOfAfter = after !== undefined && bytes !== undefined && Buffer.compare(bytes, after.subarray(0, bytes.length)) === 0;
  return presentState(file, { sha256: bytes === undefined ? undefined : sha256(bytes), isStartOfAfter });
}

async function storeFile(folder: string, file: JournalDraftFile, index: number): Promise<JournalFile> {
  const { uri, newUri, before, after, mode, unsaved = false } = file;
  return {
    uri, unsaved,
    ...(newUri === undefined ? {} : { newUri }),
    ...(before === undefined ? {} : { before: await storeBlob(folder, `${index}.before`, before) }),
    ...(after === undefined ? {} : { after: await storeBlob(folder, `${index}.after`, after) }),
    ...(mode === undefined ? {} : { mode }),
  };
}

async function storeBlob(folder: string, name: string, bytes: Uint8Array): Promise<JournalBlob> {
  await writeFileAtomic(join(folder, name), bytes, { mode: 0o600 });
  return { name, sha256: sha256(bytes), bytes: bytes.length };
}

async function listEntries(folder: string): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (const name of await foldersIn(folder)) {
    const text = await readText(join(folder, name, 'entry.json'));
    // A folder without an entry was left by a kill while its bytes were stored: no file of the workspace was touched yet.
    if (text === undefined) continue;
    const entry = parseJournalEntry(text);
    if (entry?.id === name) entries.push(entry);
    else await setAside(folder, name);
  }
  return entries.toSorted((one, other) => one.createdAt - other.createdAt);
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter((each) => each.isDirectory() && !each.name.includes('.corrupt')).map((each) => each.name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Never deleted: the bytes in it may be the only ones. */
async function setAside(folder: string, name: string): Promise<void> {
  await rename(join(folder, name), join(folder, `${name}.corrupt`));
}
