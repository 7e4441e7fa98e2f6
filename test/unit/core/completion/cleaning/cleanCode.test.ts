// Code that is as it should be, in many languages, with nothing below the cursor: it may end its block, and comes out as it went in.
import { describe, expect, it } from 'vitest';
import { createAnswerCleaner } from '../../../../../src/core/completion/cleaning/cleanAnswer.ts';
import type { CompletionCall } from '../../../../../src/core/completion/completionTypes.ts';
import { placeAt } from '../harness.ts';

type Row = readonly [name: string, languageId: string, marked: string, answer: string, more?: Partial<CompletionCall>];

/** As a whole, and in a stream that is cut at each place. */
function check([, languageId, marked, answer, more]: Row): void {
  const raw = `<insert>${answer}</insert>`;
  const cleaner = createAnswerCleaner(placeAt(marked, { languageId, tabSize: 4, ...more }), 'line');
  expect(cleaner.clean(raw, false).text).toBe(answer);
  for (let length = 1; length < raw.length; length++) {
    const { text } = cleaner.clean(raw.slice(0, length), true);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    expect(answer.startsWith(whole), `${JSON.stringify(whole)} after ${length}`).toBe(true);
  }
}

const leavingBlocks: readonly Row[] = [
  ['try and except', 'python', 'try:\n    █', 'import a\nexcept ImportError:\n    a = None\n\nx = 1'],
  ['try and except in a function', 'python', 'def f():\n    try:\n        █', 'import a\n    except ImportError:\n        a = None\n    return a'],
  ['the end of a function', 'python', 'class A:\n    def f(self):\n        if self.a:\n            █', 'self.b()\n\n\nclass B:\n    pass'],
  ['the end of a short block', 'python', 'for a in b:\n    █', 'c(a)\nd()\ne()'],
  ['an if in one line', 'python', 'def f(a):\n    █', 'if a: return 1\n    if b: return 2\n    return 3'],
  ['rescue', 'ruby', 'begin\n  █', 'a\nrescue E\n  b\nend'],
  ['methods in one line', 'ruby', 'class P\n  █', 'def x = @x\n  def y = @y\nend'],
  ['then in one line', 'ruby', 'case a\n  █', 'when 1 then b\n  when 2 then c\nend'],
  ['functions in one line', 'elixir', 'defmodule Shape do\n  █', 'def area(:a), do: 1\n  def area(:b), do: 2\nend'],
  ['then and else', 'haskell', 'f x =\n  if x\n  █', 'then 1\n  else 2\n\ng = 3'],
  ['a function that ends', 'lua', 'local function f()\n  █', 'return 1\nend\n\nlocal a = f()'],
  ['an if in one line', 'lua', 'local function f(a)\n  █', 'if a then return end\n  b()\nend'],
  ['a switch', 'go', 'func f(x int) int {\n\t█', 'switch x {\n\tcase 1:\n\t\treturn 1\n\tdefault:\n\t\treturn 2\n\t}\n}', { insertSpaces: false }],
  ['a select', 'go', 'func f() {\n\tfor {\n\t\t█', 'select {\n\t\tcase a := <-b:\n\t\t\tc(a)\n\t\t}\n\t}\n}', { insertSpaces: false }],
  ['a doc comment that ends', 'typescript', '/**\n * Fills it.\n █', '*/\nexport function fill() {\n  return 1;\n}'],
  ['a doc comment that ends', 'java', '/**\n * Fills it.\n █', '*/\npublic class Fill {\n    int a;\n}'],
  ['a doc comment that ends', 'php', '<?php\n/**\n * Fills it.\n █', '*/\nfunction fill() {\n    return 1;\n}'],
  ['a comment that ends', 'css', '/*\n * Colours\n █', '*/\na {\n  color: red;\n}'],
  ['the last case', 'typescript', "function f(k) {\n  switch (k) {\n    case 'a':\n      return 1;\n    █", "case 'b': return 2;\n    default:\n      return 3;\n  }\n}"],
  ['cases under their switch', 'c', 'int f(int k)\n{\n    switch (k) {\n    case 1:\n        █', 'return 2;\n    default:\n        return 3;\n    }\n}'],
  ['a label', 'c', 'int f(void)\n{\n    if (a)\n        █', 'goto out;\n    b();\nout:\n    return 1;\n}'],
  ['the preprocessor', 'c', 'int f(void)\n{\n#ifdef A\n    █', 'b();\n#else\n    c();\n#endif\n    return 1;\n}'],
  ['a namespace without indentation', 'cpp', 'namespace a {\nvoid b(int c,\n       █', 'int d);\nvoid e();\n}'],
  ['the access of a class', 'cpp', 'class A {\npublic:\n    █', 'void a();\nprivate:\n    int b;\n};'],
  ['members that are set before the body', 'cpp', 'A::A()\n    : a(1),\n      █', 'b(2) {\n  c();\n}'],
  ['then and else', 'shellscript', 'if [ -z "$A" ]; then\n  █', 'B=1\nelse\n  B=2\nfi'],
  ['a loop that ends', 'shellscript', 'for a in b; do\n  █', 'c "$a"\ndone\nd'],
  ['a condition over two lines', 'shellscript', 'if [ a ] || \\\n   █', '[ b ]; then\n  c\nfi'],
  ['a heredoc at the margin', 'shellscript', 'f() {\n  █', 'cat <<EOF\nUsage\nEOF\n}'],
  ['the rest of a heredoc', 'shellscript', 'f() {\n  cat <<EOF\n      --version\n      █', '--help\n  -q  quiet\nEOF\n}'],
  ['a nested function at the end', 'javascript', "define(['a'], function (a) {\n'use strict';\n  █", 'a.b();\nreturn a;\n});'],
  ['a callback that hangs', 'javascript', 'foo(a,\n    b, █', 'function () {\n  c();\n});\nd();'],
  ['a rule that ends', 'scss', '.a {\n  .b {\n    █', 'color: red;\n  }\n}\n\n.c {\n  top: 0;'],
  ['triggers', 'yaml', 'on:\n  █', 'push:\n  pull_request:\n  workflow_dispatch:', { tabSize: 2 }],
  ['volumes', 'yaml', 'services:\n  web:\n    image: nginx\nvolumes:\n  █', 'db-data:\n  cache:', { tabSize: 2 }],
  ['the end of a list', 'yaml', 'models:\n  - a\n  █', '- b\ntools:\n  - c\nstrict: true', { tabSize: 2 }],
  ['a condition of a step', 'yaml', 'jobs:\n  a:\n    steps:\n      - run: b\n        █', 'if: c\n        env:\n          D: e', { tabSize: 2 }],
  ['elements that have no end', 'html', '<html>\n<head>\n    █', '<meta charset="UTF-8">\n    <meta name="viewport">\n    <title>Document</title>\n</head>'],
  ['elements that end', 'html', '<ul>\n  <li>\n    █', '<b>a</b>\n  </li>\n</ul>\n<p>c</p>'],
  ['elements', 'xml', '<a>\n  <b>\n    █', '<c/>\n  </b>\n</a>'],
  ['statements', 'sql', 'CREATE TABLE a (\n  █', 'b INT,\n  c INT\n);\n\nSELECT * FROM a;'],
  ['a match', 'rust', 'fn f(a: u8) -> u8 {\n    match a {\n        █', '1 => 2,\n        _ => 3,\n    }\n}\n\nfn g() {}'],
  ['a guard', 'swift', 'func f() {\n    guard let a = b,\n          █', 'let c = a.d else {\n        return\n    }\n    e()\n}'],
];

