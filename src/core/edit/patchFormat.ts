// The "*** Begin Patch" format: files by header, hunks by context, no line numbers.
import type { ParsedEdit } from './parsedEdit.ts';
import type { ParserSink, SectionReader } from './sectionReader.ts';

export function isPatchStart(line: string): boolean {
  return /^\*\*\* (?:Begin Patch|(?:Update|Add|Delete) File: \S)/.test(line);
}

interface PatchFile {
  readonly kind: 'update' | 'add' | 'delete';
  readonly path: string;
  readonly answerLine: number;
  movedTo?: string;
  readonly added: string[];
}

interface PatchHunk {
  readonly answerLine: number;
  readonly anchors: string[];
  readonly oldLines: string[];
  readonly newLines: string[];
  atEnd: boolean;
}

interface PatchReading {
  readonly sink: ParserSink;
  file: PatchFile | undefined;
  hunk: PatchHunk | undefined;
  begun: boolean;
}

export function createPatchReader(sink: ParserSink): SectionReader {
  const reading: PatchReading = { sink, file: undefined, hunk: undefined, begun: false };
  return {
    take(line, answerLine) {
      if (/^\*\*\* End Patch\s*$/.test(line)) {
        closeFile(reading);
        return 'done';
      }
      if (/^\*\*\* Begin Patch\s*$/.test(line)) {
        reading.begun = true;
        return 'more';
      }
      const header = /^\*\*\* (Update|Add|Delete) File: (.+)$/.exec(line.trimEnd());
      if (header === null) return takeFileLine(reading, line, answerLine);
      closeFile(reading);
      reading.file = { kind: header[1] === 'Add' ? 'add' : header[1] === 'Delete' ? 'delete' : 'update', path: header[2] ?? '', answerLine, added: [] };
      return 'more';
    },
    end() {
      if (reading.begun) sink.problem({ kind: 'cut', ...pathOf(reading), detail: 'The answer ends inside a patch.' });
      else closeFile(reading);
    },
    open: () => undefined,
  };
}

function takeFileLine(reading: PatchReading, line: string, answerLine: number): 'more' | 'not-mine' {
  const { file } = reading;
  if (file === undefined) return line.trim() === '' ? 'more' : ended(reading, answerLine);
  const moved = /^\*\*\* Move to: (.+)$/.exec(line.trimEnd())?.[1];
  if (moved !== undefined) {
    file.movedTo = moved;
    return 'more';
  }
  if (file.kind !== 'add') return takeHunkLine(reading, line, answerLine);
  if (!line.startsWith('+')) return line.trim() === '' ? 'more' : ended(reading, answerLine);
  file.added.push(line.slice(1));
  return 'more';
}

function takeHunkLine(reading: PatchReading, line: string, answerLine: number): 'more' | 'not-mine' {
  if (/^\*\*\* End of File\s*$/.test(line)) {
    if (reading.hunk !== undefined) reading.hunk.atEnd = true;
    return 'more';
  }
  if (line.startsWith('@@')) {
    // Anchors may be given one below the other; a hunk that has lines is closed by the next anchor.
    const open = reading.hunk;
    const hunk = open === undefined || open.oldLines.length + open.newLines.length > 0 ? newHunk(reading, answerLine) : open;
    const anchor = line.slice(2).trim();
    if (anchor !== '') hunk.anchors.push(anchor);
    return 'more';
  }
  if (line !== '' && !/^[ +-]/.test(line)) return ended(reading, answerLine);
  const hunk = reading.hunk ?? newHunk(reading, answerLine);
  const text = line.slice(1);
  if (!line.startsWith('+')) hunk.oldLines.push(text);
  if (!line.startsWith('-')) hunk.newLines.push(text);
  return 'more';
}

/** Without the frame a patch ends where its lines end; inside it every line has to be one of the patch. */
function ended(reading: PatchReading, answerLine: number): 'not-mine' {
  if (reading.begun) reading.sink.problem({ kind: 'parse', ...pathOf(reading), answerLine, detail: 'The patch has a line that begins with none of space, plus and minus.' });
  else closeFile(reading);
  return 'not-mine';
}

function pathOf({ file }: PatchReading): { readonly path?: string } {
  return file === undefined ? {} : { path: file.path };
}

function newHunk(reading: PatchReading, answerLine: number): PatchHunk {
  closeHunk(reading);
  const hunk: PatchHunk = { answerLine, anchors: [], oldLines: [], newLines: [], atEnd: false };
  reading.hunk = hunk;
  return hunk;
}

function closeHunk(reading: PatchReading): void {
  const { file, hunk, sink } = reading;
  reading.hunk = undefined;
  if (hunk === undefined || file === undefined) return;
  dropBlankEnd(hunk);
  if (hunk.oldLines.length + hunk.newLines.length === 0) return;
  sink.edit({
    kind: 'replace', path: file.path, answerLine: hunk.answerLine, oldLines: hunk.oldLines, newLines: hunk.newLines,
    ...(hunk.anchors.length > 0 ? { anchors: hunk.anchors } : {}),
    ...(hunk.atEnd ? { atEnd: true } : {}),
  });
}

function closeFile(reading: PatchReading): void {
  closeHunk(reading);
  if (reading.file !== undefined) for (const edit of fileEdits(reading.file)) reading.sink.edit(edit);
  reading.file = undefined;
}

function fileEdits({ kind, path, answerLine, movedTo, added }: PatchFile): readonly ParsedEdit[] {
  switch (kind) {
    case 'add':
      return [{ kind: 'write', path, answerLine, lines: [...added, ''], mustBeNew: true }];
    case 'delete':
      return [{ kind: 'delete', path, answerLine }];
    case 'update':
      return movedTo === undefined ? [] : [{ kind: 'rename', path, answerLine, newPath: movedTo }];
  }
}

/** Blank lines before the next header are spacing of the answer, not context. */
function dropBlankEnd(hunk: PatchHunk): void {
  while (hunk.oldLines.at(-1) === '' && hunk.newLines.at(-1) === '') {
    hunk.oldLines.pop();
    hunk.newLines.pop();
  }
}
