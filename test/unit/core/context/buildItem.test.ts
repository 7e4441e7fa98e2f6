import { describe, expect, it } from 'vitest';
import { createItemBuilder, joinNotes, type ItemDraft } from '../../../../src/core/context/buildItem.ts';
import { createRedactor } from '../../../../src/core/context/redactSecrets.ts';

const builder = createItemBuilder(createRedactor(() => ['the key in use']), (text) => text.length);
const reference = { kind: 'file', uri: 'file:///ws/a.ts' } as const;
const build = (draft: Partial<ItemDraft>, budgetTokens = 10_000) => builder.build({ reference, name: 'a.ts', parts: [], ...draft }, budgetTokens);

describe('an item', () => {
  it('has its text between marks, its size, and an id that is that of its reference', () => {
    const item = build({ parts: [{ path: 'a.ts', uri: reference.uri, text: 'const a = 1;\n', startLine: 1 }] });
    expect(item).toMatchObject({ id: 'file:file:///ws/a.ts', kind: 'file', name: 'a.ts', notes: [], text: '<piece-1 path="a.ts">\nconst a = 1;\n</piece-1>' });
    expect(item.tokens).toBe(item.text.length);
    expect(item.refused).toBeUndefined();
  });

  it('never holds a secret, and says that one was masked', () => {
    const item = build({ parts: [{ path: 'a.ts', uri: reference.uri, text: 'x = "the key in use"' }] });
    expect(JSON.stringify(item)).not.toContain('the key in use');
    expect(item.notes).toEqual([{ type: 'masked', count: 1, kinds: ['runapi-key'] }]);
  });

  it('says how many characters in it cannot be seen', () => {
    expect(build({ parts: [{ text: 'a\u{202e}b\u{200b}' }] }).notes).toEqual([{ type: 'hidden-characters', count: 2 }]);
  });

  it('says how many characters were lost because the encoding is another', () => {
    expect(build({ parts: [{ text: '\uFFFD\uFFFD = 1;' }, { text: 'a\uFFFD' }] }).notes).toEqual([{ type: 'unreadable-characters', count: 3 }]);
  });

  it('is cut to the budget, with the line that the rest begins at', () => {
    const text = Array.from({ length: 20 }, (_, index) => `line ${String(index + 1).padStart(3, '0')}\n`).join('');
    const item = build({ parts: [{ path: 'a.ts', text, startLine: 101, aroundLine: 19 }] }, 45);
    expect(item.parts).toEqual([{ path: 'a.ts', text: 'line 016\nline 017\nline 018\nline 019\nline 020\n', startLine: 116 }]);
    expect(item.notes).toEqual([{ type: 'shortened', keptTokens: 45, ofTokens: 180 }]);
  });

  it('keeps the more important parts', () => {
    const item = build({ parts: [{ path: 'a', text: 'a'.repeat(60), priority: 0 }, { path: 'b', text: 'b'.repeat(60), priority: 2 }] }, 70);
    expect(item.parts.map((part) => part.path)).toEqual(['b']);
    expect(item.parts[0]).not.toHaveProperty('priority');
  });

  it('counts what was left out by its reason', () => {
    expect(build({ parts: [{ text: 'x' }], leftOut: ['ignored', 'secret-file', 'ignored'] }).notes).toEqual([{ type: 'left-out', reason: 'ignored', count: 2 }, { type: 'left-out', reason: 'secret-file', count: 1 }]);
  });

  it.each([
    ['there is nothing', {}, 10_000, 'empty'],
    ['all of it may not be sent', { leftOut: ['secret-file'] }, 10_000, 'secret-file'],
    ['nothing fits', { parts: [{ text: 'x'.repeat(100) }] }, 10, 'too-large'],
  ] as const)('is refused when %s', (_name, draft, budget, reason) => {
    expect(build(draft, budget)).toMatchObject({ refused: reason, parts: [], text: '', tokens: 0 });
  });
});

describe('notes of several sources', () => {
  it('add up by what they are about', () => {
    expect(joinNotes([
      { type: 'masked', count: 1, kinds: ['a', 'b'] }, { type: 'left-out', reason: 'ignored', count: 2 }, { type: 'masked', count: 2, kinds: ['b', 'c'] }, { type: 'left-out', reason: 'excluded', count: 1 },
      { type: 'left-out', reason: 'ignored', count: 3 }, { type: 'hidden-characters', count: 1 }, { type: 'unreadable-characters', count: 4 }, { type: 'hidden-characters', count: 1 },
      { type: 'shortened', keptTokens: 10, ofTokens: 20 }, { type: 'shortened', keptTokens: 1, ofTokens: 2 }, { type: 'changed-instructions', path: 'a' }, { type: 'changed-instructions', path: 'b' },
    ])).toEqual([
      { type: 'masked', count: 3, kinds: ['a', 'b', 'c'] }, { type: 'left-out', reason: 'ignored', count: 5 }, { type: 'left-out', reason: 'excluded', count: 1 }, { type: 'hidden-characters', count: 2 },
      { type: 'unreadable-characters', count: 4 }, { type: 'shortened', keptTokens: 11, ofTokens: 22 }, { type: 'changed-instructions', path: 'a' }, { type: 'changed-instructions', path: 'b' },
    ]);
  });
});
