// Random texts for the laws of edits: few different lines, so that they repeat; every line end; indentation, blank lines, odd characters.
import * as fc from 'fast-check';

/** Cases for each law, as EDITS.md asks. */
export const cases = { numRuns: 10_000 } as const;

export const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('', '  ', '    ', '\t', '\t\t'), fc.constantFrom('a', 'b', 'foo();', 'bar();', '}', 'if (x) {', 'return 1;', '$&', '$1')).map(([indent, text]) => indent + text) },
  { weight: 2, arbitrary: fc.constantFrom('', '  ', '\t') },
  { weight: 1, arbitrary: fc.constantFrom('ünï 😀', 'e\u0301', 'a\u0000b', '“q” — …', 'trail  ', '\uFEFFx') },
);

export const lines = fc.array(line, { minLength: 1, maxLength: 30 });

const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

/** A file with one kind of line end, or with both \n and \r\n. */
export const file = fileOf(fc.oneof({ weight: 3, arbitrary: lineEnd.map((end) => [end]) }, { weight: 1, arbitrary: fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 3, maxLength: 3 }) }));

/** With lone \r among the others too: an empty line between \r and \n would vanish, so that such a line end may have to change. */
export const wildFile = fileOf(fc.array(lineEnd, { minLength: 1, maxLength: 3 }));

function fileOf(ends: fc.Arbitrary<readonly string[]>): fc.Arbitrary<{ readonly lines: readonly string[]; readonly text: string }> {
  return fc
    .tuple(lines, ends)
    .map(([texts, each]) => ({ lines: texts, text: texts.map((text, index) => (index === texts.length - 1 ? text : text + (each[index % each.length] ?? '\n'))).join('') }))
    .filter(({ lines: texts, text }) => text.split(/\r\n|\n|\r/).length === texts.length);
}
