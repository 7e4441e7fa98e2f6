// The scan against a plain model: code is put together from pieces of which it is known where their brackets are.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closerOf, isOpener, scanBrackets, unmatchedBrackets } from '../../../../src/core/completion/bracketScan.ts';
import { syntaxOf } from '../../../../src/core/completion/syntax.ts';

interface Piece {
  readonly text: string;
  /** The brackets in it that count. */
  readonly brackets: string;
}

const inert = (text: string): Piece => ({ text, brackets: '' });
const code: readonly Piece[] = [
  ...'()[]{}'.split('').map((bracket): Piece => ({ text: bracket, brackets: bracket })),
  inert('a '), inert('= '), inert('1;\n'), inert(' '),
];

/** By language, what looks like brackets and is not. */
const hiding: Readonly<Record<string, readonly Piece[]>> = {
  typescript: [inert('"(["'), inert("'}'"), inert('`{\n(`'), inert('// )]\n'), inert('/* {\n( */'), inert(String.raw`"\"("`)],
  python: [inert('"(["'), inert("'}'"), inert('"""{\n("""'), inert("'''\n)'''"), inert(' # )]\n')],
  java: [inert('"(["'), inert("'}'"), inert('"""\n{("""'), inert('// )]\n'), inert('/* {\n( */')],
  sql: [inert("'('"), inert('"["'), inert('-- )\n'), inert('/* ( */')],
  lua: [inert('"("'), inert("'{'"), inert('--[[ {\n( ]]'), inert('-- )\n')],
  html: [inert('<!-- ( -->'), inert('<p>')],
  shellscript: [inert('"("'), inert("'{'"), inert(' # )\n'), inert('$#')],
  clojure: [inert('"(\n["'), inert('; )\n')],
};

const languages = Object.keys(hiding);
const language = fc.constantFrom(...languages);

/** A language and some code in it. */
const written = language.chain((languageId) => fc.record({
  languageId: fc.constant(languageId),
  pieces: fc.array(fc.constantFrom(...code, ...(hiding[languageId] ?? [])), { maxLength: 14 }),
}));

function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join('');
}

describe('in any language', () => {
  it('the brackets that count are those outside of strings and comments, in order', () => {
    fc.assert(fc.property(written, ({ languageId, pieces }) => {
      const scan = scanBrackets(textOf(pieces), syntaxOf(languageId));
      expect(scan.brackets.map((bracket) => bracket.character).join('')).toBe(pieces.map((piece) => piece.brackets).join(''));
      expect(scan.endsInside).toBeUndefined();
    }));
  });

  it('each bracket stands where the scan says', () => {
    fc.assert(fc.property(written, ({ languageId, pieces }) => {
      const text = textOf(pieces);
      let last = -1;
      for (const { index, character, opens } of scanBrackets(text, syntaxOf(languageId)).brackets) {
        expect([text[index], index > last, isOpener(character)]).toEqual([character, true, opens]);
        last = index;
      }
    }));
  });

  it('what any text whatever is scanned to ends, and holds only brackets', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'([{}])"\'`/*#-<!>\\\n $a'.split('')) }), language, (text, languageId) => {
      const { brackets } = scanBrackets(text, syntaxOf(languageId));
      expect(brackets.every((bracket) => '([{}])'.includes(text[bracket.index] ?? '?'))).toBe(true);
      expect(brackets.length).toBeLessThanOrEqual(text.length);
    }));
  });
});

/** Takes pairs out until there are none: what is left has no partner. */
function withoutPairs(text: string): string {
  const shorter = text.replaceAll(/\(\)|\[\]|\{\}/g, '');
  return shorter === text ? text : withoutPairs(shorter);
}

describe('brackets without a partner', () => {
  const brackets = fc.string({ unit: fc.constantFrom(...'([{}])'.split('')), maxLength: 12 });
  const typescript = syntaxOf('typescript');

  it('are what is left when all pairs are taken out, where no pair is crossed', () => {
    fc.assert(fc.property(brackets, (text) => {
      const left = withoutPairs(text);
      const isCrossed = /[([{].*[)\]}]/.test(left);
      fc.pre(!isCrossed);
      const { closed, opened } = unmatchedBrackets(text, typescript);
      expect([...closed, ...opened].map((bracket) => bracket.character).join('')).toBe(left);
    }));
  });

  it('are none where every opener got its closer', () => {
    const nested = fc.letrec<{ readonly code: string }>((tie) => ({
      code: fc.oneof({ maxDepth: 4 }, fc.constantFrom('', 'a', '"("', '/* ] */'), fc.tuple(fc.constantFrom('(', '[', '{'), tie('code'), tie('code'))
        .map(([opener, inner, next]) => opener + inner + closerOf(opener) + next)),
    })).code;
    fc.assert(fc.property(nested, (text) => {
      expect(unmatchedBrackets(text, typescript)).toEqual({ closed: [], opened: [] });
    }));
  });

  it('are the same whatever stands in strings between them', () => {
    fc.assert(fc.property(brackets, (text) => {
      const spread = text.split('').join('")("');
      const plain = unmatchedBrackets(text, typescript);
      const mixed = unmatchedBrackets(spread, typescript);
      const charactersOf = (list: typeof plain.closed): string => list.map((bracket) => bracket.character).join('');
      expect([charactersOf(mixed.closed), charactersOf(mixed.opened)]).toEqual([charactersOf(plain.closed), charactersOf(plain.opened)]);
    }));
  });
});
