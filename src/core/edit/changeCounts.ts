// The figures beside a file in a review. What a diff can hide is counted too: white space, characters without a shape, very long lines.
import { findInvisible } from '../context/invisibleCharacters.ts';
import type { ChangeCounts, Hunk } from './proposal.ts';

export function countChanges(base: readonly string[], hunks: readonly Hunk[]): ChangeCounts {
  let added = 0;
  let removed = 0;
  let whiteSpaceOnly = 0;
  let invisible = 0;
  let longestLine = 0;
  for (const hunk of hunks) {
    const old = base.slice(hunk.baseStart, hunk.baseEnd);
    added += hunk.newLines.length;
    removed += old.length;
    whiteSpaceOnly += whiteSpaceChanges(old, hunk.newLines);
    invisible += Math.max(0, countInvisible(hunk.newLines) - countInvisible(old));
    for (const line of hunk.newLines) longestLine = Math.max(longestLine, line.length);
  }
  return { added, removed, whiteSpaceOnly, invisible, longestLine };
}

export function sumCounts(counts: readonly Pick<ChangeCounts, 'added' | 'removed'>[]): Pick<ChangeCounts, 'added' | 'removed'> {
  return counts.reduce((sum, each) => ({ added: sum.added + each.added, removed: sum.removed + each.removed }), { added: 0, removed: 0 });
}

/** New lines that are an old line of the same hunk but for their white space. */
function whiteSpaceChanges(old: readonly string[], next: readonly string[]): number {
  const left = new Map<string, number>();
  for (const line of old) left.set(withoutSpace(line), (left.get(withoutSpace(line)) ?? 0) + 1);
  let count = 0;
  for (const line of next) {
    const key = withoutSpace(line);
    const times = key === '' ? 0 : (left.get(key) ?? 0);
    if (times === 0) continue;
    left.set(key, times - 1);
    count++;
  }
  return count;
}

function withoutSpace(line: string): string {
  return line.replace(/\s+/g, '');
}

/** A byte order mark is no finding at the very start of a text only: the lines are looked at behind a line end. */
export function countInvisible(lines: readonly string[]): number {
  return findInvisible(`\n${lines.join('\n')}`).length;
}
