// What holds whatever is typed and whatever a model answers.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompletionItem } from '../../../../src/core/completion/completionTypes.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { createTestEditor, cursorMark, type TestEditor } from './harness.ts';

type Step =
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'backspace' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'finish' }
  | { readonly kind: 'fail' }
  | { readonly kind: 'accept' };

const pieces = ['a', 'foo', ' ', '(', ')', '{', '}', '"', ';', '\n', '\n  ', '.', 'return ', '\t'];
const answers = [
  '<insert>', '</insert>', '```ts\n', '```', 'foo(bar);', '\n', '\r\n', '  ', '}', ')', '\u0000', '\u202e', 'Here is the code:\n', 'return a;', '"', 'const x = {', 'x'.repeat(300), '<insert></insert>',
];
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...pieces).map((text): Step => ({ kind: 'type', text })) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'backspace' }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 700 }).map((ms): Step => ({ kind: 'wait', ms })) },
  { weight: 5, arbitrary: fc.constantFrom(...answers).map((text): Step => ({ kind: 'answer', text })) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'finish' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'fail' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'accept' }) },
);

interface Given {
  readonly item: CompletionItem;
  readonly text: string;
}

async function run(steps: readonly Step[], check: (editor: TestEditor, given: Given | undefined) => void): Promise<void> {
  const editor = createTestEditor(`function f() {\n  const a = 1;\n  ${cursorMark}\n}\n`);
  let given: Given | undefined;
  const ask = (): void => {
    const text = editor.text();
    given = undefined;
    void editor.call().then(({ items }) => {
      if (items[0] !== undefined && text === editor.text()) given = { item: items[0], text };
    });
  };
  for (const one of steps) {
    const running = editor.model.asked.at(-1);
    switch (one.kind) {
      case 'type':
        editor.type(one.text);
        ask();
        break;
      case 'backspace':
        if (!editor.text().startsWith(cursorMark)) editor.backspace();
        ask();
        break;
      case 'answer':
        running?.write(one.text);
        break;
      case 'finish':
        running?.finish();
        break;
      case 'fail':
        running?.fail(new RunApiError({ kind: 'interrupted', retryable: true }));
        break;
      case 'accept':
        if (given?.text === editor.text()) {
          editor.type(given.item.text.slice(given.item.replaceBefore));
          editor.engine.accepted(given.item.id);
          ask();
        }
        break;
      case 'wait':
        break;
      default:
        throw new Error(`Unknown step ${JSON.stringify(one satisfies never)}`);
    }
    await editor.clock.advance(one.kind === 'wait' ? one.ms : 5);
    check(editor, given);
  }
  editor.engine.dispose();
}

const always = (check: (editor: TestEditor, given: Given | undefined) => void) =>
  fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => run(steps, check)), { numRuns: 60, seed: 20261125 });

describe('whatever happens', () => {
  it('at most one request runs', () => always((editor) => {
    expect(editor.model.asked.filter((asked) => asked.isRunning()).length).toBeLessThanOrEqual(1);
  }));

  it('an item stays within its line and holds what it replaces, in order', () => always((_, given) => {
    if (given === undefined) return;
    const [before = '', after = ''] = given.text.split(cursorMark);
    const { text, replaceBefore, replaceAfter } = given.item;
    const rest = after.split('\n')[0] ?? '';
    expect(replaceAfter).toBeLessThanOrEqual(rest.length);
    expect(replaceBefore).toBeLessThanOrEqual((before.split('\n').at(-1) ?? '').length);
    let from = replaceBefore === 0 || text.startsWith('\n') ? 0 : replaceBefore;
    for (const character of rest.slice(0, replaceAfter)) {
      from = text.indexOf(character, from) + 1;
      expect(from).toBeGreaterThan(0);
    }
  }));

  it('an item is text that a person can see', () => always((_, given) => {
    if (given === undefined) return;
    expect(given.item.text.trim()).not.toBe('');
    expect(given.item.text).not.toMatch(/\r|\u202e|<\/?insert>/);
    expect(given.item.text).not.toContain('\u0000');
    expect(given.item.text.length).toBeLessThan(8001);
  }));

  it('the same question is not asked twice in a row', () => always((editor) => {
    const questions = editor.model.asked.map((asked) => asked.question.turns.at(-1)?.text);
    const [before, last] = questions.slice(-2);
    if (questions.length >= 2 && before === last) expect(editor.model.asked.at(-2)?.signal.aborted === true || editor.log.some((line) => line.includes('failed'))).toBe(true);
  }));

  it('the log holds nothing of the file', () => always((editor) => {
    expect(editor.log.join('\n')).not.toMatch(/const a|function f/);
  }));
});
