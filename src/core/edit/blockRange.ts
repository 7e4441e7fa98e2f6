// The lines of a block by indentation: from its opening line to the line before the next one that is not deeper, a closing line included.
import { indentOf } from './indentation.ts';

const closing = /^\s*(?:[)\]}]|end\b|fi\b|done\b|esac\b|<\/)/;

/** The end, exclusive, of the block that opens at `start`. */
export function blockEnd(lines: readonly string[], start: number): number {
  const indent = columns(indentOf(lines[start] ?? ''));
  let lastFilled = start;
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    const depth = columns(indentOf(line));
    if (depth > indent) {
      lastFilled = index;
      continue;
    }
    if (depth < indent || !closing.test(line)) return lastFilled + 1;
    lastFilled = index;
    // "} else {" closes and opens: the block goes on.
    if (!opens(line)) return index + 1;
  }
  return lastFilled + 1;
}

function opens(line: string): boolean {
  return /[([{:]\s*$/.test(line);
}

function columns(indent: string): number {
  return indent.replaceAll('\t', '    ').length;
}
