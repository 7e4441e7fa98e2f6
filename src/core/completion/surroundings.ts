// The bracket that a line stands in, as far as it tells how deep the line has to stand.
import { unmatchedBrackets } from './bracketScan.ts';
import type { IndentUnit } from './indentUnit.ts';
import { indentColumns, isBlank, isCommentLine, stripLineComment } from './lineShape.ts';
import type { LanguageSyntax } from './syntax.ts';

export interface Surroundings {
  /** The innermost bracket that is open and is the last thing on its line. */
  readonly bracket: { readonly columns: number; /** Columns of the leftmost line below it. */ readonly floor: number } | undefined;
  /** The next line goes on with something that the line above began. */
  readonly isContinued: boolean;
}

export function readSurroundings(before: readonly string[], syntax: LanguageSyntax, unit: IndentUnit): Surroundings {
  const text = before.join('\n');
  const innermost = unmatchedBrackets(text, syntax).opened.at(-1);
  const isContinued = before.at(-1)?.endsWith('\\') ?? false;
  if (innermost === undefined) return { bracket: undefined, isContinued };
  const lineStart = text.lastIndexOf('\n', innermost.index) + 1;
  const [line = '', ...below] = text.slice(lineStart).split('\n');
  const isLast = isBlank(stripLineComment(line, syntax).slice(innermost.index - lineStart + 1));
  if (!isLast) return { bracket: undefined, isContinued: true };
  const depths = below.filter((one) => !isBlank(one) && !standsAnywhere(one, syntax)).map((one) => indentColumns(one, unit.tabColumns));
  return { bracket: { columns: indentColumns(line, unit.tabColumns), floor: Math.min(...depths, Number.POSITIVE_INFINITY) }, isContinued };
}

/** Labels, preprocessor lines and comments: their depth says nothing. */
export function standsAnywhere(line: string, syntax: LanguageSyntax): boolean {
  return /^\s*(?:#|[\w ]+:\s*(?:\/.*)?$|case\b|default\b|@\w+$|%)/.test(line) || isCommentLine(line, syntax);
}
