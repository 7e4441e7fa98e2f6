// Takes away what the model repeats of the text before the cursor: whole lines, the line's beginning, or the word being typed.
import type { Place } from '../place.ts';
import type { Filter } from './filter.ts';

/** Models that echo repeat a few lines; a longer match is the code's own pattern. */
const maxEchoedLines = 12;
const minimumEchoLength = 8;

export const removeEcho: Filter = ({ text, open, site }) => {
  const start = text.search(/\S/);
  if (start < 0) return { text };
  let undecided = false;
  for (const echo of echoesOf(site.place)) {
    const code = text.slice(start);
    if (code.startsWith(echo)) return { text: code.slice(echo.length) };
    undecided ||= echo.startsWith(code);
  }
  return undecided && open ? 'hold' : { text };
};

/** What the model may have begun with, longest first, without the first line's indentation. */
function echoesOf(place: Place): string[] {
  const echoes: string[] = [];
  const prefix = place.linePrefix.trim() === '' ? '' : place.linePrefix;
  for (let count = Math.min(maxEchoedLines, place.before.length); count > 0; count--) {
    const lines = place.before.slice(-count);
    if (lines[0]?.trim() === '') continue;
    const echo = `${lines.join('\n')}\n${prefix}`.trimStart();
    if (echo.trim().length >= minimumEchoLength && /\w{3}/.test(echo)) echoes.push(echo);
  }
  return prefix === '' ? echoes : [...echoes, ...prefixEchoes(prefix)];
}

/** The line so far, then each shorter end of it that begins at a token: `const x = fo` gives itself, `x = fo`, `fo`. */
function prefixEchoes(prefix: string): string[] {
  const ends: string[] = [];
  for (const match of prefix.matchAll(/\w+|[^\w\s]+/g)) {
    const end = prefix.slice(match.index);
    if (end.length >= 3 && /\w{2}/.test(end)) ends.push(end);
  }
  return ends;
}
