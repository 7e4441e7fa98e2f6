// Which lines of a file go along: all of them while they fit, else its head (imports) and a window around the lines in question.
import type { LineRange } from '../context/lineRange.ts';

export interface ExcerptPlan {
  /** From 1, in order, apart from each other. One range that spans the file means all of it. */
  readonly ranges: readonly LineRange[];
  readonly complete: boolean;
}

const headShare = 0.15;

export function planExcerpt(lines: readonly string[], focus: LineRange | undefined, budgetTokens: number, estimate: (text: string) => number): ExcerptPlan {
  const costs = lines.map((line) => estimate(`${line}\n`));
  const whole = { startLine: 1, endLine: Math.max(1, lines.length) };
  if (sum(costs, 0, costs.length) <= budgetTokens) return { ranges: [whole], complete: true };
  const wanted = clamp(focus ?? { startLine: 1, endLine: 1 }, lines.length);
  const head = takeForward(costs, 0, wanted.from, budgetTokens * headShare);
  const window = grow(costs, wanted, head, budgetTokens - sum(costs, 0, head));
  if (head >= window.from) return { ranges: [{ startLine: 1, endLine: Math.max(1, window.to) }], complete: false };
  const tail = { startLine: window.from + 1, endLine: window.to };
  return { ranges: head === 0 ? [tail] : [{ startLine: 1, endLine: head }, tail], complete: false };
}

/** From 0; `to` is not included. */
interface Span {
  readonly from: number;
  readonly to: number;
}

function clamp({ startLine, endLine }: LineRange, count: number): Span {
  const from = Math.min(Math.max(0, startLine - 1), Math.max(0, count - 1));
  return { from, to: Math.min(Math.max(from + 1, endLine), count) };
}

function takeForward(costs: readonly number[], from: number, to: number, budget: number): number {
  let left = budget;
  let at = from;
  while (at < to && (costs[at] ?? 0) <= left) {
    left -= costs[at] ?? 0;
    at += 1;
  }
  return at;
}

/** Both ways alike from the focus, which is cut at its end when it alone is too much. */
function grow(costs: readonly number[], focus: Span, floor: number, budget: number): Span {
  const fitting = Math.max(focus.from + 1, takeForward(costs, focus.from, focus.to, budget));
  let left = budget - sum(costs, focus.from, fitting);
  let { from } = focus;
  let to = fitting;
  let moved = fitting === focus.to;
  while (moved) {
    moved = false;
    if (from > floor && (costs[from - 1] ?? 0) <= left) {
      from -= 1;
      left -= costs[from] ?? 0;
      moved = true;
    }
    if (to < costs.length && (costs[to] ?? 0) <= left) {
      left -= costs[to] ?? 0;
      to += 1;
      moved = true;
    }
  }
  return { from, to };
}

function sum(costs: readonly number[], from: number, to: number): number {
  let total = 0;
  for (let index = from; index < to; index += 1) total += costs[index] ?? 0;
  return total;
}
