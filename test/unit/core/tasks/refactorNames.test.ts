import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesPrompt, parseNames, toStyleOf } from '../../../../src/core/tasks/refactorNames.ts';

describe('suggested names', () => {
  const check = (text: string, names: readonly string[], present = 'calcData'): void => expect(parseNames(text, present).map(({ name }) => name)).toEqual(names);
  it('stand one to a line, with a reason', () => {
    expect(parseNames('quoteTotal: it sums the lines of a quote.\nsumLines: shorter\n', 'calc')).toEqual([{ name: 'quoteTotal', reason: 'it sums the lines of a quote' }, { name: 'sumLines', reason: 'shorter' }]);
  });
  it('may stand in lists, quotes and code', () => check('- `quoteTotal`: a\n2. **sumLines** - b\n* "addLines" — c\n• lineSum', ['quoteTotal', 'sumLines', 'addLines', 'lineSum']));
  it('may be written as calls', () => check('quoteTotal(): a', ['quoteTotal']));
  it('are not prose', () => check('Here are some names:\nquoteTotal: a\nI hope that helps', ['quoteTotal']));
  it('are never the present one, and none comes twice', () => check('calcData: keep\nquoteTotal: a\nquote_total: b\n', ['quoteTotal']));
  it('are at most six, and none endless', () => {
    check(Array.from({ length: 9 }, (_, index) => `name${'abcdefghi'.charAt(index)}Of: x`).join('\n'), ['nameaOf', 'namebOf', 'namecOf', 'namedOf', 'nameeOf', 'namefOf']);
    check(`${'x'.repeat(80)}: long\nok2: y`, ['ok2']);
  });
  it('leave the last line out while it may grow', () => {
    expect(parseNames('quoteTotal: a\nsumLi', 'calc', false)).toHaveLength(1);
    expect(parseNames('quoteTotal: a\nsumLines', 'calc')).toHaveLength(2);
  });
  it('only grow while they stream', () => {
    const text = 'quoteTotal: the sum\r\nsumLines: shorter\r\n- addLines: plain\n';
    let before: readonly unknown[] = [];
    for (let at = 0; at <= text.length; at += 1) {
      const now = parseNames(text.slice(0, at), 'calcData', false);
      expect(now.slice(0, before.length)).toEqual(before);
      before = now;
    }
    expect(before).toHaveLength(3);
  });
  it('take other scripts', () => check('합계: 짧다\nгруппа: ясно', ['합계', 'группа'], '값'));
  it('hold nothing but a name, whatever is answered', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      for (const { name } of parseNames(text, 'calcData')) expect(name).toMatch(/^[#@$]?[\p{L}_$][\p{L}\p{N}_$]*[?!]?$/u);
    }), { numRuns: 5000 });
  });
});

describe('the style of a name', () => {
  it.each([
    ['calcData', 'quote_total', 'quoteTotal'],
    ['calcData', 'QuoteTotal', 'quoteTotal'],
    ['calcData', 'parse-HTML-page', 'parseHTMLPage'],
    ['Calc', 'quoteTotal', 'QuoteTotal'],
    ['calc_data', 'quoteTotal', 'quote_total'],
    ['MAX_N', 'largestCount', 'LARGEST_COUNT'],
    ['_calcData', 'quoteTotal', '_quoteTotal'],
    ['#calcData', 'quoteTotal', '#quoteTotal'],
    ['is_ok?', 'valid?', 'valid?'],
    ['calc', 'quote_total', 'quote_total'],
    ['calc', 'quoteTotal', 'quoteTotal'],
    ['값', '합계', '합계'],
  ])('%s → %s is %s', (present, name, expected) => expect(toStyleOf(present, name)).toBe(expected));
  it('once given is kept', () => {
    const names = fc.constantFrom('calcData', 'Calc', 'calc_data', 'MAX_N', '_x');
    fc.assert(fc.property(names, fc.stringMatching(/^[a-z][a-zA-Z]{0,12}(_[a-z]{1,5})?$/), (present, name) => {
      const once = toStyleOf(present, name);
      expect(toStyleOf(present, once)).toBe(once);
    }));
  });
});

describe('words of a name', () => {
  it('are kept in any style', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/);
    fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const snake = words.join('_');
      expect(toStyleOf('MAX_N', snake)).toBe(snake.toUpperCase());
      expect(toStyleOf('a_b', toStyleOf('CalcData', snake))).toBe(snake);
      expect(toStyleOf('a_b', toStyleOf('calcData', snake))).toBe(snake);
    }));
  });
});

describe('the question for names', () => {
  it('names the symbol and its place, and wants nothing but names', () => {
    const { system, messages } = namesPrompt({ name: 'calc', place: 'src/a.ts, line 3', context: 'CODE', replyLanguage: 'Korean' });
    expect(system).toMatch(/^Task: suggest names\.[\s\S]*No other text[\s\S]*Korean/);
    expect(JSON.stringify(messages)).toMatch(/CODE[\s\S]*`calc` in src\/a\.ts, line 3/);
  });
});
