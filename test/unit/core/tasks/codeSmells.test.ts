import { describe, expect, it } from 'vitest';
import { findSmells } from '../../../../src/core/tasks/codeSmells.ts';

function check(text: string, expected: readonly string[], languageId = 'typescript'): void {
  expect(findSmells(text, languageId).map(({ kind, line, count, name }) => `${kind} ${line} ${count}${name === undefined ? '' : ` ${name}`}`)).toEqual(expected);
}

const manyLines = (count: number, indent = '  '): string => Array.from({ length: count }, (_, index) => `${indent}call${index}();`).join('\n');

describe('smells', () => {
  it('are none in clean code', () => {
    check('export function add(left: number, right: number): number {\n  return left + right;\n}\n', []);
  });
  it('are none in nothing', () => check('', []));

  it('long function', () => check(`function work() {\n${manyLines(45)}\n}`, ['long-function 0 47 work']));
  it('long arrow function', () => {
    check(`export const work = async (a: string) => {\n${manyLines(45)}\n};`, ['long-function 0 47 work']);
  });
  it('long method', () => {
    check(`class A {\n  public async work(): Promise<void> {\n${manyLines(45, '    ')}\n  }\n}`, ['long-function 1 47 work']);
  });
  it('long function in Python', () => {
    check(`def work(self):\n${manyLines(45, '    ')}\n\nx = 1`, ['long-function 0 46 work'], 'python');
  });
  it('long function in Go', () => {
    check(`func (s *Store) Work(x int) error {\n${manyLines(45, '\t')}\n}`, ['long-function 0 47 Work'], 'go');
  });
  it('long function in Rust', () => {
    check(`pub fn work<'a>(x: &'a str) -> Result<(), E> {\n${manyLines(45, '    ')}\n}`, ['long-function 0 47 work'], 'rust');
  });
  it('long function in Java with annotations and throws', () => {
    check(`@Test\npublic void work() throws IOException {\n${manyLines(45, '    ')}\n}`, ['long-function 1 47 work'], 'java');
  });
  it('not a long if', () => check(`if (x) {\n${manyLines(45)}\n}`, []));

  it('many parameters', () => {
    check('function f(a: number, b: Map<string, number>, c = { x: 1, y: 2 }, d?: () => void, e: number) {\n}', ['many-parameters 0 5 f']);
  });
  it('does not count inside of types and defaults', () => {
    check('function f(a: Map<string, number>, b = [1, 2, 3]) {\n}', []);
  });
  it('does not count self', () => check('def f(self, a, b, c, d):\n    pass\n', [], 'python'));
  it('counts parameters over several lines', () => {
    check('def f(\n    a,\n    b,\n    c,\n    d,\n    e,\n):\n    pass\n', ['many-parameters 0 5 f'], 'python');
  });

  it('deep nesting', () => {
    check('function f() {\n  if (a) {\n    for (;;) {\n      while (b) {\n        if (c) {\n          run();\n        }\n      }\n    }\n  }\n}', ['deep-nesting 5 4 f']);
  });
  it('not a long argument list', () => {
    check('function f() {\n  call(\n        a,\n            b,\n                c,\n  );\n}', []);
  });

  it('duplicated lines', () => {
    const repeated = '  const a = read(x);\n  const b = parse(a);\n  check(b);\n  write(b);\n';
    check(`${repeated}  other();\n${repeated}`, ['duplicated-lines 5 4']);
  });
  it('not three repeated lines', () => check('a();\nbcd();\nefg();\nxyz();\na();\nbcd();\nefg();\n', []));

  it('magic numbers', () => {
    check('const price = x * 1.19 + 42;\nif (days > 86400) stop();\n', ['magic-numbers 0 3']);
  });
  it('not named constants, indexes and small numbers', () => {
    check('const maxDays = 30;\nconst LIMIT = 500;\nconst a = list[17] + 1 * 2 - 0;\nconst b = 100;\nconst c = 0x7f;\n', []);
  });
  it('not numbers in strings and comments', () => check('// 11 22 33\nconst a = "11 22 33";\n', []));

  it('long condition', () => check('if (a && b || c && d) {\n}', ['long-condition 0 4']));
  it('long condition over lines', () => {
    check('run();\nif (\n  a &&\n  b &&\n  c &&\n  d\n) {\n}', ['long-condition 1 4']);
  });
  it('long condition in Python', () => {
    check('if a and b and c or d:\n    pass\n', ['long-condition 0 4'], 'python');
  });

  it('else-if chain', () => {
    check('if (a) {\n  x();\n} else if (b) {\n  x();\n} else if (c) {\n  x();\n} else if (d) {\n  x();\n}', ['else-chain 0 3']);
  });
  it('elif chain', () => {
    check('if a:\n    x()\nelif b:\n    x()\nelif c:\n    x()\nelif d:\n    x()\n', ['else-chain 0 3'], 'python');
  });
  it('not separate ifs', () => check('if (a) {\n} else if (b) {\n}\nif (c) {\n} else if (d) {\n}', []));

  it('commented-out code', () => {
    check('// const a = 1;\n// run(a);\n// if (a) {\nx();', ['commented-code 0 3']);
  });
  it('not prose', () => check('// This explains\n// what the code does,\n// at some length.\nx();', []));

  it('promise chain', () => check('a.then(b)\n  .then(c)\n  .then(d);', ['promise-chain 0 3']));
  it('var', () => check('var a = 1;\nlet b = a;', ['var-declaration 0 1'], 'javascript'));
  it('any', () => check('function f(a: any): Promise<any> {\n}', ['any-type 0 2']));
  it('not any in JavaScript', () => check('const b = x ? any : y;', [], 'javascript'));
  it('not the word any in a sentence', () => check('// in any case\nconst b = "as any";', []));

  it('long file', () => {
    expect(findSmells(Array.from({ length: 450 }, (_, index) => `export const value${index} = "x";`).join('\n'), 'typescript').map(({ kind }) => kind)).toContain('long-file');
  });
  it('reads CRLF like LF', () => {
    const text = `function work() {\n${manyLines(45)}\n}`;
    expect(findSmells(text.replaceAll('\n', '\r\n'), 'typescript')).toEqual(findSmells(text, 'typescript'));
  });
  it('come in the order of the lines', () => {
    const lines = findSmells(`var a = 1;\nif (a && b || c && d) {}\nvar z = 2;`, 'javascript').map(({ line }) => line);
    expect(lines).toEqual(lines.toSorted((left, right) => left - right));
  });
  it('gives up on a huge text', () => check('x'.repeat(200_001), []));
  it('ends in time on hostile text', () => {
    // The runner's limit of 5 s is the judge, not a stopwatch.
    for (const text of ['('.repeat(50_000), '{'.repeat(50_000), 'a '.repeat(60_000), 'function f('.repeat(8000), '/*'.repeat(50_000), '"\\'.repeat(50_000), 'x && '.repeat(20_000)]) expect(findSmells(text, 'typescript')).toBeInstanceOf(Array);
  });
});
