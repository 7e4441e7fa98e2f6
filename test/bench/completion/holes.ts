// Holes in real files: the rest of a line, or the body of a block. What fills them is known.
import { indentColumns, isBlank, opensBlock } from '../../../src/core/completion/lineShape.ts';
import { syntaxOf } from '../../../src/core/completion/syntax.ts';
import type { CorpusFile } from './corpus.ts';
import type { Random } from './random.ts';

export interface Hole {
  readonly file: CorpusFile;
  readonly kind: 'line' | 'block';
  readonly before: string;
  readonly middle: string;
  readonly after: string;
}

export function lineHoles(file: CorpusFile, count: number, random: Random): Hole[] {
  const starts = lineStarts(file.text);
  const holes: Hole[] = [];
  for (let tries = 0; holes.length < count && tries < count * 20; tries++) {
    const start = starts[Math.floor(random() * starts.length)] ?? 0;
    const line = lineAt(file.text, start);
    const indent = line.length - line.trimStart().length;
    if (line.trim().length < 4 || line !== line.trimEnd()) continue;
    const column = indent + Math.floor(random() * (line.length - indent));
    if (line.slice(column).trim() === '') continue;
    holes.push(holeAt(file, 'line', start + column, start + line.length));
  }
  return holes;
}

export function blockHoles(file: CorpusFile, count: number, random: Random): Hole[] {
  const blocks = findBlocks(file);
  return Array.from({ length: Math.min(count, blocks.length) }, () => blocks[Math.floor(random() * blocks.length)]).filter((hole) => hole !== undefined);
}

/** Bodies of two to twelve lines, without the line that closes them. */
function findBlocks(file: CorpusFile): Hole[] {
  const lines = file.text.split('\n');
  const starts = lineStarts(file.text);
  const syntax = syntaxOf(file.languageId);
  const holes: Hole[] = [];
  for (const [index, line] of lines.entries()) {
    const first = lines[index + 1] ?? '';
    const indent = indentColumns(first, 4);
    if (!opensBlock(line, syntax) || isBlank(first) || indent <= indentColumns(line, 4)) continue;
    let end = index + 1;
    while (end + 1 < lines.length && (isBlank(lines[end + 1] ?? '') || indentColumns(lines[end + 1] ?? '', 4) >= indent)) end++;
    while (isBlank(lines[end] ?? '')) end--;
    const count = end - index;
    if (count < 2 || count > 12) continue;
    const from = (starts[index + 1] ?? 0) + first.length - first.trimStart().length;
    holes.push(holeAt(file, 'block', from, (starts[end] ?? 0) + (lines[end] ?? '').trimEnd().length));
  }
  return holes;
}

function holeAt(file: CorpusFile, kind: Hole['kind'], from: number, to: number): Hole {
  return { file, kind, before: file.text.slice(0, from), middle: file.text.slice(from, to), after: file.text.slice(to) };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end);
}
