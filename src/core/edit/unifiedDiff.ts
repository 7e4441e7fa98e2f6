// Unified diffs, as git writes them and as models imitate them: line numbers and counts are often wrong, so the lines themselves decide.
import { pathInDiffHeader, withoutDiffPrefix } from './answerPath.ts';
import type { ParserSink, SectionReader } from './sectionReader.ts';

export function isDiffStart(line: string): boolean {
  return /^diff --git \S/.test(line) || /^--- \S/.test(line) || /^@@ .*@@/.test(line);
}

interface DiffOptions {
  /** For hunks without file headers. */
  readonly path: string | undefined;
  /** A fence that says it is a diff may hold bare + and - lines. */
  readonly bareHunks: boolean;
  readonly sink: ParserSink;
}

interface FileHeader {
  /** Only the `diff --git` line was seen: the `---` and `+++` lines that follow belong to the same file. */
  fromGit?: boolean;
  oldPath?: string | null;
  newPath?: string | null;
  renamed?: { from?: string; to?: string };
  isNew?: boolean;
  isDeleted?: boolean;
}

interface OpenHunk {
  readonly answerLine: number;
  readonly line?: number;
  readonly oldLines: string[];
  readonly newLines: string[];
  /** Blank lines that may be context without its space, or the space after the diff. */
  blank: number;
  last?: 'old' | 'new' | 'both';
}

/** Where the reading of a diff has come to. */
interface DiffReading extends DiffOptions {
  file: FileHeader;
  hunk: OpenHunk | undefined;
  hunksInFile: number;
  /** A "--- " line is a header only if "+++ " follows: else it is a removed line that begins with "-- ". */
  held: { readonly text: string; readonly answerLine: number } | undefined;
}

export function createDiffReader(options: DiffOptions): SectionReader {
  const reading: DiffReading = { ...options, file: {}, hunk: undefined, hunksInFile: 0, held: undefined };
  return {
    take(line, answerLine) {
      const { held } = reading;
      if (held !== undefined) {
        reading.held = undefined;
        if (/^\+\+\+ \S/.test(line)) {
          if (reading.file.fromGit !== true) closeFile(reading, answerLine);
          reading.file = { ...reading.file, fromGit: false, oldPath: pathInDiffHeader(held.text), newPath: pathInDiffHeader(line) };
          return 'more';
        }
        if (reading.hunk === undefined) return 'not-mine';
        takeBodyLine(reading.hunk, held.text);
      }
      return takeHeader(reading, line, answerLine) ? 'more' : takeBody(reading, line, answerLine);
    },
    end() {
      if (reading.held !== undefined && reading.hunk !== undefined) takeBodyLine(reading.hunk, reading.held.text);
      closeFile(reading, 0);
    },
    open: () => undefined,
  };
}

function takeHeader(reading: DiffReading, line: string, answerLine: number): boolean {
  if (/^--- \S/.test(line)) {
    reading.held = { text: line, answerLine };
    return true;
  }
  const git = /^diff --git (.*)$/.exec(line)?.[1];
  if (git !== undefined) {
    closeFile(reading, answerLine);
    reading.file = gitPaths(git);
    return true;
  }
  const range = /^@@+ (?:-(\d+)(?:,\d+)? \+\d+(?:,\d+)? )?.*@@/.exec(line);
  if (range !== null) {
    closeHunk(reading);
    reading.hunk = { answerLine, oldLines: [], newLines: [], blank: 0, ...(range[1] === undefined ? {} : { line: Number(range[1]) - 1 }) };
    return true;
  }
  return reading.hunk === undefined && takeExtendedHeader(reading.file, line);
}

function takeExtendedHeader(file: FileHeader, line: string): boolean {
  const rename = /^rename (from|to) (.+)$/.exec(line);
  if (rename !== null) file.renamed = { ...file.renamed, [rename[1] === 'from' ? 'from' : 'to']: rename[2] ?? '' };
  if (line.startsWith('new file mode')) file.isNew = true;
  if (line.startsWith('deleted file mode')) file.isDeleted = true;
  return rename !== null || /^(?:index |new file mode|deleted file mode|old mode|new mode|similarity index|copy |Binary files)/.test(line);
}