describe('a block is left where it ends', () => {
  it.each(leavingBlocks.map((row) => [row[0], row[1], row] as const))('%s, %s', (_, __, row) => check(row));
});

const texts: readonly Row[] = [
  ['a recipe', 'makefile', 'SRC = a.c \\\n      b.c\n\n█', 'all: $(OBJ)\n\tcc -o app $(OBJ)', { insertSpaces: true }],
  ['a recipe, aligned above', 'makefile', 'SRC = a.c \\\n      b.c\n\nall: █', '$(OBJ)\n\tcc -o app $(OBJ)\n\nclean:\n\trm -f app', { insertSpaces: false }],
  ['a raw string', 'go', 'package a\n\nfunc q() string {\n\tx := 1\n\tif x > 0 {\n\t\treturn ""\n\t}\n\t█', 'return `\nselect *\n  from t\n where x`', { insertSpaces: false }],
  ['a template', 'typescript', 'function mk() {\n  const a = 1;\n  if (a) {\n    b();\n  }\n  █', 'return `all:\n\tcc main.c\n`;'],
  ['a heredoc', 'shellscript', 'if a; then\n  echo a\nfi\nif b; then\n  █', 'cat <<-EOF\n\thello\n\tEOF\nfi'],
  ['both, in a file of neither', 'c', 'int a;\n█', 'void f(void)\n{\n    if (a)\n\tb();\n    c();\n}'],
  ['a step of four beside steps of two', 'lua', 'if a then\n    b()\nend\nif c then\n    d()\nend\nlocal function f(x)\n  g(x)\nend\n█', 'if e then\n  h()\nend'],
  ['steps of eight', 'shellscript', 'if a; then\n  b\nfi\nif c; then\n  d\nfi\nif e; then\n  f\nfi\nif g\nthen\n        █', 'h\nelse\n        i\nfi'],
];

