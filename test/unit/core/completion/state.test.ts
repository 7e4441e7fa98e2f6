// The small parts that remember: pauses, the day's tally, what was typed, what is taken, and the answers themselves.
import { describe, expect, it } from 'vitest';
import { createAnswer } from '../../../../src/core/completion/answer.ts';
import { createAnswerStore } from '../../../../src/core/completion/answerStore.ts';
import { formatOutcome, type Outcome } from '../../../../src/core/completion/outcome.ts';
import { createPauses } from '../../../../src/core/completion/pauses.ts';
import { createRunnerModel } from '../../../../src/core/completion/runnerModel.ts';
import { createTakenRate } from '../../../../src/core/completion/takenRate.ts';
import { createTally } from '../../../../src/core/completion/tally.ts';
import { createTypingTracker } from '../../../../src/core/completion/typing.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import type { TaskPart, TaskRequest } from '../../../../src/core/models/taskRunner.ts';
import { createFakeClock } from '../../../helpers/fakeClock.ts';
import { placeAt } from './harness.ts';

const answerAt = (marked: string, id = 1) => createAnswer({ id, place: placeAt(marked), mode: 'line' });

describe('an answer', () => {
  it('grows and wakes who waits', async () => {
    const answer = answerAt('a = █');
    const woken = answer.changed();
    answer.add({ type: 'text', text: '<insert>b' }, 5);
    await woken;
    expect(answer).toMatchObject({ text: 'b', open: true, firstTokenAt: 5 });
  });
  it('is satisfied by its closing tag and takes no more', () => {
    const answer = answerAt('a = █');
    answer.add({ type: 'text', text: '<insert>b;</insert>' }, 0);
    answer.add({ type: 'text', text: 'more' }, 0);
    expect(answer).toMatchObject({ text: 'b;', open: false, satisfied: 'by-markup' });
  });
  it('keeps a single line that the limit of tokens cut', () => {
    const answer = answerAt('a = █');
    answer.add({ type: 'text', text: 'b +' }, 0);
    answer.add({ type: 'finish', reason: 'length' }, 0);
    answer.end();
    expect(answer.text).toBe('b +');
  });
  it('loses the last line where the limit cut it and there are others', () => {
    const answer = answerAt('a = █');
    answer.add({ type: 'text', text: 'b;\nc = d(' }, 0);
    answer.add({ type: 'finish', reason: 'length' }, 0);
    answer.end();
    expect(answer.text).toBe('b;');
  });
  it('is nothing when it was cut in its first line', () => {
    const answer = answerAt('a = █');
    answer.add({ type: 'text', text: 'b +' }, 0);
    answer.end(new RunApiError({ kind: 'interrupted', retryable: true }));
    expect(answer).toMatchObject({ text: '', open: false });
  });
  it('ends when a model does not stop', () => {
    const answer = answerAt('a = █');
    answer.add({ type: 'text', text: `<insert>${'x'.repeat(9000)}` }, 0);
    expect(answer.satisfied).toBe('by-scope');
  });
});

describe('the store', () => {
  const filled = (...entries: readonly (readonly [marked: string, text: string])[]) => {
    const store = createAnswerStore();
    entries.forEach(([marked, text], index) => {
      const answer = answerAt(marked, index + 1);
      answer.add({ type: 'text', text: `<insert>${text}</insert>` }, 0);
      answer.end();
      store.add(answer);
    });
    return store;
  };
  it('finds the newest of two that agree', () => expect(filled(['a = █', 'b;'], ['a = █', 'c;']).find(placeAt('a = █'))?.answer.text).toBe('c;'));
  it('but the one on the screen first', () => expect(filled(['a = █', 'b;'], ['a = █', 'c;']).find(placeAt('a = █'), 1)?.answer.text).toBe('b;'));
  it('prefers text to an empty answer', () => expect(filled(['a = █', 'b;'], ['a = █', '']).find(placeAt('a = █'))?.answer.text).toBe('b;'));
  it('finds an empty answer where it was given, and nowhere else', () => {
    const store = filled(['a = █', '']);
    expect([store.find(placeAt('a = █'))?.answer.text, store.find(placeAt('a = b█'))]).toEqual(['', undefined]);
  });
  it('forgets a document', () => {
    const store = filled(['a = █', 'b;']);
    store.forget('file:///a.ts');
    expect(store.find(placeAt('a = █'))).toBeUndefined();
  });
  it('keeps the last three hundred', () => {
    const store = filled(...Array.from({ length: 310 }, (_, index) => [`a${index} = █`, 'b;'] as const));
    expect([store.find(placeAt('a1 = █')), store.find(placeAt('a300 = █'))?.answer.text]).toEqual([undefined, 'b;']);
  });
});

