// What a question may say of a place: its lines without their secrets.
import type { DocumentLines } from './completionTypes.ts';
import { readMaskedRegion, type FindSecrets } from './maskedRegion.ts';
import type { Place } from './place.ts';
import { maxLineLength, type WindowBudget, type WindowPlace } from './promptWindow.ts';

export interface MaskPlaceInput {
  readonly place: Place;
  readonly lines: DocumentLines;
  readonly findSecrets: FindSecrets;
  /** More lines than fit into the window are not looked at. */
  readonly budget: WindowBudget;
}

export function maskPlace({ place, lines, findSecrets, budget }: MaskPlaceInput): WindowPlace {
  const { line, character, linePrefix, lineRest } = place;
  const from = line - countFitting(place.before.toReversed(), budget.before);
  const to = line + 1 + countFitting(place.after, budget.after);
  const columns = maxLineLength + 1;
  const region = readMaskedRegion(linesOf(place, lines, { from, to }), { from, to, columns, cursor: { line, character, columns: Math.max(budget.before, budget.after) / 2 } }, findSecrets);
  const beginningOf = (at: number): string => region.read(at, 0, columns);
  return {
    line,
    before: Array.from({ length: line - from }, (_, index) => beginningOf(from + index)),
    linePrefix: region.read(line, character - linePrefix.length, character),
    lineRest: region.read(line, character, character + Math.min(lineRest.length, Math.max(maxLineLength, budget.after))),
    after: Array.from({ length: to - line - 1 }, (_, index) => beginningOf(line + 1 + index)),
  };
}

/** One more than fits: the window's start may move. */
function countFitting(lines: readonly string[], budget: number): number {
  let left = budget;
  const count = lines.findIndex((line) => (left -= Math.min(line.length, maxLineLength) + 1) < 0);
  return count < 0 ? lines.length : count + 1;
}

/** The document, unless it has changed since the place was read: then the copy, of which no line is longer than the question needs. */
function linesOf(place: Place, lines: DocumentLines, { from, to }: { readonly from: number; readonly to: number }): DocumentLines {
  const { line, character, linePrefix, lineRest, before, after } = place;
  const current = line < lines.lineCount ? lines.lineAt(line) : '';
  const isSame = current.startsWith(linePrefix, character - linePrefix.length) && current.startsWith(lineRest, character)
    && before.slice(before.length - (line - from)).every((text, index) => lines.lineAt(from + index).startsWith(text))
    && to <= lines.lineCount && after.slice(0, to - line - 1).every((text, index) => lines.lineAt(line + 1 + index).startsWith(text));
  if (isSame) return lines;
  const indent = ' '.repeat(character - linePrefix.length);
  const first = line - before.length;
  const copy = [...before, indent + linePrefix + lineRest, ...after];
  return { lineCount: first + copy.length, lineAt: (at) => copy[at - first] ?? '' };
}
