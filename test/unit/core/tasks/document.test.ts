import { describe, expect, it } from 'vitest';
import { changesOnlyComments } from '../../../../src/core/tasks/document.ts';

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
  it('reads CRLF like LF', () => check('f();\r\n', '// a\r\nf();\r\n', true));
  it('forgives white space at the end of a line that a comment stood on', () => {
    check('f(); // a\ng();\n', 'f();\ng();\n', true);
  });
});
