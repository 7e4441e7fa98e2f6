// Small facts about one line of code: how deep it stands, whether it opens or ends something.
import { isCloser, isOpener, scanBrackets } from './bracketScan.ts';
import type { LanguageSyntax } from './syntax.ts';

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

export function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** Depth in columns, so that tabs and spaces compare. */
export function indentColumns(line: string, tabSize: number): number {
  let columns = 0;
  for (const character of indentOf(line)) columns = character === '\t' ? columns + tabSize - (columns % tabSize) : columns + 1;
  return columns;
}

/** Whether what follows belongs to a block that this line opens: "{", "(", "[" left open, ":" in Python, "do" in Ruby, an element. */
export function opensBlock(line: string, syntax: LanguageSyntax): boolean {
  const text = stripLineComment(line, syntax).trimEnd();
  if (text === '') return false;
  const last = text.at(-1) ?? '';
  if (isOpener(last)) return true;
  if (syntax.blockStart?.test(text) === true && !/\bend\s*$/.test(text)) return true;
  if (!syntax.blocksByIndentation) return text.endsWith('=>');
  return last === ':' || (last === '>' && opensElement(text, syntax));
}

function opensElement(text: string, { voidElements }: LanguageSyntax): boolean {
  const name = /<([a-z][\w:.-]*)(?:\s[^<>]*)?(?<!\/)>$/i.exec(text)?.[1];
  return name !== undefined && voidElements?.test(name) !== true;
}

export function startsWithCloser(line: string): boolean {
  return isCloser(line.trimStart()[0] ?? '') || /^\s*(?:end\b|<\/|esac\b|fi\b|done\b)/.test(line);
}

/** "} else {", "except:", "elif": the line ends one block of a construct and begins its next. */
export function continuesConstruct(line: string): boolean {
  return /^\s*[)\]}]*\s*(?:else|elif|elsif|elseif|except|catch|finally|rescue|ensure|when|case|default)\b/.test(line);
}

export function isCommentLine(line: string, syntax: LanguageSyntax): boolean {
  const text = line.trimStart();
  return syntax.lineComments.some((mark) => text.startsWith(mark))
    || syntax.blockComments.some(([open, close]) => text.startsWith(open) || (text.endsWith(close) && text.startsWith('*')))
    || (syntax.blockComments.some(([open]) => open === '/*') && /^\*(\s|\/|$)/.test(text));
}

/** The text without a comment that runs to the end of the line. */
export function stripLineComment(line: string, syntax: LanguageSyntax): string {
  for (const mark of syntax.lineComments) {
    for (let at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) {
      const before = line.slice(0, at);
      if ((at === 0 || /\s$/.test(before)) && scanBrackets(before, syntax).endsInside === undefined && !hasOpenQuote(before)) return before;
    }
  }
  return line;
}

function hasOpenQuote(text: string): boolean {
  return (text.split('"').length - 1) % 2 === 1;
}

/** At least one word of three letters or digits, or of two in a script that needs no more: enough to call two equal lines a repetition. */
export function isTelling(line: string, minimumLength = 4): boolean {
  const text = line.trim();
  return text.length >= minimumLength && hasWord(text);
}

export function hasWord(text: string): boolean {
  return /[\p{L}\p{N}_]{3}|[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{2}/u.test(text);
}
