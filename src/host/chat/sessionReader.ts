// Reads a session file: the whole tree at once, but texts only when they are asked for. A file of 50 MB is searched for line ends and the
// heads of its lines are parsed; what follows `,"body":"` stays where it is.
import { open, type FileHandle } from 'node:fs/promises';
import { bodyMark, parseLine, sessionVersion, type ChatEvent, type ChatLine } from '../../core/chat/chatEvent.ts';
import type { UnreadableReason } from './sessionFormat.ts';
import { emptyBody, foldBody, holdsBody, type MessageBody } from '../../core/chat/messageBody.ts';
import { createSession, type Session } from '../../core/chat/session.ts';

/** Pairs of byte offsets, [start, end): where the lines of a message stand. */
export type MessageRanges = Map<string, number[]>;

export interface SessionReading {
  readonly session: Session;
  readonly ranges: MessageRanges;
  /** Bytes up to the end of the last whole line. */
  readonly size: number;
  /** Whole lines that are no event: the rest of a torn write, or of a kind that this version does not know. */
  readonly skippedLines: number;
  /** The beginning of the first question, for sessions without a title. */
  readonly firstText: string | undefined;
}

const chunkLength = 4 * 1024 * 1024;
/** Longer lines are cut before their text; below that, parsing costs less than searching. */
const splitAboveLength = 1_000;
const markBytes = Buffer.from(bodyMark);
const newline = 10;

export async function readSession(file: FileHandle, id: string): Promise<SessionReading | UnreadableReason> {
  const session = createSession(id);
  const ranges: MessageRanges = new Map();
  const state = { size: 0, skippedLines: 0, firstText: undefined as string | undefined, lines: 0, unreadable: undefined as UnreadableReason | undefined };
  await readLines(file, 0, (line, offset) => {
    state.lines += 1;
    state.size = offset + line.length + 1;
    const head = parseHead(line);
    if (state.lines === 1) state.unreadable = judgeHeader(head, line);
    if (state.unreadable !== undefined) return false;
    if (head === undefined) {
      if (line.length > 0) state.skippedLines += 1;
      return true;
    }
    session.applyHead(head.event, line.length);
    addRange(ranges, head.event, offset, line.length + 1);
    if (head.event.type === 'message' && head.event.role === 'user') state.firstText ??= firstWords(line);
    return true;
  });
  if (state.lines === 0) return 'empty';
  return state.unreadable ?? { session, ranges, size: state.size, skippedLines: state.skippedLines, firstText: state.firstText };
}

/** Whether the header is of a version that this one knows. */
export async function isReadable(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return false;
  try {
    let isKnown = false;
    await readLines(file, 0, (line) => {
      isKnown = judgeHeader(parseHead(line), line) === undefined;
      return false;
    });
    return isKnown;
  } finally {
    await file.close();
  }
}

/** The texts of these messages. One read for each run of lines. */
export async function readBodies(file: FileHandle, ranges: MessageRanges, ids: readonly string[]): Promise<ReadonlyMap<string, MessageBody>> {
  const bodies = new Map<string, MessageBody>();
  for (const id of ids) {
    let body: MessageBody | undefined;
    const places = ranges.get(id) ?? [];
    for (let index = 0; index < places.length; index += 2) {
      const [start = 0, end = 0] = places.slice(index, index + 2);
      const bytes = Buffer.alloc(end - start);
      await file.read(bytes, 0, bytes.length, start);
      for (const line of bytes.toString('utf8').split('\n')) {
        const event = parseLine(line)?.event;
        if (event !== undefined && 'id' in event && event.id === id) body = foldBody(body ?? emptyBody, event);
      }
    }
    if (body !== undefined) bodies.set(id, body);
  }
  return bodies;
}

/** Whole lines from an offset on, noted in `ranges`; the result is the offset behind the last one. */
export async function readTail(file: FileHandle, from: number, ranges: MessageRanges, onLine: (line: ChatLine) => void): Promise<number> {
  let end = from;
  await readLines(file, from, (line, offset) => {
    end = offset + line.length + 1;
    const parsed = parseLine(line.toString('utf8'));
    if (parsed !== undefined) {
      addRange(ranges, parsed.event, offset, line.length + 1);
      onLine(parsed);
    }
    return true;
  });
  return end;
}

/** Calls `onLine` with each whole line and its offset until it says false. What follows the last line end is left: it is still being written, or torn. */
export async function readLines(file: FileHandle, from: number, onLine: (line: Buffer, offset: number) => boolean): Promise<void> {
  let offset = from;
  let rest: Buffer = Buffer.alloc(0);
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkLength);
    const { bytesRead } = await file.read(chunk, 0, chunk.length, offset + rest.length);
    if (bytesRead === 0) return;
    const bytes = rest.length === 0 ? chunk.subarray(0, bytesRead) : Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
    let start = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      if (!onLine(bytes.subarray(start, end), offset + start)) return;
      start = end + 1;
    }
    offset += start;
    rest = bytes.subarray(start);
  }
}

function parseHead(line: Buffer): ChatLine | undefined {
  if (line.length <= splitAboveLength) return parseLine(line.toString('utf8'));
  const mark = line.indexOf(markBytes);
  return parseLine(mark < 0 ? line.toString('utf8') : `${line.toString('utf8', 0, mark)}}`);
}

function judgeHeader(head: ChatLine | undefined, line: Buffer): UnreadableReason | undefined {
  if (head?.event.type === 'session') return head.event.version > sessionVersion ? 'newer-version' : undefined;
  return /"type":"session"/.test(line.toString('utf8', 0, 500)) && /"version":(?:[2-9]|\d{2,})\b/.test(line.toString('utf8', 0, 500)) ? 'newer-version' : 'corrupt';
}

function addRange(ranges: MessageRanges, event: ChatEvent, offset: number, length: number): void {
  if (!holdsBody(event)) return;
  const { id } = event;
  const places = ranges.get(id) ?? [];
  if (places.at(-1) === offset) places[places.length - 1] = offset + length;
  else places.push(offset, offset + length);
  ranges.set(id, places);
}

function firstWords(line: Buffer): string | undefined {
  const event = parseLine(line.toString('utf8'))?.event;
  return event?.type === 'message' ? event.body?.slice(0, 200) : undefined;
}
