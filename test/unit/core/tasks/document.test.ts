import { describe, expect, it } from 'vitest';
import { changesOnlyComments, documentPrompt } from '../../../../src/core/tasks/document.ts';

function check(before: string, after: string, expected: boolean, languageId = 'typescript'): void {
  expect(changesOnlyComments(before, after, languageId)).toBe(expected);
}

describe('a change of comments only', () => {
  it('is a comment added above', () => check('f();\n', '/** Runs. */\nf();\n', true));
  it('is a comment added behind', () => check('f();\n', 'f(); // runs\n', true));
  it('is a comment removed or reworded', () => check('// a\nf(); /* b */\n', '// c\nf();\n', true));
  it('is not a changed name', () => check('f();\n', '/** Runs. */\ng();\n', false));
  it('is not a changed string', () => check('f("a");\n', '/** Runs. */\nf("b");\n', false));
  it('is not a comment mark within a string', () => check('f("a");\n', 'f("a // b");\n', false));
  it('is not a changed indentation', () => check('if a:\n  f()\n', 'if a:\n    f()\n', false, 'python'));
  it('is not code that became a comment', () => check('f();\ng();\n', 'f();\n// g();\n', false));
  it('is a docstring in Python', () => {
    check('def f():\n    return 1\n', 'def f():\n    """Says one.\n\n    Always.\n    """\n    return 1\n', true, 'python');
  });
  it('is not a string with a value in Python', () => check('a = 1\n', 'a = """b"""\n', false, 'python'));
  it('is a comment of Go, Rust, SQL', () => {
    check('func F() {}\n', '// F runs.\nfunc F() {}\n', true, 'go');
    check('fn f() {}\n', '/// Runs.\nfn f() {}\n', true, 'rust');
    check('select 1;\n', '-- one\nselect 1;\n', true, 'sql');
  });
  it('is a comment of Lua, Haskell, PowerShell, a shell', () => {
    check('function f() end\n', '--- Runs.\nfunction f() end\n', true, 'lua');
    check('f = 1\n', '-- | One.\n{- always -}\nf = 1\n', true, 'haskell');
    check('function F { 1 }\n', '<#\n.SYNOPSIS\nRuns.\n#>\nfunction F { 1 }\n', true, 'powershell');
    check('f() { :; }\n', '# Runs.\nf() { :; }\n', true, 'shellscript');
    check('f = 1\n', 'f = 2 -- one\n', false, 'haskell');
  });
  it('is the value of @doc in Elixir, and no other text', () => {
    check('def f, do: 1\n', '@doc """\nOne.\n"""\ndef f, do: 1\n', true, 'elixir');
    check('def f, do: 1\n', '@moduledoc ~S"""\nOne.\n"""\ndef f, do: 1\n', true, 'elixir');
    check('def f, do: 1\n', '@text """\nOne.\n"""\ndef f, do: 1\n', false, 'elixir');
  });
  it('reads CRLF like LF', () => check('f();\r\n', '// a\r\nf();\r\n', true));
  it('forgives white space at the end of a line that a comment stood on', () => {
    check('f(); // a\ng();\n', 'f();\ng();\n', true);
  });
});

describe('the form that is asked for', () => {
  const form = (languageId: string): string => documentPrompt({ languageId, target: 'f', context: '', replyLanguage: 'English', editFormat: '' }).system;
  it.each([
    ['typescript', 'TSDoc'], ['javascript', 'JSDoc'], ['vue', 'JSDoc'], ['python', 'PEP 257'], ['go', 'godoc'], ['rust', 'rustdoc'], ['java', 'Javadoc'], ['kotlin', 'KDoc'], ['scala', 'Scaladoc'],
    ['csharp', 'XML documentation'], ['php', 'PHPDoc'], ['ruby', 'YARD'], ['swift', '///'], ['c', 'Doxygen'], ['cpp', 'Doxygen'], ['dart', 'dartdoc'], ['lua', 'LDoc'], ['r', 'roxygen2'], ['elixir', 'ExDoc'],
    ['powershell', '.SYNOPSIS'], ['shellscript', '# lines above'], ['haskell', 'Haddock'], ['brainfuck', 'usual for the language'],
  ])('in %s is %s', (languageId, words) => expect(form(languageId)).toContain(words));
});
