// Each step of the chain by itself: what it takes away, what it lets through, and when it has to wait for more.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCleaningSite, type Filter, type FilterOutput } from '../../../../../src/core/completion/cleaning/filter.ts';
import { leadingSpace } from '../../../../../src/core/completion/cleaning/leadingSpace.ts';
import { limitScope } from '../../../../../src/core/completion/cleaning/limitScope.ts';
import { normaliseText } from '../../../../../src/core/completion/cleaning/normaliseText.ts';
import { removeEcho } from '../../../../../src/core/completion/cleaning/removeEcho.ts';
import { stopAtOverlap } from '../../../../../src/core/completion/cleaning/stopAtOverlap.ts';
import { stopRepetition } from '../../../../../src/core/completion/cleaning/stopRepetition.ts';
import type { CompletionMode } from '../../../../../src/core/completion/completionTypes.ts';
import { placeAt } from '../harness.ts';

interface Given {
  readonly open?: boolean;
  readonly mode?: CompletionMode;
  readonly languageId?: string;
}

const check = (filter: Filter, marked: string, text: string, { open = false, mode = 'line', languageId = 'typescript' }: Given = {}): FilterOutput =>
  filter({ text, open, site: createCleaningSite(placeAt(marked, { languageId }), mode) });

describe('line ends and characters', () => {
  it.each([
    ['CRLF is LF', 'a\r\nb\rc', { text: 'a\nb\nc' }],
    ['a tab stays', '\ta', { text: '\ta' }],
    ['an escape sequence loses its escape', '\u001b[31mred', { text: '[31mred' }],
    ['DEL and NUL go', 'a\u007fb\u0000', { text: 'ab' }],
    ['a zero-width space rules it out', 'a\u200bb', { rejected: 'hidden-characters' }],
    ['a tag character too', 'a\u{E0041}b', { rejected: 'hidden-characters' }],
    ['an emoji does not', 'a = "😀é";', { text: 'a = "😀é";' }],
  ])('%s', (_, text, expected) => expect(check(normaliseText, 'a = █', text)).toEqual(expected));

  it('half of a line end is waited for', () => {
    expect(check(normaliseText, 'a = █', 'b\r', { open: true })).toEqual({ text: 'b' });
    expect(check(normaliseText, 'a = █', 'b\r')).toEqual({ text: 'b\n' });
  });

  it('once is enough for any text', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\r', '\n', '\t', '\u0000', '\u200b', '\ufeff', 'é', '😀'), maxLength: 20 }), (text) => {
      const once = check(normaliseText, 'a = █', text);
      if (once !== 'hold' && 'text' in once) expect(check(normaliseText, 'a = █', once.text)).toEqual(once);
    }));
  });
});

describe('an echo', () => {
  const file = 'const first = read();\nconst second = █';
  it.each([
    ['of the line so far is held while it comes', 'const sec', true, 'hold'],
    ['of the lines above is held too', 'const first = re', true, 'hold'],
    ['that turned out to be none is let through', 'const fifth', true, { text: 'const fifth' }],
    ['is taken off when it is whole', 'const second = write();', false, { text: 'write();' }],
    ['with the line above goes as one', 'const first = read();\nconst second = write();', false, { text: 'write();' }],
    ['that is all there is leaves nothing', 'const second = ', false, { text: '' }],
  ] as const)('%s', (_, text, open, expected) => expect(check(removeEcho, file, text, { open })).toEqual(expected));

  it('of any line before is taken off, whatever follows', () => {
    const word = fc.constantFrom('total', 'count', 'value');
    fc.assert(fc.property(word, word, fc.constantFrom('sum(a);', '1;', 'b ?? c;'), (name, other, rest) => {
      const line = `  ${name}.${other} = `;
      expect(check(removeEcho, `f();\n${line}█`, `${line.trimStart()}${rest}`)).toEqual({ text: rest });
    }));
  });
});

