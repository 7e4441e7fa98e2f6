// Takes away what the model repeats of the text before the cursor: whole lines, the line's beginning, or the word being typed.
import { isOpener, unmatchedBrackets } from '../bracketScan.ts';
import { isTelling } from '../lineShape.ts';
import type { Place } from '../place.ts';
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
  for (const echo of echoesOf(site.place, isOnNewLine)) {
    // A longer echo may still turn out to be one.
    if (code.startsWith(echo)) return undecided && open ? 'hold' : { text: code.slice(echo.length) };
    undecided ||= echo.startsWith(code);
  }
  if (undecided && open) return 'hold';
  return { text: removeOpener(code, site) ?? text };
};

/** What the model may have begun with, longest first, without the first line's indentation. */
function echoesOf(place: Place, isOnNewLine: boolean): string[] {
  const echoes: string[] = [];
  const prefix = place.linePrefix.trim() === '' ? '' : place.linePrefix;
  for (let count = Math.min(maxEchoedLines, place.before.length); count > 0; count--) {
    const lines = place.before.slice(-count);
    if (lines[0]?.trim() === '') continue;
    const echo = `${lines.join('\n')}\n${prefix}`.trimStart();
    if (echo.trim().length >= minimumEchoLength && /\w{3}/.test(echo)) echoes.push(echo);
  }
  if (prefix === '') return echoes;
  // What stands on a line of its own repeats a line and not the end of one.
  if (isOnNewLine) return isTelling(prefix, minimumEchoLength) ? [...echoes, prefix.trimStart()] : echoes;
  return [...echoes, ...prefixEchoes(prefix)];
}

/** The line so far, then each shorter end of it that begins at a token: `const x = fo` gives itself, `x = fo`, `fo`. */
function prefixEchoes(prefix: string): string[] {
  const line = prefix.trimStart();
  const isEcho = (end: string): boolean => (end === line ? /[a-z0-9]|^[^\w\s]{2}/i.test(end) : end.length >= 3 && /\w{2}/.test(end)) || /^\w{2,}$/.test(end);
  return [...prefix.matchAll(/\w+|[^\w\s]+/g)].map((match) => prefix.slice(match.index)).filter(isEcho);
}

/** "(" on its line, and an answer that opens it once more and closes all it opens: the bracket is the one that is there. */
function removeOpener(code: string, { place, syntax }: CleaningSite): string | undefined {
  const opener = place.linePrefix.trim();
  if (opener.length !== 1 || !isOpener(opener) || !code.startsWith(opener) || place.lineRest.trim() !== '') return undefined;
  const firstLine = code.split('\n')[0] ?? '';
  const { opened, closed } = unmatchedBrackets(firstLine, syntax);
  return opened.length === 0 && closed.length === 0 ? code.slice(1) : undefined;
}
