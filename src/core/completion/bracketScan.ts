// Walks over code and tells brackets from what stands in strings and comments.
import type { LanguageSyntax } from './syntax.ts';

export interface Bracket {
  readonly index: number;
  readonly character: string;
  readonly opens: boolean;
}

export interface BracketScan {
  readonly brackets: readonly Bracket[];
  /** The text ends within a comment or a string that may go on over the line end. */
  readonly endsInside: 'comment' | 'string' | undefined;
}

const openers = '([{';
const closers = ')]}';

export function isCloser(character: string): boolean {
  return character !== '' && closers.includes(character);
}

export function isOpener(character: string): boolean {
  return character !== '' && openers.includes(character);
}

export function closerOf(opener: string): string {
  return opener === '' ? '' : (closers[openers.indexOf(opener)] ?? '');
}

export function scanBrackets(text: string, syntax: LanguageSyntax): BracketScan {
  const brackets: Bracket[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text[index] ?? '';
    if (isOpener(character) || isCloser(character)) {
      brackets.push({ index, character, opens: isOpener(character) });
      index++;
      continue;
    }
    const skipped = skipInert(text, index, syntax);
    if (skipped === undefined) index++;
    else if (skipped.end === undefined) return { brackets, endsInside: skipped.kind };
    else index = skipped.end;
  }
  return { brackets, endsInside: undefined };
}

/** Brackets that `text` closes without having opened them, and those it leaves open, each in order. */
export function unmatchedBrackets(text: string, syntax: LanguageSyntax): { readonly closed: readonly Bracket[]; readonly opened: readonly Bracket[] } {
  const opened: Bracket[] = [];
  const closed: Bracket[] = [];
  for (const bracket of scanBrackets(text, syntax).brackets) {
    if (bracket.opens) opened.push(bracket);
    else if (closerOf(opened.at(-1)?.character ?? '') === bracket.character) opened.pop();
    else closed.push(bracket);
  }
  return { closed, opened };
}

interface Skipped {
  readonly kind: 'comment' | 'string';
  /** Undefined: the text is over before it is. */
  readonly end: number | undefined;
}

function skipInert(text: string, index: number, syntax: LanguageSyntax): Skipped | undefined {
  for (const [open, close] of syntax.blockComments) {
    if (!text.startsWith(open, index)) continue;
    const end = text.indexOf(close, index + open.length);
    return { kind: 'comment', end: end < 0 ? undefined : end + close.length };
  }
  for (const open of syntax.lineComments) {
    if (text.startsWith(open, index) && (open !== '#' || isCommentStart(text, index))) {
      const end = text.indexOf('\n', index);
      return { kind: 'comment', end: end < 0 ? text.length : end };
    }
  }
  for (const quote of syntax.strings) {
    if (text.startsWith(quote, index)) return skipString(text, index, quote, syntax);
  }
  return undefined;
}

// "$#" and "${#x}" in shells, "#" within words in YAML: a comment starts after white space.
function isCommentStart(text: string, index: number): boolean {
  return index === 0 || /\s/.test(text[index - 1] ?? '');
}

function skipString(text: string, from: number, quote: string, syntax: LanguageSyntax): Skipped {
  const multiline = syntax.multilineStrings.includes(quote);
  for (let index = from + quote.length; index < text.length; index++) {
    const character = text[index];
    if (character === '\\') index++;
    else if (character === '\n' && !multiline) return { kind: 'string', end: from + quote.length };
    else if (text.startsWith(quote, index)) return { kind: 'string', end: index + quote.length };
  }
  // A quote without its end is an apostrophe more often than a string, unless strings may run over lines.
  return multiline ? { kind: 'string', end: undefined } : { kind: 'string', end: from + quote.length };
}
