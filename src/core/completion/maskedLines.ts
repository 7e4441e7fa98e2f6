// Lines of another place or file for a question: found whole, masked, then cut out.
import type { DocumentLines } from './completionTypes.ts';
import { readMaskedRegion, type FindSecrets } from './maskedRegion.ts';

/** Longer lines do not fit into a question anyway. */
const maxLineLength = 1_200;

/** From line `from` up to, and without, line `to`. */
export function readMaskedLines(lines: DocumentLines, from: number, to: number, findSecrets: FindSecrets): string[] {
  const range = { from: Math.max(0, from), to: Math.min(lines.lineCount, to), columns: maxLineLength };
  const region = readMaskedRegion(lines, range, findSecrets);
  return Array.from({ length: Math.max(0, range.to - range.from) }, (_, index) => region.read(range.from + index, 0, maxLineLength));
}
