// Ends an answer that has begun to turn in circles.
import { isTelling } from '../lineShape.ts';
import type { Filter } from './filter.ts';

/** Lines in one turn of a circle. */
const maxPeriod = 4;

export const stopRepetition: Filter = ({ text, open }) => {
  const lines = text.split('\n');
  const complete = open ? lines.length - 1 : lines.length;
  for (let end = 2; end <= complete; end++) {
    const period = periodBefore(lines, end);
    if (period !== undefined) return { text: lines.slice(0, end - period.length * (period.turns - 1)).join('\n'), closed: true };
  }
  return { text };
};

/** Of the lines up to `end`. One line three times, or several lines twice: less than that is how code is written. */
function periodBefore(lines: readonly string[], end: number): { readonly length: number; readonly turns: number } | undefined {
  for (let length = 1; length <= maxPeriod; length++) {
    const turns = length === 1 ? 3 : 2;
    if (end < length * turns || !isRepeated(lines, end - length, { length, turns })) continue;
    const last = lines.slice(end - length, end);
    if (last.every((line) => line.trim() !== '') && last.some((line) => isTelling(line, 8))) return { length, turns };
  }
  return undefined;
}

/** The `length` lines from `from` stand `turns` times one below the other. */
function isRepeated(lines: readonly string[], from: number, { length, turns }: { readonly length: number; readonly turns: number }): boolean {
  for (let back = 1; back <= length * (turns - 1); back++) if (lines[from - back] !== lines[from - back + length]) return false;
  return true;
}
