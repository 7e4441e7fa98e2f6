// First step: line ends, characters that a terminal or an editor would act on, characters that hide (https://trojansource.codes).
import { findInvisible } from '../../context/invisibleCharacters.ts';
import type { Place } from '../place.ts';
import type { Filter } from './filter.ts';

export const normaliseText: Filter = ({ text, open, site }) => {
  // A lone "\r" at the end of an open stream may be half of a line end.
  const whole = open && text.endsWith('\r') ? text.slice(0, -1) : text;
  const clean = dropControls(whole.replaceAll(/\r\n?/g, '\n'));
  const judged = open ? withoutUndecided(clean) : clean;
  return hidesSomething(judged, site.place) ? { rejected: 'hidden-characters' } : { text: judged };
};

/** What comes next tells whether a joiner at the end joins an emoji, and a tag spells a flag. */
function withoutUndecided(text: string): string {
  return text.replace(/(?:\u{1f3f4}[\u{e0000}-\u{e007f}]*|\u{200d}|\p{Cf}|[\uD800-\uDBFF])+$/u, '');
}

/** Each one counts by itself; a file that hides such characters already may hide more of the same. */
function hidesSomething(text: string, { before, linePrefix }: Place): boolean {
  if (!mayBeHidden.test(text)) return false;
  // The character before the answer decides with it: a joiner may go on with the emoji that stands there.
  const start = Array.from(linePrefix).at(-1) ?? '\n';
  const known = new Set(findInvisible([...before, linePrefix].join('\n')).map((found) => found.codePoint));
  return findInvisible(start + text).some(({ index, codePoint }) => index >= start.length && !known.has(codePoint));
}

/** Nothing of this, and there is nothing to look for: code is ASCII nearly always. */
// oxlint-disable-next-line no-control-regex -- what is not ASCII is what is looked for
const mayBeHidden = /[^\u0000-\u007f]/;

/** All of C0 and DEL but tab and line feed. */
function dropControls(text: string): string {
  let clean = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if ((code >= 32 && code !== 127) || code === 9 || code === 10) clean += character;
  }
  return clean;
}
