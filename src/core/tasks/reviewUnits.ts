// What goes into the requests of a review: numbered text of files or of hunks, split where one is too large, packed to a token budget.
// Order is kept, so that progress runs through the files as they are listed.

export interface ReviewUnit {
  readonly path: string;
  /** Numbered lines, ready for the prompt but not yet between marks. */
  readonly text: string;
  readonly tokens: number;
}

export interface NumberedLine {
  /** From 1; a removed line has none. */
  readonly number?: number;
  readonly mark: ' ' | '+' | '-';
  readonly text: string;
}

/** "12 + code": the number that a finding must give stands at the beginning of the line. */
export function formatNumberedLines(lines: readonly NumberedLine[], marks: boolean): string {
  const width = Math.max(1, ...lines.map((line) => String(line.number ?? '').length));
  return lines.map((line) => `${String(line.number ?? '').padStart(width)} ${marks ? `${line.mark} ` : '| '}${line.text}`).join('\n');
}

/** Splits lines into pieces of at most `budget` tokens, at blank or unindented lines where one is near the end of a piece. */
export function splitLines(lines: readonly NumberedLine[], budget: number, estimate: (text: string) => number): readonly (readonly NumberedLine[])[] {
  const pieces: NumberedLine[][] = [];
  let piece: NumberedLine[] = [];
  let tokens = 0;
  for (const line of lines) {
    const cost = estimate(line.text) + numberTokens;
    while (tokens + cost > budget && piece.length > 0) {
      const cut = cutPoint(piece);
      const rest = piece.slice(cut);
      pieces.push(piece.slice(0, cut));
      piece = rest;
      tokens = rest.reduce((sum, item) => sum + estimate(item.text) + numberTokens, 0);
    }
    piece.push(line);
    tokens += cost;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** What a line's number and mark cost: two to three tokens with the tokenizers of the day. */
const numberTokens = 3;

/** After the last line of the piece's second half that ends a block: the next is blank or begins in the first column. */
function cutPoint(piece: readonly NumberedLine[]): number {
  for (let index = piece.length - 1; index > piece.length / 2; index -= 1) {
    const text = piece[index]?.text ?? '';
    if (text.trim() === '' || /^[\w@#/]/.test(text)) return index;
  }
  return piece.length;
}

/** First fit in order: a batch is closed when the next unit would not fit. A unit above the budget stands alone. */
export function packUnits(units: readonly ReviewUnit[], budget: number): readonly (readonly ReviewUnit[])[] {
  const batches: ReviewUnit[][] = [];
  let batch: ReviewUnit[] = [];
  let tokens = 0;
  for (const unit of units) {
    if (batch.length > 0 && tokens + unit.tokens > budget) {
      batches.push(batch);
      batch = [];
      tokens = 0;
    }
    batch.push(unit);
    tokens += unit.tokens;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
