// All conversations of this computer: one append-only file each, and an index that is derived from them. Nothing that cannot be read is
// ever deleted: it is set aside under a name of its own.
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { SessionSummary } from '../../shared/chatTypes.ts';
import { createSessionIndex } from './sessionIndex.ts';
import { longestFile, isFresh, sessionSuffix, type UnreadableReason } from './sessionFormat.ts';
import { isReadable } from './sessionReader.ts';
import { searchSessions } from './sessionSearch.ts';
import { createStoredSession, openStoredSession, type StoredSession, type StoredSessionOptions } from './storedSession.ts';

export interface SessionStore {
  create(): StoredSession;
  /** The same object while it is open. Undefined when there is none or it cannot be read. */
  open(id: string): Promise<StoredSession | undefined>;
  /** Newest first. */
  list(query: string): Promise<readonly SessionSummary[]>;
  /** Puts the file into the trash. */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  /** Takes in what other windows wrote to the open sessions. */
  syncForeign(): Promise<void>;
  /** Lets go of a session that nobody looks at. */
  release(id: string): Promise<void>;
  /** Writes what is pending. */
  close(): Promise<void>;
}

export interface SessionStoreOptions {
  /** Global storage. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly createId: () => string;
  readonly workspace?: string;
  /** Undefined when storing works again. */
  readonly onProblem: (problem: Error | undefined) => void;
  readonly onSetAside?: (name: string, reason: UnreadableReason | 'huge') => void;
  readonly openFile?: StoredSessionOptions['openFile'];
}

/** What was deleted can be brought back for so long. */
const trashKeptMs = 30 * 24 * 60 * 60 * 1000;

export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { folder, clock, log } = options;
  const sessions = join(folder, 'sessions');
  const trash = join(folder, 'trash');
  const writer = options.createId().slice(0, 8);
  const opened = new Map<string, Promise<StoredSession | undefined>>();
  const present = new Map<string, StoredSession>();
  const index = createSessionIndex({ path: join(folder, 'index.json'), sessions, log, clock });

  const optionsFor = (id: string): StoredSessionOptions => ({
    path: join(sessions, `${id}${sessionSuffix}`), id, writer, clock, workspace: options.workspace, onProblem: options.onProblem, openFile: options.openFile,
  });

  const setAside = async (name: string, reason: UnreadableReason | 'huge'): Promise<void> => {
    await rename(join(sessions, name), join(sessions, `${name}.corrupt-${clock.date()}`)).catch(() => undefined);
    log.warn(`session file set aside: ${reason}`);
    options.onSetAside?.(name, reason);
  };

  const read = async (id: string): Promise<StoredSession | undefined> => {
    const fileOptions = optionsFor(id);
    const name = `${id}${sessionSuffix}`;
    try {
      const { size, mtimeMs } = await stat(fileOptions.path);
      if (size > longestFile) {
        await setAside(name, 'huge');
        return undefined;
      }
      const result = await openStoredSession(fileOptions);
      if (typeof result !== 'string') return result;
      if (result !== 'empty' || !isFresh(mtimeMs, clock.date())) await setAside(name, result);
    } catch (error) {
      log.warn(`session file cannot be read: ${codeOf(error)}`);
    }
    return undefined;
  };

  const tidied = Promise.all([readopt(sessions), emptyTrash(trash, clock.date())]).catch(() => log.debug('the session folders could not be tidied'));

  return {
    create: () => {
      const id = options.createId();
      const created = createStoredSession(optionsFor(id));
      opened.set(id, Promise.resolve(created));
      present.set(id, created);
      return created;
    },
    open: async (id) => {
      if (!isSafeId(id)) return undefined;
      const known = opened.get(id);
      if (known !== undefined) return await known;
      const reading = read(id);
      opened.set(id, reading);
      const session = await reading;
      if (session === undefined) opened.delete(id);
      else present.set(id, session);
      return session;
    },
    list: async (query) => {
      await tidied;
      const { summaries, unreadable } = await index.list(present);
      for (const { name, reason } of unreadable) await setAside(name, reason);
      const newestFirst = summaries.sort((a, b) => b.updatedAt - a.updatedAt);
      return query.trim() === '' ? newestFirst : await searchSessions(newestFirst, query, sessions);
    },
    remove: async (id) => {
      if (!isSafeId(id)) return;
      const session = await opened.get(id);
      await session?.close();
      opened.delete(id);
      present.delete(id);
      await mkdir(trash, { recursive: true, mode: 0o700 });
      await rename(join(sessions, `${id}${sessionSuffix}`), join(trash, `${id}${sessionSuffix}`)).catch(ignoreMissing);
    },
    restore: async (id) => {
      if (isSafeId(id)) await rename(join(trash, `${id}${sessionSuffix}`), join(sessions, `${id}${sessionSuffix}`)).catch(ignoreMissing);
    },
    syncForeign: async () => {
      await Promise.all([...present.values()].map((session) => session.syncForeign()));
    },
    release: async (id) => {
      const session = present.get(id);
      // What could not be written yet is nowhere else.
      if (session?.isFailing === true) return;
      opened.delete(id);
      present.delete(id);
      await session?.close();
    },
    close: async () => {
      await Promise.all([...present.values()].map((session) => session.close()));
    },
  };
}

/** Files that an older version of the product set aside because a newer one had written them come back when this version can read them. */
async function readopt(sessions: string): Promise<void> {
  const names = await readdir(sessions).catch((): string[] => []);
  for (const name of names) {
    const original = /^([\w-]{1,100}\.jsonl)\.corrupt-\d+$/.exec(name)?.[1];
    if (original === undefined || names.includes(original) || (await stat(join(sessions, name))).size > longestFile || !(await isReadable(join(sessions, name)))) continue;
    await rename(join(sessions, name), join(sessions, original));
  }
}

async function emptyTrash(trash: string, now: number): Promise<void> {
  for (const name of await readdir(trash).catch((): string[] => [])) {
    const path = join(trash, name);
    if (name.endsWith(sessionSuffix) && now - (await stat(path)).ctimeMs > trashKeptMs) await rm(path, { force: true });
  }
}

/** Ids become file names. */
export function isSafeId(id: string): boolean {
  return /^[\w-]{1,100}$/.test(id);
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown failure';
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}
