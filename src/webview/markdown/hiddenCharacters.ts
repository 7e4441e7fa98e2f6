// Characters that are not seen but change what code does or how it reads: bidirectional controls, zero-width characters, tags,
// other control characters. They are shown by their code point and stay in the text, so that what is copied is what is shown.

const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\udfff]/u;
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
