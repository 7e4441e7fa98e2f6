// Characters that a reader cannot see and a model can: bidirectional controls (CVE-2021-42574), zero-width ones, tags that spell hidden
// sentences, variation selectors without a base, fillers. Joiners inside emoji and where a script needs them are no finding.
import type { Translate } from '../translate.ts';

export type InvisibleKind = 'bidirectional' | 'zero-width' | 'tag' | 'variation' | 'filler' | 'control';

export interface InvisibleCharacter {
  /** Offset in UTF-16 units. */
  readonly index: number;
  readonly codePoint: number;
  readonly kind: InvisibleKind;
}

export function findInvisible(text: string): readonly InvisibleCharacter[] {
  const found: InvisibleCharacter[] = [];
  for (const match of text.matchAll(candidate)) {
    const codePoint = match[0].codePointAt(0) ?? 0;
    if (codePoint !== blackFlag && !isNeeded(text, match.index, codePoint)) found.push({ index: match.index, codePoint, kind: kindOf(codePoint) });
  }
  return found;
}

/** "2 bidirectional controls, 1 zero-width character"; empty when there are none. */
export function describeInvisible(found: readonly InvisibleCharacter[], translate: Translate): string {
  return kinds.flatMap((kind) => {
    const count = found.filter((character) => character.kind === kind).length;
    return count === 0 ? [] : [translate(words[kind], { count })];
  }).join(', ');
}

/** The text as a reader should see it: each hidden character by its number, ⟨U+202E⟩. */
export function revealInvisible(text: string): string {
  const found = findInvisible(text);
  let shown = '';
  let end = 0;
  for (const { index, codePoint } of found) {
    shown += `${text.slice(end, index)}⟨U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}⟩`;
    end = index + (codePoint > 0xffff ? 2 : 1);
  }
  return shown + text.slice(end);
}

/** What a run of tag characters spells: they mirror ASCII. */
export function readTags(text: string): string {
  return findInvisible(text).filter((character) => character.kind === 'tag').map(({ codePoint }) => (codePoint >= 0xe0020 && codePoint < 0xe007f ? String.fromCodePoint(codePoint - 0xe0000) : '')).join('');
}

/** The three flags that are spelled with tags: their tags are no finding, so they are matched whole and passed over. */
// oxlint-disable-next-line no-control-regex, no-misleading-character-class -- control and combining characters are what is looked for
const candidate = /\u{1f3f4}(?:\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}|\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}|\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073})\u{e007f}|[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}\u{e0100}-\u{e01ef}]/gu;

const blackFlag = 0x1f3f4;

const kinds = ['bidirectional', 'zero-width', 'tag', 'variation', 'filler', 'control'] as const;

const words: Readonly<Record<InvisibleKind, string>> = {
  'bidirectional': 'bidirectional controls: {count}',
  'zero-width': 'zero-width characters: {count}',
  'tag': 'hidden tag characters: {count}',
  'variation': 'stray variation selectors: {count}',
  'filler': 'blank filler characters: {count}',
  'control': 'control characters: {count}',
};

function kindOf(codePoint: number): InvisibleKind {
  if (codePoint >= 0xe0000 && codePoint <= 0xe007f) return 'tag';
  if ((codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef) || (codePoint >= 0x180b && codePoint <= 0x180f)) return 'variation';
  if ((codePoint >= 0x202a && codePoint <= 0x202e) || (codePoint >= 0x2066 && codePoint <= 0x2069) || [0x200e, 0x200f, 0x061c].includes(codePoint)) return 'bidirectional';
  if ([0x115f, 0x1160, 0x3164, 0xffa0, 0x2800, 0x17b4, 0x17b5].includes(codePoint)) return 'filler';
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint <= 0x9f) || codePoint === 0x2028 || codePoint === 0x2029 || codePoint >= 0xfff9) return 'control';
  return 'zero-width';
}

const emojiPart = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u{20e3}\u{fe0f}0-9#*]/u;
/** Scripts whose spelling needs joiners, and the marks of direction that go with right-to-left letters. */
const joiningLetter = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const rightToLeftLetter = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

function isNeeded(text: string, index: number, codePoint: number): boolean {
  const before = characterBefore(text, index);
  const after = characterAt(text, index + (codePoint > 0xffff ? 2 : 1));
  switch (codePoint) {
    case 0xfeff: return index === 0;
    case 0xfe0e:
    case 0xfe0f: return emojiPart.test(before) || /[\p{S}\p{P}\p{Extended_Pictographic}]/u.test(before);
    case 0x200d: return (emojiPart.test(before) && emojiPart.test(after)) || joiningLetter.test(before);
    case 0x200c: return joiningLetter.test(before) || joiningLetter.test(after);
    case 0x200e:
    case 0x200f:
    case 0x061c: return rightToLeftLetter.test(before) || rightToLeftLetter.test(after);
    // Ideographic variation sequences belong to a character of those scripts.
    default: return codePoint >= 0xe0100 && codePoint <= 0xe01ef ? /\p{Script=Han}/u.test(before) : codePoint >= 0x180b && codePoint <= 0x180f && /\p{Script=Mongolian}/u.test(before);
  }
}

function characterAt(text: string, index: number): string {
  const codePoint = text.codePointAt(index);
  return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
}

function characterBefore(text: string, index: number): string {
  if (index === 0) return '';
  const unit = text.charCodeAt(index - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && index > 1 ? text.slice(index - 2, index) : text.charAt(index - 1);
}
