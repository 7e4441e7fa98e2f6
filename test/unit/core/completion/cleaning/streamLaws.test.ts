// What holds for any answer at any place: how the stream was cut does not show, and code that needs no cleaning is left as it is.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswer } from '../../../../../src/core/completion/answer.ts';
import { createAnswerCleaner } from '../../../../../src/core/completion/cleaning/cleanAnswer.ts';
import type { CompletionMode } from '../../../../../src/core/completion/completionTypes.ts';
import { placeAt } from '../harness.ts';

interface Site {
  readonly marked: string;
  readonly mode: CompletionMode;
  readonly languageId: string;
}

const sites: readonly Site[] = [
  { marked: 'class A {\n  f() {\n    █\n  }\n\n  g() {\n    done();\n  }\n}', mode: 'block', languageId: 'typescript' },
  { marked: 'const total = █', mode: 'line', languageId: 'typescript' },
  { marked: 'call(█);\nreturn total;', mode: 'line', languageId: 'typescript' },
  { marked: 'def f():\n    █\n\ndef g():\n    pass', mode: 'block', languageId: 'python' },
  { marked: '// Adds both.\n█\n', mode: 'block', languageId: 'go' },
];

/** No line stands left of the cursor's: there a stream is cut at once and a whole answer may be moved to the right. */
const lineEnds = ['\n    ', '\n      ', '\n        '];
const pieces = [
  'a', 'total', ' = ', 'f(b)', '(', ')', '{', '}', '[', ']', ';', ...lineEnds, '\t', '"', '\'', '`', '<', '</', '// c', 'return ', 'if (a) {', 'else', 'const total = ',
  '\r\n    ', '```', '#', 'é', '😀', '\u0000',
];
const written = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((list) => list.join(''));
const anySite = fc.constantFrom(...sites);

/** The answer as it ends when it comes in pieces of these lengths. */
function receive(site: Site, raw: string, lengths: readonly number[]): string {
  const answer = createAnswer({ id: 1, place: placeAt(site.marked, { languageId: site.languageId }), mode: site.mode });
  let from = 0;
  for (let turn = 0; from < raw.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    answer.add({ type: 'text', text: raw.slice(from, from + length) }, turn);
    from += length;
  }
  answer.add({ type: 'finish', reason: 'stop' }, 0);
  answer.end();
  return answer.text;
}

function cleaned(site: Site, raw: string): string {
  return createAnswerCleaner(placeAt(site.marked, { languageId: site.languageId }), site.mode).clean(raw, false).text;
}

describe('for any answer', () => {
  it('one character at a time ends in the same text as all at once', () => {
    fc.assert(fc.property(anySite, written, (site, code) => {
      const raw = `<insert>${code}</insert>`;
      expect(receive(site, raw, [1])).toBe(receive(site, raw, [raw.length]));
    }), { numRuns: 300 });
  });

  it('however it was cut it ends in the same text', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(anySite, written, lengths, (site, code, cuts) => {
      const raw = `<insert>${code}</insert>`;
      expect(receive(site, raw, cuts)).toBe(receive(site, raw, [raw.length]));
    }), { numRuns: 300 });
  });

  it('nothing that an editor or a terminal would act on comes through', () => {
    const control = fc.integer({ min: 0, max: 0x1f }).filter((code) => code !== 9 && code !== 10).map((code) => String.fromCodePoint(code));
    fc.assert(fc.property(anySite, written, control, (site, code, character) => {
      const text = cleaned(site, `<insert>${code}${character}${code}</insert>`);
      expect(Array.from(text).every((one) => one === '\n' || one === '\t' || (one.codePointAt(0) ?? 0) >= 32)).toBe(true);
    }), { numRuns: 200 });
  });

  it('what comes out holds no word that the model did not write', () => {
    fc.assert(fc.property(anySite, written, (site, code) => {
      const wordsOf = (text: string): string[] => text.match(/[A-Za-z]{4,}/g) ?? [];
      const known = code.replaceAll('\u0000', '');
      for (const word of wordsOf(cleaned(site, `<insert>${code}</insert>`))) expect(known).toContain(word);
    }), { numRuns: 200 });
  });
});

/** Code as the place wants it: nothing repeats, nothing is indented otherwise, all brackets have their partners. */
const names = fc.constantFrom('first', 'second', 'third', 'fourth', 'fifth');
const statement = fc.tuple(names, names, fc.nat({ max: 99 })).map(([a, b, count]) => `${a}.${b}(${count});`);
const statements = fc.uniqueArray(statement, { minLength: 1, maxLength: 6 });

describe('code that is as it should be', () => {
  it('comes out of a block\'s answer as it went in', () => {
    fc.assert(fc.property(statements, (list) => {
      const code = list.join('\n    ');
      expect(cleaned({ marked: 'class A {\n  f() {\n    █\n  }\n}', mode: 'block', languageId: 'typescript' }, `<insert>${code}</insert>`)).toBe(code);
    }));
  });

  it('also with a block in it', () => {
    fc.assert(fc.property(statements, statement, (list, last) => {
      fc.pre(!list.includes(last));
      const code = `if (ready) {\n      ${list.join('\n      ')}\n    }\n    ${last}`;
      expect(cleaned({ marked: 'class A {\n  f() {\n    █\n  }\n}', mode: 'block', languageId: 'typescript' }, `<insert>${code}</insert>`)).toBe(code);
    }));
  });

  it('is cleaned once: what came out stays as it is', () => {
    fc.assert(fc.property(statements, (list) => {
      const site: Site = { marked: 'def f():\n    █', mode: 'block', languageId: 'python' };
      const code = list.join('\n    ').replaceAll(';', '');
      const once = cleaned(site, `<insert>${code}</insert>`);
      expect(cleaned(site, `<insert>${once}</insert>`)).toBe(once);
      expect(once).toBe(code);
    }));
  });

  it('needs no tag: bare, in a fence and in the tag it is the same', () => {
    fc.assert(fc.property(statements, (list) => {
      const site: Site = { marked: 'f();\n█', mode: 'line', languageId: 'typescript' };
      const code = list.join('\n');
      expect([code, `\`\`\`ts\n${code}\n\`\`\``, `<insert>\n\`\`\`\n${code}\n\`\`\`\n</insert>`].map((raw) => cleaned(site, raw))).toEqual([code, code, code]);
    }));
  });
});
