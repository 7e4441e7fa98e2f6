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
  const lines: PlacedLine[] = [];
  const copy = (from: number, to: number): void => {
    for (let index = from; index < to; index++) lines.push({ text: text.lines[index] ?? '', lineEnd: text.lineEnds[index], isNew: false });
  };
  let at = 0;
  for (const hunk of hunks) {
    copy(at, hunk.baseStart);
    for (const [index, line] of hunk.newLines.entries()) lines.push({ text: line, lineEnd: endForNewLine(text, hunk, index), isNew: true });
    at = hunk.baseEnd;
  }
  copy(at, text.lines.length);
  return joinPlaced(lines, lineEnd);
}

interface PlacedLine {
  readonly text: string;
  readonly lineEnd: string | undefined;
  readonly isNew: boolean;
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
function joinPlaced(placed: readonly PlacedLine[], missing: string): LineText {
  if (placed.length === 0) return { lines: [''], lineEnds: [] };
  const lineEnds = placed.slice(0, -1).map(({ lineEnd }) => lineEnd ?? missing);
  // An empty line between "\r" and "\n" would vanish: both would be read as one line end.
  for (let index = 1; index < lineEnds.length; index++) {
    if (lineEnds[index - 1] !== '\r' || placed[index]?.text !== '' || lineEnds[index]?.startsWith('\n') !== true) continue;
    if (placed[index]?.isNew === true) lineEnds[index] = '\r';
    // Not "\n": behind another "\r" and an empty line it would vanish in its turn.
    else lineEnds[index - 1] = '\r\n';
  }
  return { lines: placed.map(({ text }) => text), lineEnds };
}
