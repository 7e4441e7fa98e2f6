import { describe, expect, it } from 'vitest';
import { closerOf, isCloser, isOpener, scanBrackets, unmatchedBrackets } from '../../../../src/core/completion/bracketScan.ts';
import { syntaxOf } from '../../../../src/core/completion/syntax.ts';

function check(text: string, languageId: string): string {
  return scanBrackets(text, syntaxOf(languageId)).brackets.map((bracket) => bracket.character).join('');
}

describe('brackets are counted', () => {
  it.each([
    ['in code', 'f(a[1]) {}', 'typescript', '([]){}'],
    ['not in strings', `f("(", ')', \`{\`)`, 'typescript', '()'],
    ['not behind an escaped quote', String.raw`f("\"(", a)`, 'typescript', '()'],
    ['not in line comments', 'f() // (', 'typescript', '()'],
    ['not in block comments', 'f(/* ( */)', 'typescript', '()'],
    ['after an apostrophe that is no string', "f() don't (a)", 'typescript', '()()'],
    ['not in Python comments', 'f() # (', 'python', '()'],
    ['not in Python long strings', 'f("""(\n(""")', 'python', '()'],
    ['after a Rust lifetime', "fn f<'a>(x: &'a str) {}", 'rust', '(){}'],
    ['after "$#" in a shell', '[ $# -gt 0 ] && f() { :; }', 'shellscript', '[](){}'],
    ['in a language nobody knows', 'f(/* ( */)', 'klingon', '()'],
  ])('%s', (_, text, languageId, brackets) => expect(check(text, languageId)).toBe(brackets));
});

describe('a text that ends inside', () => {
  it.each([
    ['a comment', 'a /* b', 'typescript', 'comment'],
    ['a template string', 'a = `b', 'typescript', 'string'],
    ['a Python long string', 'a = """b', 'python', 'string'],
    ['nothing', "it's", 'typescript', undefined],
  ])('%s', (_, text, languageId, inside) => expect(scanBrackets(text, syntaxOf(languageId)).endsInside).toBe(inside));
});

describe('brackets without a partner', () => {
  const unmatched = (text: string) => {
    const { closed, opened } = unmatchedBrackets(text, syntaxOf('typescript'));
    return [closed.map((bracket) => bracket.character).join(''), opened.map((bracket) => bracket.character).join('')];
  };
  it.each([
    ['f(a)', ['', '']],
    ['a);', [')', '']],
    ['} else {', ['}', '{']],
    ['f(() => {', ['', '({']],
    [')', [')', '']],
  ])('%s', (text, expected) => expect(unmatched(text)).toEqual(expected));
});

it('knows openers and closers', () => {
  expect([isOpener('('), isOpener(')'), isOpener(''), isCloser('}'), isCloser('{'), isCloser('')]).toEqual([true, false, false, true, false, false]);
  expect([closerOf('('), closerOf('['), closerOf('{'), closerOf('')]).toEqual([')', ']', '}', '']);
});