describe('pauses', () => {
  const failing = (kind: RunApiError['kind'], retryAfterMs?: number) => new RunApiError({ kind, retryable: false, ...(retryAfterMs !== undefined && { retryAfterMs }) });
  it('grow up to five minutes', async () => {
    const clock = createFakeClock();
    const pauses = createPauses(clock);
    for (let time = 0; time < 12; time++) pauses.failed(failing('overloaded'));
    await clock.advance(299_000);
    expect(pauses.current()?.why).toBe('overloaded');
    await clock.advance(1_000);
    expect(pauses.current()).toBeUndefined();
  });
  it('begin anew after a success', () => {
    const clock = createFakeClock();
    const pauses = createPauses(clock);
    pauses.failed(failing('rate-limit'));
    pauses.failed(failing('rate-limit'));
    pauses.succeeded();
    pauses.failed(failing('rate-limit'));
    expect(pauses.current()?.untilMs).toBe(5_000);
  });
  it('by the user end by themselves', async () => {
    const clock = createFakeClock();
    const pauses = createPauses(clock);
    pauses.snooze(60_000);
    expect(pauses.current()).toEqual({ why: 'snoozed', untilMs: 60_000 });
    await clock.advance(60_000);
    expect(pauses.current()).toBeUndefined();
  });
  it('do not come of one or two lost answers', () => {
    const pauses = createPauses(createFakeClock());
    pauses.failed(failing('network'));
    pauses.failed(failing('timeout'));
    expect(pauses.current()).toBeUndefined();
    pauses.failed(failing('server'));
    expect(pauses.current()?.why).toBe('failing');
  });
  it('end with what they wait for', () => {
    const pauses = createPauses(createFakeClock());
    pauses.failed(failing('key-rejected'));
    expect(pauses.current()).toEqual({ why: 'key-rejected' });
    pauses.resume();
    expect(pauses.current()).toBeUndefined();
  });
});

describe('the tally', () => {
  it('adds up receipts and what was taken', () => {
    const tally = createTally(createFakeClock());
    tally.requested();
    tally.requested();
    tally.received({ usage: { inputTokens: 1000, outputTokens: 20, cacheReadTokens: 100, cacheWriteTokens: 5 }, priceUsd: 0.001, priceIsEstimate: false, durationMs: 1 });
    tally.received({ usage: { inputTokens: 10, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0 }, priceIsEstimate: true, durationMs: 1 });
    tally.accepted(1, 10);
    tally.accepted(1, 5);
    expect(tally.today()).toEqual({ requests: 2, used: 1, shown: 0, acceptedCharacters: 15, priceUsd: 0.001, inputTokens: 1115, outputTokens: 22 });
  });
  it('has no price while none is known', () => expect(createTally(createFakeClock()).today().priceUsd).toBeUndefined());
  it('begins anew with the day', async () => {
    const clock = createFakeClock();
    const tally = createTally(clock);
    tally.requested();
    await clock.advance(26 * 3_600_000);
    expect(tally.today().requests).toBe(0);
  });
});

