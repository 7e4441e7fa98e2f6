// First step: line ends, characters that a terminal or an editor would act on, characters that hide (trojan source).
import type { Place } from '../place.ts';
import type { Filter } from './filter.ts';

/** Bidirectional controls, zero-width characters and tags: https://trojansource.codes. */
const hidden = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|\u{E0001}|[\u{E0020}-\u{E007F}]/u;

export const normaliseText: Filter = ({ text, open, site }) => {
  // A lone "\r" at the end of an open stream may be half of a line end.
  const whole = open && text.endsWith('\r') ? text.slice(0, -1) : text;
  const clean = dropControls(whole.replaceAll(/\r\n?/g, '\n'));
  const found = hidden.exec(clean);
  if (found !== null && !isInDocument(found[0], site.place)) return { rejected: 'hidden-characters' };
  return { text: clean };
};

/** All of C0 and DEL but tab and line feed. */
function dropControls(text: string): string {
  let clean = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if ((code >= 32 && code !== 127) || code === 9 || code === 10) clean += character;
  }
  return clean;
}

/** A file that has such characters already (an emoji joiner, a right-to-left text) keeps its suggestions. */
function isInDocument(character: string, place: Place): boolean {
  return place.linePrefix.includes(character) || place.before.some((line) => line.includes(character));
}
