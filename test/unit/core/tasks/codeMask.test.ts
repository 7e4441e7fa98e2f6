import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskCode } from '../../../../src/core/tasks/codeMask.ts';

/** Blanks are written as dots, so that the tables can be read. */
function check(text: string, languageId: string, expected: string): void {
  expect(maskCode(text, languageId).code.replaceAll(' ', '.')).toBe(expected);
}

describe('code without strings and comments', () => {
  it('blanks line comments', () => check('a // {\nb', 'typescript', 'a.....\nb'));
  it('blanks block comments over lines', () => check('a/* {\n} */b', 'typescript', 'a....\n....b'));
  it('keeps the quotes of strings', () => check('a("{")', 'typescript', 'a(".")'));
  it('knows escapes', () => check('"\\"{"x', 'typescript', '"...."x'.replace('....', '...')));
  it('ends a string at its line', () => check('"{\n}', 'typescript', '".\n}'));
  it('goes on in a template', () => check('`{\n}`x', 'typescript', '`.\n.`x'));
  it('knows no comment in a string', () => check('"// a" b', 'typescript', '"....".b'));
  it('knows no string in a comment', () => {
    check('// "\na"b"', 'typescript', '....\na"."'.replace('....', '....'));
  });
  it('knows the comments of Python', () => check('a # {\n"""{\n}"""', 'python', 'a....\n""".\n."""'));
  it('reads a lifetime of Rust as code', () => check("fn f<'a>() {} // '", 'rust', "fn.f<'a>().{}....."));
  it('knows the comments of SQL, Lua and HTML', () => {
    check('a -- b', 'sql', 'a.....');
    check('a --[[ b ]] c', 'lua', 'a.............c'.slice(0, 2) + '.'.repeat(10) + 'c');
    check('<p><!-- {} --></p>', 'html', '<p>...........</p>');
  });
  it('takes an unknown language for one like C', () => check('a // b', 'brainfuck', 'a.....'));
  it('gives comments alone, and the code with its strings', () => {
    const mask = maskCode('a = "b"; // c', 'typescript');
    expect(mask.comments).toBe('         // c');
    expect(mask.withoutComments).toBe('a = "b";     ');
  });
  it('takes no opening quotes for closing ones', () => {
    expect(maskCode('""""', 'python')).toEqual({ code: '""" ', withoutComments: '""""', comments: '    ' });
    expect(maskCode('""', 'typescript').code).toBe('""');
  });
  it('keeps length and line ends, whatever comes', () => {
    const pieces = fc.array(fc.constantFrom('"', "'", '`', '//', '/*', '*/', '#', '"""', '\\', '\n', '\r\n', 'a', '{', ' ', '한', '🙂'), { maxLength: 60 });
    fc.assert(fc.property(pieces, fc.constantFrom('typescript', 'python', 'rust', 'html', 'lua', 'sql', 'php'), (parts, languageId) => {
      const text = parts.join('');
      const ends = text.replace(/[^\r\n]/g, '.');
      for (const masked of Object.values(maskCode(text, languageId))) expect(masked.replace(/[^\r\n]/g, '.')).toBe(ends);
    }), { numRuns: 2000 });
  });
  it('puts each character in code, string or comment', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const { withoutComments, comments } = maskCode(text, 'typescript');
      const joined = text.split('').map((character, index) => (comments[index] === ' ' ? withoutComments[index] : comments[index]) ?? character).join('');
      expect(joined).toBe(text);
    }));
  });
});
