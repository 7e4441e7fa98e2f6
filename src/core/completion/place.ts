// A place in a document: the text around the cursor, copied at the moment of the call, and the hash chain that finds
// it again after typing, deleting and moving on.
import type { CompletionCall } from './completionTypes.ts';

/** How far back an answer's beginning may lie behind the cursor. */
export const maxLinesBack = 24;
/** Lines whose text identifies a place: enough to tell apart two places that read alike, few enough to survive edits elsewhere. */
const chainLines = 16;
/** Bounds one line in the window: minified files have lines of a megabyte. */
const maxLineLength = 2000;

export interface Place {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly line: number;
  readonly character: number;
  /** Text of the cursor's line before and after it. */
  readonly linePrefix: string;
  readonly lineRest: string;
  /** Lines above the cursor's, in document order. */
  readonly before: readonly string[];
  /** Lines below the cursor's. */
  readonly after: readonly string[];
  readonly tabSize: number;
  readonly insertSpaces: boolean;
  /** `chain[k]` identifies the text above the line `k` lines above the cursor's. */
  readonly chain: readonly string[];
}

export interface PlaceLimits {
  readonly linesBefore: number;
  readonly linesAfter: number;
}

export function readPlace(call: CompletionCall, limits: PlaceLimits = { linesBefore: 120, linesAfter: 60 }): Place {
  const { line, character } = call.cursor;
  const current = call.lines.lineAt(line);
  const before = readLines(call, Math.max(0, line - limits.linesBefore), line);
  const after = readLines(call, line + 1, Math.min(call.lines.lineCount, line + 1 + limits.linesAfter));
  return {
    uri: call.uri,
    languageId: call.languageId,
    version: call.version,
    line,
    character,
    linePrefix: current.slice(Math.max(0, character - maxLineLength), character),
    lineRest: current.slice(character, character + maxLineLength),
    before,
    after,
    tabSize: call.tabSize ?? 4,
    insertSpaces: call.insertSpaces ?? true,
    chain: hashChain(before),
  };
}

/** The text from the start of the line `linesBack` lines above the cursor's up to the cursor. */
export function textSince(place: Place, linesBack: number): string {
  if (linesBack === 0) return place.linePrefix;
  return `${place.before.slice(-linesBack).join('\n')}\n${place.linePrefix}`;
}

/** The first line below the cursor's that is not blank. */
export function nextLineOf(place: Place): string {
  return place.after.find((line) => line.trim() !== '') ?? '';
}

function readLines(call: CompletionCall, from: number, to: number): string[] {
  const lines: string[] = [];
  for (let line = from; line < to; line++) lines.push(call.lines.lineAt(line).slice(0, maxLineLength));
  return lines;
}

function hashChain(before: readonly string[]): string[] {
  const from = Math.max(0, before.length - maxLinesBack - chainLines);
  const hashes = before.slice(from).map(hashLine);
  const chain: string[] = [];
  for (let back = 0; back <= Math.min(maxLinesBack, hashes.length); back++) {
    const end = hashes.length - back;
    chain.push(combine(hashes.slice(Math.max(0, end - chainLines), end)));
  }
  return chain;
}

// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) in two lanes: 64 bits leave no room for accidents between a few hundred answers.
function hashLine(line: string): readonly [number, number] {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  const text = line.trimEnd();
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x01000197);
  }
  return [low >>> 0, high >>> 0];
}

function combine(hashes: readonly (readonly [number, number])[]): string {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (const [lineLow, lineHigh] of hashes) {
    low = Math.imul(low ^ lineLow, 0x01000193);
    high = Math.imul(high ^ lineHigh, 0x01000197);
  }
  return `${(low >>> 0).toString(36)}.${(high >>> 0).toString(36)}`;
}
