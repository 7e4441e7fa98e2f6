// An edit whose quoted text leaves lines out ("// ... existing code ..."): the gap is what stands between the quoted parts, if these have one
// place each, and the new text has to keep the same gaps. Without a gap in the quotation, placeholders in the new text come from it.
import { createPlaceFinder } from './placeFinder.ts';
import { fillPlaceholders, type PlaceholderTest } from './placeholders.ts';

interface GapRequest {
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
  /** The file. */
  readonly lines: readonly string[];
  readonly isPlaceholder: PlaceholderTest;
}

export interface FilledEdit {
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
  readonly filledLines: number;
}

/** Undefined where it cannot be proven what the placeholders stand for. */
export function withGapsFilled({ oldLines, newLines, lines, isPlaceholder }: GapRequest): FilledEdit | undefined {
  const oldGaps = oldLines.filter(isPlaceholder).length;
  const newGaps = newLines.filter(isPlaceholder).length;
  if (oldGaps === 0 && newGaps === 0) return { oldLines, newLines, filledLines: 0 };
  if (oldGaps === 0) {
    const filled = fillPlaceholders(newLines, oldLines, isPlaceholder);
    return filled === undefined ? undefined : { oldLines, newLines: filled.lines, filledLines: filled.filledLines };
  }
  if (newGaps !== oldGaps) return undefined;
  const gaps = gapsBetween(segmentsOf(oldLines, isPlaceholder), lines);
  if (gaps === undefined) return undefined;
  return {
    oldLines: fill(oldLines, gaps, isPlaceholder),
    newLines: fill(newLines, gaps, isPlaceholder),
    filledLines: gaps.reduce((sum, gap) => sum + gap.length, 0),
  };
}

function segmentsOf(lines: readonly string[], isPlaceholder: PlaceholderTest): readonly (readonly string[])[] {
  const segments: string[][] = [[]];
  for (const line of lines) {
    if (isPlaceholder(line)) segments.push([]);
    else segments.at(-1)?.push(line);
  }
  return segments;
}

/** Each part has to stand at exactly one place after the part before it. */
function gapsBetween(segments: readonly (readonly string[])[], lines: readonly string[]): readonly (readonly string[])[] | undefined {
  const finder = createPlaceFinder(lines);
  const gaps: (readonly string[])[] = [];
  let end: number | undefined;
  for (const segment of segments) {
    if (segment.every((line) => line.trim() === '')) return undefined;
    const found = finder.findExact(segment, end === undefined ? {} : { from: end });
    const start = found.found === 'one' ? found.place.lineMap[0] : undefined;
    if (start === undefined) return undefined;
    if (end !== undefined) gaps.push(lines.slice(end, start));
    end = start + segment.length;
  }
  return gaps;
}

function fill(lines: readonly string[], gaps: readonly (readonly string[])[], isPlaceholder: PlaceholderTest): readonly string[] {
  let next = 0;
  return lines.flatMap((line) => (isPlaceholder(line) ? (gaps[next++] ?? []) : [line]));
}
