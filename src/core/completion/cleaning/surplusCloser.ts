// An answer that only closes what the editor has closed already.
import { unmatchedBrackets } from '../bracketScan.ts';
import { indentOf } from '../lineShape.ts';
import { nextLineOf, type Place } from '../place.ts';
import type { LanguageSyntax } from '../syntax.ts';

/** Lines above in which the opener is looked for: a body of this length is rarely begun by an answer of one bracket. */
const linesBack = 60;

/** `text` is the whole suggestion at a line's start, and the next line is the same closer, indented as the line with the innermost opener. */
export function isSurplusCloser(text: string, place: Place, syntax: LanguageSyntax): boolean {
  const closer = text.trim();
  const next = nextLineOf(place);
  if (!/^[)\]}]+[;,]?$/.test(closer) || next.trim() !== closer) return false;
  const above = place.before.slice(-linesBack).join('\n');
  const opener = unmatchedBrackets(above, syntax).opened.at(-1);
  if (opener === undefined) return false;
  const line = above.slice(above.lastIndexOf('\n', opener.index - 1) + 1);
  return indentOf(line) === indentOf(next);
}
