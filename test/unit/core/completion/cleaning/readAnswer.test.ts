import { describe, expect, it } from 'vitest';
import { answerTag, readAnswer } from '../../../../../src/core/completion/cleaning/readAnswer.ts';

const own = (code: string): string => `<${answerTag}>${code}</${answerTag}>`;

const cases: readonly (readonly [name: string, raw: string, code: string])[] = [
  ['our tag', own('a + b;'), 'a + b;'],
  ['our tag with text behind', `${own('a + b;')}\n\nThis adds both.`, 'a + b;'],
  ['no closing tag', `<${answerTag}>a + b;`, 'a + b;'],
  ['a closing tag that was cut', `<${answerTag}>a + b;</${answerTag.slice(0, 4)}`, 'a + b;'],
  ['another tag that means the same', '<completion>a</completion>', 'a'],
  ['no tag at all', 'a + b;', 'a + b;'],
  ['only a closing tag', `a + b;</${answerTag}>`, 'a + b;'],
  ['an empty answer', own(''), ''],
  ['a fence', '```ts\na;\nb;\n```', 'a;\nb;'],
  ['a fence of tildes', '~~~\na;\n~~~\n', 'a;'],
  ['a fence without its end', '```ts\na;\nb;', 'a;\nb;'],
  ['a fence in the tag', own('\n```ts\na;\n```\n'), 'a;'],
  ['a fence of another language in a fence', '```py\n"""\n```sh\nrun', '"""\n```sh\nrun'],
  ['the tag in a fence', `\`\`\`ts\n${own('a;')}\n\`\`\``, 'a;'],
  ['another tag in a fence', '```ts\n<insert>a;</insert>\n```', 'a;'],
  ['words, then a fence', 'Here is the completion:\n\n```ts\na;\n```\nIt adds.', 'a;'],
  ['words, then the tag', `Sure, here you go.\n${own('a;')}`, 'a;'],
  ['words, then another tag', 'Sure, here you go.\n<insert>a;</insert>', 'a;'],
  ['words, then plain code', 'Here is the code:\na = f(b);', 'a = f(b);'],
  ['two lines of words', "Sure!\nI'll complete the function.\na = 1;", 'a = 1;'],
  ['code that begins like words', 'this.total = a;', 'this.total = a;'],
  ['a call that begins like words', 'output(a);', 'output(a);'],
  ['tildes that are code', own('~~~~~~">\n<a/>'), '~~~~~~">\n<a/>'],
  ['a back-tick string', '`a ${b}`;', '`a ${b}`;'],
  ['a fence within a comment', own('/**\n * ```ts\n * a\n * ```\n */'), '/**\n * ```ts\n * a\n * ```\n */'],
  ['a less-than sign at the end', `<${answerTag}>a <`, 'a <'],
  ['markup that is code', own('<div>{a}</div>'), '<div>{a}</div>'],
  ['a component of a name like a tag', own('<Fill>{children}</Fill>;'), '<Fill>{children}</Fill>;'],
  ['the same without our tag', '<Fill>{children}</Fill>;', '<Fill>{children}</Fill>;'],
  ['an element of a name like a tag', own('INSERT INTO a (b)\n  </insert>\n  <insert id="c">'), 'INSERT INTO a (b)\n  </insert>\n  <insert id="c">'],
  ['the same without our tag, too', 'INSERT INTO a (b)\n  </insert>', 'INSERT INTO a (b)\n  </insert>'],
  ['elements, one of them of a name like a tag', own('<fill>red</fill>\n<line/>'), '<fill>red</fill>\n<line/>'],
  ['a type argument of a name like a tag', ': Promise<Completion> {\n  return 1;\n}', ': Promise<Completion> {\n  return 1;\n}'],
  ['two of them', 'Map<Insert, Vec<Fill>> middle;', 'Map<Insert, Vec<Fill>> middle;'],
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
  it('is known from the closing tag', () => expect(readAnswer(own('a'), true).closed).toBe(true));
  it('is known from the end of another tag', () => expect(readAnswer('<insert>a</insert>', true).closed).toBe(true));
  it('is known from the closing fence', () => expect(readAnswer('```\na\n```\n', true).closed).toBe(true));
  it('is not known from back-ticks that may go on', () => expect(readAnswer('```\na\n``` ', true)).toMatchObject({ code: 'a', closed: false }));
  it('is known from them once nothing follows', () => expect(readAnswer('```\na\n```', false).closed).toBe(true));
  it('is open without either', () => expect(readAnswer(`<${answerTag}>a`, true).closed).toBe(false));
});

describe('several answers', () => {
  it.each([answerTag, 'insert'])('come in a tag each: %s', (tag) => {
    const { code, alternatives } = readAnswer(`<${tag}>a</${tag}>\n<${tag}>b</${tag}><${tag}>c`, false);
    expect([code, ...alternatives]).toEqual(['a', 'b', 'c']);
  });

  it('close the first when the second begins', () => expect(readAnswer(`${own('a')}<${answerTag}>b`, true).closed).toBe(true));
});

describe('in a file of fences', () => {
  it('a fence within the tag is code', () => expect(readAnswer(own('```ts\na;\n```\n'), false, true).code).toBe('```ts\na;\n```\n'));
  it('a fence around the tag is none', () => expect(readAnswer(`\`\`\`md\n${own('# a')}\n\`\`\``, false, true).code).toBe('# a'));
});
