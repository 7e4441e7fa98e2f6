// Fits pieces into a number of tokens: the most important first, whole where they fit, the first that does not fit cut at a line.
export interface BudgetPiece<T> {
  readonly value: T;
  readonly text: string;
  /** Higher goes first; equal ones in their order. */
  readonly priority: number;
  /** What is left of the text when it is cut: from its start, or around a line of it (from 0). Absent: all or nothing. */
  readonly cut?: { readonly from: 'start' } | { readonly from: 'around'; readonly line: number };
}

export interface PackedPiece<T> {
  readonly value: T;
  readonly text: string;
  readonly tokens: number;
  /** Line of the piece that the kept text begins at, from 0. */
  readonly firstLine: number;
  readonly isCut: boolean;
}

export interface Packing<T> {
  /** In the order they were given in. */
  readonly kept: readonly PackedPiece<T>[];
  readonly left: readonly T[];
  readonly tokens: number;
  /** What everything would have come to. */
  readonly wantedTokens: number;
}

/** A remainder smaller than this says too little to be worth its marks. */
const leastUsefulTokens = 40;

export function packPieces<T>(pieces: readonly BudgetPiece<T>[], budgetTokens: number, estimate: (text: string) => number): Packing<T> {
  const sized = pieces.map((piece, index) => ({ piece, index, tokens: estimate(piece.text) }));
  const byPriority = sized.toSorted((left, right) => right.piece.priority - left.piece.priority || left.index - right.index);
  const kept: { readonly index: number; readonly packed: PackedPiece<T> }[] = [];
  let rest = budgetTokens;
  for (const { piece, index, tokens } of byPriority) {
    const packed = tokens <= rest ? { value: piece.value, text: piece.text, tokens, firstLine: 0, isCut: false } : cutPiece(piece, rest, estimate);
    if (packed === undefined) continue;
    kept.push({ index, packed });
    rest -= packed.tokens;
  }
  kept.sort((left, right) => left.index - right.index);
  const keptIndexes = new Set(kept.map(({ index }) => index));
  return {
    kept: kept.map(({ packed }) => packed),
    left: sized.filter(({ index }) => !keptIndexes.has(index)).map(({ piece }) => piece.value),
    tokens: budgetTokens - rest,
    wantedTokens: sized.reduce((sum, { tokens }) => sum + tokens, 0),
  };
}

function cutPiece<T>(piece: BudgetPiece<T>, budget: number, estimate: (text: string) => number): PackedPiece<T> | undefined {
  if (piece.cut === undefined || budget < leastUsefulTokens) return undefined;
  const lines = piece.text.split(/(?<=\n)/);
  const costs = lines.map(estimate);
  const { first, end } = piece.cut.from === 'start' ? { first: 0, end: fitting(costs, budget) } : grow(costs, Math.min(piece.cut.line, lines.length - 1), budget);
  if (end <= first) return undefined;
  const text = lines.slice(first, end).join('');
  const tokens = estimate(text);
  return tokens > budget ? undefined : { value: piece.value, text, tokens, firstLine: first, isCut: true };
}

function fitting(costs: readonly number[], budget: number): number {
  let left = budget;
  let end = 0;
  while (end < costs.length && (costs[end] ?? 0) <= left) left -= costs[end++] ?? 0;
  return end;
}

/** Both ways alike from the line in question. */
function grow(costs: readonly number[], line: number, budget: number): { readonly first: number; readonly end: number } {
  let first = line;
  let end = line;
  let left = budget;
  let moved = true;
  while (moved) {
    moved = false;
    if (end < costs.length && (costs[end] ?? 0) <= left) {
      left -= costs[end++] ?? 0;
      moved = true;
    }
    if (first > 0 && end > line && (costs[first - 1] ?? 0) <= left) {
      left -= costs[--first] ?? 0;
      moved = true;
    }
  }
  return { first, end };
}
