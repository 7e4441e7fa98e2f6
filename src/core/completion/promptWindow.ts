// The piece of the file that goes into a request. The start of the text before moves in steps of lines, so that consecutive requests
// begin with the same words and a prompt cache can serve them.
import type { Place } from './place.ts';

export interface WindowBudget {
  /** Characters. */
  readonly before: number;
  readonly after: number;
}

export interface PromptWindow {
  readonly before: string;
  readonly after: string;
}

/** Lines by which the start moves. */
const stepLines = 16;
/** Longer lines are data or minified: their ends near the cursor say enough. */
export const maxLineLength = 400;

/** What is read of a place. */
export type WindowPlace = Pick<Place, 'line' | 'linePrefix' | 'lineRest' | 'before' | 'after'>;

export function readPromptWindow(place: WindowPlace, budget: WindowBudget): PromptWindow {
  return { before: readBefore(place, budget.before), after: readAfter(place, budget.after) };
}

function readBefore(place: WindowPlace, budget: number): string {
  const prefix = place.linePrefix.slice(-Math.max(maxLineLength, Math.floor(budget / 2)));
  let left = budget - prefix.length;
  let from = place.before.length;
  while (from > 0 && left > 0) {
    left -= shorten(place.before[from - 1] ?? '').length + 1;
    if (left >= 0) from--;
  }
  return [...place.before.slice(stepped(from, place)).map(shorten), prefix].join('\n');
}

/** The first line at or below `from` whose number in the document is a multiple of the step; at the top of the file, the top. */
function stepped(from: number, place: WindowPlace): number {
  const firstLine = place.line - place.before.length;
  const line = firstLine + from;
  if (line === 0) return from;
  const next = Math.ceil(line / stepLines) * stepLines - firstLine;
  return next < place.before.length ? next : from;
}

function readAfter(place: WindowPlace, budget: number): string {
  const lines = [place.lineRest.slice(0, Math.max(maxLineLength, budget))];
  let left = budget - (lines[0]?.length ?? 0);
  for (const line of place.after) {
    const text = shorten(line);
    left -= text.length + 1;
    if (left < 0) break;
    lines.push(text);
  }
  return lines.join('\n').trimEnd();
}

function shorten(line: string): string {
  return line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line;
}
