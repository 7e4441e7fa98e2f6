import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompletionItem, DocumentChange } from '../../../../src/core/completion/completionTypes.ts';
import { followChange, type FollowedChange, type GhostText } from '../../../../src/core/completion/ghostText.ts';

/** Shown with the cursor in column 10 of line 4. */
function ghostOf(text: string, more: Partial<CompletionItem> = {}): GhostText {
  const item = { id: 1, text, replaceBefore: 0, replaceAfter: 0, ...more };
  return { item, at: { line: 4, character: 10 }, passed: item.replaceBefore, listed: undefined };
}

function follow(ghost: GhostText, insertedText: string, more: Partial<DocumentChange> = {}): FollowedChange {
  return followChange(ghost, { uri: 'a', version: 1, from: ghost.at, removedLength: 0, insertedText, ...more });
}

/** Characters that one change counts for. */
function check(text: string, insertedText: string, more: Partial<DocumentChange> & { readonly item?: Partial<CompletionItem> } = {}): number {
  const { item, ...change } = more;
  return follow(ghostOf(text, item), insertedText, change).accepted;
}

describe('counts as accepted', () => {
  it.each([
    ['a word', 6, ['first + second;', 'first ', {}]],
    ['a line of several', 5, ['a();\n  b();', 'a();\n', {}]],
    ['all of it', 6, ['a + b;', 'a + b;', {}]],
    ['all of it with what it replaces', 8, ['toString()', 'toString()', { item: { replaceBefore: 2 }, from: { line: 4, character: 8 }, removedLength: 2 }]],
    ['all of it where the editor replaces less than it said', 8, ['toString()', 'String()', { item: { replaceBefore: 2 } }]],
    ['all of it with the closer behind the cursor', 5, ['a, b);', 'a, b);', { item: { replaceAfter: 1 }, removedLength: 1 }]],
    ['the document\'s own line ends', 7, ['a;\n  b;', 'a;\r\n  b;', {}]],
  ] as const)('%s', (_name, characters, [text, inserted, more]) => expect(check(text, inserted, more)).toBe(characters));
});

describe('does not count', () => {
  it.each([
    ['a bracket and its partner, which the editor sets', '() => {', '()', {}],
    ['quotes', '\'\' + name', '\'\'', {}],
    ['Enter with the indentation of the next line', '\n  return 1;\n', '\n  ', {}],
    ['white space', '    return', '    ', {}],
    ['one key', 'first', 'f', {}],
    ['the same word pasted elsewhere', 'total', 'total', { from: { line: 51, character: 10 } }],
    ['the same word pasted elsewhere in the line', 'total', 'total', { from: { line: 4, character: 2 } }],
    ['what the suggest list puts in the place of what was typed', 'parse(text)', 'parse', { item: { replaceBefore: 2 }, from: { line: 4, character: 8 }, removedLength: 2 }],
    ['a word in the place of another', 'total', 'total', { removedLength: 4 }],
    ['other text', 'total', 'tonnes', {}],
    ['an undo', 'total', 'total', { reason: 'undo' }],
    ['a deletion', 'total', '', { removedLength: 3 }],
  ] as const)('%s', (_name, text, inserted, more) => expect(check(text, inserted, more)).toBe(0));
});

describe('while the suggest list is open', () => {
  const listed = { from: { line: 4, character: 10 }, text: 'parse' };
  it('its own entry is not counted', () => expect(follow({ ...ghostOf('parse(text)'), listed }, 'parse').accepted).toBe(0));
  it('a word of the suggestion is', () => expect(follow({ ...ghostOf('parse(text)'), listed }, 'parse(').accepted).toBe(6));
});

describe('one change after the other', () => {
  it('words are counted as they are taken', () => {
    const first = follow(ghostOf('first + second;'), 'first ');
    const second = first.ghost === undefined ? undefined : follow(first.ghost, '+ ');
    expect(second?.accepted).toBe(2);
    expect(second?.ghost).toMatchObject({ at: { line: 4, character: 18 }, passed: 8 });
  });

  it('the cursor goes to the next line with the text', () => {
    expect(follow(ghostOf('a();\n  b();'), 'a();\n  ').ghost).toMatchObject({ at: { line: 5, character: 2 }, passed: 7 });
  });

  it.each([
    ['another key', 'x', {}],
    ['a change elsewhere', 'first', { from: { line: 9, character: 0 } }],
    ['a deletion', '', { removedLength: 1, from: { line: 4, character: 9 } }],
  ] as const)('after %s nothing of it is there', (_name, inserted, more) => expect(follow(ghostOf('first'), inserted, more).ghost).toBeUndefined());

  it('whatever its pieces, all of it is as many characters as it has and no piece counts twice', () => {
    const piece = fc.constantFrom('total', ' + ', '(b)', ';', '\n  ', 'é');
    fc.assert(fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      let ghost: GhostText | undefined = ghostOf(pieces.join(''));
      for (const one of pieces) {
        const followed: FollowedChange = follow(ghost, one);
        expect(followed.accepted).toBe(one.length < 2 || one.trim() === '' ? 0 : one.length);
        expect(followed.ghost).toBeDefined();
        ghost = followed.ghost ?? ghost;
      }
      expect(ghost.passed).toBe(pieces.join('').length);
    }));
  });
});
