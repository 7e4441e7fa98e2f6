// Hunks as the replacements of an editor: ranges by line and character, all in the text before.
import type { LineChange } from './hunks.ts';

export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface TextReplacement {
  readonly start: TextPosition;
  readonly end: TextPosition;
  readonly text: string;
}

export function toTextEdits(base: readonly string[], changes: readonly LineChange[], lineEnd: string): readonly TextReplacement[] {
  return changes.map(({ baseStart, baseEnd, newLines }) => {
    if (baseEnd < base.length) {
      return { start: { line: baseStart, character: 0 }, end: { line: baseEnd, character: 0 }, text: newLines.map((line) => line + lineEnd).join('') };
    }
    // At the end of the text no line end follows: the one before is taken along.
    const end = endOf(base, base.length - 1);
    if (baseStart === 0) return { start: { line: 0, character: 0 }, end, text: newLines.join(lineEnd) };
    return { start: endOf(base, baseStart - 1), end, text: newLines.map((line) => lineEnd + line).join('') };
  });
}

function endOf(lines: readonly string[], line: number): TextPosition {
  return { line, character: lines[line]?.length ?? 0 };
}
