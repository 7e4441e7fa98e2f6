// Ends the answer where it runs into what already stands below the cursor.
import { isBlank, isTelling } from '../lineShape.ts';
import type { Filter } from './filter.ts';

export const stopAtOverlap: Filter = ({ text, open, site }) => {
  // Below the ends of blocks that the editor has put there.
  const below = site.place.after.filter((line) => !isBlank(line));
  const after = below.slice(Math.max(0, below.findIndex((line) => !/^\s*[)\]};,]+$/.test(line)))).slice(0, 2);
  const lines = text.split('\n');
  const complete = open ? lines.length - 1 : lines.length;
  for (let index = 1; index < complete; index++) {
    const match = matchAt(lines.slice(index, complete), after);
    if (match === 'no') continue;
    const kept = lines.slice(0, index).join('\n').trimEnd();
    // One line of the text below may be chance; the next one tells.
    return match === 'maybe' && open ? { text: kept } : { text: kept, closed: true };
  }
  return { text };
};

function matchAt(lines: readonly string[], after: readonly string[]): 'yes' | 'maybe' | 'no' {
  const first = after[0];
  if (first === undefined || lines[0]?.trimEnd() !== first.trimEnd() || !isTelling(first)) return 'no';
  const second = after[1];
  const next = lines.slice(1).find((line) => !isBlank(line));
  if (second === undefined || next === undefined) return 'maybe';
  return next.trimEnd() === second.trimEnd() ? 'yes' : 'no';
}
