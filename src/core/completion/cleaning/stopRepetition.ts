// Ends an answer that has begun to turn in circles.
import { isTelling } from '../lineShape.ts';
import type { Filter } from './filter.ts';

/** Lines in one turn of a circle. */
const maxPeriod = 4;

export const stopRepetition: Filter = ({ text, open }) => {
  const lines = text.split('\n');
  const complete = open ? lines.slice(0, -1) : lines;
  for (let end = 2; end <= complete.length; end++) {
    const period = periodOfEnd(complete.slice(0, end));
    if (period !== undefined) return { text: lines.slice(0, end - period.length * (period.turns - 1)).join('\n'), closed: true };
  }
  return { text };
};

// One line three times, or several lines twice: less than that is how code is written.
function periodOfEnd(lines: readonly string[]): { readonly length: number; readonly turns: number } | undefined {
  for (let length = 1; length <= maxPeriod; length++) {
    const turns = length === 1 ? 3 : 2;
    if (lines.length < length * turns) continue;
    const last = lines.slice(-length);
    if (!last.every((line) => line.trim() !== '') || !last.some((line) => isTelling(line, 8))) continue;
    const isRepeated = Array.from({ length: turns - 1 }, (_, turn) => lines.slice(-length * (turn + 2), -length * (turn + 1)))
      .every((earlier) => earlier.every((line, index) => line === last[index]));
    if (isRepeated) return { length, turns };
  }
  return undefined;
}
