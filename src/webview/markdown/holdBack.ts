// What of an unfinished last line can be shown without flicker. A line that is markers only may still become a heading, a rule
// or a fence; a table row is shown when it is complete; an open ** is closed so that it does not show as asterisks.

const markersOnly = /^[ \t>]*(?:[-+*_=#~`|:[ \t]*|\d{1,9}[.)]?)[ \t]*$/;
const fenceOpening = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?(?:`{3,}|~{3,})/;
const editStart = /^ {0,3}<{5}/;
const tableRow = /^[ \t>]*\|/;
const referenceDefinition = /^ {0,3}\[[^\]]*\]:/;

/** `tail` is the complete lines of the open block, `partial` the line being written. */
export function holdBack(tail: string, partial: string): string {
  const line = partial.slice(partial.lastIndexOf('\n') + 1);
  const lines = partial.slice(0, partial.length - line.length);
  if (markersOnly.test(line) || fenceOpening.test(line) || editStart.test(line) || tableRow.test(line) || referenceDefinition.test(line)) return lines;
  const before = tail + lines;
  const paragraph = before.slice(before.lastIndexOf('\n\n') + 1);
  if (isTable(paragraph)) return lines;
  return lines + closeDangling(paragraph, line);
}

/** A first table row alone would show as a paragraph of bars until its second line is there. */
export function hideTableHead(tail: string): string {
  const start = tail.lastIndexOf('\n', tail.length - 2) + 1;
  const startsParagraph = start === 0 || tail.charAt(start - 2) === '\n' || start === 1;
  return startsParagraph && tableRow.test(tail.slice(start)) ? tail.slice(0, start) : tail;
}

function isTable(paragraph: string): boolean {
  return /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$/m.test(paragraph);
}

/** Returns `line` such that emphasis, code and links that are open in `paragraph + line` end with it. */
export function closeDangling(paragraph: string, line: string): string {
  if ((paragraph.match(/^[ \t>]*(?:`{3,}|~{3,})/gm) ?? []).length % 2 === 1) return line;
  const text = paragraph + line;
  const open: string[] = [];
  let at = 0;
  while (at < text.length) {
    const marker = /^(?:\\[\s\S]|`+|\*+|_+|~~|!?\[)/.exec(text.slice(at, at + 64))?.[0];
    if (marker === undefined) {
      at += 1;
      continue;
    }
    if (marker.startsWith('`')) {
      const end = endOfCode(text, at + marker.length, marker);
      if (end < 0) return closeAll(closeCode(line, text.slice(at + marker.length), marker), open);
      at = end;
    } else if (marker.endsWith('[')) {
      const cut = danglingLink(text, at, marker);
      if (cut !== undefined && at >= paragraph.length) return closeAll(line.slice(0, Math.max(0, line.length - (text.length - at))) + cut, open);
      at += marker.length;
    } else {
      if (!marker.startsWith('\\')) toggle(open, marker, text.charAt(at - 1), text.charAt(at + marker.length));
      at += marker.length;
    }
  }
  return closeAll(line, open);
}

function endOfCode(text: string, from: number, run: string): number {
  for (let at = text.indexOf(run, from); at >= 0; at = text.indexOf(run, at)) {
    let end = at;
    while (text.charAt(end) === '`') end += 1;
    if (end - at === run.length) return end;
    at = end;
  }
  return -1;
}

/** An open code span swallows the emphasis around it, so only the span itself is closed. */
function closeCode(line: string, content: string, run: string): string {
  if (content.trim() === '') return line.slice(0, Math.max(0, line.length - content.length - run.length));
  return `${line}${content.endsWith('`') ? ' ' : ''}${run}`;
}

/** The label alone while the address is being written; undefined when the bracket is closed or no link. */
function danglingLink(text: string, at: number, marker: string): string | undefined {
  const rest = text.slice(at + marker.length);
  const closing = rest.indexOf(']');
  if (closing < 0) return marker === '![' ? '' : undefined;
  if (closing === rest.length - 1) return marker === '![' ? '' : rest.slice(0, closing);
  if (rest.charAt(closing + 1) !== '(' || /[)\n]/.test(rest.slice(closing + 2))) return undefined;
  return marker === '![' ? '' : rest.slice(0, closing);
}

function toggle(open: string[], marker: string, before: string, after: string): void {
  const spaceBefore = before === '' || /\s/.test(before);
  const spaceAfter = after !== '' && /\s/.test(after);
  if (marker.startsWith('_') && /\w/.test(before) && /\w/.test(after)) return;
  if (!spaceBefore && open.at(-1) === marker) open.pop();
  else if (!spaceAfter) open.push(marker);
}

function closeAll(line: string, open: readonly string[]): string {
  let text = line.trimEnd();
  const closers = [...open];
  while (closers.length > 0 && text.endsWith(closers.at(-1) ?? ' ')) {
    text = text.slice(0, -(closers.pop()?.length ?? 0)).trimEnd();
  }
  return text + closers.reverse().join('');
}
