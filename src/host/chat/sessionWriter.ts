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

interface WriterState {
  readonly options: SessionWriterOptions;
  pending: ChatEvent[];
  /** Lines that a failed write left over, before `pending`. */
  leftOver: readonly Buffer[];
  target: AppendTarget | undefined;
  isAtLineStart: boolean;
  needsSync: boolean;
  /** The present wait between tries; 0 while it works. */
  retryMs: number;
  cancelTimer: (() => void) | undefined;
  work: Promise<void>;
  syncing: Promise<void>;
}

export function createSessionWriter(options: SessionWriterOptions): SessionWriter {
  const state: WriterState = {
    options, pending: [], leftOver: [], target: undefined, isAtLineStart: false, needsSync: false, retryMs: 0, cancelTimer: undefined,
    work: Promise.resolve(), syncing: Promise.resolve(),
  };
  return {
    get isFailing() { return state.retryMs > 0; },
    write: (event) => take(state, event),
    flush: () => run(state),
    close: () => close(state),
  };
}

function take(state: WriterState, event: ChatEvent): void {
  const last = state.pending.at(-1);
  if (event.type === 'delta' && last?.type === 'delta' && last.id === event.id && last.part === event.part) {
    state.pending[state.pending.length - 1] = { ...last, body: (last.body ?? '') + (event.body ?? '') };
  } else {
    state.pending.push(event);
  }
  if (event.type === 'end' || event.type === 'message') state.needsSync = true;
  if (state.retryMs > 0) return schedule(state, state.retryMs);
  if (event.type === 'delta') return schedule(state, joinMs);
  stopTimer(state);
  void run(state);
}

function schedule(state: WriterState, ms: number): void {
  state.cancelTimer ??= state.options.clock.after(ms, () => {
    state.cancelTimer = undefined;
    void run(state);
  });
}

function stopTimer(state: WriterState): void {
  state.cancelTimer?.();
  state.cancelTimer = undefined;
}

/** One write at a time. */
function run(state: WriterState): Promise<void> {
  state.work = state.work.then(() => writeAll(state));
  return state.work;
}

async function writeAll(state: WriterState): Promise<void> {
  if (state.pending.length === 0 && state.leftOver.length === 0) return;
  const { options } = state;
  state.leftOver = [...state.leftOver, ...state.pending.map((event) => Buffer.from(formatLine(event, options.writer)))];
  state.pending = [];
  try {
    state.target ??= await (options.openFile ?? openForAppend)(options.path);
    if (!state.isAtLineStart) state.isAtLineStart = await endsWithNewline(state.target);
    await writeLines(state, state.target);
    if (state.needsSync) syncSoon(state, state.target);
    state.needsSync = false;
    if (state.retryMs > 0) options.onProblem(undefined);
    state.retryMs = 0;
  } catch (error) {
    failed(state, error);
  }
}

/** Takes whole lines out of `leftOver` as they are written; after a short write, the torn line is written again on a line of its own. */
async function writeLines(state: WriterState, target: AppendTarget): Promise<void> {
  while (state.leftOver.length > 0) {
    const lines = state.isAtLineStart ? state.leftOver : [Buffer.from('\n'), ...state.leftOver];
    const bytes = Buffer.concat(lines);
    const { bytesWritten } = await target.write(bytes);
    state.leftOver = bytesWritten === bytes.length ? [] : unwritten(lines, bytesWritten);
    state.isAtLineStart = bytesWritten === bytes.length;
    if (bytesWritten === 0) throw new Error('nothing could be written');
  }
}

/** Beside the writes: a busy disk takes seconds, and the tokens of those seconds must not wait for it. */
function syncSoon(state: WriterState, target: AppendTarget): void {
  state.syncing = state.syncing.then(() => target.datasync()).catch(() => undefined);
}

/** All stays in memory, and is tried again with a file that is opened anew. */
function failed(state: WriterState, error: unknown): void {
  const { target } = state;
  state.target = undefined;
  state.isAtLineStart = false;
  void state.syncing.then(() => target?.close()).catch(() => undefined);
  state.retryMs = Math.min(Math.max(firstRetryMs, state.retryMs * 2), longestRetryMs);
  state.options.onProblem(error instanceof Error ? error : new Error('unknown failure'));
  schedule(state, state.retryMs);
}

async function close(state: WriterState): Promise<void> {
  stopTimer(state);
  await run(state);
  stopTimer(state);
  await state.syncing;
  await state.target?.close().catch(() => undefined);
  state.target = undefined;
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
