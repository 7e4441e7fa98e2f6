// Appends events to a session file, each batch in one write. A write lands in the system's memory and survives the end of this process; it is
// forced to the disk at the end of a message. Other windows write to the same file, may be killed in the middle of a line, and may delete it.
import { formatLine, type ChatEvent } from '../../core/chat/chatEvent.ts';
import type { Clock } from '../../core/clock.ts';
import { openSessionFile, type AppendTarget, type OpenSessionFile, type SessionPlaces } from './sessionPlace.ts';
import { worthOf, type WriteWorth } from './writeWorth.ts';

export interface SessionWriter {
  /** Never throws and never waits. */
  write(event: ChatEvent): void;
  /** Resolves when all is written, or the last try failed. */
  flush(): Promise<void>;
  /** True while events are kept in memory because the file refuses them. */
  readonly isFailing: boolean;
  close(): Promise<void>;
}

export interface SessionWriterOptions extends SessionPlaces {
  readonly writer: string;
  readonly clock: Clock;
  /** Undefined when it works again. */
  readonly onProblem: (problem: Error | undefined) => void;
  /** All that this window knows of the session, for a file that is gone for good while somebody works in it. */
  readonly recreate: () => readonly ChatEvent[];
  readonly openFile?: OpenSessionFile;
}

/** Deltas wait this long to be joined: with the write itself well under the two seconds that a kill may cost. */
const joinMs = 500;
const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

interface WriterState {
  readonly options: SessionWriterOptions;
  pending: ChatEvent[];
  /** Lines that a failed write left over, before `pending`. */
  leftOver: readonly Buffer[];
  /** Of what is in `leftOver`. */
  worth: WriteWorth;
  target: AppendTarget | undefined;
  isClosed: boolean;
  needsSync: boolean;
  /** The present wait between tries; 0 while it works. */
  retryMs: number;
  cancelTimer: (() => void) | undefined;
  work: Promise<void>;
  syncing: Promise<void>;
}

export function createSessionWriter(options: SessionWriterOptions): SessionWriter {
  const state: WriterState = {
    options, pending: [], leftOver: [], worth: 'remark', target: undefined, isClosed: false, needsSync: false, retryMs: 0,
    cancelTimer: undefined, work: Promise.resolve(), syncing: Promise.resolve(),
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
  state.leftOver = [...state.leftOver, ...toLines(state.pending, options)];
  state.worth = worthOf(state.pending, state.worth);
  state.pending = [];
  try {
    const target = await targetOf(state);
    if (target === undefined) state.leftOver = [];
    else await writeLines(state, target);
    if (state.needsSync && target !== undefined) syncSoon(state, target);
    state.needsSync = false;
    state.worth = 'remark';
    if (state.retryMs > 0) options.onProblem(undefined);
    state.retryMs = 0;
    if (state.isClosed) await closeTarget(state);
  } catch (error) {
    failed(state, error);
  }
}

function toLines(events: readonly ChatEvent[], { writer }: SessionWriterOptions): Buffer[] {
  return events.map((event) => Buffer.from(formatLine(event, writer)));
}

/** Looked for before each write. Undefined when a remark has no file any more to stand in. */
async function targetOf(state: WriterState): Promise<AppendTarget | undefined> {
  const { options, target, worth } = state;
  const openFile = options.openFile ?? openSessionFile;
  if (target !== undefined && !(await target.isInPlace(worth))) await closeTarget(state);
  state.target ??= await openFile(options, worth);
  if (state.target !== undefined || worth === 'remark') return state.target;
  state.target = await openFile(options, 'header');
  // What waits is part of what is known.
  state.leftOver = toLines(options.recreate(), options);
  state.pending = [];
  return state.target;
}

/** Takes whole lines out of `leftOver` as they are written; after a short write, the torn line is written again on a line of its own. */
async function writeLines(state: WriterState, target: AppendTarget): Promise<void> {
  while (state.leftOver.length > 0) {
    const lines = (await endsWithNewline(target)) ? state.leftOver : [Buffer.from('\n'), ...state.leftOver];
    const bytes = Buffer.concat(lines);
    const { bytesWritten } = await target.write(bytes);
    state.leftOver = bytesWritten === bytes.length ? [] : unwritten(lines, bytesWritten);
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
  void state.syncing.then(() => target?.close()).catch(() => undefined);
  state.retryMs = Math.min(Math.max(firstRetryMs, state.retryMs * 2), longestRetryMs);
  state.options.onProblem(error instanceof Error ? error : new Error('unknown failure'));
  schedule(state, state.retryMs);
}

/** What comes afterwards, a title for example, is still written. */
async function close(state: WriterState): Promise<void> {
  stopTimer(state);
  state.isClosed = true;
  await run(state);
  stopTimer(state);
  await closeTarget(state);
}

async function closeTarget(state: WriterState): Promise<void> {
  const { target } = state;
  state.target = undefined;
  await state.syncing;
  await target?.close().catch(() => undefined);
}

/** A line that was torn by a kill or a full disk, here or in another window, must not swallow the next one. */
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
