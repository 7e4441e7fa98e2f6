// A piece of a document without its secrets. They are looked for in the text as it is, with a margin around the piece and its lines
// uncut: half of a key, or a key without its header, looks like nothing. Bounded, so that a key press never waits for a large file.
import type { MaskedSecret } from '../context/redactSecrets.ts';
import type { CursorPosition, DocumentLines } from './completionTypes.ts';

/** The secrets in a text, in order and apart from each other. */
export type FindSecrets = (text: string) => readonly MaskedSecret[];

export interface RegionRange {
  /** Lines; `to` is not one of them. */
  readonly from: number;
  readonly to: number;
  /** Characters wanted of the beginning of a line. */
  readonly columns: number;
  /** In its line what stands around it is wanted, this far on either side. */
  readonly cursor?: CursorPosition & { readonly columns: number };
}

export interface MaskedRegion {
  /** Columns of a line, of the document. A secret that begins among them is its mark, one that goes on is nothing. */
  read(line: number, fromColumn: number, toColumn: number): string;
}

/** A value may stand a few lines below its name. */
const marginLines = 3;
/** In a line, beyond what is wanted of it: one-line keys and tokens are shorter. */
const marginCharacters = 4_000;
/** For all lines together, where many are longer than what is wanted of them: looking at a character takes a tenth of a microsecond. */
const marginsTogether = 10_000;
/** The longest key in lines that is known (secretKinds.ts). */
const keyCharacters = 20_000;

const keyBegins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|Private-Lines: /;
const keyEnds = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY/;

interface CutLine {
  readonly text: string;
  readonly firstColumn: number;
}

export function readMaskedRegion(lines: DocumentLines, range: RegionRange, findSecrets: FindSecrets): MaskedRegion {
  const cut = createCutter(lines, range);
  const from = findKeyAbove(Math.max(0, range.from - marginLines), cut);
  const read = Array.from({ length: Math.max(0, Math.min(lines.lineCount, range.to + marginLines) - from) }, (_, index) => cut(from + index));
  addKeyBelow(read, { from, lineCount: lines.lineCount, cut });
  const starts: number[] = [];
  let length = 0;
  for (const { text } of read) {
    starts.push(length);
    length += text.length + 1;
  }
  const text = read.map((line) => line.text).join('\n');
  const secrets = findSecrets(text);
  return {
    read(line, fromColumn, toColumn) {
      const own = read[line - from];
      const start = starts[line - from];
      if (own === undefined || start === undefined) return '';
      const at = (column: number): number => start + Math.min(own.text.length, Math.max(0, column - own.firstColumn));
      return withoutSecrets(text, secrets, at(fromColumn), at(toColumn));
    },
  };
}

function createCutter(lines: DocumentLines, { from, to, columns, cursor }: RegionRange): (line: number) => CutLine {
  const wanted = Array.from({ length: Math.max(0, Math.min(lines.lineCount, to) - from) }, (_, index) => from + index);
  const longOnes = wanted.filter((line) => lines.lineAt(line).length > columns).length;
  const margin = Math.min(marginCharacters, Math.floor(marginsTogether / Math.max(1, longOnes + 1)));
  return (line) => {
    const text = lines.lineAt(line);
    const isWanted = line >= from && line < to;
    const reach = (line === cursor?.line ? cursor.columns : columns) + (isWanted ? margin : 0);
    const column = line === cursor?.line ? cursor.character : 0;
    const firstColumn = Math.max(0, column - reach);
    return { text: text.slice(firstColumn, column + reach), firstColumn };
  };
}

/** The line where a key begins that has not ended at `line`; `line` where there is none. */
function findKeyAbove(line: number, cut: (line: number) => CutLine): number {
  let left = keyCharacters;
  for (let above = line - 1; above >= 0 && left > 0; above--) {
    const { text } = cut(above);
    if (keyBegins.test(text)) return above;
    if (keyEnds.test(text)) return line;
    left -= text.length + 1;
  }
  return line;
}

interface Below {
  readonly from: number;
  readonly lineCount: number;
  readonly cut: (line: number) => CutLine;
}

/** Reads on to the end of a key that is open where the margin ends. */
function addKeyBelow(read: CutLine[], { from, lineCount, cut }: Below): void {
  const begins = read.findLastIndex(({ text }) => keyBegins.test(text));
  if (begins < 0 || read.slice(begins).some(({ text }) => keyEnds.test(text))) return;
  let left = keyCharacters;
  for (let line = from + read.length; line < lineCount && left > 0; line++) {
    const next = cut(line);
    read.push(next);
    if (keyEnds.test(next.text)) return;
    left -= next.text.length + 1;
  }
}

function withoutSecrets(text: string, secrets: readonly MaskedSecret[], from: number, to: number): string {
  let masked = '';
  let at = from;
  for (const { start, end, mark } of secrets) {
    if (end <= from || start >= to) continue;
    masked += text.slice(at, Math.max(at, start)) + (start >= from ? mark : '');
    at = Math.min(end, to);
  }
  return masked + text.slice(at, to);
}

/** A whole text without its secrets. */
export function maskText(text: string, findSecrets: FindSecrets): string {
  return withoutSecrets(text, findSecrets(text), 0, text.length);
}
