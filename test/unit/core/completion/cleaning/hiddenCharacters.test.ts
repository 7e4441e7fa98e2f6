// Characters that a reader does not see: each one is looked at, also where the file has others.
import { describe, expect, it } from 'vitest';
import { createAnswer } from '../../../../../src/core/completion/answer.ts';
import { answerTag } from '../../../../../src/core/completion/cleaning/readAnswer.ts';
import { placeAt } from '../harness.ts';

/** In pieces of one UTF-16 unit: an emoji comes in many. */
function receive(marked: string, code: string): { readonly text: string; readonly rejected: string | undefined } {
  const answer = createAnswer({ id: 1, place: placeAt(marked), mode: 'line' });
  for (const unit of `<${answerTag}>${code}</${answerTag}>`.split('')) answer.add({ type: 'text', text: unit }, 0);
  answer.add({ type: 'finish', reason: 'stop' }, 0);
  answer.end();
  return { text: answer.text, rejected: answer.rejected };
}

const family = '👩\u200d👩\u200d👧';
const england = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';

describe('a hidden character rules the answer out', () => {
  it.each([
    ['a bidirectional override', '\u202e'], ['an isolate', '\u2066'], ['an Arabic letter mark', '\u061c'], ['a soft hyphen', '\u00ad'], ['a grapheme joiner', '\u034f'],
    ['a Hangul filler', '\u115f'], ['another', '\u3164'], ['a half-width one', '\uffa0'], ['a line separator', '\u2028'], ['a next line', '\u0085'],
    ['a variation selector', '\u{e0101}'], ['a tag', '\u{e0041}'], ['a zero-width space', '\u200b'], ['a byte order mark', '\ufeff'], ['a joiner of letters', '\u200d'],
  ])('%s', (_, character) => expect(receive('a = █', `"ad${character}min";`)).toEqual({ text: '', rejected: 'hidden-characters' }));

  it('as the first thing, too', () => expect(receive('a = █', '\ufeffb;').rejected).toBe('hidden-characters'));
  it('behind one that the file has', () => expect(receive('// a\u200bb\na = █', '"a\u200b\u202eb";').rejected).toBe('hidden-characters'));
  it('behind an emoji, though the file has emoji', () => expect(receive(`// ${family}\na = █`, `"${family}\u202eadmin\u2066";`).rejected).toBe('hidden-characters'));
  it('between letters, though the file has joiners in emoji', () => expect(receive(`// ${family}\na = █`, '"ad\u200dmin";').rejected).toBe('hidden-characters'));
});

describe('what is no hiding comes through', () => {
  it.each([
    ['an emoji of several', `'${family}';`], ['a flag that is spelled', `'${england}';`], ['a heart in colour', "'\u2764\ufe0f';"], ['Korean', "'이름을 확인한다';"],
    ['Arabic with its mark', "'\u0633\u200f!';"], ['Persian with a non-joiner', "'\u0645\u06cc\u200c\u062e';"],
  ])('%s', (_, code) => expect(receive('a = █', code)).toEqual({ text: code, rejected: undefined }));

  it('what the file hides already', () => expect(receive('// a\u200bb\na = █', '"a\u200bb";').text).toBe('"a\u200bb";'));
  it('an emoji that the cursor divides', () => expect(receive("a = '👩█", "\u200d👩';").text).toBe("\u200d👩';"));
});
