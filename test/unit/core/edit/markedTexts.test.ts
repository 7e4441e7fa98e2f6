// Texts that look like the marks of the formats themselves, written as a model that knows no better writes them: what is applied is what was
// meant, or nothing is.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEditParser, type ParsedAnswer } from '../../../../src/core/edit/editParser.ts';
import { resolveAnswer } from '../../../../src/core/edit/resolveAnswer.ts';

const path = 'a.ts';
const read = (answer: string, size: number): ParsedAnswer => {
  const parser = createEditParser({ isKnownPath: (each) => each === path });
  for (let at = 0; at < answer.length; at += size) parser.push(answer.slice(at, at + size));
  return parser.finish();
};

/** The new text; undefined where the answer is refused. */
const applied = (text: string, answer: string, size: number): string | undefined => {
  const resolved = resolveAnswer(read(answer, size), { takesLooseCode: false, fileAt: (named = path) => ({ ok: true, file: { uri: `file:///${named}`, path: named, text: named === path ? text : undefined } }) });
  if (resolved.state === 'refused') return undefined;
  return resolved.state === 'no-edits' ? text : resolved.changes.map(({ proposed }) => proposed).join('\n+++\n');
};

const plain = fc.integer({ min: 0, max: 99 }).map((number) => `line ${number};`);
const mark = fc.constantFrom('<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE', '>>>>>>>', '<<<<<<< HEAD', '>>>>>>> topic', '<<<<<<<< SEARCH', '========', '>>>>>>>> REPLACE', '------- SEARCH', '+++++++ REPLACE');
const marked = fc.array(fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: mark }), { minLength: 1, maxLength: 6 });

describe('a block around marks', () => {
  const bases = fc.tuple(fc.array(plain, { maxLength: 3 }), marked, fc.array(plain, { maxLength: 3 }));

  it('of its own length or another is what was meant, or refused', () => {
    fc.assert(fc.property(bases, fc.array(fc.oneof(plain, mark), { maxLength: 5 }), fc.constantFrom(7, 8, 9), fc.integer({ min: 1, max: 9 }), ([above, old, below], next, length, size) => {
      const signs = (sign: string): string => sign.repeat(length);
      const all = [...old, ...next];
      // An end and then a begin read as two blocks, and may well be two.
      fc.pre(!all.slice(all.findIndex((line) => line === signs('>') || line === `${signs('>')} REPLACE`) + 1).includes(`${signs('<')} SEARCH`) || !all.some((line) => line.startsWith(signs('>'))));
      const answer = [path, `${signs('<')} SEARCH`, ...old, signs('='), ...next, `${signs('>')} REPLACE`, ''].join('\n');
      const result = applied([...above, ...old, ...below, ''].join('\n'), answer, size);
      if (result !== undefined) expect(result).toBe([...above, ...next, ...below, ''].join('\n'));
    }), { numRuns: 10_000, seed: 20_261 });
  });

  it('longer than all of them is what was meant', () => {
    fc.assert(fc.property(bases, fc.array(fc.oneof(plain, mark), { maxLength: 5 }), ([above, old, below], next) => {
      const text = [...above, ...old, ...below];
      fc.pre(text.every((line, index) => text.indexOf(line) === index));
      const answer = [path, '<<<<<<<<< SEARCH', ...old, '=========', ...next, '>>>>>>>>> REPLACE', ''].join('\n');
      expect(applied([...text, ''].join('\n'), answer, 5)).toBe([...above, ...next, ...below, ''].join('\n'));
    }), { numRuns: 3000, seed: 20_261 });
  });
});

describe('a whole file around fences', () => {
  const part = fc.tuple(fc.array(plain, { minLength: 1, maxLength: 3 }), fc.constantFrom(undefined, undefined, '```', '```sh', '````', '~~~'));
  const file = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.flatMap(([lines, fence]) => (fence === undefined ? lines : [fence, ...lines, fence.replace('sh', '')])));

  it('that were in it before is what was meant, or refused', () => {
    fc.assert(fc.property(file, fc.nat(), fc.constantFrom('ts', ''), (base, changed, language) => {
      const at = changed % base.length;
      fc.pre(base[at]?.startsWith('line') === true && new Set(base.filter((line) => line.startsWith('line'))).size * 2 > base.length);
      const next = base.with(at, 'changed;');
      const result = applied([...base, ''].join('\n'), [path, `\`\`\`${language}`, ...next, '```', ''].join('\n'), 7);
      if (result !== undefined) expect(result).toBe([...next, ''].join('\n'));
    }), { numRuns: 10_000, seed: 20_261 });
  });
});
