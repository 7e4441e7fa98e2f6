// The list of conversations. Derived: what is known of a file is kept under its name, time and size, and read again when one differs.
import { open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { fallbackTitle } from '../../core/chat/messageView.ts';
import type { SessionSummary } from '../../shared/chatTypes.ts';
import { isFresh, longestFile, sessionSuffix, type UnreadableReason } from './sessionFormat.ts';
import { readSession } from './sessionReader.ts';
import type { StoredSession } from './storedSession.ts';

export interface SessionIndex {
  list(opened: ReadonlyMap<string, StoredSession>): Promise<SessionListing>;
}

export interface SessionListing {
  readonly summaries: SessionSummary[];
  readonly unreadable: readonly { readonly name: string; readonly reason: UnreadableReason | 'huge' }[];
}

interface SessionIndexOptions {
  readonly path: string;
  readonly sessions: string;
  readonly log: Logger;
  readonly clock: Clock;
}

const entry = z.object({
  mtimeMs: z.number(), size: z.number(),
  summary: z.object({ id: z.string(), title: z.string(), updatedAt: z.number(), messageCount: z.number(), priceUsd: z.number().optional() }),
});
const indexFile = z.object({ version: z.literal(1), entries: z.record(z.string(), entry) });
type Entry = z.infer<typeof entry>;

export function createSessionIndex({ path, sessions, log, clock }: SessionIndexOptions): SessionIndex {
  let entries: Map<string, Entry> | undefined;
  let isRunning: Promise<SessionListing> | undefined;

  const list = async (opened: ReadonlyMap<string, StoredSession>): Promise<SessionListing> => {
    entries ??= await readIndex(path);
    const names = (await readdir(sessions).catch(() => [])).filter((name) => name.endsWith(sessionSuffix));
    const next = new Map<string, Entry>();
    const unreadable: SessionListing['unreadable'][number][] = [];
    let isChanged = names.length !== entries.size;
    for (const name of names) {
      const id = name.slice(0, -sessionSuffix.length);
      const status = await stat(join(sessions, name)).catch(() => undefined);
      if (status?.isFile() !== true || opened.has(id)) continue;
      const known = entries.get(name);
      if (known !== undefined && known.mtimeMs === status.mtimeMs && known.size === status.size) {
        next.set(name, known);
        continue;
      }
      isChanged = true;
      const summary = status.size > longestFile ? 'huge' : await summarise(join(sessions, name), id).catch((error: unknown) => tellUnreadable(error, log));
      if (summary === undefined) {
        if (known !== undefined) next.set(name, known);
        continue;
      }
      if (typeof summary === 'string') {
        if (summary !== 'empty' || !isFresh(status.mtimeMs, clock.date())) unreadable.push({ name, reason: summary });
      } else next.set(name, { mtimeMs: status.mtimeMs, size: status.size, summary });
    }
    entries = next;
    if (isChanged) await writeIndex(path, next).catch(() => log.debug('the session index could not be written'));
    const own = [...opened.values()].filter((session) => session.log.session.messageCount > 0).map(toSummary);
    return { summaries: [...[...next.values()].map((item) => item.summary), ...own], unreadable };
  };

  return {
    list: (opened) => {
      isRunning ??= list(opened).finally(() => { isRunning = undefined; });
      return isRunning;
    },
  };
}

function toSummary(stored: Pick<StoredSession, 'log' | 'firstText'>): SessionSummary {
  const { session } = stored.log;
  return summaryOf(session, stored.firstText);
}

function summaryOf(session: StoredSession['log']['session'], firstText: string | undefined): SessionSummary {
  return { id: session.id, title: session.title ?? fallbackTitle(firstText), updatedAt: session.updatedAt, messageCount: session.messageCount, priceUsd: session.priceUsd };
}

/** Another program holds the file, or it may not be read: it is looked at again with the next list. The others do not wait for it. */
function tellUnreadable(error: unknown, log: Logger): undefined {
  log.warn(`a session file cannot be read now: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown failure'}`);
}

async function summarise(path: string, id: string): Promise<SessionSummary | UnreadableReason> {
  const file = await open(path, 'r');
  try {
    const reading = await readSession(file, id);
    return typeof reading === 'string' ? reading : summaryOf(reading.session, reading.firstText);
  } finally {
    await file.close();
  }
}

async function readIndex(path: string): Promise<Map<string, Entry>> {
  try {
    return new Map(Object.entries(indexFile.parse(JSON.parse(await readFile(path, 'utf8'))).entries));
  } catch {
    return new Map();
  }
}

async function writeIndex(path: string, entries: ReadonlyMap<string, Entry>): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, JSON.stringify({ version: 1, entries: Object.fromEntries(entries) }), { mode: 0o600 });
  await rename(temporary, path);
}
