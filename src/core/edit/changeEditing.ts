// What a person does to a change in review: takes one hunk, drops one, or types in the file meanwhile. Each gives a new change against the
// file's new text.
import { applyHunksToText, renumber } from './hunks.ts';
import { createFileChange } from './fileChange.ts';
import type { ChangeWarning, FileChange, Hunk } from './proposal.ts';
import { rebase } from './rebase.ts';

/** The change that consists of one hunk alone. */
export function onlyHunk(change: FileChange, hunk: Hunk): FileChange {
  return withTexts(change, change.original, applyHunksToText(change.original, renumber([hunk])));
}

/** What is left to decide after a hunk was written to the file. */
export function afterAccepting(change: FileChange, hunk: Hunk): FileChange {
  return withTexts(change, applyHunksToText(change.original, renumber([hunk])), change.proposed);
}

export function withoutHunk(change: FileChange, hunk: Hunk): FileChange {
  return withTexts(change, change.original, applyHunksToText(change.original, renumber(change.hunks.filter((each) => each !== hunk))));
}

/** The change carried over to the present text; undefined where both touch the same lines. */
export function carryOver(change: FileChange, present: string): FileChange | undefined {
  if (present === change.original) return change;
  const result = rebase({ base: change.original, current: present, proposed: change.proposed });
  if (!result.ok) return undefined;
  const told: readonly ChangeWarning[] = change.warnings.some(({ kind }) => kind === 'rebased') ? [] : [{ kind: 'rebased', hunks: result.moved }];
  return withTexts({ ...change, warnings: [...change.warnings, ...told] }, present, result.proposed);
}

export function isEmptyChange(change: FileChange): boolean {
  return change.kind === 'modify' && change.hunks.length === 0;
}

/** The hunk at a line of the proposed text: the one that holds it, else the next one below, else the last. */
export function hunkAt(change: FileChange, line: number): Hunk | undefined {
  return change.hunks.find((hunk) => line < hunk.newStart + Math.max(1, hunk.newLines.length)) ?? change.hunks.at(-1);
}

function withTexts(change: FileChange, original: string, proposed: string): FileChange {
  const { kind, uri, path, newUri, newPath, realPaths, warnings } = change;
  return createFileChange({
    kind, uri, path, original, proposed,
    // Found anew from the texts.
    warnings: warnings.filter((warning) => warning.kind !== 'invisible' && warning.kind !== 'drops-most'),
    isWhole: warnings.some((warning) => warning.kind === 'drops-most'),
    ...(newUri === undefined ? {} : { newUri }),
    ...(newPath === undefined ? {} : { newPath }),
    ...(realPaths === undefined ? {} : { realPaths }),
  });
}
