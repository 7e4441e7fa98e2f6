// Finds every sentence of the sources that goes through translation: the literals in the first argument of `translate(…)` and of
// `l10n.t(…)`, and of tables in the same file that such a call looks a sentence up in.

export interface Sentence {
  readonly text: string;
  readonly file: string;
}

export interface Literal {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Scanned {
  /** As long as the source; comments and the contents of strings are blank. */
  readonly code: string;
  readonly literals: readonly Literal[];
}

export function findSentences(file: string, { code, literals }: Scanned): readonly Sentence[] {
  // A quoted key names a sentence and is none.
  const isKey = (literal: Literal): boolean => /[{,]\s*$/.test(code.slice(0, literal.start - 1)) && /^\s*:/.test(code.slice(literal.end + 1));
  const between = (start: number, end: number): readonly string[] => literals.filter((literal) => literal.start >= start && literal.end <= end && !isKey(literal)).map((literal) => literal.text);
  const calls = [...code.matchAll(/(?<![.\w])translate\(|\bl10n\.t\(/g)];
  return calls.flatMap((call) => {
    const start = call.index + call[0].length;
    const end = endOfArgument(code, start);
    const own = between(start, end);
    const table = own.length > 0 ? undefined : /^\s*(\w+)(?:\[|\s*$)/.exec(code.slice(start, end))?.[1];
    return [...own, ...(table === undefined ? [] : tableSentences(code, table, between))].map((text) => ({ text, file }));
  });
}

function tableSentences(code: string, name: string, between: (start: number, end: number) => readonly string[]): readonly string[] {
  const declaration = new RegExp(String.raw`\bconst ${name}\b[^=]*=`).exec(code);
  if (!declaration) return [];
  const start = declaration.index + declaration[0].length;
  return between(start, endOfArgument(code, start));
}

/** The place of the comma, semicolon or closing bracket that ends the expression at `from`. */
function endOfArgument(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    const letter = code.charAt(at);
    if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter) && depth > 0) depth -= 1;
    else if (depth === 0 && ')]},;'.includes(letter)) return at;
  }
  return code.length;
}

/** A reader of just as much TypeScript as it takes to tell code from strings, comments and regular expressions. */
export function scanSource(source: string): Scanned {
  const literals: Literal[] = [];
  const code = source.split('');
  const blank = (start: number, end: number): void => {
    for (let at = start; at < end; at += 1) if (code[at] !== '\n') code[at] = ' ';
  };
  /** For each open `${`, how many braces are open inside. */
  const templates: number[] = [];
  let at = 0;
  let before = '';
  const readTemplate = (from: number): number => {
    const start = from;
    let end = from;
    while (end < source.length && source.charAt(end) !== '`' && !source.startsWith('${', end)) end += source.charAt(end) === '\\' ? 2 : 1;
    blank(start, end);
    const isWhole = source.charAt(start - 1) === '`' && source.charAt(end) === '`';
    if (isWhole) literals.push({ text: unescapeLiteral(source.slice(start, end)), start, end });
    if (source.charAt(end) !== '$') return end + 1;
    templates.push(0);
    return end + 2;
  };
  while (at < source.length) {
    const letter = source.charAt(at);
    if (source.startsWith('//', at) || source.startsWith('/*', at)) {
      const end = source.startsWith('//', at) ? source.indexOf('\n', at) : source.indexOf('*/', at) + 2;
      const stop = end < at ? source.length : end;
      blank(at, stop);
      at = stop;
      continue;
    }
    if (letter === "'" || letter === '"') {
      let end = at + 1;
      while (end < source.length && source.charAt(end) !== letter && source.charAt(end) !== '\n') end += source.charAt(end) === '\\' ? 2 : 1;
      literals.push({ text: unescapeLiteral(source.slice(at + 1, end)), start: at + 1, end });
      blank(at + 1, end);
      at = end + 1;
    } else if (letter === '`') at = readTemplate(at + 1);
    else if (letter === '}' && templates.at(-1) === 0) {
      templates.pop();
      at = readTemplate(at + 1);
    } else if (letter === '/' && /(?:^|[(,=:[!&|?{};]|=>|\breturn)$/.test(before)) at = endOfPattern(source, at, blank);
    else {
      if (letter === '{' && templates.length > 0) templates.push((templates.pop() ?? 0) + 1);
      if (letter === '}' && templates.length > 0) templates.push((templates.pop() ?? 0) - 1);
      at += 1;
    }
    if (!/\s/.test(letter)) before = (before + (letter === "'" || letter === '"' || letter === '`' ? "'" : letter)).slice(-8);
  }
  return { code: code.join(''), literals };
}

function endOfPattern(source: string, start: number, blank: (start: number, end: number) => void): number {
  let end = start + 1;
  for (let inClass = false; end < source.length && source.charAt(end) !== '\n' && (inClass || source.charAt(end) !== '/'); end += 1) {
    const letter = source.charAt(end);
    if (letter === '\\') end += 1;
    else if (letter === '[') inClass = true;
    else if (letter === ']') inClass = false;
  }
  blank(start + 1, end);
  return end + 1;
}

function unescapeLiteral(text: string): string {
  return text.replace(/\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|(.))/gi, (_whole, long?: string, short?: string, letter?: string) => {
    const code = long ?? short;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    return letter === 'n' ? '\n' : letter === 't' ? '\t' : (letter ?? '');
  });
}
