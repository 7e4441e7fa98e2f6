import { describe, expect, it } from 'vitest';
import { createCleaningSite } from '../../../../../src/core/completion/cleaning/filter.ts';
import { fitItem, type FitInput, type FitOutput } from '../../../../../src/core/completion/cleaning/fitItem.ts';
import type { CompletionMode } from '../../../../../src/core/completion/completionTypes.ts';
import { cursorMark, placeAt } from '../harness.ts';

function fit(at: string, remaining: string, more: Partial<FitInput> & { readonly mode?: CompletionMode } = {}): FitOutput {
  const site = createCleaningSite(placeAt(at), more.mode ?? 'line');
  return fitItem({ remaining, open: false, impatient: false, crossLineEnd: false, reachLines: 1, isBlock: false, visible: '', site, ...more });
}

/** The document after accepting, with the cursor where it ends up. */
function accept(at: string, remaining: string, more: Parameters<typeof fit>[2] = {}): string | undefined {
  const item = fit(at, remaining, more);
  if (item === 'wait' || 'rejected' in item) return undefined;
  const [before = '', after = ''] = at.split(cursorMark);
  return before.slice(0, before.length - item.replaceBefore) + item.text + cursorMark + after.slice(item.replaceAfter);
}

describe('of an answer, a line\'s call takes', () => {
  it.each([
    ['the rest of the line', 'a = █', 'b;\nc;', 'a = b;█'],
    ['all of a last line', 'a = █', 'b;', 'a = b;█'],
  ])('%s', (_, at, remaining, gives) => expect(accept(at, remaining)).toBe(gives));

  it('nothing before the line is whole', () => expect(fit('a = █', 'b', { open: true })).toBe('wait'));
  it('the line once its end has come', () => expect(fit('a = █', 'b;\n', { open: true })).toMatchObject({ text: 'b;' }));
  it('nothing at a line\'s end before Enter', () => expect(fit('a;█', '\nb;')).toEqual({ rejected: 'line-end' }));
  it('the next line where lines may be crossed', () => expect(accept('a;█', '\nb;\nc;', { crossLineEnd: true })).toBe('a;\nb;█'));
});

describe('of an answer, a block\'s call takes', () => {
  it('what is in scope', () => expect(accept('if (a) {\n  █\n}', 'b();\n  c();\n}\nd();', { mode: 'block' })).toBe('if (a) {\n  b();\n  c();█\n}'));
  it('nothing before the block is whole', () => expect(fit('if (a) {\n  █', 'b();\n  c();', { mode: 'block', open: true })).toBe('wait'));
  it('the whole lines when patience is over', () => expect(fit('if (a) {\n  █', 'b();\n  c(', { mode: 'block', open: true, impatient: true })).toMatchObject({ text: 'b();' }));
  it('nothing when patience is over and no line is whole', () => expect(fit('if (a) {\n  █', 'b(', { mode: 'block', open: true, impatient: true })).toBe('wait'));
});

describe('what is on the screen', () => {
  it('stays, though the place now asks for a line', () => expect(fit('if (a) {\n  b█', '();\n  c();', { isBlock: true, visible: '();\n  c();' })).toMatchObject({ text: '();\n  c();' }));
  it('may grow', () => expect(fit('if (a) {\n  b█', '();\n  c();\n  d();', { isBlock: true, visible: '();\n  c();' })).toMatchObject({ text: '();\n  c();\n  d();' }));
  it('does not shrink to a line', () => expect(fit('a = █', 'b;\nc;', { visible: 'b;\nc;' })).toMatchObject({ text: 'b;\nc;' }));
});

describe('the rest of the line', () => {
  it.each([
    ['a closer the answer has too', 'f(█)', 'a)', 'f(a█)'],
    ['a closer the answer goes on behind', 'f(█)', 'a);', 'f(a);█'],
    ['a closer that is not the answer\'s', 'f(█)', 'g(a)', 'f(g(a)█)'],
    ['two closers and a semicolon', 'f([█])', 'a]);', 'f([a]);█'],
    ['a quote that the editor closed', "a = '█'", "b';", "a = 'b';█"],
    ['a quote that both have', "a = '█'", "b'", "a = 'b█'"],
    ['a text that the answer repeats', 'f(█, b);', 'a, b);', 'f(a█, b);'],
    ['a text that only follows', 'f(█, b);', 'a', 'f(a█, b);'],
    ['a semicolon', 'a = █;', 'b;', 'a = b█;'],
    ['a brace of a block in one line', 'if (a) {█}', '\n  b();\n}', 'if (a) {\n  b();\n}█'],
  ])('%s', (_, at, remaining, gives) => expect(accept(at, remaining, { mode: remaining.includes('\n') ? 'block' : 'line', crossLineEnd: true })).toBe(gives));

  it('is never replaced by what does not hold it', () => {
    for (const remaining of ['a', 'a)', 'a))', 'a);', ')', '(', "'", 'a, b) => {']) {
      for (const at of ['f(█)', 'f([█])', "f('█')", 'f(█);', 'f({ a: [█] })']) {
        const item = fit(at, remaining);
        if (item === 'wait' || 'rejected' in item) continue;
        let from = item.replaceBefore;
        for (const character of (at.split(cursorMark)[1] ?? '').slice(0, item.replaceAfter)) {
          from = item.text.indexOf(character, from) + 1;
          expect(from, `${at} with ${remaining}`).toBeGreaterThan(0);
        }
      }
    }
  });
});

describe('nothing is shown', () => {
  it.each([
    ['of white space', 'a = █', '   ', 'blank'],
    ['of what stands behind the cursor already', 'f(a█)', ')', 'blank'],
    ['of the line below', 'x();\n█\nreturn total;', 'return total;', 'repeats-text-after'],
  ])('%s', (_, at, remaining, why) => expect(fit(at, remaining)).toEqual({ rejected: why }));

  it('of a closer that the editor has put below', () => expect(accept('if (a) {\n  █\n}', 'b();\n}', { mode: 'block', isBlock: true })).toBe('if (a) {\n  b();█\n}'));
});

describe('with an entry selected in the suggest widget', () => {
  const selected = { from: { line: 0, character: 2 }, text: 'toString' };
  it('an item that begins with it covers it', () => expect(fit('a.to█', 'String();', { selected })).toEqual({ text: 'toString();', replaceBefore: 2, replaceAfter: 0 }));
  it('an item that disagrees is not shown', () => expect(fit('a.to█', 'Fixed(2);', { selected })).toEqual({ rejected: 'not-in-suggest-widget' }));
});

describe('a suggestion that leaves the line blank', () => {
  it('takes its white space away', () => expect(accept('  a() {\n  }\n  █\n}', '\n  b() {')).toBe('  a() {\n  }\n\n  b() {█\n}'));
});
