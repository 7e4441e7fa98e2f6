// Code for a file that is not the whole file: a function or a class that takes the place of the one with the same opening line.
import { blockEnd } from './blockRange.ts';
import { applyHunks, type LineChange } from './hunks.ts';
import { indentOf } from './indentation.ts';

/** The whole text with the snippet in it; undefined where the snippet reads as a whole file or its place cannot be proven. */
export function resolveSnippet(base: readonly string[], snippet: readonly string[]): readonly string[] | undefined {
  const blocks = blocksOf(snippet);
  if (blocks.length === 0 || countFilled(snippet) * 2 >= countFilled(base)) return undefined;
  const changes: LineChange[] = [];
  for (const block of blocks) {
    const opening = block[0] ?? '';
    const at = base.indexOf(opening);
    if (block.length < 2 || at < 0 || base.includes(opening, at + 1)) return undefined;
    changes.push({ baseStart: at, baseEnd: blockEnd(base, at), newLines: block });
  }
  const sorted = changes.toSorted((one, other) => one.baseStart - other.baseStart);
  if (sorted.some((change, index) => change.baseStart < (sorted[index - 1]?.baseEnd ?? 0))) return undefined;
  return applyHunks({ lines: base, lineEnds: base.slice(1).map(() => '\n') }, sorted, '\n').lines;
}

/** The blocks at the snippet's own outermost indentation. */
function blocksOf(lines: readonly string[]): readonly (readonly string[])[] {
  const outer = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => indentOf(line).length));
  const blocks: (readonly string[])[] = [];
  for (let at = 0; at < lines.length; ) {
    if ((lines[at] ?? '').trim() === '') {
      at++;
      continue;
    }
    if (indentOf(lines[at] ?? '').length !== outer) return [];
    const end = blockEnd(lines, at);
    blocks.push(lines.slice(at, end));
    at = end;
  }
  return blocks;
}

function countFilled(lines: readonly string[]): number {
  return lines.filter((line) => line.trim() !== '').length;
}
