import { describe, expect, it } from 'vitest';
import { createAnswerCleaner } from '../../../../../src/core/completion/cleaning/cleanAnswer.ts';
import type { CompletionCall, CompletionMode } from '../../../../../src/core/completion/completionTypes.ts';
import { placeAt } from '../harness.ts';

interface Case {
  readonly at: string;
  readonly answer: string;
  readonly gives: string;
  readonly mode?: CompletionMode;
  readonly languageId?: CompletionCall['languageId'];
  readonly tabSize?: number;
}

/** The whole answer, and the same in a stream that is cut at each place. */
function check({ at, answer, gives, mode = 'line', languageId = 'typescript', tabSize = 2 }: Case): void {
  const cleaner = createAnswerCleaner(placeAt(at, { languageId, tabSize }), mode);
  let last = cleaner.clean('', true);
  for (let length = 0; length <= answer.length && !last.closed; length++) last = cleaner.clean(answer.slice(0, length), true);
  expect(last.closed ? last.text : cleaner.clean(answer, false).text, 'as a stream').toBe(gives);
  expect(cleaner.clean(answer, false).text, 'as a whole').toBe(gives);
}

const echoes: Readonly<Record<string, Case>> = {
  'the line so far': { at: '  const total = █', answer: 'const total = a + b;', gives: 'a + b;' },
  'the line so far, indented': { at: '  const total = █', answer: '  const total = a + b;', gives: 'a + b;' },
  'an end of the line': { at: '  return items.█', answer: 'items.length;', gives: 'length;' },
  'the word being typed': { at: '  console.lo█', answer: 'log(a);', gives: 'g(a);' },
  'two letters of a line': { at: 'fo█', answer: 'for (const a of b) {', gives: 'r (const a of b) {' },
  'a comment mark': { at: '  //█', answer: '// Adds both.', gives: ' Adds both.' },
  'a bracket that stands there': { at: '  (█', answer: '(a as any).b();', gives: 'a as any).b();' },
  'lines before': { at: 'function add(a: number, b: number) {\n  return █', answer: 'function add(a: number, b: number) {\n  return a + b;', gives: 'a + b;' },
  'the line above': { at: 'function add(a, b) {\n  █', answer: 'function add(a, b) {\n  return a + b;', gives: 'return a + b;', mode: 'block' },
  'nothing: it only looks alike': { at: 'const a = 1;\nconst b = █', answer: '2;\nconst c = 3;', gives: '2;\nconst c = 3;' },
  'nothing: a bracket that opens another': { at: 'f(█', answer: '(a));', gives: '(a));' },
};

describe('an echo is taken away', () => {
  it.each(Object.entries(echoes))('%s', (_, example) => check(example));
});

const spaces: Readonly<Record<string, Case>> = {
  'a second space': { at: 'const a = █', answer: ' 1;', gives: '1;' },
  'a space that belongs': { at: 'const a =█', answer: ' 1;', gives: ' 1;' },
  'the indentation again': { at: 'if (a) {\n  █', answer: '  b();', gives: 'b();' },
  'the indentation that is missing': { at: 'if (a) {\n█', answer: '  b();', gives: '  b();', mode: 'block' },
  'line ends that a tag brought': { at: 'const a = █', answer: '<insert>\n1;\n</insert>', gives: '1;' },
  'line ends in an operator': { at: 'const a = b +█', answer: '\n c;', gives: ' c;' },
  'a line end that is meant': { at: '  a();█', answer: '\n  b();', gives: '\n  b();' },
  'a closer on the next line': { at: '  if (a) {\n    return b█', answer: '\n  }', gives: '\n  }' },
  'a line end before a statement': { at: 'import a from "a"█', answer: '\nimport b from "b"', gives: '\nimport b from "b"' },
  'a blank line between functions': { at: 'class A {\n  f() {\n  }\n  █\n}', answer: '\n  g() {', gives: '\n  g() {' },
  'the star of a comment': { at: '/**\n█', answer: ' * Adds.', gives: ' * Adds.' },
};

describe('white space at the beginning fits', () => {
  it.each(Object.entries(spaces))('%s', (_, example) => check(example));
});

const indentations: Readonly<Record<string, Case>> = {
  'a block at the left margin': { at: 'class A {\n  f() {\n    █\n  }\n}', answer: 'if (a) {\n  b();\n}', gives: 'if (a) {\n      b();\n    }', mode: 'block' },
  'statements at the left margin': { at: 'class A {\n  f() {\n    █\n  }\n}', answer: 'a();\nb();', gives: 'a();\n    b();', mode: 'block' },
  'a block as it should be': { at: 'class A {\n  f() {\n    █\n  }\n}', answer: 'if (a) {\n      b();\n    }', gives: 'if (a) {\n      b();\n    }', mode: 'block' },
  'tabs in a file of spaces': { at: 'class A {\n  f() {\n    █\n  }\n}', answer: 'if (a) {\n\t\t\tb();\n\t\t}', gives: 'if (a) {\n      b();\n    }', mode: 'block' },
  'spaces in a file of tabs': { at: 'class A {\n\tf() {\n\t\t█\n\t}\n}', answer: 'if (a) {\n            b();\n        }', gives: 'if (a) {\n\t\t\tb();\n\t\t}', mode: 'block', tabSize: 4 },
  'steps of two in a file of four': {
    at: 'class A {\n    f() {\n        a();\n    }\n    g() {\n        █\n    }\n    h() {\n        a();\n    }\n}', answer: 'if (a) {\n          b();\n        }',
    gives: 'if (a) {\n            b();\n        }', mode: 'block', tabSize: 4,
  },
  'python at the left margin': { at: 'class A:\n    def f(self):\n        █', answer: 'for a in b:\n    c(a)\nreturn d', gives: 'for a in b:\n            c(a)\n        return d', mode: 'block', languageId: 'python', tabSize: 4 },
};