describe('typing', () => {
  const track = () => {
    const accepted: number[] = [];
    const clock = createFakeClock();
    const typing = createTypingTracker({ clock, onAccepted: (_, characters) => accepted.push(characters) });
    const change = (insertedText: string, removedLength = 0, reason?: 'undo') => typing.changed({ uri: 'file:///a.ts', version: 1, from: { line: 0, character: 0 }, removedLength, insertedText, ...(reason && { reason }) });
    const show = (text: string, more = {}) => typing.show({ uri: 'file:///a.ts', answer: answerAt('█'), item: { id: 7, text, replaceBefore: 0, replaceAfter: 0, ...more }, at: { line: 0, character: 0 }, since: '' });
    return { typing, accepted, clock, change, show, last: () => typing.lastChange('file:///a.ts') };
  };
  it.each([['a', 0, 'typed'], ['', 1, 'deleted'], ['b', 3, 'typed']] as const)('%j for %d characters is %s', (text, removed, kind) => {
    const { change, last } = track();
    change(text, removed);
    expect(last()).toBe(kind);
  });
  it('knows an accepted word by what was shown', () => {
    const { change, show, accepted, last } = track();
    show('first + second;');
    change('first ');
    expect([accepted, last()]).toEqual([[6], 'accepted']);
  });
  it('takes one key for a key, though it agrees', () => {
    const { change, show, accepted } = track();
    show('first');
    change('f');
    expect(accepted).toEqual([]);
  });
  it('counts an accepted item once, by its change and its command', () => {
    const { change, show, accepted, typing } = track();
    show('first;');
    change('first;');
    typing.acceptedByCommand(7);
    expect(accepted).toEqual([6]);
  });
  it('counts an accepted item whose change looked otherwise', () => {
    const { show, accepted, typing } = track();
    show('a);', { replaceAfter: 1 });
    typing.acceptedByCommand(7);
    expect(accepted).toEqual([2]);
  });
  it('sees CRLF as the line end that was shown', () => {
    const { change, show, accepted } = track();
    show('a;\n  b;');
    change('a;\r\n  b;');
    expect(accepted).toEqual([7]);
  });
  it('does not take an undo for an accept', () => {
    const { change, show, accepted, last } = track();
    show('first');
    change('first', 0, 'undo');
    expect([accepted, last()]).toEqual([[], 'undone']);
  });
  it('knows how long ago the last change was', async () => {
    const { change, clock, typing } = track();
    expect(typing.sinceLastChangeMs('file:///a.ts')).toBeUndefined();
    change('a');
    await clock.advance(40);
    expect(typing.sinceLastChangeMs('file:///a.ts')).toBe(40);
  });
});

describe('suggestions are being taken', () => {
  const rate = (...taken: readonly boolean[]) => {
    const keeper = createTakenRate();
    for (const one of taken) {
      keeper.shown();
      if (one) keeper.accepted();
    }
    return keeper.isHigh();
  };
  it('when half of the last ones were', () => expect(rate(false, true, false, true)).toBe(true));
  it('but not after three', () => expect(rate(true, true, true)).toBe(false));
  it('not when most were typed away', () => expect(rate(true, false, false, false, false)).toBe(false));
  it('no longer, after some were not', () => expect(rate(true, true, true, true, false, false, false, false, false)).toBe(false));
});

describe('the runner as a model', () => {
  const ask = async (parts: readonly TaskPart[]) => {
    const requests: TaskRequest[] = [];
    const model = createRunnerModel({
      route: () => {
        throw new Error('not needed');
      },
      async *run(request) {
        requests.push(request);
        yield* parts;
      },
    });
    const got = [];
    const question = { id: 1, system: 's', turns: [{ role: 'user' as const, text: 'q' }], maxTokens: 64, mode: 'line' as const, alternatives: 1, origin: { uri: 'u', version: 1, languageId: 'ts', cursor: { line: 0, character: 0 } } };
    for await (const part of model.ask(question, new AbortController().signal)) got.push(part);
    return { requests, got };
  };
  it('asks for the task "complete" and passes text, end and receipt on', async () => {
    const receipt = { priceIsEstimate: true, durationMs: 3 };
    const { requests, got } = await ask([{ type: 'response-start' }, { type: 'text-delta', text: 'a' }, { type: 'finish', reason: 'refusal' }, { type: 'receipt', receipt }]);
    expect(requests).toEqual([{ task: 'complete', system: 's', messages: [{ role: 'user', content: 'q' }], maxTokens: 64 }]);
    expect(got).toEqual([{ type: 'text', text: 'a' }, { type: 'finish', reason: 'other' }, { type: 'receipt', receipt }]);
  });
  it('does not wait for a retry', () => expect(ask([{ type: 'retry-wait', attempt: 1, waitMs: 7000, kind: 'rate-limit' }])).rejects.toMatchObject({ kind: 'rate-limit', retryAfterMs: 7000 }));
});

describe('an outcome in the log', () => {
  const outcomes: readonly (readonly [Outcome, string])[] = [
    [{ kind: 'shown', source: 'in-flight' }, 'shown:in-flight'], [{ kind: 'filtered', why: 'blank' }, 'filtered:blank'], [{ kind: 'disabled', why: 'off' }, 'disabled:off'],
    [{ kind: 'paused', why: 'budget' }, 'paused:budget'], [{ kind: 'failed', error: 'stalled' }, 'failed:stalled'], [{ kind: 'covered' }, 'covered'], [{ kind: 'cached-empty' }, 'cached-empty'],
  ];
  it.each(outcomes)('%j', (outcome, text) => expect(formatOutcome(outcome)).toBe(text));
});
