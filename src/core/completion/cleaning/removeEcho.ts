// Takes away what the model repeats of the text before the cursor: whole lines, the line's beginning, or the word being typed.
import { isCloser, isOpener, unmatchedBrackets } from '../bracketScan.ts';
import { continuesConstruct, hasWord, indentOf, isTelling } from '../lineShape.ts';
import type { CleaningSite, Filter } from './filter.ts';

/** Models that echo repeat a few lines; a longer match is the code's own pattern. */
const maxEchoedLines = 12;
const minimumEchoLength = 8;

export const removeEcho: Filter = ({ text, open, site }) => {
  const start = text.search(/\S/);
  if (start < 0) return { text };
  const code = text.slice(start);
  const isOnNewLine = text.slice(0, start).includes('\n');
  let undecided = false;
  for (const echo of echoesOf(site, isOnNewLine)) {
    if (code.startsWith(echo)) {
      // A longer echo may still turn out to be one; whether the code needs what it repeats, its whole line tells.
      if (open && (undecided || !code.includes('\n', echo.length))) return 'hold';
      if (isNeeded(echo, code, site)) continue;
      return { text: code.slice(echo.length) };
    }
    undecided ||= echo.startsWith(code);
  }
  if (undecided && open) return 'hold';
  return { text: removeOpener(code, site) ?? text };
};

/** What the model may have begun with, longest first, without the first line's indentation. */
function echoesOf({ place }: CleaningSite, isOnNewLine: boolean): string[] {
  const echoes: string[] = [];
  const prefix = place.linePrefix.trim() === '' ? '' : place.linePrefix;
  for (let count = Math.min(maxEchoedLines, place.before.length); count > 0; count--) {
    const lines = place.before.slice(-count);
    if (lines[0]?.trim() === '' || (prefix === '' && goesOnWith(lines))) continue;
    const echo = `${lines.join('\n')}\n${prefix}`.trimStart();
    if (echo.trim().length >= minimumEchoLength && hasWord(echo)) echoes.push(echo);
  }
  if (prefix === '') return echoes;
  // What stands on a line of its own repeats a line and not the end of one.
  if (isOnNewLine) return isTelling(prefix, minimumEchoLength) ? [...echoes, prefix.trimStart()] : echoes;
  const ends = [isWholeLineEcho(prefix.trim()) ? prefix.trimStart() : undefined, unfinished.exec(prefix)?.[0], unfinishedWord.exec(prefix)?.[0]];
  return [...echoes, ...ends.filter((end) => end !== undefined)];
}

/** The last of the lines is a "try:" and the first an "except": the answer goes on with the construct and repeats nothing. */
function goesOnWith(lines: readonly string[]): boolean {
  const [first = '', last = ''] = [lines[0], lines.at(-1)];
  return lines.length > 1 && continuesConstruct(first) && indentOf(first) === indentOf(last) && /^\s*(?:try|if|unless|begin|for|while|do)\b/.test(last);
}

/** "items.", "a.b.le": an access that is not over. */
const unfinished = /[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|->|::|\?\.)[\p{L}\p{N}_$]*)+$/u;
/** A number, or a row of one character, is often written twice. */
const unfinishedWord = /(?=[\p{N}_]*\p{L})(?!(.)\1+$)[\p{L}\p{N}_]{2,}$/u;

/** The line so far, unless it is of a kind that code repeats: numbers, the items of a list, "long long", a rule of dashes. */
function isWholeLineEcho(line: string): boolean {
  if (/^\S+,$/.test(line) || line === 'long') return false;
  return /\p{L}/u.test(line) || (/^[^\w\s]{2}/.test(line) && !/^(?!(?:\/\/\/|###)$)(.)\1\1/.test(line));
}

/** Without what it repeats, the code would close more than is open: "List<" before "List<Integer>>". */
function isNeeded(echo: string, code: string, { place }: CleaningSite): boolean {
  const line = code.split('\n', 1)[0] ?? '';
  if (echo.includes('\n') || echo.length > line.length) return false;
  return excessClosers(place.linePrefix + line.slice(echo.length)) > excessClosers(place.linePrefix + line);
}

/** Brackets, and angle brackets of type arguments, that are closed without having been opened. */
function excessClosers(line: string): number {
  let excess = 0;
  const open = { brackets: 0, angles: 0 };
  const close = (kind: keyof typeof open): void => {
    if (open[kind] > 0) open[kind]--;
    else excess++;
  };
  for (const [index, character] of Array.from(line).entries()) {
    const before = line[index - 1] ?? '';
    if (isOpener(character)) open.brackets++;
    else if (isCloser(character)) close('brackets');
    else if (character === '<' && /\w/.test(before)) open.angles++;
    else if (character === '>' && !/[-=\s]/.test(before)) close('angles');
  }
  return excess;
}

/** "(" on its line, and an answer that opens it once more and closes all it opens: the bracket is the one that is there. */
function removeOpener(code: string, { place, syntax }: CleaningSite): string | undefined {
  const opener = place.linePrefix.trim();
  if (opener.length !== 1 || !isOpener(opener) || !code.startsWith(opener) || place.lineRest.trim() !== '') return undefined;
  const firstLine = code.split('\n')[0] ?? '';
  const { opened, closed } = unmatchedBrackets(firstLine, syntax);
  return opened.length === 0 && closed.length === 0 ? code.slice(1) : undefined;
}
