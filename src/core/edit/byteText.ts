// A file as bytes while its lines are changed: the bytes of every line that is not touched are copied, never decoded and encoded again. So
// stray bytes, mixed line ends and the byte order mark outlive an edit.
import { byteOrderMark, createCodec, type Codec } from './codecs.ts';
import { applyHunks, type LineChange } from './hunks.ts';
import type { LineText } from './lineText.ts';

export interface ByteText {
  readonly text: LineText;
  /** The bytes with these lines changed; undefined when a new line cannot be written in the file's encoding. */
  change(changes: readonly LineChange[]): Uint8Array | undefined;
}

/** Undefined for an encoding whose bytes cannot be kept. */
export function readByteText(bytes: Uint8Array, encoding: string): ByteText | undefined {
  const codec = createCodec(encoding);
  if (codec === undefined) return undefined;
  const mark = byteOrderMark(encoding);
  const markLength = mark.length > 0 && mark.every((byte, index) => bytes[index] === byte) ? mark.length : 0;
  const lines = splitBytes(bytes, markLength, codec);
  const decoded = lines.map((line) => codec.decode(bytes.subarray(line.start, line.end)));
  const text: LineText = { lines: decoded, lineEnds: lines.slice(0, -1).map((line) => line.lineEnd) };
  return {
    text,
    change: (changes) => {
      if (changes.some((change) => losesBytes(change, lines, bytes, codec))) return undefined;
      return encodeChanged({ bytes, markLength, lines, text, codec }, changes);
    },
  };
}

interface ByteLine {
  readonly start: number;
  /** Without the line end. */
  readonly end: number;
  readonly lineEnd: string;
}

interface ByteFile {
  readonly bytes: Uint8Array;
  readonly markLength: number;
  readonly lines: readonly ByteLine[];
  readonly text: LineText;
  readonly codec: Codec;
}

/** In all encodings of `codecs.ts` the bytes of \n and \r are never part of another character (trail bytes begin at 0x40). */
function splitBytes(bytes: Uint8Array, from: number, codec: Codec): readonly ByteLine[] {
  const step = codec.unitBytes;
  const unit = (at: number): number => (step === 1 ? (bytes[at] ?? -1) : at + 1 < bytes.length ? (codec.bigEndian ? ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0) : ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) : -1);
  const lines: ByteLine[] = [];
  let start = from;
  for (let at = from; at < bytes.length; at += step) {
    const code = unit(at);
    if (code !== 10 && code !== 13) continue;
    const pair = code === 13 && unit(at + step) === 10;
    lines.push({ start, end: at, lineEnd: code === 10 ? '\n' : pair ? '\r\n' : '\r' });
    if (pair) at += step;
    start = at + step;
  }
  lines.push({ start, end: bytes.length, lineEnd: '' });
  return lines;
}

/** Whether a new line would carry a replacement character that stands for bytes of the line it replaces. */
function losesBytes(change: LineChange, lines: readonly ByteLine[], bytes: Uint8Array, codec: Codec): boolean {
  if (!change.newLines.some((line) => line.includes('\uFFFD'))) return false;
  return lines.slice(change.baseStart, change.baseEnd).some(({ start, end }) => {
    const line = bytes.subarray(start, end);
    const again = codec.encode(codec.decode(line));
    return again === undefined || again.length !== line.length || again.some((byte, index) => byte !== line[index]);
  });
}

function encodeChanged({ bytes, markLength, lines, text, codec }: ByteFile, changes: readonly LineChange[]): Uint8Array | undefined {
  // Line numbers stand in for the lines that stay, so that the one rule for line ends serves bytes too.
  const numbered = applyHunks({ lines: lines.map((_, index) => String(index)), lineEnds: text.lineEnds }, changes.map((change) => ({ ...change, newLines: change.newLines.map((line) => `+${line}`) })));
  const parts: Uint8Array[] = [bytes.subarray(0, markLength)];
  for (const [index, line] of numbered.lines.entries()) {
    const kept = line === '' || line.startsWith('+') ? undefined : lines[Number(line)];
    const part = kept === undefined ? codec.encode(line.slice(1)) : bytes.subarray(kept.start, kept.end);
    const lineEnd = codec.encode(numbered.lineEnds[index] ?? '');
    if (part === undefined || lineEnd === undefined) return undefined;
    parts.push(part, lineEnd);
  }
  return joinBytes(parts);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
