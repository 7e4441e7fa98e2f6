// Finds the piece of another file that reads most like the code around the cursor: by the words they share (Jaccard index).

export interface CodeWindow {
  readonly startLine: number;
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

export interface SimilarWindow {
  readonly window: CodeWindow;
  /** 0 to 1. */
  readonly score: number;
}

export const windowLines = 20;
const stepLines = 10;
/** Below this the likeness is that of any two files in one language. */
const leastScore = 0.12;

/** Overlapping windows of a file, to be kept until it changes. */
export function readWindows(lines: readonly string[]): CodeWindow[] {
  const windows: CodeWindow[] = [];
  for (let start = 0; start < lines.length; start += stepLines) {
    const text = lines.slice(start, start + windowLines).join('\n');
    windows.push({ startLine: start, text, words: wordsOf(text) });
  }
  return windows;
}

export function mostSimilar(around: string, windows: readonly CodeWindow[]): SimilarWindow | undefined {
  const words = wordsOf(around);
  let best: SimilarWindow | undefined;
  for (const window of windows) {
    const score = likeness(words, window.words);
    if (score >= leastScore && score > (best?.score ?? 0)) best = { window, score };
  }
  return best;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / (a.size + b.size - shared);
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/[A-Za-z_]\w{2,}/g));
}
