// The format that we ask for: a block of quoted lines, a line of equal signs, the lines that take their place. Also its relatives that
// delete or rename a file.
import type { ReplaceEdit } from './parsedEdit.ts';
import type { ParserSink, SectionReader } from './sectionReader.ts';

export interface BlockStart {
  readonly kind: 'replace' | 'delete' | 'rename';
  readonly fence: '<' | '-';
  readonly length: number;
  /** A path on the marker line itself. */
  readonly path: string | undefined;
}

/** The longest path that the parser takes, and the signs around it. */
const longestMarker = 500;

export function blockStart(line: string): BlockStart | undefined {
  const match = /^\s*(<{5,}|-{5,}) ?(SEARCH|ORIGINAL|DELETE|RENAME)\b[: ]*(.*)$/.exec(line);
  const [, fence, word, rest] = match ?? [];
  if (fence === undefined || line.length > longestMarker) return undefined;
  const kind = word === 'DELETE' ? 'delete' : word === 'RENAME' ? 'rename' : 'replace';
  const path = rest?.replace(/^[`"']|[`"'>]+$/g, '').trim();
  return { kind, fence: fence.startsWith('<') ? '<' : '-', length: fence.length, path: path === '' ? undefined : path };
}

/** How a line ends a block that begins so: models leave out the word now and then, and texts have such lines too. */
export function endMarkOf(line: string, { fence, length }: Pick<BlockStart, 'fence' | 'length'>): 'worded' | 'bare' | undefined {
  const [, signs, word] = /^\s*(>{5,}|\+{5,}) ?(REPLACE|UPDATED|DELETE|RENAME)?\s*$/.exec(line) ?? [];
  if (signs?.length !== length || signs.startsWith('>') !== (fence === '<')) return undefined;
  return word === undefined ? 'bare' : 'worded';
}

/**
 * A marker line outside of all blocks: the block before it ended early, or one has no begin. Equal signs underline headings too: they count
 * only after an end without its word, and in the fence of the block.
 */
export function isStrayMarker(line: string, before: { readonly start: BlockStart; readonly countsBare: boolean } | undefined): boolean {
  if (/^\s*(?:>{5,}|\+{5,}) ?(?:REPLACE|UPDATED)\s*$/.test(line)) return true;
  return before?.countsBare === true && (isSeparator(line, before.start.length) || endMarkOf(line, before.start) !== undefined);
}

interface BlockOptions {
  readonly start: BlockStart;
  readonly path: string | undefined;
  readonly answerLine: number;
  readonly sink: ParserSink;
}

export function createBlockReader(options: BlockOptions): SectionReader {
  const { start, path, answerLine, sink } = options;
  const lines: string[] = [];
  let separator: number | undefined;
  /** A conflict that the text quotes is open: a bare mark is its end, not that of the block. */
  let isInConflict = false;
  const where = whereOf(options);

  return {
    take(line) {
      const end = endMarkOf(line, start);
      if (end === 'worded' || (end === 'bare' && !isInConflict && (separator !== undefined || start.kind !== 'replace'))) {
        finishBlock(lines, options);
        return 'done';
      }
      if (beginsAnew(line)) {
        const detail = 'A block begins inside a block: its line of equal signs or its end is missing, or the text has marker lines of its own. Then use more signs in the three marker lines of this block.';
        sink.problem({ kind: start.kind === 'replace' && separator !== undefined ? 'unclear-end' : 'parse', ...where, detail });
        return 'not-mine';
      }
      if (separator === undefined && isSeparator(line, start.length)) separator = lines.length;
      if (start.fence === '<') isInConflict = isConflictMark(line, '<', start.length) || (isInConflict && !isConflictMark(line, '>', start.length));
      lines.push(line);
      return 'more';
    },
    end() {
      sink.problem({ kind: 'cut', ...where, detail: 'The answer ends inside a block.' });
    },
    open() {
      if (start.kind !== 'replace') return undefined;
      const oldLines = separator === undefined ? undefined : withoutLineHint(lines.slice(0, separator)).lines;
      return { kind: 'replace', path, answerLine, oldLines, newLines: separator === undefined ? [] : lines.slice(separator + 1) };
    },
  };

  /** Marks of another length are text: that is how a text with marks of its own is written. */
  function beginsAnew(line: string): boolean {
    const inner = blockStart(line);
    return inner !== undefined && inner.fence === start.fence && inner.length === start.length && (lines.length > 0 || start.kind !== 'replace');
  }
}

/** What was read between the marks of a block. */
function finishBlock(lines: readonly string[], options: BlockOptions): void {
  const { start, path, answerLine, sink } = options;
  switch (start.kind) {
    case 'delete':
      sink.edit({ kind: 'delete', path, answerLine });
      return;
    case 'rename': {
      const newPath = lines.map((line) => line.trim()).find((line) => line !== '');
      if (newPath === undefined) sink.problem({ kind: 'parse', ...whereOf(options), detail: 'The block names no new path.' });
      else sink.edit({ kind: 'rename', path, answerLine, newPath });
      return;
    }
    case 'replace':
      finishReplacement(lines, options);
      return;
  }
}

function finishReplacement(lines: readonly string[], options: BlockOptions): void {
  const { start, path, answerLine, sink } = options;
  const places = separatorsOf(lines, start.length);
  if (places.length > mostReadings) {
    sink.problem({ kind: 'unclear-end', ...whereOf(options), detail: 'The block has too many lines of equal signs. Use more signs in its three marker lines.' });
    return;
  }
  const [reading, ...otherReadings] = readings(lines, places);
  if (reading === undefined) sink.problem({ kind: 'parse', ...whereOf(options), detail: 'The block has no line of equal signs.' });
  else sink.edit({ kind: 'replace', path, answerLine, ...reading, ...(otherReadings.length > 0 ? { otherReadings } : {}) });
}

function whereOf({ path, answerLine }: BlockOptions): { readonly path?: string; readonly answerLine: number } {
  return { ...(path === undefined ? {} : { path }), answerLine };
}

type Reading = Pick<ReplaceEdit, 'oldLines' | 'newLines' | 'line'>;

/** Each is held against the file: bounds the time. */
const mostReadings = 50;

/** A text with lines of equal signs of its own (a heading, a conflict) can be split at each of them: the file decides which is meant. */
function readings(lines: readonly string[], places: readonly number[]): readonly Reading[] {
  return places.map((at) => {
    const { lines: oldLines, hint } = withoutLineHint(lines.slice(0, at));
    return { oldLines, newLines: lines.slice(at + 1), ...(hint === undefined ? {} : { line: hint }) };
  });
}

function separatorsOf(lines: readonly string[], length: number): readonly number[] {
  const exact = lines.flatMap((line, index) => (isSeparator(line, length) ? [index] : []));
  return exact.length > 0 ? exact : lines.flatMap((line, index) => (/^\s*={4,12}\s*$/.test(line) ? [index] : []));
}

function isConflictMark(line: string, sign: '<' | '>', length: number): boolean {
  return line.startsWith(sign.repeat(length)) && (line.length === length || line.charAt(length) === ' ');
}

function isSeparator(line: string, length: number): boolean {
  const text = line.trim();
  return text.length === length && text === '='.repeat(length);
}

/** Some models know a dialect that states the first line: ":start_line:12", then a row of dashes. */
function withoutLineHint(lines: readonly string[]): { readonly lines: readonly string[]; readonly hint?: number } {
  const stated = /^:start_line:\s*(\d+)\s*$/.exec(lines[0] ?? '')?.[1];
  if (stated === undefined) return { lines };
  const skipped = lines.findIndex((line, index) => index > 0 && !/^:end_line:|^-{5,}\s*$/.test(line));
  return { lines: skipped < 0 ? [] : lines.slice(skipped), hint: Number(stated) - 1 };
}
