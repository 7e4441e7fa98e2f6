// All conversations of this computer: one append-only file each, and an index that is derived from them. Nothing that cannot be read is
// ever deleted: it is set aside under a name of its own.
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { SessionSummary } from '../../shared/chatTypes.ts';
import { createSessionIndex, type SessionIndex } from './sessionIndex.ts';
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
  /** Puts the file into the trash. It comes back when another window goes on in it. */
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

interface StoreState {
  readonly options: SessionStoreOptions;
  readonly sessions: string;
  readonly trash: string;
  /** Marks the lines of this window. */
  readonly writer: string;
  readonly index: SessionIndex;
  /** Also those that are being read. */
  readonly opened: Map<string, Promise<StoredSession | undefined>>;
  readonly present: Map<string, StoredSession>;
  /** Counts searches: a new one ends the one before it. */
  searches: number;
}

export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { folder, clock, log } = options;
  const sessions = join(folder, 'sessions');
  const state: StoreState = {
    options, sessions, trash: join(folder, 'trash'), writer: options.createId().slice(0, 8), opened: new Map(), present: new Map(), searches: 0,
    index: createSessionIndex({ path: join(folder, 'index.json'), sessions, log, clock }),
  };
  const tidied = Promise.all([readopt(sessions), emptyTrash(state.trash, clock.date())]).catch(() => log.debug('the session folders could not be tidied'));
  return {
    create: () => create(state),
    open: (id) => open(state, id),
    list: async (query) => {
      await tidied;
      return await list(state, query);
    },
    remove: (id) => remove(state, id),
    restore: async (id) => {
      if (isSafeId(id)) await rename(join(state.trash, fileName(id)), join(sessions, fileName(id))).catch(ignoreMissing);
    },
    syncForeign: async () => {
      await Promise.all([...state.present.values()].map((session) => session.syncForeign()));
    },
    release: (id) => release(state, id),
    close: async () => {
      await Promise.all([...state.present.values()].map((session) => session.close()));
    },
  };
}

function create(state: StoreState): StoredSession {
  const id = state.options.createId();
  const created = createStoredSession(optionsFor(state, id));
  state.opened.set(id, Promise.resolve(created));
  state.present.set(id, created);
  return created;
}

async function open(state: StoreState, id: string): Promise<StoredSession | undefined> {
  if (!isSafeId(id)) return undefined;
  const known = state.opened.get(id);
  if (known !== undefined) return await known;
  const reading = read(state, id);
  state.opened.set(id, reading);
  const session = await reading;
  if (session === undefined) state.opened.delete(id);
  else state.present.set(id, session);
  return session;
}

async function read(state: StoreState, id: string): Promise<StoredSession | undefined> {
  const { clock, log } = state.options;
  const fileOptions = optionsFor(state, id);
  try {
    const { size, mtimeMs } = await stat(fileOptions.path);
    const result = size > longestFile ? 'huge' : await openStoredSession(fileOptions);
    if (typeof result !== 'string') return result;
    if (result !== 'empty' || !isFresh(mtimeMs, clock.date())) await setAside(state, fileName(id), result);
  } catch (error) {
    log.warn(`session file cannot be read: ${codeOf(error)}`);
  }
  return undefined;
}

async function list(state: StoreState, query: string): Promise<readonly SessionSummary[]> {
  const { summaries, unreadable } = await state.index.list(state.present);
  for (const { name, reason } of unreadable) await setAside(state, name, reason);
  // A model that was chosen before the first message makes a file, but no conversation.
  const newestFirst = summaries.filter(({ messageCount }) => messageCount > 0).sort((a, b) => b.updatedAt - a.updatedAt);
  state.searches += 1;
  const search = state.searches;
  return query.trim() === '' ? newestFirst : await searchSessions(newestFirst, { query, folder: state.sessions, isWanted: () => search === state.searches });
}

async function remove(state: StoreState, id: string): Promise<void> {
  if (!isSafeId(id)) return;
  const session = await state.opened.get(id);
  await session?.close();
  state.opened.delete(id);
  state.present.delete(id);
  await mkdir(state.trash, { recursive: true, mode: 0o700 });
  await rename(join(state.sessions, fileName(id)), join(state.trash, fileName(id))).catch(ignoreMissing);
}

async function release({ present, opened }: StoreState, id: string): Promise<void> {
  const session = present.get(id);
  // What could not be written yet is nowhere else.
  if (session?.isFailing === true) return;
  opened.delete(id);
  present.delete(id);
  await session?.close();
}

async function setAside({ sessions, options }: StoreState, name: string, reason: UnreadableReason | 'huge'): Promise<void> {
  await rename(join(sessions, name), join(sessions, `${name}.corrupt-${options.clock.date()}`)).catch(() => undefined);
  options.log.warn(`session file set aside: ${reason}`);
  options.onSetAside?.(name, reason);
}

function optionsFor({ sessions, trash, writer, options }: StoreState, id: string): StoredSessionOptions {
  const { clock, workspace, onProblem, openFile } = options;
  return { path: join(sessions, fileName(id)), trashPath: join(trash, fileName(id)), id, writer, clock, workspace, onProblem, openFile };
}

function fileName(id: string): string {
  return `${id}${sessionSuffix}`;
}

/** Files that an older version of the product set aside because a newer one had written them come back when this version can read them. */
async function readopt(sessions: string): Promise<void> {
  const names = await readdir(sessions).catch((): string[] => []);
  for (const name of names) {
    const original = /^([\w-]{1,100}\.jsonl)\.corrupt-\d+$/.exec(name)?.[1];
    const status = original === undefined || names.includes(original) ? undefined : await stat(join(sessions, name)).catch(() => undefined);
    if (original === undefined || status?.isFile() !== true || status.size > longestFile || !(await isReadable(join(sessions, name)).catch(() => false))) continue;
    await rename(join(sessions, name), join(sessions, original)).catch(() => undefined);
  }
}

async function emptyTrash(trash: string, now: number): Promise<void> {
  for (const name of await readdir(trash).catch((): string[] => [])) {
    const path = join(trash, name);
    const status = await stat(path).catch(() => undefined);
    if (name.endsWith(sessionSuffix) && status?.isFile() === true && now - status.ctimeMs > trashKeptMs) await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Ids become file names. */
export function isSafeId(id: string): boolean {
  return /^[\w-]{1,100}$/.test(id);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown failure';
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}
