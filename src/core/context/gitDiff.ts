// Reads unified diffs as git writes them: files, hunks, and which line of either file each line is. A line that fits nothing ends the
// hunk; it never throws, since the text may come from anywhere.
import { readDiffHeader, type DiffHeader } from './gitDiffHeader.ts';

export interface DiffFile extends DiffHeader {
  readonly hunks: readonly DiffHunk[];
}

export interface DiffHunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** What git printed behind the second @@: usually the enclosing function. */
  readonly section: string;
  readonly lines: readonly DiffLine[];
}

export interface DiffLine {
  readonly type: 'context' | 'added' | 'removed';
  /** Without its sign and line end; a CR before the line end stays. */
  readonly text: string;
  /** Lines count from 1; undefined on the side where the line does not exist. */
  readonly oldLine?: number;
  readonly newLine?: number;
  /** "\ No newline at end of file" follows. */
  readonly noNewline?: boolean;
}

export function parseGitDiff(text: string): readonly DiffFile[] {
  const lines = text.split('\n');
  const files: DiffFile[] = [];
  let index = 0;
  while (index < lines.length) {
    const header = readDiffHeader(lines, index);
    if (header === undefined) {
      index += 1;
      continue;
    }
    const { hunks, next } = readHunks(lines, header.next);
    const status = header.header.status === 'mode-changed' && hunks.length > 0 ? 'modified' : header.header.status;
    files.push({ ...header.header, status, hunks });
    index = Math.max(next, index + 1);
  }
  return files;
}

/** The same as text again: what `parseGitDiff` read, `formatGitDiff` writes. */
export function formatGitDiff(files: readonly DiffFile[]): string {
  return files.map(formatFile).join('');
}

/** Lines of the new file that a diff added or touched, as ranges in order. */
export function changedRanges(file: DiffFile): readonly { readonly startLine: number; readonly endLine: number }[] {
  const ranges: { startLine: number; endLine: number }[] = [];
  for (const line of file.hunks.flatMap((hunk) => hunk.lines)) {
    if (line.type !== 'added' || line.newLine === undefined) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last.endLine + 1 === line.newLine) last.endLine = line.newLine;
    else ranges.push({ startLine: line.newLine, endLine: line.newLine });
  }
  return ranges;
}

function readHunks(lines: readonly string[], start: number): { readonly hunks: readonly DiffHunk[]; readonly next: number } {
  const hunks: DiffHunk[] = [];
  let index = start;
  while (index < lines.length) {
    const match = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@ ?(.*)$/.exec(lines[index] ?? '');
    if (match === null) break;
    const [, oldStart, oldCount = '1', newStart, newCount = '1', section = ''] = match;
    const counts = { oldStart: Number(oldStart), oldLines: Number(oldCount), newStart: Number(newStart), newLines: Number(newCount) };
    const body = readHunkLines(lines, index + 1, counts);
    hunks.push({ ...counts, section: section.replace(/\r$/, ''), lines: body.lines });
    index = body.next;
  }
  return { hunks, next: index };
}

type Counts = Pick<DiffHunk, 'oldStart' | 'oldLines' | 'newStart' | 'newLines'>;

/** The counts of the header say where the hunk ends: a removed line may itself begin with "-- ". */
function readHunkLines(lines: readonly string[], start: number, counts: Counts): { readonly lines: readonly DiffLine[]; readonly next: number } {
  const read: DiffLine[] = [];
  let oldLine = counts.oldStart;
  let newLine = counts.newStart;
  let index = start;
  for (; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.startsWith('\\')) {
      const last = read.pop();
      if (last !== undefined) read.push({ ...last, noNewline: true });
      continue;
    }
    const oldLeft = counts.oldStart + counts.oldLines - oldLine;
    const newLeft = counts.newStart + counts.newLines - newLine;
    if (oldLeft <= 0 && newLeft <= 0) break;
    const text = line.slice(1);
    if (line.startsWith('+') && newLeft > 0) read.push({ type: 'added', text, newLine: newLine++ });
    else if (line.startsWith('-') && oldLeft > 0) read.push({ type: 'removed', text, oldLine: oldLine++ });
    // Mail programs strip the blank of an empty context line.
    else if ((line.startsWith(' ') || line === '') && oldLeft > 0 && newLeft > 0 && !(line === '' && index === lines.length - 1)) read.push({ type: 'context', text, oldLine: oldLine++, newLine: newLine++ });
    else break;
  }
  return { lines: read, next: index };
}

function formatFile(file: DiffFile): string {
  const oldName = quotePath(`a/${file.oldPath ?? file.newPath ?? ''}`);
  const newName = quotePath(`b/${file.newPath ?? file.oldPath ?? ''}`);
  const head = [`diff --git ${oldName} ${newName}`];
  if (file.status === 'added') head.push(`new file mode ${file.newMode ?? '100644'}`);
  else if (file.status === 'deleted') head.push(`deleted file mode ${file.oldMode ?? '100644'}`);
  else if (file.oldMode !== undefined && file.newMode !== undefined && file.oldMode !== file.newMode) head.push(`old mode ${file.oldMode}`, `new mode ${file.newMode}`);
  if (file.status === 'renamed') head.push(`rename from ${quotePath(file.oldPath ?? '')}`, `rename to ${quotePath(file.newPath ?? '')}`);
  if (file.status === 'copied') head.push(`copy from ${quotePath(file.oldPath ?? '')}`, `copy to ${quotePath(file.newPath ?? '')}`);
  if (file.isBinary) head.push(`Binary files ${file.oldPath === undefined ? '/dev/null' : oldName} and ${file.newPath === undefined ? '/dev/null' : newName} differ`);
  if (file.hunks.length > 0) head.push(`--- ${file.status === 'added' ? '/dev/null' : oldName}`, `+++ ${file.status === 'deleted' ? '/dev/null' : newName}`);
  return [...head, ...file.hunks.flatMap(formatHunk)].map((line) => `${line}\n`).join('');
}

function formatHunk(hunk: DiffHunk): readonly string[] {
  const head = `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@${hunk.section === '' ? '' : ` ${hunk.section}`}`;
  const signs = { context: ' ', added: '+', removed: '-' } as const;
  return [head, ...hunk.lines.flatMap((line) => [`${signs[line.type]}${line.text}`, ...(line.noNewline === true ? ['\\ No newline at end of file'] : [])])];
}

function range(start: number, count: number): string {
  return count === 1 ? String(start) : `${start},${count}`;
}

/** As git does with core.quotePath off: only what would break the line is quoted. */
function quotePath(path: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what has to be quoted
  if (!/[\u0000-\u001f\u007f"\\]/.test(path)) return path;
  // oxlint-disable-next-line no-control-regex -- as above
  return `"${path.replaceAll(/[\u0000-\u001f\u007f"\\]/g, (character) => escapes[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)}"`;
}

const escapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\u0007': '\\a' };
