// A text as lines and the line ends between them, so that nothing outside a change moves: each line keeps the end it has.
// Lines end as in VS Code: at \r\n, \n or \r. "a\n" is the lines "a" and "".

export interface LineText {
  readonly lines: readonly string[];
  /** What stands after each line but the last. */
  readonly lineEnds: readonly string[];
}

export type LineEnd = '\n' | '\r\n' | '\r';

export function splitLines(text: string): LineText {
  const lines: string[] = [];
  const lineEnds: string[] = [];
  let start = 0;
  for (let at = nextBreak(text, 0); at < text.length; at = nextBreak(text, start)) {
    const end = text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
    lines.push(text.slice(start, at));
    lineEnds.push(text.slice(at, end));
    start = end;
  }
  lines.push(text.slice(start));
  return { lines, lineEnds };
}

export function joinLines(text: LineText): string {
  const parts: string[] = [];
  for (let index = 0; index < text.lines.length; index++) parts.push(text.lines[index] ?? '', text.lineEnds[index] ?? '');
  return parts.join('');
}

/** The line end of most lines; `\n` where there is none. */
export function mainLineEnd(lineEnds: readonly string[]): LineEnd {
  let windows = 0;
  let unix = 0;
  for (const lineEnd of lineEnds) {
    if (lineEnd === '\r\n') windows++;
    else if (lineEnd === '\n') unix++;
  }
  const mac = lineEnds.length - windows - unix;
  if (windows > unix && windows >= mac) return '\r\n';
  return mac > unix ? '\r' : '\n';
}

/** The text of these lines with one line end throughout. */
export function toText(lines: readonly string[], lineEnd: LineEnd = '\n'): string {
  return lines.join(lineEnd);
}

/** The lines of a text whose line ends do not matter. */
export function toLines(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/);
}

function nextBreak(text: string, from: number): number {
  const newLine = text.indexOf('\n', from);
  const end = newLine < 0 ? text.length : newLine;
  // A search for \r up to the end of a long text that has none would cost the square of its length: look only as far as the next \n.
  for (let at = from; at < end; at++) if (text.charCodeAt(at) === 13) return at;
  return end;
}
