// Appends events to a session file. Each batch is one write to a file opened for appending, so two windows never overwrite each other.
// A write lands in the system's memory and survives the end of this process; it is forced to the disk at the end of a message.
import { constants } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatLine, type ChatEvent } from '../../core/chat/chatEvent.ts';
import type { Clock } from '../../core/clock.ts';

export interface SessionWriter {
  /** Never throws and never waits. */
  write(event: ChatEvent): void;
  /** Resolves when all is written, or the last try failed. */
  flush(): Promise<void>;
  /** True while events are kept in memory because the file refuses them. */
  readonly isFailing: boolean;
  close(): Promise<void>;
}

export interface SessionWriterOptions {
  readonly path: string;
  readonly writer: string;
  readonly clock: Clock;
  /** Undefined when it works again. */
  readonly onProblem: (problem: Error | undefined) => void;
  /** Called after each write with the bytes that were added by it. */
  readonly onWritten?: (bytes: number) => void;
  readonly openFile?: (path: string) => Promise<AppendTarget>;
}

/** The part of a file handle that is needed: tests give one that fails. */
export type AppendTarget = Pick<FileHandle, 'datasync' | 'close' | 'stat'> & {
  write(buffer: Uint8Array): Promise<{ readonly bytesWritten: number }>;
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
};

/** Deltas wait this long to be joined: with the write itself well under the two seconds that a kill may cost. */
const joinMs = 500;
const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

export function createSessionWriter(options: SessionWriterOptions): SessionWriter {
  const { clock } = options;
  let pending: ChatEvent[] = [];
  /** Lines that a failed write left over, before `pending`. */
  let leftOver: Buffer[] = [];
  let target: AppendTarget | undefined;
  let isAtLineStart = false;
  let needsSync = false;
  let retryMs = 0;
  let cancelTimer: (() => void) | undefined;
  let work: Promise<void> = Promise.resolve();
  let syncing: Promise<void> = Promise.resolve();

  const schedule = (ms: number): void => {
    if (cancelTimer !== undefined) return;
    cancelTimer = clock.after(ms, () => {
      cancelTimer = undefined;
      void run();
    });
  };

  const stopTimer = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
  };

  const run = (): Promise<void> => {
    work = work.then(writeAll);
    return work;
  };

  const writeAll = async (): Promise<void> => {
    if (pending.length === 0 && leftOver.length === 0) return;
    const lines = [...leftOver, ...pending.map((event) => Buffer.from(formatLine(event, options.writer)))];
    pending = [];
    leftOver = lines;
    try {
      target ??= await (options.openFile ?? openForAppend)(options.path);
      if (!isAtLineStart) isAtLineStart = await endsWithNewline(target);
      await writeLines(target);
      if (needsSync) syncSoon(target);
      needsSync = false;
      if (retryMs > 0) options.onProblem(undefined);
      retryMs = 0;
    } catch (error) {
      isAtLineStart = false;
      const failed = target;
      target = undefined;
      void syncing.then(() => failed?.close()).catch(() => undefined);
      retryMs = Math.min(Math.max(firstRetryMs, retryMs * 2), longestRetryMs);
      options.onProblem(error instanceof Error ? error : new Error('unknown failure'));
      schedule(retryMs);
    }
  };

  /** Beside the writes: a busy disk takes seconds, and the tokens of those seconds must not wait for it. */
  const syncSoon = (file: AppendTarget): void => {
    syncing = syncing.then(() => file.datasync()).catch(() => undefined);
  };

  /** Takes whole lines out of `leftOver` as they are written; after a short write, the torn line is written again on a line of its own. */
  const writeLines = async (file: AppendTarget): Promise<void> => {
    while (leftOver.length > 0) {
      const lines = isAtLineStart ? leftOver : [Buffer.from('\n'), ...leftOver];
      const bytes = Buffer.concat(lines);
      const { bytesWritten } = await file.write(bytes);
      options.onWritten?.(bytesWritten);
      if (bytesWritten === bytes.length) {
        leftOver = [];
        isAtLineStart = true;
        return;
      }
      leftOver = unwritten(lines, bytesWritten);
      isAtLineStart = false;
      if (bytesWritten === 0) throw new Error('nothing could be written');
    }
  };

  return {
    get isFailing() { return retryMs > 0; },
    write: (event) => {
      const last = pending.at(-1);
      if (event.type === 'delta' && last?.type === 'delta' && last.id === event.id && last.part === event.part) {
        pending[pending.length - 1] = { ...last, body: (last.body ?? '') + (event.body ?? '') };
      } else {
        pending.push(event);
      }
      if (event.type === 'delta') return schedule(retryMs > 0 ? retryMs : joinMs);
      if (event.type === 'end' || event.type === 'message') needsSync = true;
      if (retryMs > 0) return schedule(retryMs);
      stopTimer();
      void run();
    },
    flush: () => run(),
    close: async () => {
      stopTimer();
      await run();
      stopTimer();
      await syncing;
      await target?.close().catch(() => undefined);
      target = undefined;
    },
  };
}

const appendFlags = constants.O_APPEND | constants.O_CREAT | constants.O_RDWR;

/** The folder is made where it is missing: by the first write, or after somebody cleaned up. */
async function openForAppend(path: string): Promise<AppendTarget> {
  try {
    return await open(path, appendFlags, 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return await open(path, appendFlags, 0o600);
  }
}

/** A line that was torn by a kill or a full disk must not swallow the next one. */
async function endsWithNewline(file: AppendTarget): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, size - 1);
  return last[0] === 10;
}

/** A line of which only the line end is missing is whole: the newline that comes next ends it. */
function unwritten(lines: readonly Buffer[], written: number): Buffer[] {
  let left = written;
  for (const [index, line] of lines.entries()) {
    if (left < line.length - 1 || (left < line.length && line.length === 1)) return lines.slice(index).filter((rest) => rest.length > 1);
    left -= line.length;
    if (left < 0) return lines.slice(index + 1).filter((rest) => rest.length > 1);
  }
  return [];
}