describe('indentation becomes the file\'s own', () => {
  it.each(Object.entries(indentations))('%s', (_, example) => check(example));
});

const limits: Readonly<Record<string, Case>> = {
  'a body ends before its closer': { at: 'function f() {\n  █\n}', answer: 'a();\n  b();\n}\n\nfunction g() {\n}', gives: 'a();\n  b();', mode: 'block' },
  'a closer that is missing is kept': { at: 'function f() {\n  █', answer: 'a();\n}\n\nfunction g() {\n}', gives: 'a();\n}', mode: 'block' },
  'a python body ends with its indentation': { at: 'def f():\n    █', answer: 'a()\n    b()\n\ndef g():\n    c()', gives: 'a()\n    b()', mode: 'block', languageId: 'python', tabSize: 4 },
  'below a comment, one construct': { at: '// Adds.\n█', answer: 'function add() {\n  return 1;\n}\n\nfunction sub() {\n}', gives: 'function add() {\n  return 1;\n}', mode: 'block' },
  'else belongs to if': { at: '// Either.\n█', answer: 'if (a) {\n  b();\n} else {\n  c();\n}\nd();', gives: 'if (a) {\n  b();\n} else {\n  c();\n}', mode: 'block' },
  'brackets in strings do not count': { at: 'function f() {\n  █\n}', answer: 'a("}");\n  b();\n}', gives: 'a("}");\n  b();', mode: 'block' },
  'a template string keeps its own lines': { at: 'function f() {\n  █\n}', answer: 'a(`\nleft\n`);\n  b();\n}', gives: 'a(`\nleft\n`);\n  b();', mode: 'block' },
  'the text below stops it': { at: 'const a = █\nconst total = a + b;\nreturn total;', answer: '1;\nconst total = a + b;\nreturn total;', gives: '1;' },
  'a circle is cut': { at: 'x();\n█', answer: 'total += price;\ntotal += price;\ntotal += price;\ntotal += price;', gives: 'total += price;' },
};

describe('an answer ends where its scope does', () => {
  it.each(Object.entries(limits))('%s', (_, example) => check(example));

  it('at eight lines in a line\'s answer', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `call${index}();`).join('\n');
    const cleaned = createAnswerCleaner(placeAt('a();\n█'), 'line').clean(lines, true);
    expect(cleaned.text.split('\n')).toHaveLength(8);
    expect(cleaned.closed).toBe(true);
  });

  it('at fourteen lines in a block', () => {
    const lines = Array.from({ length: 30 }, (_, index) => `call${index}();`).join('\n  ');
    expect(createAnswerCleaner(placeAt('function f() {\n  █\n}'), 'block').clean(lines, false).text.split('\n')).toHaveLength(14);
  });
});

describe('what an editor or a terminal would act on', () => {
  it('is taken out', () => check({ at: 'a = █', answer: 'b;\u0000\u001b\u0007', gives: 'b;' }));
  it('CR and CRLF become LF', () => check({ at: 'a = █', answer: 'b;\r\nc;\rd;', gives: 'b;\nc;\nd;' }));
  it('hidden characters rule the answer out', () => {
    expect(createAnswerCleaner(placeAt('a = █'), 'line').clean('b\u202e;', false)).toMatchObject({ text: '', rejected: 'hidden-characters' });
  });
  it('but not where the file has them already', () => {
    expect(createAnswerCleaner(placeAt('// 👩\u200d👩\na = █'), 'line').clean('"👩\u200d👩";', false).text).toBe('"👩\u200d👩";');
  });
  it('a megabyte on one line is still one answer', () => expect(createAnswerCleaner(placeAt('a = █'), 'line').clean('b'.repeat(1_000_000), false).text).toHaveLength(1_000_000));
});

describe('clean code', () => {
  it.each([
    ['a line', 'const a = █', 'b.c(d, "e") ?? f;'],
    ['a space before a text that follows', 'f(█b)', 'a, '],
    ['a list of equal items', 'const a = [\n  █\n];', '0, 0, 0,\n  0, 0, 0,'],
    ['a regular expression', 'const a = █', '/[({]+/.test(b);'],
    ['an apostrophe in a comment', 'a(); █', "// don't (ever"],
  ])('%s is left alone', (_, at, answer) => check({ at, answer, gives: answer }));
});
