import type { DocumentLines } from '../../../src/core/completion/completionTypes.ts';

/** A text as the engine reads documents. */
export function linesOf(text: string): DocumentLines {
  const lines = text.split('\n');
  return { lineCount: lines.length, lineAt: (line) => lines[line] ?? '' };
}
