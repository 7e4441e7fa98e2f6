// How an edit that is not accepted looks in the text that carries it: lines that came in, the words in them that differ, and what was taken
// out, which no longer stands in the text and is told beside it.
import { diffArrays } from 'diff';
import type { Hunk } from './proposal.ts';
import type { ShownEdit } from './shownEdit.ts';

export interface WordMark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface RemovedMark {
  /** The line of the shown text that tells it: the first new one, else the one that now stands there. */
  readonly line: number;
  readonly oldLines: readonly string[];
  /** Whether the one old line is the one that this line takes the place of. */
  readonly isPair: boolean;
}

export interface EditMarks {
  /** Line ranges [start, end). */
  readonly added: readonly { readonly start: number; readonly end: number }[];
  readonly words: readonly WordMark[];
  readonly removed: readonly RemovedMark[];
}

/** More pairs than this beside each other are read as a block, not line by line. */
const mostPairs = 4;
/** Beyond this a line is marked as a whole: the comparison of words takes the square of their number. */
const longestCompared = 400;

export function marksOf({ base, shown, hunks }: ShownEdit): EditMarks {
  return {
    added: hunks.filter((hunk) => hunk.newLines.length > 0).map((hunk) => ({ start: hunk.newStart, end: hunk.newStart + hunk.newLines.length })),
    words: hunks.flatMap((hunk) => wordsOf(hunk, base)),
    removed: hunks.flatMap((hunk) => removedBy(hunk, { base, lineCount: shown.length })),
  };
}

function isPaired(hunk: Hunk): boolean {
  return hunk.baseEnd - hunk.baseStart === hunk.newLines.length;
}

function wordsOf(hunk: Hunk, base: readonly string[]): readonly WordMark[] {
  if (!isPaired(hunk)) return [];
  return hunk.newLines.flatMap((line, index) => changedWords(base[hunk.baseStart + index] ?? '', line).map(([start, end]) => ({ line: hunk.newStart + index, start, end })));
}

function removedBy(hunk: Hunk, { base, lineCount }: { readonly base: readonly string[]; readonly lineCount: number }): readonly RemovedMark[] {
  const oldLines = base.slice(hunk.baseStart, hunk.baseEnd);
  if (oldLines.length === 0) return [];
  if (isPaired(hunk) && oldLines.length <= mostPairs) return oldLines.map((line, index) => ({ line: hunk.newStart + index, oldLines: [line], isPair: true }));
  return [{ line: Math.min(hunk.newStart, Math.max(0, lineCount - 1)), oldLines, isPair: false }];
}

/** The parts of `next` that `old` does not have, by words. None when nothing of the old line is left: then the whole line is new. */
export function changedWords(old: string, next: string): readonly (readonly [number, number])[] {
  if (old.length > longestCompared || next.length > longestCompared) return [];
  const ranges: (readonly [number, number])[] = [];
  let at = 0;
  let keptLetters = 0;
  for (const part of diffArrays([...words(old)], [...words(next)])) {
    const length = part.removed ? 0 : part.value.join('').length;
    if (part.added) ranges.push([at, at + length]);
    else if (!part.removed) keptLetters += part.value.join('').trim().length;
    at += length;
  }
  return keptLetters === 0 ? [] : ranges;
}

function words(line: string): readonly string[] {
  return line.match(/[\p{L}\p{N}_$]+|\s+|[^]/gu) ?? [];
}
