// What holds for the question at any place of any file: where it ends, how long it is, and how little of it changes from key to key.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContextSnippet } from '../../../../src/core/completion/completionTypes.ts';
import { createPrompt, type CompletionPrompt, type PromptInput } from '../../../../src/core/completion/prompt.ts';
import { readPromptWindow } from '../../../../src/core/completion/promptWindow.ts';
import { callAt, cursorMark, placeAt } from './harness.ts';

const statement = fc.tuple(fc.constantFrom('', '  ', '\t', '    '), fc.constantFrom('call();', 'const total = a + b;', '}', '', '// why', 'x'.repeat(90), 'y'.repeat(900)))
  .map(([indent, code]) => indent + code);

/** A file of so many lines with the cursor somewhere in it. */
const marked = fc.tuple(fc.array(statement, { maxLength: 150 }), fc.array(statement, { maxLength: 60 }), fc.constantFrom('', '  return ', 'const a = f('), fc.constantFrom('', ')', ' + 1;'))
  .map(([before, after, prefix, rest]) => [...before, prefix + cursorMark + rest, ...after].join('\n'));

const snippet: fc.Arbitrary<ContextSnippet> = fc.record({
  kind: fc.constantFrom('recent-edit', 'similar-code', 'signature'),
  path: fc.constantFrom('b.ts', 'src/deep/c.ts'),
  text: fc.integer({ min: 0, max: 900 }).map((length) => 'z'.repeat(length)),
});

function ask(file: string, more: Partial<PromptInput> = {}): CompletionPrompt {
  return createPrompt({ place: placeAt(file), lines: callAt(file).lines, mode: 'line', path: 'src/a.ts', snippets: [], alternatives: 1, findSecrets: () => [], ...more });
}

function lastTurn(file: string, more: Partial<PromptInput> = {}): string {
  return ask(file, more).turns.at(-1)?.text ?? '';
}

/** Lines with numbers, the cursor behind the last of so many. */
function numbered(count: number, typed = '', below = 40): string {
  const lineOf = (index: number): string => `const value${index} = compute(${index});`;
  const above = Array.from({ length: count }, (_, index) => lineOf(index));
  return [...above, typed + cursorMark, ...Array.from({ length: below }, (_, index) => lineOf(900 + index))].join('\n');
}

describe('at any place', () => {
  it('the message ends with the text of the cursor\'s line', () => {
    fc.assert(fc.property(marked, (file) => {
      const prefix = placeAt(file).linePrefix;
      expect(lastTurn(file).endsWith(`\n${prefix}`)).toBe(true);
    }));
  });

  it('what stands before the cursor in it is an end of the file\'s own text, but for lines of data', () => {
    fc.assert(fc.property(marked.filter((file) => !file.includes('yyy')), (file) => {
      const { before } = readPromptWindow(placeAt(file), { before: 2000, after: 700 });
      const above = file.slice(0, file.indexOf(cursorMark));
      expect(above.endsWith(before)).toBe(true);
      expect(above.length === before.length || above.at(-before.length - 1) === '\n').toBe(true);
    }));
  });

  it('a request stays near 1,500 tokens whatever the file and its context', () => {
    fc.assert(fc.property(marked, fc.array(snippet, { maxLength: 6 }), (file, snippets) => {
      const { system, turns } = ask(file, { snippets, mode: 'block' });
      const characters = turns.reduce((sum, turn) => sum + turn.text.length, system.length);
      expect(characters / 3.6).toBeLessThan(1600);
    }));
  });

  it('the same place gives the same words', () => {
    fc.assert(fc.property(marked, fc.array(snippet, { maxLength: 4 }), (file, snippets) => {
      expect(ask(file, { snippets })).toEqual(ask(file, { snippets }));
    }));
  });

  it('context is there as a whole or not at all, in its order', () => {
    fc.assert(fc.property(fc.array(snippet, { maxLength: 6 }), (snippets) => {
      const text = lastTurn('a();\n█', { snippets });
      const blocks = snippets.map((one) => `<${one.kind} file="${one.path}">\n${one.text}\n</${one.kind}>`);
      const sent = text.slice(text.indexOf('\n') + 1, text.indexOf('<after>'));
      let rest = sent;
      for (const block of blocks) if (rest.startsWith(`${block}\n`)) rest = rest.slice(block.length + 1);
      expect(rest).toBe('');
      expect(sent.length).toBeLessThanOrEqual(1100 + snippets.length);
    }));
  });

  it('secrets are looked for once in each text of a file, and in the one around the cursor as a whole', () => {
    fc.assert(fc.property(fc.array(snippet, { maxLength: 3 }), (snippets) => {
      const masked: string[] = [];
      lastTurn('const before = 1;\nfoo(█);\nconst after = 2;', { snippets, findSecrets: (text) => (masked.push(text), []) });
      expect(masked).toEqual(['const before = 1;\nfoo();\nconst after = 2;', ...snippets.map((one) => one.text)]);
    }));
  });
});

describe('from one key to the next', () => {
  it('the words before the cursor\'s line do not change', () => {
    const typed = Array.from('const total = sum(values);', (_, length) => 'const total = sum(values);'.slice(0, length));
    const starts = typed.map((text) => lastTurn(numbered(120, text)).slice(0, -text.length || undefined));
    expect(new Set(starts).size).toBe(1);
  });

  it('a message goes on where the last one ended', () => {
    const [first = '', second = ''] = ['const to', 'const total'].map((text) => lastTurn(numbered(70, text)));
    expect(second.startsWith(first)).toBe(true);
  });

  it('system and examples never change: only the last turn is new', () => {
    const [first, second] = [ask(numbered(3)), ask(numbered(90, 'x'), { mode: 'block', alternatives: 3 })];
    expect(second.system).toBe(first.system);
    expect(second.turns.slice(0, -1)).toEqual(first.turns.slice(0, -1));
  });
});

describe('the start of the window', () => {
  const firstLineAt = (count: number, budget = 1000): string => readPromptWindow(placeAt(numbered(count)), { before: budget, after: 100 }).before.split('\n')[0] ?? '';

  it('moves in steps of sixteen lines', () => {
    const starts = Array.from({ length: 64 }, (_, step) => firstLineAt(40 + step));
    const numbers = [...new Set(starts)].map((line) => Number(/\d+/.exec(line)?.[0]));
    expect(numbers.every((number) => number % 16 === 0)).toBe(true);
    expect(numbers.slice(1).map((number, index) => number - (numbers[index] ?? 0))).toEqual(numbers.slice(1).map(() => 16));
    expect(numbers).toHaveLength(5);
  });

  it('is the top while the file fits, and not one line longer', () => {
    const counts = Array.from({ length: 60 }, (_, count) => count).filter((count) => firstLineAt(count + 1, 1000).includes('value0 '));
    expect(counts.at(-1)).toBe(counts.length - 1);
    expect(counts.length).toBeGreaterThan(20);
  });

  it('is any line where the budget holds less than a step', () => {
    const { before } = readPromptWindow(placeAt(numbered(47)), { before: 120, after: 0 });
    expect(before.split('\n').slice(0, -1)).toEqual([43, 44, 45, 46].map((number) => `const value${number} = compute(${number});`));
  });

  it('leaves out nothing between it and the cursor', () => {
    const lines = readPromptWindow(placeAt(numbered(100)), { before: 2000, after: 0 }).before.split('\n').slice(0, -1);
    const numbers = lines.map((line) => Number(/\d+/.exec(line)?.[0]));
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 100 - numbers.length + index));
  });
});
