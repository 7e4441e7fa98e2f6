// Whether the cursor stands in words rather than in code: in a comment or a string that began on a line above, a doc string say.
import { scanBrackets } from './bracketScan.ts';
import type { Place } from './place.ts';
import type { LanguageSyntax } from './syntax.ts';

/** What follows one of these is code, whatever the lines above seemed to open. */
const declaration = /^\s*(?:(?:async\s+)?def|class)\s/;

/** Perl's documentation stands between lines of its own: https://perldoc.perl.org/perlpod. */
const podCommand = /^=([a-z]\w*)/;

export function isInsideText(place: Place, syntax: LanguageSyntax): boolean {
  if (place.languageId === 'perl' && (podCommand.exec(place.before.findLast((line) => podCommand.test(line)) ?? '')?.[1] ?? 'cut') !== 'cut') return true;
  if (isInsideHeredoc([...place.before, place.linePrefix], syntax)) return true;
  if (syntax.multilineStrings.length === 0 && syntax.blockComments.length === 0) return false;
  // The window may begin within a string: the quotes are counted from the declaration on.
  const from = syntax.blocksByIndentation ? Math.max(0, place.before.findLastIndex((line) => declaration.test(line))) : 0;
  return scanBrackets([...place.before.slice(from), place.linePrefix].join('\n'), syntax).endsInside !== undefined;
}

/** A text that began with "<<WORD" on one of the lines and has not come to the line with the word. */
export function isInsideHeredoc(lines: readonly string[], syntax: LanguageSyntax): boolean {
  if (syntax.heredocs !== true) return false;
  return lines.some((line, index) => {
    const word = /<<[-~<]?\s*["'`\\]?([A-Za-z_]\w*)/.exec(line)?.[1];
    return word !== undefined && index < lines.length - 1 && !lines.slice(index + 1, -1).some((below) => below.trim().replace(/[;),]+$/, '') === word);
  });
}

/** The quote that is open at the end of `line`, counted from its start. */
export function openQuote(line: string): string | undefined {
  let open: string | undefined;
  for (let index = 0; index < line.length; index++) {
    const character = line[index] ?? '';
    if (character === '\\') index++;
    else if (open === character) open = undefined;
    else if (open === undefined && isQuote(character) && !isApostrophe(line, index)) open = character;
  }
  return open;
}

export function isQuote(character: string): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** "it's", "don't": within a word. */
function isApostrophe(line: string, index: number): boolean {
  return line[index] === "'" && /\w/.test(line[index - 1] ?? '') && /[a-z]/.test(line[index + 1] ?? '');
}