function takeBody(reading: DiffReading, line: string, answerLine: number): 'more' | 'not-mine' {
  const { bareHunks } = reading;
  if (reading.hunk === undefined && bareHunks && /^[ +-]/.test(line)) reading.hunk = { answerLine, oldLines: [], newLines: [], blank: 0 };
  const { hunk } = reading;
  if (hunk === undefined) return line.trim() === '' || (bareHunks && !/^(?:```|~~~)/.test(line)) ? 'more' : notMine(reading);
  if (line === '') {
    hunk.blank++;
    return 'more';
  }
  return takeBodyLine(hunk, line) ? 'more' : notMine(reading);
}

function notMine(reading: DiffReading): 'not-mine' {
  closeFile(reading, 0);
  return 'not-mine';
}

function takeBodyLine(hunk: OpenHunk, line: string): boolean {
  if (!/^[ +\-\\]/.test(line)) return false;
  for (; hunk.blank > 0; hunk.blank--) {
    hunk.oldLines.push('');
    hunk.newLines.push('');
  }
  const text = line.slice(1);
  if (line.startsWith('\\')) noFinalLineEnd(hunk);
  if (line.startsWith(' ') || line.startsWith('-')) hunk.oldLines.push(text);
  if (line.startsWith(' ') || line.startsWith('+')) hunk.newLines.push(text);
  if (!line.startsWith('\\')) hunk.last = line.startsWith(' ') ? 'both' : line.startsWith('-') ? 'old' : 'new';
  return true;
}

function closeHunk(reading: DiffReading): void {
  const { file, hunk, sink } = reading;
  reading.hunk = undefined;
  if (hunk === undefined) return;
  reading.hunksInFile++;
  const target = targetPath(reading);
  if (file.oldPath === null || (file.isNew === true && hunk.oldLines.length === 0)) {
    const ending = hunk.oldLines.includes(finalLineEnd) ? [] : [''];
    sink.edit({ kind: 'write', path: target, answerLine: hunk.answerLine, lines: [...hunk.newLines, ...ending], mustBeNew: true });
    return;
  }
  if (file.newPath === null || file.isDeleted === true) return;
  const { answerLine, line, oldLines, newLines } = hunk;
  sink.edit({ kind: 'replace', path: target, answerLine, oldLines: markedEnd(oldLines), newLines: markedEnd(newLines), ...(line === undefined ? {} : { line }) });
}

function closeFile(reading: DiffReading, answerLine: number): void {
  closeHunk(reading);
  const { file, sink } = reading;
  if (file.newPath === null || file.isDeleted === true) sink.edit({ kind: 'delete', path: targetPath(reading), answerLine });
  else if (file.isNew === true && reading.hunksInFile === 0) sink.edit({ kind: 'write', path: targetPath(reading), answerLine, lines: [''], mustBeNew: true });
  const { from, to } = file.renamed ?? {};
  if (from !== undefined && to !== undefined) sink.edit({ kind: 'rename', path: from, answerLine, newPath: to });
  reading.file = {};
  reading.hunksInFile = 0;
}

/** Hunks of a renamed file are written for its old path; the rename comes after them. */
function targetPath({ file: { oldPath, newPath, renamed }, path }: DiffReading): string | undefined {
  if (renamed?.from !== undefined) return renamed.from;
  if (typeof newPath === 'string') return newPath === oldPath ? newPath : withoutDiffPrefix(newPath, 'b');
  return typeof oldPath === 'string' ? withoutDiffPrefix(oldPath, 'a') : path;
}

/** Marks "\ No newline at end of file": the other side ends with an empty last line. */
const finalLineEnd = '\u0000final line end';

function noFinalLineEnd(hunk: OpenHunk): void {
  if (hunk.last === 'old') hunk.newLines.push(finalLineEnd);
  if (hunk.last === 'new') {
    const marked = hunk.newLines.indexOf(finalLineEnd);
    if (marked >= 0) hunk.newLines.splice(marked, 1);
    else hunk.oldLines.push(finalLineEnd);
  }
}

function markedEnd(lines: readonly string[]): readonly string[] {
  if (!lines.includes(finalLineEnd)) return lines;
  return [...lines.filter((line) => line !== finalLineEnd), ''];
}

/** "a/x b/x": both halves are the same path but for the prefix, so the middle divides them even when it holds spaces. */
function gitPaths(text: string): FileHeader {
  const middle = Math.floor(text.length / 2);
  const halves = text[middle] === ' ' ? [text.slice(0, middle), text.slice(middle + 1)] : text.split(' ');
  const [oldPath, newPath] = halves;
  return oldPath === undefined || newPath === undefined ? { fromGit: true } : { fromGit: true, oldPath, newPath };
}
