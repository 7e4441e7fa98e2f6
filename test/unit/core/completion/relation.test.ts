import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { relate, type Relation } from '../../../../src/core/completion/relation.ts';
import { cursorMark, placeAt } from './harness.ts';

function check(asked: string, text: string, now: string, open = false): Relation {
  return relate({ place: placeAt(asked), text, open }, placeAt(now));
}

const file = (middle: string): string => `import a from 'a';\n\nfunction f() {\n  ${middle}\n}\n`;

describe('an answer is ahead', () => {
  it.each([
    ['where it was asked for', 'return █', 'return █', 'a + b;'],
    ['after typing into it', 'return █', 'return a +█', ' b;'],
    ['after an auto-closed bracket', 'return f█', 'return f(█)', ''],
  ])('%s', (_, asked, now, remaining) => expect(check(file(asked), remaining === '' ? '(a)' : 'a + b;', file(now))).toMatchObject({ kind: 'ahead', ...(remaining !== '' && { remaining }) }));

  it('after Enter, at its next line', () => {
    expect(check(file('a();█'), '\n  b();\n  c();', file('a();\n  █'))).toMatchObject({ kind: 'ahead', remaining: 'b();\n  c();' });
  });
  it('after its first line was typed', () => expect(check(file('█'), 'a();\n  b();', file('a();\n  █'))).toMatchObject({ kind: 'ahead', remaining: 'b();' }));
  it('where more blank lines were typed than it has', () => expect(check(file('█'), 'a();\n  b();', file('a();\n\n  █'))).toMatchObject({ kind: 'ahead', remaining: 'b();' }));
  it('where a blank line that it has was not typed', () => expect(check(file('█'), 'a();\n\n  b();', file('a();\n  b█'))).toMatchObject({ kind: 'ahead', remaining: '();' }));
  it('with its blank line first, on a fresh line', () => expect(check(file('█'), 'a();\n\n  b();', file('a();\n  █'))).toMatchObject({ kind: 'ahead', remaining: '\n  b();' }));
  it('where the editor has taken the white space of the blank line away', () => {
    expect(check(file('a();\n  █'), '\n  b();', 'import a from \'a\';\n\nfunction f() {\n  a();\n\n  █\n}\n')).toMatchObject({ kind: 'ahead', remaining: 'b();' });
  });
  it('with the editor\'s closer below, after Enter in braces', () => {
    expect(check(file('if (a) █'), '{\n    b();\n  }', file('if (a) {\n    █\n  }'))).toMatchObject({ kind: 'ahead', remaining: 'b();\n  }' });
  });
  it('though text far above has changed', () => {
    const long = 'x();\n'.repeat(30);
    expect(check(`a\n${long}return █`, 'b;', `changed\n${long}return b█`)).toMatchObject({ kind: 'ahead', remaining: ';' });
  });
});

describe('code that was copied', () => {
  const copy = 'show();\n'.repeat(20);
  const at = (head: string): string => `${head}\n${copy}return █`;
  it('has answers of its own where the lines above differ', () => {
    expect(check(at('function confirm() {'), 'a;', at('function confirm() {\n}\nfunction prompt() {'))).toEqual({ kind: 'diverged' });
  });
  it('keeps its answer when lines are put in far above', () => {
    const long = 'x();\n'.repeat(70);
    expect(check(`${long}return █`, 'a;', `import b;\n${long}return █`)).toMatchObject({ kind: 'ahead', remaining: 'a;' });
  });
});

describe('an answer that is still coming', () => {
  it('is pending while it agrees', () => expect(check(file('return █'), 'a', file('return a + b█'), true).kind).toBe('pending'));
  it('is pending while it is empty', () => expect(check(file('return █'), '', file('return a█'), true).kind).toBe('pending'));
  it('is pending over a line\'s end', () => expect(check(file('█'), 'a();', file('a();\n  █'), true).kind).toBe('pending'));
  it('has diverged when it does not', () => expect(check(file('return █'), 'c', file('return a█'), true).kind).toBe('diverged'));
});

describe('an answer has diverged', () => {
  it.each([
    ['other text was typed', file('return c█')],
    ['the cursor is above it', file('retur█')],
    ['the line above has changed', 'import a from \'a\';\n\nfunction g() {\n  return █\n}\n'],
    ['the text below has changed', `${file('return █')}more();`],
  ])('where %s', (_, now) => expect(check(file('return █'), 'a + b;', now).kind).toBe('diverged'));

  it('in another file', () => expect(relate({ place: placeAt(file('█')), text: 'a', open: false }, placeAt(file('█'), { uri: 'file:///b.ts' })).kind).toBe('diverged'));
  it('past its end', () => expect(check(file('return █'), 'a;', file('return a;b█')).kind).toBe('diverged'));
});

describe('deeper white space than the answer wants', () => {
  it('holds it', () => expect(check(file('a();█'), '\n}', file('a();\n  █')).kind).toBe('held'));
  it('lets it go once something else is typed', () => expect(check(file('a();█'), '\n}', file('a();\n  b█')).kind).toBe('diverged'));
  it('ends when the closer is typed and the editor has moved it', () => expect(check(file('a();█'), '\n}\nb();', file('a();\n}█'))).toMatchObject({ kind: 'ahead', remaining: '\nb();' }));
});

it('typing any part of an answer leaves the rest of it', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b(', ')', ' ', '\n', '  ', ';', '{', '}'), { maxLength: 12 }), fc.nat(), (parts, cut) => {
    const text = parts.join('').replaceAll(/[ \t]+(?=\n|$)/g, '').replaceAll(/\n+/g, '\n');
    const at = cut % (text.length + 1);
    const now = `${file('x').split('x')[0]}${text.slice(0, at)}${cursorMark}\n}\n`;
    const relation = relate({ place: placeAt(file('█')), text, open: false }, placeAt(now));
    if (relation.kind === 'ahead') expect(text.endsWith(relation.remaining.trimStart()) || relation.remaining.trim() === text.slice(at).trim()).toBe(true);
    else expect(text.slice(0, at).split('\n').at(-1)?.trim()).toBe('');
  }));
});
