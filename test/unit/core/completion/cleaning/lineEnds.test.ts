// An answer that begins with a line end: the code's own, or brought along by markup.
import { describe, expect, it } from 'vitest';
import { createAnswerCleaner } from '../../../../../src/core/completion/cleaning/cleanAnswer.ts';
import { placeAt } from '../harness.ts';

function clean(languageId: string, marked: string, answer: string): string {
  const cleaner = createAnswerCleaner(placeAt(marked, { languageId }), 'line');
  const raw = `<insert>${answer}</insert>`;
  const whole = cleaner.clean(raw, false).text;
  // However the stream is cut, it ends in the same text.
  const streamed = createAnswerCleaner(placeAt(marked, { languageId }), 'line');
  for (let length = 1; length < raw.length; length++) streamed.clean(raw.slice(0, length), true);
  expect(streamed.clean(raw, false).text).toBe(whole);
  return whole;
}

describe('a line end at the start of an answer is kept', () => {
  it.each([
    ['below a comment, though the next line repeats its last word', 'typescript', '  // Put it into the StringBuilder█', '\n  StringBuilder b = c;'],
    ['between selectors', 'css', '.a,█', '\n.b {'],
    ['before a brace on a line of its own', 'cpp', 'void f()█', '\n{'],
    ['before a label', 'cpp', 'class A {█', '\npublic:'],
    ['behind a closed string', 'sql', "AS 'MODULE_PATHNAME'█", '\nLANGUAGE C STRICT;'],
    ['between lines of a comment', 'typescript', '//   a: b,█', '\n//   c: d'],
    ['before a comment that begins as the line does', 'sql', '--█', '\n-- OPERATORS'],
    ['with a blank line behind it', 'perl', '=back█', '\n\n=head1 DIAGNOSTICS'],
  ])('%s', (_, languageId, marked, answer) => expect(clean(languageId, marked, answer)).toBe(answer));
});

describe('a line end that markup brought is taken away', () => {
  it.each([
    ['in the middle of a name', 'typescript', 'const fo█', '\nobar = 1;\n', 'obar = 1;'],
    ['behind an opened bracket', 'typescript', 'call(█', '\nvalue);\n', 'value);'],
    ['where the file joins the two elsewhere', 'typescript', "import {a} from 'a';\nimport {█", "\nb} from 'b';\n", "b} from 'b';"],
    ['in a template', 'typescript', 'const a = `${█', '\nb}`;\n', 'b}`;'],
    ['in a string', 'typescript', 'const a = "b,█', '\nc";\n', 'c";'],
  ])('%s', (_, ...[languageId, marked, answer, expected]) => expect(clean(languageId, marked, answer)).toBe(expected));
});

describe('the steps of an answer', () => {
  it('are its own in a doc string', () => {
    const file = 'def f():\n    if a:\n        b\n    if c:\n        d\n    if e:\n        g\n\ndef h():\n    """Does it.\n\n    Args:█';
    expect(clean('python', file, '\n      a: the first.\n      b: the second.')).toBe('\n      a: the first.\n      b: the second.');
  });

  it('are left where they align a list', () => {
    const file = 'if a {\n    b()\n}\nif a {\n    b()\n}\nif a {\n    b()\n}\nguard a,█';
    expect(clean('swift', file, '\n      let b = c else {')).toBe('\n      let b = c else {');
  });

  it('stay tabs where the file has tabs and spaces', () => {
    const file = 'void f() {\n    if (a)\n\tb();\n    if (c)\n\td();\n    if (e) {█';
    expect(clean('c', file, '\n\tg();\n\th();')).toBe('\n\tg();\n\th();');
  });

  it('are counted from the cursor when the line below says so', () => {
    expect(clean('typescript', 'type A =\n  █', '    B & {\n        c: D;\n      };').split('\n')[0]).toBe('    B & {');
  });
});
