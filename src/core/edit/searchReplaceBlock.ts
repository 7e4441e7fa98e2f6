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

export function blockStart(line: string): BlockStart | undefined {
  const match = /^\s*(<{5,}|-{5,}) ?(SEARCH|ORIGINAL|DELETE|RENAME)\b[: ]*(.*)$/.exec(line);
  const [, fence, word, rest] = match ?? [];
  if (fence === undefined) return undefined;
  const kind = word === 'DELETE' ? 'delete' : word === 'RENAME' ? 'rename' : 'replace';
  const path = rest?.replace(/^[`"']|[`"'>]+$/g, '').trim();
  return { kind, fence: fence.startsWith('<') ? '<' : '-', length: fence.length, path: path === '' ? undefined : path };
}

interface BlockOptions {
  readonly start: BlockStart;
  readonly path: string | undefined;
  readonly answerLine: number;
  readonly sink: ParserSink;
}

export function createBlockReader({ start, path, answerLine, sink }: BlockOptions): SectionReader {
  const lines: string[] = [];
  let separator: number | undefined;
  const endMarker = new RegExp(`^\\s*${start.fence === '<' ? '>' : '\\+'}{${start.length}} ?(?:REPLACE|UPDATED|DELETE|RENAME)?\\s*$`);
  const where = { ...(path === undefined ? {} : { path }), answerLine };

  return {
    take(line) {
      if (endMarker.test(line)) {
        finishBlock();
        return 'done';
      }
      if (blockStart(line) !== undefined && start.kind === 'replace' && separator === undefined && lines.length > 0) {
        sink.problem({ kind: 'parse', ...where, detail: 'A block begins inside a block: its line of equal signs or its end is missing.' });
        return 'not-mine';
      }
      if (separator === undefined && isSeparator(line, start.length)) separator = lines.length;
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

  function finishBlock(): void {
    switch (start.kind) {
      case 'delete':
        sink.edit({ kind: 'delete', path, answerLine });
        return;
      case 'rename': {
        const newPath = lines.map((line) => line.trim()).find((line) => line !== '');
        if (newPath === undefined) sink.problem({ kind: 'parse', ...where, detail: 'The block names no new path.' });
        else sink.edit({ kind: 'rename', path, answerLine, newPath });
        return;
      }
      case 'replace': {
        const [reading, ...otherReadings] = readings(lines, start.length);
        if (reading === undefined) sink.problem({ kind: 'parse', ...where, detail: 'The block has no line of equal signs.' });
        else sink.edit({ kind: 'replace', path, answerLine, ...reading, ...(otherReadings.length > 0 ? { otherReadings } : {}) });
        return;
      }
    }
  }
}

type Reading = Pick<ReplaceEdit, 'oldLines' | 'newLines' | 'line'>;

/** A text with lines of equal signs of its own (a heading, a conflict) can be split at each of them: the file decides which is meant. */
function readings(lines: readonly string[], length: number): readonly Reading[] {
  const exact = separators(lines, length);
  const places = exact.length > 0 ? exact : lines.flatMap((line, index) => (/^\s*={4,12}\s*$/.test(line) ? [index] : []));
  return places.map((at) => {
    const { lines: oldLines, hint } = withoutLineHint(lines.slice(0, at));
    return { oldLines, newLines: lines.slice(at + 1), ...(hint === undefined ? {} : { line: hint }) };
  });
}

function separators(lines: readonly string[], length: number): readonly number[] {
  return lines.flatMap((line, index) => (isSeparator(line, length) ? [index] : []));
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
