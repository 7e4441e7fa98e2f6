// Characters that are not seen but change what code does or how it reads: bidirectional controls, zero-width characters, tags,
// other control characters. They are shown by their code point and stay in the text, so that what is copied is what is shown.

const emojiPart = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{RI}\u20e3\ufe0f\d#*]`;
/** Hebrew, Arabic, Syriac, Thaana. */
const rightToLeftLetter = String.raw`[\u05d0-\u07bf\u08a0-\u08ff]`;
/** From Arabic over the scripts of India to Mongolian, without Thai and Lao, Georgian and Hangul. */
const joiningLetter = String.raw`[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af]`;
const tag = String.raw`[\u{e0061}-\u{e007f}]`;
/** What the flags of England, Scotland and Wales are spelled with, behind a black flag. */
const flagTags = String.raw`\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}`;

/** What spelling needs is no secret: the rule of core/context/invisibleCharacters.ts, which the view cannot import; a test holds both together. */
const needed = [
  String.raw`[\t\n\r]`,
  String.raw`(?<=${emojiPart})\u200d(?=${emojiPart})`,
  String.raw`(?<=${joiningLetter})[\u200c\u200d]|\u200c(?=${joiningLetter})`,
  String.raw`(?<=${rightToLeftLetter})[\u200e\u200f\u061c]|[\u200e\u200f\u061c](?=${rightToLeftLetter})`,
  String.raw`(?<=\u{1f3f4}(?=${flagTags})${tag}{0,5})${tag}`,
].join('|');

/** All other control and format characters, and the blank letters of Hangul and braille. */
const hiddenAll = new RegExp(String.raw`(?!${needed})[\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]`, 'gu');

export interface TextPiece {
  readonly text: string;
  /** "U+202E" when the piece is one hidden character. */
  readonly codePoint?: string;
}

export function hasHiddenCharacters(text: string): boolean {
  return text.search(hiddenAll) >= 0;
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
