import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../../../src/core/completion/cleaning/readAnswer.ts';

const cases: readonly (readonly [name: string, raw: string, code: string])[] = [
  ['our tag', '<insert>a + b;</insert>', 'a + b;'],
  ['our tag with text behind', '<insert>a + b;</insert>\n\nThis adds both.', 'a + b;'],
  ['our tag in capitals and with spaces', '< INSERT >a</INSERT>', 'a'],
  ['no closing tag', '<insert>a + b;', 'a + b;'],
  ['a closing tag that was cut', '<insert>a + b;</inse', 'a + b;'],
  ['another tag that means the same', '<completion>a</completion>', 'a'],
  ['no tag at all', 'a + b;', 'a + b;'],
  ['only a closing tag', 'a + b;</insert>', 'a + b;'],
  ['an empty answer', '<insert></insert>', ''],
  ['a fence', '```ts\na;\nb;\n```', 'a;\nb;'],
  ['a fence of tildes', '~~~\na;\n~~~\n', 'a;'],
  ['a fence without its end', '```ts\na;\nb;', 'a;\nb;'],
  ['a fence in the tag', '<insert>\n```ts\na;\n```\n</insert>', 'a;'],
  ['a fence of another language in a fence', '```py\n"""\n```sh\nrun', '"""\n```sh\nrun'],
  ['the tag in a fence', '```ts\n<insert>a;</insert>\n```', 'a;'],
  ['words, then a fence', 'Here is the completion:\n\n```ts\na;\n```\nIt adds.', 'a;'],
  ['words, then the tag', 'Sure, here you go.\n<insert>a;</insert>', 'a;'],
  ['words, then plain code', 'Here is the code:\na = f(b);', 'a = f(b);'],
  ['two lines of words', "Sure!\nI'll complete the function.\na = 1;", 'a = 1;'],
  ['code that begins like words', 'this.total = a;', 'this.total = a;'],
  ['a call that begins like words', 'output(a);', 'output(a);'],
  ['a back-tick string', '`a ${b}`;', '`a ${b}`;'],
  ['a fence within a comment', '<insert>/**\n * ```ts\n * a\n * ```\n */</insert>', '/**\n * ```ts\n * a\n * ```\n */'],
  ['a less-than sign at the end', '<insert>a <', 'a <'],
  ['markup that is code', '<insert><div>{a}</div></insert>', '<div>{a}</div>'],
];

describe('an answer is read', () => {
  it.each(cases)('%s', (_, raw, code) => expect(readAnswer(raw, false).code).toBe(code));

  it.each(cases.filter(([, raw]) => !/^(?:Sure|Here)/.test(raw)))('%s: what was read early stays, wherever the stream is cut', (_, raw, code) => {
    for (let length = 0; length <= raw.length; length++) {
      const early = readAnswer(raw.slice(0, length), true).code;
      expect(code.startsWith(early.trimEnd()), `${JSON.stringify(early)} after ${length}`).toBe(true);
    }
  });

  it.each(cases.filter(([, raw]) => /^(?:Sure|Here)/.test(raw)))('%s: no word of the announcement gets through', (_, raw) => {
    for (let length = 0; length <= raw.length; length++) expect(readAnswer(raw.slice(0, length), true).code).not.toMatch(/Sure|Here|complet/);
  });
});

describe('the end of an answer', () => {
  it('is known from the closing tag', () => expect(readAnswer('<insert>a</insert>', true).closed).toBe(true));
  it('is known from the closing fence', () => expect(readAnswer('```\na\n```\n', true).closed).toBe(true));
  it('is not known from back-ticks that may go on', () => expect(readAnswer('```\na\n``` ', true)).toMatchObject({ code: 'a', closed: false }));
  it('is known from them once nothing follows', () => expect(readAnswer('```\na\n```', false).closed).toBe(true));
  it('is open without either', () => expect(readAnswer('<insert>a', true).closed).toBe(false));
});

describe('several answers', () => {
  it('come in a tag each', () => {
    const { code, alternatives } = readAnswer('<insert>a</insert>\n<insert>b</insert><insert>c', false);
    expect([code, ...alternatives]).toEqual(['a', 'b', 'c']);
  });

  it('close the first when the second begins', () => expect(readAnswer('<insert>a</insert><insert>b', true).closed).toBe(true));
});
