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

export function createPatchReader(sink: ParserSink): SectionReader {
  let file: PatchFile | undefined;
  let hunk: PatchHunk | undefined;
  let begun = false;

  return {
    take(line, answerLine) {
      if (/^\*\*\* End Patch\s*$/.test(line)) {
        closeFile();
        return 'done';
      }
      if (/^\*\*\* Begin Patch\s*$/.test(line)) {
        begun = true;
        return 'more';
      }
      const header = /^\*\*\* (Update|Add|Delete) File: (.+?)\s*$/.exec(line);
      if (header !== null) {
        closeFile();
        file = { kind: header[1] === 'Add' ? 'add' : header[1] === 'Delete' ? 'delete' : 'update', path: header[2] ?? '', answerLine, added: [] };
        return 'more';
      }
      return fileLine(line, answerLine);
    },
    end() {
      if (begun) sink.problem({ kind: 'cut', ...(file === undefined ? {} : { path: file.path }), detail: 'The answer ends inside a patch.' });
      else closeFile();
    },
    open: () => undefined,
  };

  function fileLine(line: string, answerLine: number): 'more' | 'not-mine' {
    if (file === undefined) return line.trim() === '' ? 'more' : ended(answerLine);
    const moved = /^\*\*\* Move to: (.+?)\s*$/.exec(line)?.[1];
    if (moved !== undefined) {
      file.movedTo = moved;
      return 'more';
    }
    if (file.kind === 'add') {
      if (!line.startsWith('+')) return line.trim() === '' ? 'more' : ended(answerLine);
      file.added.push(line.slice(1));
      return 'more';
    }
    return hunkLine(line, answerLine);
  }

  function hunkLine(line: string, answerLine: number): 'more' | 'not-mine' {
    if (/^\*\*\* End of File\s*$/.test(line)) {
      if (hunk !== undefined) hunk.atEnd = true;
      return 'more';
    }
    if (line.startsWith('@@')) {
      // Anchors may be given one below the other; a hunk that has lines is closed by the next anchor.
      if (hunk === undefined || hunk.oldLines.length + hunk.newLines.length > 0) newHunk(answerLine);
      const anchor = line.slice(2).trim();
      if (anchor !== '') hunk?.anchors.push(anchor);
      return 'more';
    }
    if (line !== '' && !/^[ +-]/.test(line)) return ended(answerLine);
    if (hunk === undefined) newHunk(answerLine);
    const text = line.slice(1);
    if (!line.startsWith('+')) hunk?.oldLines.push(text);
    if (!line.startsWith('-')) hunk?.newLines.push(text);
    return 'more';
  }

  /** Without the frame a patch ends where its lines end; inside it every line has to be one of the patch. */
  function ended(answerLine: number): 'not-mine' {
    if (begun) sink.problem({ kind: 'parse', ...(file === undefined ? {} : { path: file.path }), answerLine, detail: 'The patch has a line that begins with none of space, plus and minus.' });
    else closeFile();
    return 'not-mine';
  }

  function newHunk(answerLine: number): void {
    closeHunk();
    hunk = { answerLine, anchors: [], oldLines: [], newLines: [], atEnd: false };
  }

  function closeHunk(): void {
    const done = hunk;
    hunk = undefined;
    if (done === undefined || file === undefined) return;
    dropBlankEnd(done);
    if (done.oldLines.length + done.newLines.length === 0) return;
    sink.edit({
      kind: 'replace', path: file.path, answerLine: done.answerLine, oldLines: done.oldLines, newLines: done.newLines,
      ...(done.anchors.length > 0 ? { anchors: done.anchors } : {}),
      ...(done.atEnd ? { atEnd: true } : {}),
    });
  }

  function closeFile(): void {
    closeHunk();
    if (file !== undefined) for (const edit of fileEdits(file)) sink.edit(edit);
    file = undefined;
  }
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
