// Merge conflicts as git writes them into a file, with or without the common base (diff3, zdiff3). Lines count from 0.

export interface Conflict {
  readonly startLine: number;
  /** The line after the closing mark. */
  readonly endLine: number;
  readonly ours: readonly string[];
  readonly base?: readonly string[];
  readonly theirs: readonly string[];
  /** What git wrote after the marks: branch or commit. */
  readonly ourName: string;
  readonly theirName: string;
}

/** Conflicts are rare and every document is asked for them: a look for the mark comes first. */
export function hasConflict(text: string): boolean {
  return /^<{7}(?: |\r?$)/m.test(text) && findConflicts(text.split(/\r\n|\r|\n/)).length > 0;
}

const oursMark = /^<{7}(?: (.*))?$/;
const baseMark = /^\|{7}(?: .*)?$/;
const splitMark = /^={7}$/;
const theirsMark = /^>{7}(?: (.*))?$/;

/** An unfinished conflict, or one inside another, is none. */
export function findConflicts(lines: readonly string[]): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  let open: { startLine: number; ourName: string; part: 'ours' | 'base' | 'theirs'; ours: string[]; base: string[] | undefined; theirs: string[] } | undefined;
  for (const [index, raw] of lines.entries()) {
    const line = raw.replace(/\r$/, '');
    const start = oursMark.exec(line);
    const end = theirsMark.exec(line);
    if (start !== null) open = { startLine: index, ourName: start[1] ?? '', part: 'ours', ours: [], base: undefined, theirs: [] };
    else if (open === undefined) continue;
    else if (open.part === 'ours' && baseMark.test(line)) {
      open.part = 'base';
      open.base = [];
    } else if (open.part !== 'theirs' && splitMark.test(line)) open.part = 'theirs';
    else if (open.part === 'theirs' && end !== null) {
      const { startLine, ours, base, theirs, ourName } = open;
      conflicts.push({ startLine, endLine: index + 1, ours, theirs, ourName, theirName: end[1] ?? '', ...(base === undefined ? {} : { base }) });
      open = undefined;
    } else if (open.part === 'base') open.base?.push(line);
    else open[open.part].push(line);
  }
  return conflicts;
}
