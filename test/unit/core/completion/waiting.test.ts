import { describe, expect, it } from 'vitest';
import { createAnswer, type Answer } from '../../../../src/core/completion/answer.ts';
import { waitForAnswer } from '../../../../src/core/completion/waiting.ts';
import { createFakeClock, settle, type FakeClock } from '../../../helpers/fakeClock.ts';
import { placeAt } from './harness.ts';

interface Waiting {
  readonly clock: FakeClock;
  readonly answer: Answer;
  readonly controller: AbortController;
  readonly woke: () => string | undefined;
}

function wait(deadlineMs: number | undefined, prepare: (controller: AbortController) => void = () => {}): Waiting {
  const clock = createFakeClock();
  const answer = createAnswer({ id: 1, place: placeAt('a = █'), mode: 'line' });
  const controller = new AbortController();
  prepare(controller);
  let woke: string | undefined;
  void waitForAnswer(answer, { signal: controller.signal, clock, deadlineMs }).then((reason) => (woke = reason));
  return { clock, answer, controller, woke: () => woke };
}

describe('who waits for an answer', () => {
  it.each<readonly [string, number | undefined, (waiting: Waiting) => Promise<void> | void, string | undefined]>([
    ['is woken by its next piece', undefined, ({ answer }) => answer.add({ type: 'text', text: '<insert>b' }, 0), 'changed'],
    ['is woken by its end', undefined, ({ answer }) => answer.end(), 'changed'],
    ['sleeps through a part without text', undefined, ({ answer }) => answer.add({ type: 'finish', reason: 'stop' }, 0), undefined],
    ['is let go when the editor loses interest', undefined, ({ controller }) => controller.abort(), 'aborted'],
    ['is let go at the end of patience', 200, ({ clock }) => clock.advance(200), 'late'],
    ['not a moment earlier', 200, ({ clock }) => clock.advance(199), undefined],
    ['is let go at once where the moment has passed', -50, ({ clock }) => clock.advance(0), 'late'],
    ['waits for ever without a deadline', undefined, ({ clock }) => clock.advance(3_600_000), undefined],
    ['hears of the first thing that happens only', 200, async ({ answer, clock }) => {
      answer.add({ type: 'text', text: 'b' }, 0);
      await clock.advance(500);
    }, 'changed'],
  ])('%s', async (_, deadlineMs, happen, expected) => {
    const waiting = wait(deadlineMs);
    await happen(waiting);
    await settle();
    expect(waiting.woke()).toBe(expected);
  });

  it('is not kept where interest was lost before', async () => {
    const { woke, clock } = wait(200, (controller) => controller.abort());
    await settle();
    expect([woke(), clock.pending]).toEqual(['aborted', 0]);
  });

  it.each<readonly [string, (waiting: Waiting) => void]>([
    ['a piece', ({ answer }) => answer.end()],
    ['a lost interest', ({ controller }) => controller.abort()],
  ])('leaves no timer behind after %s', async (_, happen) => {
    const waiting = wait(200);
    happen(waiting);
    await settle();
    expect(waiting.clock.pending).toBe(0);
  });
});
