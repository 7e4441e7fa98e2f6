// Cuts code into slices that are coloured one at a time. A slice ends where a top-level statement most likely ends, so that a
// comment or a string is rarely cut.

/** About 5 ms of highlight.js on a slow machine. */
const maxLines = 100;
const maxCharacters = 8_000;
/** Lines of a longer width are data, not code to read. */
export const maxColoredLineCharacters = 2_000;
/** Beyond this the rest of a block stays in one colour: each line costs about eight DOM nodes. */
export const maxColoredLines = 3_000;

/** Index one past the last line of the slice that starts at `from`. */
export function endOfSlice(lines: readonly string[], from: number): number {
  const limit = Math.min(lines.length, from + maxLines);
  let characters = 0;
  let end = from;
  while (end < limit && (end === from || characters + lineLength(lines, end) <= maxCharacters)) {
    characters += lineLength(lines, end);
    end += 1;
  }
  if (end === lines.length) return end;
  for (let at = end; at > from + (end - from) / 3; at -= 1) {
    if (lines[at - 1] === '' && /^\S/.test(lines[at] ?? '')) return at;
  }
  return end;
}

function lineLength(lines: readonly string[], index: number): number {
  return (lines[index]?.length ?? 0) + 1;
}
