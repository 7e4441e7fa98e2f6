// Code with the inside of its strings and comments blanked, for the checks that count braces, numbers and conditions. One pass,
// same length, same line ends. A scanner, not a parser: regular expression literals and nested templates are read as plain code.

export interface CodeMask {
  /** Strings keep their quotes, comments vanish. */
  readonly code: string;
  /** Comments vanish, strings stay whole. */
  readonly withoutComments: string;
  /** Only what stands in comments, marks included. */
  readonly comments: string;
}

interface Delimiter {
  readonly open: string;
  readonly close: string;
  readonly kind: 'comment' | 'string';
  readonly multiline: boolean;
}

const line = (open: string): Delimiter => ({ open, close: '\n', kind: 'comment', multiline: false });
const block = (open: string, close: string): Delimiter => ({ open, close, kind: 'comment', multiline: true });
const quote = (open: string, multiline = false): Delimiter => ({ open, close: open, kind: 'string', multiline });

const cLike: readonly Delimiter[] = [line('//'), block('/*', '*/'), quote('"'), quote("'"), quote('`', true)];
const pythonLike: readonly Delimiter[] = [line('#'), quote('"""', true), quote("'''", true), quote('"'), quote("'")];
const hashLike: readonly Delimiter[] = [line('#'), quote('"'), quote("'")];
// A single quote opens a lifetime as often as a character in Rust, so it is no string there.
const rustLike: readonly Delimiter[] = [line('//'), block('/*', '*/'), quote('"', true)];
const phpLike: readonly Delimiter[] = [...cLike, line('#')];
const sqlLike: readonly Delimiter[] = [line('--'), block('/*', '*/'), quote("'", true), quote('"')];
const luaLike: readonly Delimiter[] = [block('--[[', ']]'), line('--'), quote('"'), quote("'")];
const haskellLike: readonly Delimiter[] = [block('{-', '-}'), line('--'), quote('"')];
const powershellLike: readonly Delimiter[] = [block('<#', '#>'), line('#'), quote('"'), quote("'")];
const markup: readonly Delimiter[] = [block('<!--', '-->')];

const delimitersByLanguage: Readonly<Record<string, readonly Delimiter[]>> = {
  python: pythonLike, ruby: hashLike, shellscript: hashLike, perl: hashLike, yaml: hashLike, makefile: hashLike, dockerfile: hashLike, r: hashLike, elixir: pythonLike,
  powershell: powershellLike, haskell: haskellLike, rust: rustLike, php: phpLike, sql: sqlLike, lua: luaLike, html: markup, xml: markup, markdown: markup, vue: [...markup, ...cLike], svelte: [...markup, ...cLike],
};

export function maskCode(text: string, languageId: string): CodeMask {
  const delimiters = delimitersByLanguage[languageId] ?? cLike;
  const code: string[] = [];
  const withoutComments: string[] = [];
  const comments: string[] = [];
  const put = (from: number, to: number, kind: 'code' | 'comment' | 'string'): void => {
    const part = text.slice(from, to);
    const blank = part.replace(/[^\n\r]/g, ' ');
    code.push(kind === 'code' ? part : blank);
    withoutComments.push(kind === 'comment' ? blank : part);
    comments.push(kind === 'comment' ? part : blank);
  };
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const delimiter = delimiters.find((candidate) => text.startsWith(candidate.open, at));
    if (delimiter === undefined) {
      at += 1;
      continue;
    }
    const end = endOf(text, at, delimiter);
    const quoteLength = delimiter.kind === 'string' ? delimiter.open.length : 0;
    put(start, at + quoteLength, 'code');
    const closed = quoteLength > 0 && text.startsWith(delimiter.close, end - quoteLength) && end - quoteLength >= at + quoteLength;
    put(at + quoteLength, closed ? end - quoteLength : end, delimiter.kind);
    start = closed ? end - quoteLength : end;
    at = end;
  }
  put(start, text.length, 'code');
  return { code: code.join(''), withoutComments: withoutComments.join(''), comments: comments.join('') };
}

/** Offset after the closing mark; a single-line string ends at its line whether closed or not. */
function endOf(text: string, openAt: number, delimiter: Delimiter): number {
  let at = openAt + delimiter.open.length;
  while (at < text.length) {
    if (delimiter.kind === 'string' && text[at] === '\\') {
      at += 2;
      continue;
    }
    if (!delimiter.multiline && (text[at] === '\n' || text[at] === '\r')) return at;
    if (text.startsWith(delimiter.close, at)) return at + delimiter.close.length;
    at += 1;
  }
  return text.length;
}
