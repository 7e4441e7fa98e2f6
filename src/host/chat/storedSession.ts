// A session and its file, in this window: what it writes goes to the file, what another window wrote to the same file comes in.
import { open } from 'node:fs/promises';
import type { ChatEvent } from '../../core/chat/chatEvent.ts';
import { sessionVersion } from '../../core/chat/chatEvent.ts';
import type { Clock } from '../../core/clock.ts';
import { toEvents } from '../../core/chat/exportSession.ts';
import { createSession } from '../../core/chat/session.ts';
import { createSessionLog, type SessionFile, type SessionLog } from '../../core/chat/sessionLog.ts';
import type { UnreadableReason } from './sessionFormat.ts';
import { readBodies, readSession, readTail, type MessageRanges } from './sessionReader.ts';
import type { OpenSessionFile, SessionPlaces } from './sessionPlace.ts';
import { createSessionWriter } from './sessionWriter.ts';

export interface StoredSession {
  readonly log: SessionLog;
  readonly path: string;
  /** The beginning of the first question. */
  readonly firstText: string | undefined;
  /** Events wait in memory because the file refuses them. */
  readonly isFailing: boolean;
  /** Takes in what other windows appended. */
  syncForeign(): Promise<void>;
  close(): Promise<void>;
}

export interface StoredSessionOptions extends SessionPlaces {
  readonly id: string;
  readonly writer: string;
  readonly clock: Clock;
  readonly workspace?: string;
  readonly onProblem: (problem: Error | undefined) => void;
  readonly openFile?: OpenSessionFile;
}

/** The file is created with the first event. */
export function createStoredSession(options: StoredSessionOptions): StoredSession {
  const session = createSession(options.id);
  const header = headerOf(options, options.clock.date());
  session.apply(header);
  return bind(options, { session, ranges: new Map(), size: 0, header, firstText: undefined });
}

function headerOf({ id, workspace }: StoredSessionOptions, at: number): ChatEvent {
  return { type: 'session', version: sessionVersion, id, at, workspace };
}

export async function openStoredSession(options: StoredSessionOptions): Promise<StoredSession | UnreadableReason> {
  const file = await open(options.path, 'r');
  try {
    const reading = await readSession(file, options.id);
    return typeof reading === 'string' ? reading : bind(options, { ...reading, header: undefined });
  } finally {
    await file.close();
  }
}

interface Binding {
  readonly session: ReturnType<typeof createSession>;
  readonly ranges: MessageRanges;
  readonly size: number;
  /** To be written before the first event. */
  readonly header: ChatEvent | undefined;
  readonly firstText: string | undefined;
}

function bind(options: StoredSessionOptions, binding: Binding): StoredSession {
  const { session, ranges } = binding;
  let header = binding.header;
  let knownSize = binding.size;
  let firstText = binding.firstText;
  let syncing: Promise<void> | undefined;
  const recreate = (): readonly ChatEvent[] => {
    ranges.clear();
    knownSize = 0;
    return [headerOf(options, session.createdAt), ...toEvents(session)];
  };
  const writer = createSessionWriter({ ...options, recreate });

  const file: SessionFile = {
    write: (event) => {
      if (header !== undefined) writer.write(header);
      header = undefined;
      if (event.type === 'message' && event.role === 'user') firstText ??= event.body?.slice(0, 200);
      writer.write(event);
    },
    read: async (ids) => {
      const handle = await open(options.path, 'r').catch(() => undefined);
      if (handle === undefined) return new Map();
      try {
        return await readBodies(handle, ranges, ids);
      } finally {
        await handle.close();
      }
    },
    flush: () => writer.flush(),
  };
  const log = createSessionLog(session, file);

  const sync = async (): Promise<void> => {
    const handle = await open(options.path, 'r').catch(() => undefined);
    if (handle === undefined) return;
    try {
      knownSize = await readTail(handle, knownSize, ranges, (line) => {
        if (line.writer !== options.writer) log.applyForeign(line.event);
      });
    } finally {
      await handle.close();
    }
  };

  return {
    log,
    path: options.path,
    get firstText() { return firstText; },
    get isFailing() { return writer.isFailing; },
    syncForeign: () => {
      syncing ??= sync().finally(() => { syncing = undefined; });
      return syncing;
    },
    close: () => writer.close(),
  };
}
