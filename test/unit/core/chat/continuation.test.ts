import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContinuationJoint, endsInFence } from '../../../../src/core/chat/continuation.ts';

/** The text goes in piece by piece; what comes out stands behind `before`. */
function join(before: string, pieces: readonly string[]): string {
  const joint = createContinuationJoint(before);
  return before + pieces.map((piece) => joint.push(piece)).join('') + joint.flush();
}

function atEachByte(text: string): readonly string[] {
  return Array.from(text);
}

describe('joining the rest of an answer', () => {
  const check = (name: string, before: string, rest: string, whole: string): void => it(name, () => {
    expect(join(before, [rest])).toBe(whole);
    expect(join(before, atEachByte(rest))).toBe(whole);
    for (let cut = 1; cut < rest.length; cut++) expect(join(before, [rest.slice(0, cut), rest.slice(cut)])).toBe(whole);
  });

  check('appends what simply goes on', 'The cause is a', ' race between two windows.', 'The cause is a race between two windows.');
  check('takes out repeated last words', 'It is thrown as it came, with', 'thrown as it came, with its id.', 'It is thrown as it came, with its id.');
  check('keeps short repetitions: they may be meant', 'Say ha', 'ha', 'Say haha');
  check('keeps a repeated brace', 'f() {\n  g() {\n  }\n', '}\n', 'f() {\n  g() {\n  }\n}\n');
  check('takes out a fence that is opened again', '```ts\nconst a = 1;\n', '```ts\nconst b = 2;\n```\nDone.', '```ts\nconst a = 1;\nconst b = 2;\n```\nDone.');
  check('takes out a fence that is opened again with repeated lines', '```ts\nconst value = 1;\nconst other = ', '```ts\nconst other = 2;\n```', '```ts\nconst value = 1;\nconst other = 2;\n```');
  check('closes a fence that only has to be closed', '```ts\nconst a = 1;\n', '```\nDone.', '```ts\nconst a = 1;\n```\nDone.');
  check('opens a new fence where none is open', 'Then:\n', '```ts\nx\n```', 'Then:\n```ts\nx\n```');
  check('appends nothing', 'All said.', '', 'All said.');

  it('gives the whole text for every cut and every repetition from 12 characters on', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}[ .,]$/);
    const words = fc.uniqueArray(word, { minLength: 30, maxLength: 60 });
    fc.assert(fc.property(words, fc.nat(), fc.integer({ min: 12, max: 100 }), (list, place, repeated) => {
      const text = list.join('');
      const cut = 110 + (place % Math.max(1, text.length - 110));
      if (cut >= text.length) return;
      const rest = text.slice(Math.max(0, cut - repeated));
      expect(join(text.slice(0, cut), atEachByte(rest))).toBe(text);
      expect(join(text.slice(0, cut), [rest])).toBe(text);
    }));
  });

  it('never loses a character that is no repetition', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), fc.array(fc.string({ maxLength: 30 }), { maxLength: 8 }), (before, pieces) => {
      const joined = join(before, pieces);
      expect(joined.startsWith(before)).toBe(true);
      expect(pieces.join('').endsWith(joined.slice(before.length))).toBe(true);
    }));
  });
});

describe('a text ends in a fence', () => {
  it.each([
    ['', false], ['```', true], ['```ts\nx', true], ['```ts\nx\n```', false], ['```ts\n~~~\nx', true], ['````\n```\n', true], ['a ``` b', false], ['    ```\nindented', false], ['```\n```ts\n', true],
  ])('%j: %s', (text, expected) => expect(endsInFence(text)).toBe(expected));
});