describe('tabs, spaces and steps stay', () => {
  it.each(texts.map((row) => [row[0], row[1], row] as const))('%s, %s', (_, __, row) => check(row));
});

/** Answers that can only have been written at the left margin. */
const atTheMargin: readonly (readonly [name: string, languageId: string, marked: string, answer: string, gives: string])[] = [
  ['statements in a method', 'typescript', 'class A {\n  f() {\n    █', 'a();\nb();', 'a();\n    b();'],
  ['a block in a method', 'java', 'class A {\n    void f() {\n        █', 'if (a) {\n    b();\n}\nc();', 'if (a) {\n            b();\n        }\n        c();'],
  ['a block with an else', 'swift', 'func f() {\n    █', 'if a {\n    b()\n} else {\n    c()\n}\nd()', 'if a {\n        b()\n    } else {\n        c()\n    }\n    d()'],
  ['a loop', 'python', 'class A:\n    def f(self):\n        █', 'for a in b:\n    c(a)\nreturn d', 'for a in b:\n            c(a)\n        return d'],
  ['a return at the end', 'python', 'def f(a):\n    █', 'b = a + 1\n\nc = b\nreturn c', 'b = a + 1\n\n    c = b\n    return c'],
  ['a call over lines', 'python', 'def f(a):\n    █', 'b = g(\n    a,\n)', 'b = g(\n        a,\n    )'],
  ['a method', 'ruby', 'class A\n  █', 'def b\n  if c\n    d\n  end\nend', 'def b\n    if c\n      d\n    end\n  end'],
  ['a loop', 'lua', 'local function f()\n  █', 'for a in b do\n  c(a)\nend', 'for a in b do\n    c(a)\n  end'],
  ['an if', 'shellscript', 'f() {\n  █', 'if a; then\n  b\nelse\n  c\nfi', 'if a; then\n    b\n  else\n    c\n  fi'],
  ['an element', 'html', '<body>\n  █', '<ul>\n  <li>a</li>\n</ul>', '<ul>\n    <li>a</li>\n  </ul>'],
  ['a function', 'go', 'func f() {\n\t█', 'if a {\n\tb()\n}\nc()', 'if a {\n\t\tb()\n\t}\n\tc()'],
];

describe('lines from the left margin are moved', () => {
  it.each(atTheMargin)('%s, %s', (_, ...[languageId, marked, answer, gives]) => {
    const cleaner = createAnswerCleaner(placeAt(marked, { languageId, tabSize: marked.includes('    ') ? 4 : 2, insertSpaces: !marked.includes('\t') }), 'line');
    expect(cleaner.clean(`<insert>${answer}</insert>`, false).text).toBe(gives);
  });
});
