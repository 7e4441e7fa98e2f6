// How a file is indented, read from its own lines: the editor's options are often only a default.
import { indentOf, isBlank } from './lineShape.ts';

export interface IndentUnit {
  /** One step: "\t" or some spaces. */
  readonly text: string;
  /** Columns of one step. */
  readonly columns: number;
  /** Columns of a tab. Where spaces make the steps and tabs stand too, they are eight wide: old C, Perl and shell files. */
  readonly tabColumns: number;
  /** Tabs and spaces both stand at the start of lines. */
  readonly isMixed: boolean;
  /** How many lines say so; 0 means that the editor's options were taken. */
  readonly evidence: number;
}

export interface IndentOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

export function detectIndentUnit(lines: readonly string[], options: IndentOptions): IndentUnit {
  const steps = countSteps(lines);
  const isMixed = lines.some((line) => /^ *\t/.test(line)) && lines.some((line) => /^ {2}/.test(line));
  const best = [...steps].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length)[0];
  if (best === undefined) return { text: options.insertSpaces ? ' '.repeat(options.tabSize) : '\t', columns: options.tabSize, tabColumns: options.tabSize, isMixed, evidence: 0 };
  const [text, evidence] = best;
  const columns = text === '\t' ? options.tabSize : text.length;
  return { text, columns, tabColumns: text !== '\t' && isMixed ? 8 : columns, isMixed, evidence };
}

/** White space by which a line stands deeper than the line above it → how often. */
export function countSteps(lines: readonly string[]): ReadonlyMap<string, number> {
  const steps = new Map<string, number>();
  let above: string | undefined;
  for (const line of lines) {
    if (isBlank(line)) continue;
    const indent = indentOf(line);
    const step = above !== undefined && indent.startsWith(above) ? indent.slice(above.length) : '';
    if (step !== '' && (step === '\t' || /^ {2,8}$/.test(step))) steps.set(step, (steps.get(step) ?? 0) + 1);
    above = indent;
  }
  return steps;
}
