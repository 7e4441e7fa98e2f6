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

describe('a bare address', () => {
  /** What is linked, as it leads; empty when nothing is. */
  const linked = (markdown: string): readonly string[] => parser.parse(markdown, {}).flatMap((token) => token.children ?? []).flatMap((token) => token.attrGet('href')?.toString() ?? []);
  it.each([
    ['https://runapi.ai을 엽니다', 'https://runapi.ai'],
    ['https://runapi.ai/api_keys에서 키를 받습니다', 'https://runapi.ai/api_keys'],
    ['https://runapi.ai/에서 받습니다', 'https://runapi.ai/'],
    ['https://runapi.ai/docs/에서는', 'https://runapi.ai/docs/'],
    ['HTTPS://RUNAPI.AI입니다.', 'HTTPS://RUNAPI.AI'],
    ['http://localhost:8080으로 접속하세요', 'http://localhost:8080'],
    ['https://a.example/?q=1&p=2의 결과', 'https://a.example/?q=1&p=2'],
    ['(https://a.example/b)를', 'https://a.example/b'],
    ['https://a.example/bを開く', 'https://a.example/b'],
    ['https://a.exampleページ', 'https://a.example'],
    ['https://ko.wikipedia.org/wiki/한국어', 'https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B5%AD%EC%96%B4'],
    ['https://ko.wikipedia.org/wiki/이순신 은', 'https://ko.wikipedia.org/wiki/%EC%9D%B4%EC%88%9C%EC%8B%A0'],
    ['https://a.example/?q=한글&b=1', 'https://a.example/?q=%ED%95%9C%EA%B8%80&b=1'],
    ['https://한국.example/a', 'https://xn--3e0b707e.example/a'],
    ['see https://docs.example.com/a?b#c.', 'https://docs.example.com/a?b#c'],
  ])('%s leads to %s', (markdown, address) => {
    expect(linked(markdown)).toEqual([address]);
  });
  it.each(['https://를', 'https://', 'http에서'])('is none in %s', (text) => {
    expect(linked(text)).toEqual([]);
  });
  it('that was given its own end keeps it', () => {
    expect(linked('[여기](https://a.example/b에서) <https://a.example/c에서>')).toEqual(['https://a.example/b%EC%97%90%EC%84%9C', 'https://a.example/c%EC%97%90%EC%84%9C']);
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
    ['addresses in Korean', 'https://a.example을'.repeat(450)],
    ['schemes before Korean', `${'https://'.repeat(900)}${'을'.repeat(300)}`],
  ])('%s', (_, text) => {
    // One step of the driver is 8 kB at most. Twenty of them take a tenth of a second; work that grows with the square takes longer than the
    // runner's limit of 5 s, which is the judge, not a stopwatch.
    for (let round = 0; round < 20; round++) parser.parse(text, {});
  });
});
