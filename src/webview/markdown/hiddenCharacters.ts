// Characters that are not seen but change what code does or how it reads: bidirectional controls, zero-width characters, tags,
// other control characters. They are shown by their code point and stay in the text, so that what is copied is what is shown.

/** All control and format characters but tab and line ends, and the blank letters of Hangul and braille. A joiner inside an emoji is no secret. */
const hidden = /(?![\t\n\r]|(?<=\p{Extended_Pictographic}\ufe0f?)\u200d)(?:[\p{Cc}\p{Cf}]|[\u115f\u1160\u2800\u3164\uffa0])/u;
const hiddenAll = new RegExp(hidden.source, 'gu');

export interface TextPiece {
  readonly text: string;
  /** "U+202E" when the piece is one hidden character. */
  readonly codePoint?: string;
}

export function hasHiddenCharacters(text: string): boolean {
  return hidden.test(text);
}

export function splitHiddenCharacters(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const match of text.matchAll(hiddenAll)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) });
    pieces.push({ text: match[0], codePoint: `U+${(match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at) });
  return pieces;
}
