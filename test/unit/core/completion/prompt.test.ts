import { describe, expect, it } from 'vitest';
import { createPrompt, type CompletionPrompt, type PromptInput } from '../../../../src/core/completion/prompt.ts';
import { readPromptWindow } from '../../../../src/core/completion/promptWindow.ts';
import { callAt, findWord, placeAt } from './harness.ts';

const lines = (count: number, from = 0): string => Array.from({ length: count }, (_, index) => `const value${from + index} = ${from + index};`).join('\n');

function prompt(at: string, more: Partial<PromptInput> = {}): string {
  return ask(at, more).turns.at(-1)?.text ?? '';
}

function ask(at: string, more: Partial<PromptInput> = {}): CompletionPrompt {
  return createPrompt({ place: placeAt(at), lines: callAt(at).lines, mode: 'line', path: 'src/a.ts', snippets: [], alternatives: 1, findSecrets: () => [], ...more });
}

describe('the prompt', () => {
  it('ends with the text before the cursor', () => expect(prompt('a();\nconst b = █;\nc();').endsWith('</after>\na();\nconst b = ')).toBe(true));
  it('has the text after the cursor first', () => expect(prompt('a();\nconst b = █;\nc();')).toContain('<after>\n;\nc();\n</after>'));
  it('says what is wanted', () => expect([prompt('█'), prompt('█', { mode: 'block' }), prompt('█', { alternatives: 3 })].map((text) => text.split('\n')[0])).toEqual([
    'src/a.ts: the rest of the line', 'src/a.ts: the block', 'src/a.ts: the rest of the line; 3 different answers, best first, each in its own tag',
  ]));
  it('has examples of both kinds and ends with the user', () => {
    const { turns } = ask('█');
    expect(turns.map((turn) => turn.role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user']);
  });
  it('never ends with the assistant: there is no prefill', () => expect(ask('█', { mode: 'block', alternatives: 2 }).turns.at(-1)?.role).toBe('user'));
  it('has context as far as it fits', () => {
    const snippets = [{ kind: 'recent-edit' as const, path: 'b.ts', text: 'small' }, { kind: 'similar-code' as const, path: 'c.ts', text: 'x'.repeat(5000) }, { kind: 'signature' as const, path: 'd.ts', text: 'also small' }];
    const text = prompt('█', { snippets });
    expect([text.includes('small'), text.includes('xxx'), text.includes('also small')]).toEqual([true, false, true]);
  });
  it('masks all texts of files', () => {
    const text = prompt('KEY\n█\nKEY', { snippets: [{ kind: 'signature', path: 'b', text: 'KEY' }], findSecrets: findWord('KEY') });
    expect(text).not.toContain('KEY');
    expect(text.split('***')).toHaveLength(4);
  });
  it('stays near 1,500 tokens', () => {
    const { system, turns } = ask(`${lines(500)}\n█\n${lines(500)}`, { mode: 'block', snippets: [{ kind: 'signature', path: 'b', text: 'y'.repeat(1000) }] });
    const characters = system.length + turns.reduce((sum, turn) => sum + turn.text.length, 0);
    expect(characters / 3.6).toBeLessThan(1600);
  });
  it('is the same for the same place', () => expect(prompt(`${lines(40)}\n█`)).toBe(prompt(`${lines(40)}\n█`)));
});

describe('the window', () => {
  const windowAt = (count: number) => readPromptWindow(placeAt(`${lines(count)}\n█\n${lines(40, 900)}`), { before: 1000, after: 300 });
  it('is bounded', () => {
    const { before, after } = windowAt(300);
    expect(before.length).toBeLessThanOrEqual(1000);
    expect(after.length).toBeLessThanOrEqual(300);
  });
  it('begins at the same line while some lines are typed', () => {
    const firstLines = Array.from({ length: 8 }, (_, index) => windowAt(97 + index).before.split('\n')[0]);
    expect(new Set(firstLines).size).toBeLessThanOrEqual(2);
  });
  it('begins at the top of a short file', () => expect(windowAt(5).before.startsWith('const value0')).toBe(true));
  it('cuts lines of data', () => expect(readPromptWindow(placeAt(`${'x'.repeat(3000)}\n█`), { before: 1000, after: 100 }).before.length).toBeLessThan(450));
  it('keeps the end of a long line that the cursor is in', () => expect(readPromptWindow(placeAt(`${'x'.repeat(1900)}END█`), { before: 1000, after: 100 }).before.endsWith('END')).toBe(true));
  it('has no white space at its end', () => expect(readPromptWindow(placeAt('a█\n\n\n'), { before: 100, after: 100 }).after).toBe(''));
});
