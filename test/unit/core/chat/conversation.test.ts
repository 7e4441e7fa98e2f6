import { describe, expect, it } from 'vitest';
import { RunApiError } from '../../../../src/core/errors.ts';
import { settle } from '../../../helpers/fakeClock.ts';
import { answered, asked, createHarness, lastAnswer, messageOf } from './conversationHarness.ts';

describe('a turn', () => {
  it('streams the answer behind the question and ends done', async () => {
    const harness = await asked();
    expect(harness.shown()).toEqual(['user: question', 'assistant (streaming): ']);
    await harness.runner.last.text('an', 'swer');
    expect(harness.shown()).toEqual(['user: question', 'assistant (streaming): answer']);
    await harness.runner.last.finish();
    expect(harness.shown()).toEqual(['user: question', 'assistant: answer']);
    expect(harness.session.head(lastAnswer(harness))).toMatchObject({ route: { task: 'chat', model: 'claude-sonnet-4.6' }, receipt: { priceUsd: 0.001, finish: 'stop' } });
    expect(harness.conversation.isStreaming).toBe(false);
  });

  it('sends the whole conversation again with each question', async () => {
    const harness = await answered();
    await asked('more', harness);
    expect(harness.runner.last.request.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(harness.runner.last.request.system).toBe('system');
  });

  it('measures thinking up to the first word, and says so there', async () => {
    const harness = await asked();
    await harness.runner.last.push({ type: 'thinking-delta', text: 'hm' });
    await harness.clock.advance(4_000);
    expect(harness.session.head(lastAnswer(harness))?.thinkingMs).toBeUndefined();
    await harness.runner.last.text('answer');
    expect(harness.session.head(lastAnswer(harness))).toMatchObject({ status: 'streaming', thinkingMs: 4_000 });
    await harness.clock.advance(4_000);
    await harness.runner.last.finish();
    expect(harness.session.head(lastAnswer(harness))?.thinkingMs).toBe(4_000);
    expect(harness.session.body(lastAnswer(harness))).toMatchObject({ thinking: 'hm', text: 'answer' });
  });

  it.each([
    ['length', 'half', 'cut', 'length'],
    ['content-filter', 'half', 'cut', 'content-filter'],
    ['refusal', '', 'failed', 'refusal'],
    ['tool-calls', 'half', 'cut', 'tool-calls'],
    ['stop', '', 'failed', 'empty-reply'],
  ] as const)('that finishes with %s after "%s" is %s', async (reason, text, status, title) => {
    const harness = await asked();
    if (text !== '') await harness.runner.last.text(text);
    await harness.runner.last.finish(reason);
    expect(harness.session.head(lastAnswer(harness))).toMatchObject({ status, error: { title } });
  });

  it.each([
    ['', 'failed', ''],
    ['half', 'cut', 'kept'],
  ])('that fails after "%s" is %s and keeps what arrived', async (text, status, kept) => {
    const harness = await asked();
    if (text !== '') await harness.runner.last.text(text);
    await harness.runner.last.fail(new RunApiError({ kind: 'network', retryable: true }));
    expect(harness.session.head(lastAnswer(harness))).toMatchObject({ status, error: { title: 'network', text: kept }, receipt: { priceUsd: 0.001 } });
    expect(harness.session.body(lastAnswer(harness))?.text).toBe(text);
  });

  it('whose stream just ends is cut, never done', async () => {
    const harness = await asked();
    await harness.runner.last.text('half');
    await harness.runner.last.fail(new RunApiError({ kind: 'interrupted', retryable: true }));
    expect(harness.shown().at(-1)).toBe('assistant (cut): half');
  });

  it('tells of a wait for a retry', async () => {
    const waits: unknown[] = [];
    const harness = await asked('question', createHarness({ onWaiting: (id, { waitMs, kind }) => waits.push([id, waitMs, kind]) }));
    await harness.runner.last.push({ type: 'retry-wait', attempt: 1, waitMs: 7_000, kind: 'rate-limit' });
    expect(waits).toEqual([[lastAnswer(harness), 7_000, 'rate-limit']]);
  });

  it('is not read while the view has no room', async () => {
    let release = (): void => undefined;
    const harness = await asked('question', createHarness({ room: () => new Promise((resolve) => { release = resolve; }) }));
    await harness.runner.last.text('a', 'b', 'c');
    const taken = harness.runner.last.taken;
    expect(harness.shown().at(-1)).toBe('assistant (streaming): a');
    release();
    await settle();
    expect(harness.shown().at(-1)).toBe('assistant (streaming): ab');
    expect(harness.runner.last.taken).toBeGreaterThan(taken);
  });
});

describe('stop', () => {
  it('ends at once, keeps the part, and takes the receipt that follows', async () => {
    const harness = await asked();
    await harness.runner.last.text('half');
    harness.conversation.stop();
    await settle();
    expect(harness.shown()).toEqual(['user: question', 'assistant (stopped): half']);
    expect(harness.session.head(lastAnswer(harness))).toMatchObject({ error: undefined, receipt: { priceUsd: 0.001 } });
  });

  it('does not wait for a stream that hangs, and drops what comes late', async () => {
    const harness = await asked('question', createHarness({ room: () => new Promise(() => undefined) }));
    await harness.runner.last.text('half');
    harness.conversation.stop();
    await settle();
    expect(harness.conversation.isStreaming).toBe(false);
    await harness.runner.last.text('late');
    expect(harness.shown().at(-1)).toBe('assistant (stopped): half');
  });

  it('before the first word leaves an empty stopped answer that can be asked again', async () => {
    const harness = await asked();
    harness.conversation.stop();
    await settle();
    harness.conversation.retry(lastAnswer(harness));
    await settle();
    await harness.runner.last.text('answer');
    await harness.runner.last.finish();
    expect(harness.shown()).toEqual(['user: question', 'assistant: answer']);
  });
});

describe('sleep', () => {
  it('of the computer in the middle of a stream cuts the answer', async () => {
    const harness = await asked();
    await harness.runner.last.text('half');
    harness.clock.sleepMachine(600_000);
    await harness.clock.advance(9_000);
    expect(harness.session.head(lastAnswer(harness))).toMatchObject({ status: 'cut', error: { title: 'interrupted' } });
    expect(harness.runner.last.signal.aborted).toBe(true);
  });

  it('is survived by a stream that goes on right after', async () => {
    const harness = await asked();
    await harness.runner.last.text('half');
    harness.clock.sleepMachine(600_000);
    await harness.clock.advance(6_000);
    await harness.runner.last.text(' and half');
    await harness.clock.advance(20_000);
    await harness.runner.last.finish();
    expect(harness.shown().at(-1)).toBe('assistant: half and half');
  });

  it('leaves no timer behind', async () => {
    const harness = await answered();
    expect(harness.clock.pending).toBe(0);
  });
});

describe('the queue', () => {
  it('holds what is sent while an answer streams and sends it after', async () => {
    const harness = await asked();
    harness.conversation.send(messageOf('next'));
    expect(harness.shown()).toEqual(['user: question', 'assistant (streaming): ', 'user (queued): next']);
    await harness.runner.last.text('answer');
    await harness.runner.last.finish();
    expect(harness.shown()).toEqual(['user: question', 'assistant: answer', 'user: next', 'assistant (streaming): ']);
    expect(harness.runner.last.request.messages).toHaveLength(3);
  });

  it.each(['stop', 'failure'] as const)('is held by a %s and goes on when the user says so', async (kind) => {
    const harness = await asked();
    harness.conversation.send(messageOf('next'));
    await harness.runner.last.text('half');
    if (kind === 'stop') harness.conversation.stop();
    else await harness.runner.last.fail(new RunApiError({ kind: 'server', retryable: true }));
    await settle();
    expect(harness.shown().at(-1)).toBe('user (queued): next');
    expect(harness.runner.calls).toHaveLength(1);
    harness.conversation.resume();
    await settle();
    expect(harness.runner.calls).toHaveLength(2);
    expect(harness.shown().slice(2)).toEqual(['user: next', 'assistant (streaming): ']);
  });

  it('keeps the order when something is sent while it is held', async () => {
    const harness = await asked();
    harness.conversation.send(messageOf('second'));
    harness.conversation.stop();
    await settle();
    harness.conversation.send(messageOf('third'));
    await settle();
    await harness.runner.last.text('x');
    await harness.runner.last.finish();
    expect(harness.shown().filter((line) => line.startsWith('user'))).toEqual(['user: question', 'user: second', 'user: third']);
  });

  it('lets go of a message that is taken out', async () => {
    const harness = await asked();
    const id = harness.conversation.send(messageOf('next'));
    harness.conversation.unqueue(id);
    await harness.runner.last.text('answer');
    await harness.runner.last.finish();
    expect(harness.shown()).toEqual(['user: question', 'assistant: answer']);
  });
});

describe('branches', () => {
  it('come from editing a message; the old one can be shown again', async () => {
    const harness = await answered('first', 'one');
    const [first = ''] = harness.session.path;
    harness.conversation.edit(first, messageOf('first, better'));
    await settle();
    await harness.runner.last.text('two');
    await harness.runner.last.finish();
    expect(harness.shown()).toEqual(['user: first, better', 'assistant: two']);
    expect(harness.runner.last.request.messages).toHaveLength(1);
    const [now = ''] = harness.session.path;
    expect(harness.session.alternatives(now)).toEqual([first, now]);
    await harness.conversation.select(now, 0);
    expect(harness.shown()).toEqual(['user: first', 'assistant: one']);
  });

  it('come from regenerating an answer, with another model for that one only', async () => {
    const harness = await answered('first', 'one');
    harness.conversation.regenerate(lastAnswer(harness), 'claude-opus-4.8');
    await settle();
    expect(harness.runner.last.request.model).toBe('claude-opus-4.8');
    await harness.runner.last.text('two');
    await harness.runner.last.finish();
    expect(harness.shown()).toEqual(['user: first', 'assistant: two']);
    expect(harness.session.alternatives(lastAnswer(harness))).toHaveLength(2);
    await asked('second', harness);
    expect(harness.runner.last.request.model).toBeUndefined();
  });

  it('are not made or changed while an answer streams', async () => {
    const harness = await answered('first', 'one');
    const [first = '', one = ''] = harness.session.path;
    await asked('second', harness);
    expect(harness.conversation.edit(first, messageOf('x'))).toBeUndefined();
    harness.conversation.regenerate(one);
    harness.conversation.continueAnswer(one);
    await settle();
    expect(harness.runner.calls).toHaveLength(2);
  });

  it('ignore places that do not exist', async () => {
    const harness = await answered();
    await harness.conversation.select(lastAnswer(harness), 7);
    await harness.conversation.select('nothing', 0);
    harness.conversation.regenerate('nothing');
    harness.conversation.retry(harness.session.path[0] ?? '');
    expect(harness.runner.calls).toHaveLength(1);
    expect(harness.shown()).toEqual(['user: question', 'assistant: answer']);
  });
});

describe('continue', () => {
  it('goes on in the same answer, without what the model says twice', async () => {
    const harness = await asked();
    await harness.runner.last.text('The last error is thrown as it came, with its');
    await harness.runner.last.finish('length');
    harness.conversation.continueAnswer(lastAnswer(harness));
    await settle();
    expect(harness.runner.last.request.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    await harness.runner.last.text('thrown as it came, with its request id.');
    await harness.runner.last.finish();
    expect(harness.shown()).toEqual(['user: question', 'assistant: The last error is thrown as it came, with its request id.']);
    expect(harness.session.head(lastAnswer(harness))).toMatchObject({ error: undefined, receipt: { priceUsd: 0.002, usage: { inputTokens: 200, outputTokens: 40 } } });
  });

  it('never ends the request with the answer itself: newer models refuse that', async () => {
    const harness = await asked();
    await harness.runner.last.text('half ');
    await harness.runner.last.fail(new RunApiError({ kind: 'interrupted', retryable: true }));
    harness.conversation.continueAnswer(lastAnswer(harness));
    await settle();
    expect(harness.runner.last.request.messages.at(-1)?.role).toBe('user');
  });

  it('stays with the model that began', async () => {
    const harness = await answered('first', 'one');
    harness.conversation.regenerate(lastAnswer(harness), 'other-model');
    await settle();
    await harness.runner.last.text('half');
    await harness.runner.last.finish('length');
    harness.conversation.continueAnswer(lastAnswer(harness));
    await settle();
    expect(harness.runner.last.request.model).toBe('other-model');
  });
});

describe('retry', () => {
  it('uses the same place when nothing had arrived', async () => {
    const harness = await asked();
    await harness.runner.last.fail(new RunApiError({ kind: 'server', retryable: true }));
    const answer = lastAnswer(harness);
    harness.conversation.retry(answer);
    await settle();
    expect(harness.session.head(answer)).toMatchObject({ status: 'streaming', error: undefined });
    expect(harness.session.alternatives(answer)).toHaveLength(1);
  });

  it('keeps a part that had arrived as a branch', async () => {
    const harness = await asked();
    await harness.runner.last.text('half');
    await harness.runner.last.fail(new RunApiError({ kind: 'server', retryable: true }));
    harness.conversation.retry(lastAnswer(harness));
    await settle();
    expect(harness.session.alternatives(lastAnswer(harness))).toHaveLength(2);
  });
});

describe('what is sent', () => {
  it('is the same object that went out, even after the settings changed', async () => {
    let system = 'before';
    const harness = await answered('question', 'answer', createHarness({ systemPrompt: () => system }));
    system = 'after';
    for (const id of [lastAnswer(harness), harness.session.path[0] ?? '']) {
      expect(await harness.conversation.requestFor(id)).toMatchObject({ request: { system: 'before' }, isRebuilt: false });
    }
  });

  it('is built again where it is not remembered, and says so', async () => {
    const harness = await answered();
    const answer = lastAnswer(harness);
    for (let turn = 0; turn < 10; turn++) await answered(`question ${turn}`, 'answer', harness);
    expect(await harness.conversation.requestFor(answer)).toMatchObject({ isRebuilt: true });
    expect(await harness.conversation.requestFor(lastAnswer(harness))).toMatchObject({ isRebuilt: false });
    expect(await harness.conversation.requestFor('none')).toBeUndefined();
  });

  it('can be seen before it is sent, and is then sent like that', async () => {
    const harness = await answered();
    const message = messageOf('next', { task: 'explain', model: 'm', reason: 'because' });
    const preview = await harness.conversation.previewOf(message);
    harness.conversation.send(message);
    await settle();
    expect(harness.runner.last.request).toEqual(preview);
  });
});
