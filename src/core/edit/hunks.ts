// Applying hunks. They are given in lines of one and the same original, so they can be applied one by one in any order.
import { joinLines, mainLineEnd, splitLines, type LineText } from './lineText.ts';
import type { Hunk } from './proposal.ts';

/** The lines [baseStart, baseEnd) give way to `newLines`. */
export type LineChange = Pick<Hunk, 'baseStart' | 'baseEnd' | 'newLines'>;

/**
 * `hunks` in the order of their lines, not overlapping. Every line outside them keeps its bytes. `lineEnd` is for lines that have no
 * neighbour to take theirs from.
 */
export function applyHunks(text: LineText, hunks: readonly LineChange[], lineEnd: string = mainLineEnd(text.lineEnds)): LineText {
  const lines: string[] = [];
  const lineEnds: (string | undefined)[] = [];
  const copy = (from: number, to: number): void => {
    for (let index = from; index < to; index++) {
      lines.push(text.lines[index] ?? '');
      lineEnds.push(text.lineEnds[index]);
    }
  };
  let at = 0;
  for (const hunk of hunks) {
    copy(at, hunk.baseStart);
    for (const [index, line] of hunk.newLines.entries()) {
      lines.push(line);
      lineEnds.push(endForNewLine(text, hunk, index));
    }
    at = hunk.baseEnd;
  }
  copy(at, text.lines.length);
  return withLineEnds(lines, lineEnds, lineEnd);
}

export function applyHunksToText(text: string, hunks: readonly LineChange[]): string {
  return joinLines(applyHunks(splitLines(text), hunks));
}

/** Where the other hunks of the same original stand after `applied` was applied. */
export function shiftAfter(hunks: readonly Hunk[], applied: Hunk): readonly Hunk[] {
  const shift = applied.newLines.length - (applied.baseEnd - applied.baseStart);
  return hunks
    .filter((hunk) => hunk !== applied)
    .map((hunk) => (hunk.baseStart < applied.baseStart ? hunk : { ...hunk, baseStart: hunk.baseStart + shift, baseEnd: hunk.baseEnd + shift }));
}

/** The same hunks with `newStart` counted anew, for a selection of them. */
export function renumber(hunks: readonly Hunk[]): readonly Hunk[] {
  let shift = 0;
  return hunks.map((hunk) => {
    const moved = { ...hunk, newStart: hunk.baseStart + shift };
    shift += hunk.newLines.length - (hunk.baseEnd - hunk.baseStart);
    return moved;
  });
}

/** In a file of mixed line ends a new line takes the end of the line it replaces, else of the nearest line above, else below. */
function endForNewLine(text: LineText, hunk: LineChange, index: number): string | undefined {
  const replaced = Math.min(hunk.baseStart + index, hunk.baseEnd - 1);
  if (replaced >= hunk.baseStart && text.lineEnds[replaced] !== undefined) return text.lineEnds[replaced];
  return text.lineEnds[hunk.baseStart - 1] ?? text.lineEnds[hunk.baseStart];
}

/** The last line has no end; a line that was the last and no longer is gets one. */
function withLineEnds(lines: readonly string[], lineEnds: readonly (string | undefined)[], missing: string): LineText {
  if (lines.length === 0) return { lines: [''], lineEnds: [] };
  return { lines, lineEnds: lineEnds.slice(0, -1).map((lineEnd) => lineEnd ?? missing) };
}
