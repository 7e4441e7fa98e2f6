import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSearchIndex } from '../../../../src/core/context/searchIndex.ts';
import { splitTerms } from '../../../../src/core/context/searchTerms.ts';

const lines = (count: number, text = 'filler'): string => Array.from({ length: count }, () => text).join('\n');

describe('terms', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['a name in its parts and as a whole', 'parseHTTPHeader', ['parsehttpheader', 'parse', 'http', 'header']],
    ['snake case', 'max_retry_count', ['maxretrycount', 'max', 'retry', 'count']],
    ['endings that only grammar needs', 'rounded rounding rounds prices entries boxes', ['round', 'round', 'round', 'price', 'entry', 'box']],
    ['no endings that belong to the word', 'status class bus thing red', ['status', 'class', 'bus', 'thing', 'red']],
    ['doubled consonants', 'stopped running', ['stop', 'run']],
    ['words that say nothing', 'where is the price of this', ['price']],
    ['pairs of Korean characters', '가격을 계산', ['가격', '격을', '계산']],
    ['Chinese', '价格计算', ['价格', '格计', '计算']],
    ['no hashes', 'a'.repeat(80), []],
    ['numbers', 'error 404', ['error', '404']],
  ])('%s', (_name, text, expected) => {
    expect(splitTerms(text)).toEqual(expected);
  });
});

describe('a search', () => {
  const index = createSearchIndex();
  index.add({ id: 'money', path: 'src/money.ts', text: '/** Half a cent rounds up. */\nexport function percent(of: Money, rate: number): Money {\n  return { cents: Math.round(of.cents * rate / 100) };\n}\n' });
  index.add({ id: 'zones', path: 'src/zones.ts', text: 'export function zoneOf(address: Address): Zone {\n  return "city";\n}\n// zones of parcels and countries\n' });
  index.add({ id: 'long', path: 'src/long.ts', text: `${lines(100)}\nconst needleInHay = 1;\n${lines(100)}` });
  index.add({ id: 'korean', path: 'docs/guide.md', text: '소포의 가격은 무게로 계산합니다.' });

  it.each([
    ['a question in words', 'where are prices rounded to cents', 'money'],
    ['part of a name', 'zone', 'zones'],
    ['a whole name in another spelling', 'needle_in_hay', 'long'],
    ['a path', 'long.ts', 'long'],
    ['Korean with another particle', '가격을 어떻게 계산하나요', 'korean'],
  ])('finds %s', (_name, query, id) => {
    expect(index.search(query, 5)[0]?.id).toBe(id);
  });

  it('says which lines', () => {
    expect(index.search('needle hay', 1)[0]).toMatchObject({ startLine: 81, endLine: 120 });
  });

  it('joins neighbouring pieces', () => {
    const joined = createSearchIndex();
    joined.add({ id: 'a', path: 'a', text: lines(100, 'apple') });
    expect(joined.search('apple', 10)).toMatchObject([{ startLine: 1, endLine: 100 }]);
  });

  it('finds nothing for nothing, and nothing that is not there', () => {
    expect(index.search('', 5)).toEqual([]);
    expect(index.search('xylophone', 5)).toEqual([]);
    expect(createSearchIndex().search('a', 5)).toEqual([]);
  });

  it('prefers the rare word to the frequent one', () => {
    const many = createSearchIndex();
    for (let number = 0; number < 20; number++) many.add({ id: String(number), path: `f${number}`, text: 'common common common' });
    many.add({ id: 'rare', path: 'g', text: 'common special' });
    expect(many.search('common special', 1)[0]?.id).toBe('rare');
  });
});

describe('an index that changes', () => {
  it('forgets what a file was, and what is removed', () => {
    const index = createSearchIndex();
    index.add({ id: 'a', path: 'a', text: 'apple' });
    index.add({ id: 'a', path: 'a', text: 'banana' });
    expect(index.search('apple', 5)).toEqual([]);
    expect(index.search('banana', 5)).toHaveLength(1);
    index.remove('a');
    index.remove('never there');
    expect(index.search('banana', 5)).toEqual([]);
    expect(index.fileCount).toBe(0);
  });

  it('is the same after many changes as one built anew', () => {
    const change = fc.record({ id: fc.integer({ min: 0, max: 9 }), words: fc.option(fc.array(fc.constantFrom('apple', 'banana', 'cherry', 'date'), { minLength: 1, maxLength: 5 }), { nil: undefined }) });
    fc.assert(fc.property(fc.array(change, { maxLength: 400, minLength: 250 }), (changes) => {
      const index = createSearchIndex();
      const state = new Map<number, string>();
      for (const { id, words } of changes) {
        if (words === undefined) {
          index.remove(String(id));
          state.delete(id);
        } else {
          index.add({ id: String(id), path: 'p', text: words.join(' ') });
          state.set(id, words.join(' '));
        }
      }
      const found = index.search('banana', 50).map((hit) => hit.id);
      expect(new Set(found)).toEqual(new Set([...state].filter(([, text]) => text.includes('banana')).map(([id]) => String(id))));
      expect(index.fileCount).toBe(state.size);
    }), { numRuns: 30 });
  });

  it('takes memory in line with its text', () => {
    const index = createSearchIndex();
    const text = Array.from({ length: 200 }, (_, line) => `const value${line} = compute(${line}, otherName${line % 7});`).join('\n');
    for (let number = 0; number < 500; number++) index.add({ id: String(number), path: `src/f${number}.ts`, text });
    expect(index.bytes).toBeLessThan(text.length * 500 * 0.8);
  });
});
