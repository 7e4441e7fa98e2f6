// All conversations of this computer: one append-only file each, and an index that is derived from them. Nothing that cannot be read is
// ever deleted: it is set aside under a name of its own.
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { SessionSummary } from '../../shared/chatTypes.ts';
import { createSessionIndex } from './sessionIndex.ts';
import type { UnreadableReason } from './sessionReader.ts';
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

export const sessionSuffix = '.jsonl';
/** No conversation that a person had reaches this; reading more would only fill the memory. */
const longestFile = 512 * 1024 * 1024;
/** A file that another window has just created is empty for a moment. */
const freshMs = 60_000;

export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { folder, clock, log } = options;
  const sessions = join(folder, 'sessions');
  const trash = join(folder, 'trash');
  const writer = options.createId().slice(0, 8);
  const opened = new Map<string, Promise<StoredSession | undefined>>();
  const present = new Map<string, StoredSession>();
  const index = createSessionIndex({ path: join(folder, 'index.json'), sessions, log });

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
      if (result !== 'empty' || clock.date() - mtimeMs > freshMs) await setAside(name, result);
    } catch (error) {
      log.warn(`session file cannot be read: ${codeOf(error)}`);
    }
    return undefined;
  };

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
      const { summaries, unreadable } = await index.list(present);
      for (const { name, reason, isFresh } of unreadable) if (!isFresh) await setAside(name, reason);
      const wanted = query.trim().toLowerCase();
      return summaries.filter((summary) => wanted === '' || summary.title.toLowerCase().includes(wanted)).sort((a, b) => b.updatedAt - a.updatedAt);
    },
    remove: async (id) => {
      const session = await opened.get(id);
      await session?.close();
      opened.delete(id);
      present.delete(id);
      await mkdir(trash, { recursive: true, mode: 0o700 });
      await rename(join(sessions, `${id}${sessionSuffix}`), join(trash, `${id}${sessionSuffix}`)).catch(ignoreMissing);
    },
    restore: async (id) => {
      await rename(join(trash, `${id}${sessionSuffix}`), join(sessions, `${id}${sessionSuffix}`)).catch(ignoreMissing);
    },
    syncForeign: async () => {
      await Promise.all([...present.values()].map((session) => session.syncForeign()));
    },
    release: async (id) => {
      const session = present.get(id);
      opened.delete(id);
      present.delete(id);
      await session?.close();
    },
    close: async () => {
      await Promise.all([...present.values()].map((session) => session.close()));
    },
  };
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
