import { describe, expect, it } from 'vitest';
import { createAnswer, type Answer } from '../../../../src/core/completion/answer.ts';
import type { CompletionMode } from '../../../../src/core/completion/completionTypes.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { placeAt } from './harness.ts';

function answerAt(marked: string, mode: CompletionMode = 'block', wanted = 1): Answer {
  return createAnswer({ id: 1, place: placeAt(marked), mode, wanted });
}

function received(answer: Answer, text: string, reason: 'stop' | 'length' | 'other' = 'stop'): Answer {
  for (const character of `<insert>${text}`) answer.add({ type: 'text', text: character }, 10);
  answer.add({ type: 'finish', reason }, 20);
  answer.end();
  return answer;
}

describe('an answer that was cut', () => {
  it.each([
    ['by the limit keeps its whole lines', 'a();\n  b();\n  c(', 'length', 'a();\n  b();'],
    ['by the limit in its only line keeps what there is', 'a(b, ', 'length', 'a(b,'],
    ['otherwise in its only line has nothing', 'a(b, ', 'other', ''],
    ['not at all keeps its last line', 'a();\n  b();', 'stop', 'a();\n  b();'],
  ] as const)('%s', (_, text, reason, expected) => expect(received(answerAt('{\n  x();\n  █'), text, reason).text.trimEnd()).toBe(expected));

  it('ends before code that stands below, though the line after it was cut', () => {
    const answer = received(answerAt('f() {\n  █\n  const total = sum(a);\n  const mean = total / a.length;\n}'), 'start();\n  const total = sum(a);\n  const me', 'length');
    expect(answer.text).toBe('start();');
  });

  it('loses the last of several alternatives', () => {
    const answer = received(answerAt('a = █', 'line', 2), 'one;</insert>\n<insert>two;</insert>\n<insert>thr', 'length');
    expect([answer.text, ...answer.alternatives]).toEqual(['one;', 'two;']);
  });
});

describe('an answer without an end', () => {
  const endless = Array.from({ length: 80_000 }, (_, line) => `step${line}();`).join('\n');

  it('is read up to a limit, however large the piece is that it comes in', () => {
    const answer = answerAt('{\n  █');
    answer.add({ type: 'text', text: `<insert>${endless}` }, 0);
    expect([answer.satisfied, answer.open, answer.text.startsWith('step0();'), answer.text.length < 8000]).toEqual(['by-scope', false, true, true]);
  });

  it('is the same whole lines in whatever pieces it comes', () => {
    const inPieces = (size: number): string => {
      const answer = createAnswer({ id: 1, place: placeAt('# Notes\n\n█', { languageId: 'markdown' }), mode: 'block', wanted: 2 });
      for (let at = 0; at < 9000; at += size) answer.add({ type: 'text', text: endless.slice(at, at + size) }, 0);
      return answer.text;
    };
    const text = inPieces(9000);
    expect([inPieces(700), inPieces(4001)]).toEqual([text, text]);
    expect(endless.startsWith(`${text}\n`)).toBe(true);
  });
});

describe('an answer on its way', () => {
  it('wakes who waits at each piece, and at its end', async () => {
    const answer = answerAt('█');
    let woken = 0;
    void answer.changed().then(() => woken++);
    answer.add({ type: 'text', text: '<insert>a' }, 5);
    await Promise.resolve();
    void answer.changed().then(() => woken++);
    answer.end();
    await Promise.resolve();
    expect(woken).toBe(2);
  });

  it('knows when its first token came', () => {
    const answer = answerAt('█');
    expect(answer.firstTokenAt).toBeUndefined();
    answer.add({ type: 'text', text: '' }, 3);
    answer.add({ type: 'text', text: 'a' }, 7);
    answer.add({ type: 'text', text: 'b' }, 9);
    expect(answer.firstTokenAt).toBe(7);
  });

  it('is satisfied by markup, and takes nothing more', () => {
    const answer = answerAt('█');
    answer.add({ type: 'text', text: '<insert>a;</insert>' }, 1);
    answer.add({ type: 'text', text: '\nand so on' }, 2);
    expect(answer).toMatchObject({ satisfied: 'by-markup', open: false, text: 'a;' });
  });

  it('keeps the error that ended it', () => {
    const answer = answerAt('█');
    const error = new RunApiError({ kind: 'overloaded', retryable: true });
    answer.end(error);
    expect(answer).toMatchObject({ error, open: false, text: '' });
  });
});
