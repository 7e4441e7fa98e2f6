// Makes the change of one file from its text before and after.
import { countChanges, countInvisible } from './changeCounts.ts';
import { diffLines } from './lineDiff.ts';
import { splitLines } from './lineText.ts';
import { protectionOf } from './protectedFiles.ts';
import type { ChangeWarning, FileChange, Hunk } from './proposal.ts';

export interface ChangeInput extends Pick<FileChange, 'kind' | 'uri' | 'path' | 'newUri' | 'newPath' | 'realPaths' | 'original' | 'proposed'> {
  readonly warnings?: readonly ChangeWarning[];
  /** The whole file was written anew: what does not stand in it was dropped. */
  readonly isWhole?: boolean;
}

export function createFileChange(input: ChangeInput): FileChange {
  const { kind, uri, path, newUri, newPath, realPaths = [], original, proposed, warnings = [], isWhole = false } = input;
  const base = splitLines(original).lines;
  const next = splitLines(proposed).lines;
  const hunks = diffLines(base, next);
  const names = [path, ...(newPath === undefined ? [] : [newPath]), ...realPaths];
  const protection = names.map((name) => protectionOf({ path: name, original, proposed })).find((reason) => reason !== undefined);
  const found = [...warnings, ...(kind === 'modify' ? droppedMost(base, next, isWhole) : []), ...invisibleWarning(base, hunks)];
  return {
    kind, uri, path, original, proposed, hunks,
    counts: countChanges(base, hunks),
    warnings: found,
    ...(newUri === undefined ? {} : { newUri }),
    ...(newPath === undefined ? {} : { newPath }),
    ...(realPaths.length === 0 ? {} : { realPaths }),
    ...(protection === undefined ? {} : { protection }),
  };
}

/** Below this a file is so short that the diff shows all of it. */
const shortFileLines = 8;

function droppedMost(base: readonly string[], next: readonly string[], isWhole: boolean): readonly ChangeWarning[] {
  const before = base.filter((line) => line.trim() !== '');
  if (before.length < shortFileLines) return [];
  const after = next.filter((line) => line.trim() !== '');
  const keptLines = countKept(before, after);
  const lost = after.length * 2 < before.length || (isWhole && keptLines * 2 < before.length);
  return lost ? [{ kind: 'drops-most', keptLines, droppedLines: before.length - keptLines }] : [];
}

function countKept(before: readonly string[], after: readonly string[]): number {
  const left = new Map<string, number>();
  for (const line of after) left.set(line.trim(), (left.get(line.trim()) ?? 0) + 1);
  let kept = 0;
  for (const line of before) {
    const times = left.get(line.trim()) ?? 0;
    if (times === 0) continue;
    left.set(line.trim(), times - 1);
    kept++;
  }
  return kept;
}

function invisibleWarning(base: readonly string[], hunks: readonly Hunk[]): readonly ChangeWarning[] {
  let count = 0;
  let line: number | undefined;
  for (const hunk of hunks) {
    const more = countInvisible(hunk.newLines) - countInvisible(base.slice(hunk.baseStart, hunk.baseEnd));
    if (more <= 0) continue;
    count += more;
    line ??= hunk.newStart + hunk.newLines.findIndex((each) => countInvisible([each]) > 0);
  }
  return line === undefined ? [] : [{ kind: 'invisible', count, line }];
}
