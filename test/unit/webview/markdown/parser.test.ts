import { describe, expect, it } from 'vitest';
import { createMarkdownParser } from '../../../../src/webview/markdown/parser.ts';

const parser = createMarkdownParser();
const inline = (markdown: string): string => parser.parse(markdown, {}).flatMap((token) => token.children ?? []).map((token) => (token.content === '' ? token.type : token.content)).filter((part) => part !== 'text').join('|');

describe('Korean beside emphasis', () => {
  it.each([
    ['재시도는 **"대기 시간"**을 지킵니다', '재시도는 |strong_open|"대기 시간"|strong_close|을 지킵니다'],
    ['**(주)회사**는', 'strong_open|(주)회사|strong_close|는'],
    ['값**`code`**입니다', '값|strong_open|code|strong_close|입니다'],
    ['a ** b ** c', 'a ** b ** c'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['snake_case_name', 'snake_case_name'],
  ])('%s', (markdown, expected) => {
    expect(inline(markdown)).toBe(expected);
  });
});

describe('what becomes a link', () => {
  it('is what names its scheme', () => {
    expect(inline('see https://a.example/b now')).toContain('link_open');
    for (const text of ['retry.ts', 'build.sh', 'www.example.com', 'a@b.example', '127.0.0.1']) expect(inline(text), text).not.toContain('link_open');
  });
});

describe('hostile text takes no time', () => {
  it.each([
    ['nested quotes', '>'.repeat(10_000)],
    ['nested quotes on lines', Array.from({ length: 200 }, (_, depth) => `${'> '.repeat(depth)}x`).join('\n')],
    ['brackets', '['.repeat(8_000)],
    ['stars', '*a_'.repeat(2_700)],
    ['emphasis pairs', '**a *b '.repeat(1_100)],
    ['backticks', Array.from({ length: 120 }, (_, length) => '`'.repeat(length + 1)).join('a')],
    ['links', '[a]('.repeat(2_000)],
    ['images', '![['.repeat(2_600)],
    ['autolinks', '<a@'.repeat(2_600)],
    ['entities', '&'.repeat(8_000)],
    ['table', `${'|a'.repeat(1_000)}|\n${'|-'.repeat(1_000)}|\n${'|x'.repeat(1_000)}|\n`],
    ['lists', '- '.repeat(4_000)],
    ['urls', 'http://'.repeat(1_100)],
  ])('%s', (_, text) => {
    // One step of the driver is 8 kB at most. Twenty of them take a tenth of a second; work that grows with the square takes longer than the
    // runner's limit of 5 s, which is the judge, not a stopwatch.
    for (let round = 0; round < 20; round++) parser.parse(text, {});
  });
});
