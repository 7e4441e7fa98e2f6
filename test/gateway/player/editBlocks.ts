// A change of a text as search/replace blocks: each quotes so many neighbouring lines that it stands in the text once.
import { diffArrays } from 'diff';

/** Empty when the texts are equal. */
export function toEditBlocks(path: string, before: string, after: string): string {
  const oldLines = before.split('\n');
  const newLines = after.split('\n');
  return joinNear(findChanges(oldLines, newLines), oldLines).map((change) => toBlock(path, change, { oldLines, newLines })).join('\n\n');
}

export function toNewFileBlock(path: string, text: string): string {
  return `${path}\n<<<<<<< SEARCH\n=======\n${text.replace(/\n$/, '')}\n>>>>>>> REPLACE`;
}

/** Half-open ranges of lines. */
interface Change {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

function findChanges(oldLines: readonly string[], newLines: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  let oldAt = 0;
  let newAt = 0;
  for (const part of diffArrays([...oldLines], [...newLines])) {
    const oldEnd = oldAt + (part.added ? 0 : part.count);
    const newEnd = newAt + (part.removed ? 0 : part.count);
    const last = changes.at(-1);
    if (part.added || part.removed) {
      if (last !== undefined && last.oldEnd === oldAt && last.newEnd === newAt) changes[changes.length - 1] = { ...last, oldEnd, newEnd };
      else changes.push({ oldStart: oldAt, oldEnd, newStart: newAt, newEnd });
    }
    oldAt = oldEnd;
    newAt = newEnd;
  }
  return changes;
}

/** Grows each change until its old lines are unique; what then touches becomes one. */
function joinNear(changes: readonly Change[], oldLines: readonly string[]): readonly Change[] {
  const joined: Change[] = [];
  for (const change of changes) {
    const grown = grow(change, oldLines);
    const last = joined.at(-1);
    if (last === undefined || grown.oldStart > last.oldEnd) {
      joined.push(grown);
      continue;
    }
    joined[joined.length - 1] = { oldStart: Math.min(last.oldStart, grown.oldStart), newStart: Math.min(last.newStart, grown.newStart), oldEnd: Math.max(last.oldEnd, grown.oldEnd), newEnd: Math.max(last.newEnd, grown.newEnd) };
  }
  return joined;
}

function grow(change: Change, oldLines: readonly string[]): Change {
  let grown = change;
  while (!isUnique(oldLines.slice(grown.oldStart, grown.oldEnd), oldLines)) {
    const up = grown.oldStart > 0 ? 1 : 0;
    const down = grown.oldEnd < oldLines.length ? 1 : 0;
    if (up + down === 0) return grown;
    grown = { oldStart: grown.oldStart - up, newStart: grown.newStart - up, oldEnd: grown.oldEnd + down, newEnd: grown.newEnd + down };
  }
  return grown;
}

function isUnique(wanted: readonly string[], lines: readonly string[]): boolean {
  if (wanted.every((line) => line.trim() === '')) return false;
  let count = 0;
  for (let start = 0; start + wanted.length <= lines.length; start++) if (wanted.every((line, index) => lines[start + index] === line)) count += 1;
  return count === 1;
}

function toBlock(path: string, change: Change, { oldLines, newLines }: { readonly oldLines: readonly string[]; readonly newLines: readonly string[] }): string {
  const old = oldLines.slice(change.oldStart, change.oldEnd);
  const replacement = newLines.slice(change.newStart, change.newEnd);
  return [path, '<<<<<<< SEARCH', ...old, '=======', ...replacement, '>>>>>>> REPLACE'].join('\n');
}