describe('the text below', () => {
  const file = 'f();\n█\nconst total = a;\nreturn total;';
  it.each([
    ['ends the answer when two of its lines come', 'g();\nconst total = a;\nreturn total;', false, { text: 'g();', closed: true }],
    ['is left out while one line may be chance', 'g();\nconst total = a;\n', true, { text: 'g();' }],
    ['was chance when the next line is another', 'g();\nconst total = a;\nsomething();\n', true, { text: 'g();\nconst total = a;\nsomething();\n' }],
    ['does not end it with its first line', 'const total = a;', false, { text: 'const total = a;' }],
  ])('%s', (_, text, open, expected) => expect(check(stopAtOverlap, file, text, { open })).toEqual(expected));

  it('is looked for behind the ends of blocks', () => {
    expect(check(stopAtOverlap, '{\n  █\n}\n\nfunction next() {\n  a();', 'b();\n}\n\nfunction next() {\n  a();')).toEqual({ text: 'b();\n}', closed: true });
  });

  it('does not count where it says nothing', () => expect(check(stopAtOverlap, '█\n});', 'a();\n});\nb();')).toEqual({ text: 'a();\n});\nb();' }));
});

describe('a circle', () => {
  it('of any length up to four lines is left after one turn', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 5 }), (length, turns) => {
      const turn = Array.from({ length }, (_, index) => `statement${index}(value);`);
      const text = Array.from({ length: turns }, () => turn.join('\n')).join('\n');
      expect(check(stopRepetition, '█', text)).toEqual({ text: turn.join('\n'), closed: true });
    }));
  });

  it.each([
    ['one line twice', 'total += price;\ntotal += price;'],
    ['short lines', 'a();\na();\na();\na();'],
    ['closers', '    }\n  }\n}\n}\n}'],
    ['blank lines', 'first(value);\n\n\n\n\nsecond(value);'],
    ['lines that differ by a number', 'row(100);\nrow(101);\nrow(102);'],
  ])('is not %s', (_, text) => expect(check(stopRepetition, '█', text)).toEqual({ text }));

  it('is not known before its last line is whole', () => {
    const text = 'total += price;\ntotal += price;\ntotal += price;';
    expect(check(stopRepetition, '█', text, { open: true })).toEqual({ text });
    expect(check(stopRepetition, '█', `${text}\n`, { open: true })).toEqual({ text: 'total += price;', closed: true });
  });
});

describe('the scope', () => {
  it('of a body ends with the line that stands left of it', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10 }), fc.constantFrom('}', 'other();', 'function g() {'), (count, outside) => {
      const inside = Array.from({ length: count }, (_, index) => `call${index}();`).join('\n  ');
      expect(check(limitScope, 'function f() {\n  █\n}', `${inside}\n${outside}`, { mode: 'block' })).toEqual({ text: inside, closed: true });
      expect(check(limitScope, 'function f() {\n  █\n}', inside, { mode: 'block' })).toEqual({ text: inside });
    }));
  });

  it.each<readonly [string, string, string, CompletionMode, FilterOutput]>([
    ['takes the else of an if', '// Either.\n█', 'if (a) {\n  b();\n} else {\n  c();\n}', 'block', { text: 'if (a) {\n  b();\n} else {\n  c();\n}' }],
    ['ends with the first of two functions', '// One.\n█', 'function a() {\n  b();\n}\n\nfunction c() {\n}', 'block', { text: 'function a() {\n  b();\n}', closed: true }],
    ['runs on within brackets, however they stand', 'function f() {\n  █\n}', 'call([\n1,\n2,\n]);', 'block', { text: 'call([\n1,\n2,\n]);' }],
    ['of a line is eight lines', 'f();\n█', '1\n2\n3\n4\n5\n6\n7\n8\n9', 'line', { text: '1\n2\n3\n4\n5\n6\n7\n8', closed: true }],
  ])('%s', (_, ...[marked, text, mode, expected]) => expect(check(limitScope, marked, text, { mode })).toEqual(expected));
});

describe('white space at the start', () => {
  it.each<readonly [string, string, string, boolean, FilterOutput]>([
    ['alone is waited out', 'a = █', '  ', true, 'hold'],
    ['alone is all there is at the end', 'a = █', '  ', false, { text: '  ' }],
    ['that the cursor\'s line has already is taken off', '{\n  █', '  a();', false, { text: 'a();' }],
    ['deeper than the cursor is not judged before the next line', '{\n  █', '      a();', true, 'hold'],
    ['deeper than the cursor is that of the whole line where nothing else tells', '{\n  █', '      a();', false, { text: '    a();' }],
    ['of one space behind a space is one too many', 'a = █', ' b', false, { text: 'b' }],
    ['of two spaces is meant', 'a = █', '  b', false, { text: '  b' }],
  ])('%s', (_, ...[marked, text, open, expected]) => expect(check(leadingSpace, marked, text, { open })).toEqual(expected));
});
