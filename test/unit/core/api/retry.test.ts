import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunApiError, type ErrorDetails } from '../../../../src/core/errors.ts';
import type { StreamPart } from '../../../../src/core/api/modelClient.ts';
import { callWithRetries, decideRetry, withRetries } from '../../../../src/core/api/retry.ts';
import { collect } from '../../../helpers/clientHarness.ts';
import { createFakeClock, settle } from '../../../helpers/fakeClock.ts';

const error = (details: Partial<ErrorDetails> = {}): RunApiError => new RunApiError({ kind: 'server', retryable: true, ...details });
const decide = (failure: unknown, retries = 0, random = 0): ReturnType<typeof decideRetry> => decideRetry(failure, { retries, maxRetries: 2, random });

describe('decideRetry', () => {
  it.each<[string, unknown, number, number | 'no']>([
    ['the first wait is half a second', error(), 0, 500],
    ['the second one is twice as long', error(), 1, 1000],
    ['the third try is the last', error(), 2, 'no'],
    ['what cannot be cured is not retried', error({ retryable: false }), 0, 'no'],
    ['the server says how long', error({ retryAfterMs: 7000 }), 0, 7000],
    ['a minute is waited', error({ retryAfterMs: 60_000 }), 0, 60_000],
    ['more is the user\'s to decide', error({ retryAfterMs: 60_001 }), 0, 'no'],
    ['at once, if the server says so', error({ retryAfterMs: 0 }), 0, 0],
    ['a connection that took too long', error({ kind: 'timeout', phase: 'connect' }), 0, 500],
    ['a server that says it timed out', error({ kind: 'timeout', phase: 'first-byte', status: 408 }), 0, 500],
    ['no answer at all: the input may be billed', error({ kind: 'timeout', phase: 'first-byte' }), 0, 'no'],
    ['an answer that stopped coming', error({ kind: 'stalled', phase: 'body' }), 0, 'no'],
    ['a connection that broke before the first token', error({ kind: 'interrupted', phase: 'body' }), 0, 500],
    ['errors of other kinds', new TypeError('bug'), 0, 'no'],
  ])('%s', (_name, failure, retries, expected) => {
    expect(decide(failure, retries)).toEqual(expected === 'no' ? { retry: false } : { retry: true, waitMs: expected });
  });

  it('spreads waits by up to a quarter, and never waits longer than 8 s of its own will nor a minute of the server\'s', () => {
    fc.assert(fc.property(fc.nat(20), fc.nat(25), fc.double({ min: 0, max: 1, noNaN: true }), fc.option(fc.nat(10_000_000)), (retries, maxRetries, random, retryAfterMs) => {
      const decision = decideRetry(error(retryAfterMs === null ? {} : { retryAfterMs }), { retries, maxRetries, random });
      if (!decision.retry) return retries >= maxRetries || (retryAfterMs ?? 0) > 60_000;
      const longest = Math.min(8000, 500 * 2 ** retries);
      return retries < maxRetries && (retryAfterMs === null ? decision.waitMs >= longest * 0.75 && decision.waitMs <= longest : decision.waitMs === retryAfterMs);
    }));
  });
});

const text: StreamPart = { type: 'text-delta', text: 'a' };
const start: StreamPart = { type: 'response-start' };

/** Plays one list of parts for each attempt; an error in a list is thrown there. */
function attempts(...plays: readonly (readonly (StreamPart | Error)[])[]) {
  let count = 0;
  return {
    get count() {
      return count;
    },
    async *attempt(): AsyncGenerator<StreamPart> {
      const play = plays[count] ?? [];
      count += 1;
      await settle(1);
      for (const item of play) {
        if (item instanceof Error) throw item;
        yield item;
      }
    },
  };
}

function run(played: ReturnType<typeof attempts>, signal = new AbortController().signal) {
  const clock = createFakeClock();
  const outcome = collect(withRetries({ clock, random: () => 0, maxRetries: () => 2 }, () => played.attempt(), signal));
  return { clock, outcome };
}

describe('withRetries', () => {
  it('waits visibly, then tries again', async () => {
    const played = attempts([error({ kind: 'rate-limit', retryAfterMs: 7000 })], [start, text]);
    const { clock, outcome } = run(played);
    await clock.advance(6999);
    expect(played.count).toBe(1);
    await clock.advance(1);
    expect((await outcome).parts).toEqual([{ type: 'retry-wait', attempt: 1, waitMs: 7000, kind: 'rate-limit' }, start, text]);
    expect(played.count).toBe(2);
  });

  it('gives up after the last try with the last error', async () => {
    const last = error({ status: 503 });
    const played = attempts([error()], [error()], [last], [text]);
    const { clock, outcome } = run(played);
    await clock.advance(10_000);
    const { error: thrown, parts } = await outcome;
    expect(thrown).toBe(last);
    expect(parts.map((part) => part.type)).toEqual(['retry-wait', 'retry-wait']);
    expect(played.count).toBe(3);
  });

  it('tries again after the answer began without a token', async () => {
    const played = attempts([start, { type: 'usage', usage: { inputTokens: 1, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 } }, error({ kind: 'interrupted' })], [start, text]);
    const { clock, outcome } = run(played);
    await clock.advance(1000);
    expect((await outcome).error).toBeUndefined();
    expect(played.count).toBe(2);
  });

  it.each<[string, StreamPart]>([
    ['text', text],
    ['thinking', { type: 'thinking-delta', text: 'hm' }],
    ['a tool call', { type: 'tool-call-start', index: 0, id: 'a', name: 'b' }],
  ])('never after %s', async (_name, part) => {
    const broken = error({ kind: 'interrupted' });
    const played = attempts([start, part, broken], [text]);
    const { clock, outcome } = run(played);
    await clock.advance(60_000);
    expect(await outcome).toMatchObject({ parts: [start, part], error: broken });
    expect(played.count).toBe(1);
  });

  it('ends a wait when the user stops it', async () => {
    const controller = new AbortController();
    const played = attempts([error()], [text]);
    const { clock, outcome } = run(played, controller.signal);
    await clock.advance(100);
    controller.abort('stop');
    expect((await outcome).error).toBe('stop');
    await clock.advance(10_000);
    expect(played.count).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('throws the reason of the user, not the error that stopping caused', async () => {
    const controller = new AbortController();
    controller.abort('stop');
    const { outcome } = run(attempts([error()]), controller.signal);
    expect((await outcome).error).toBe('stop');
  });
});

describe('callWithRetries', () => {
  it('has the same policy', async () => {
    const clock = createFakeClock();
    let calls = 0;
    const answer = callWithRetries({ clock, random: () => 0, maxRetries: () => 2 }, () => {
      calls += 1;
      return calls < 3 ? Promise.reject(error()) : Promise.resolve('done');
    }, new AbortController().signal);
    await clock.advance(1499);
    expect(calls).toBe(2);
    await clock.advance(1);
    expect(await answer).toBe('done');
  });

  it('throws at once what is not worth it', async () => {
    const broken = error({ retryable: false });
    await expect(callWithRetries({ clock: createFakeClock(), random: () => 0, maxRetries: () => 2 }, () => Promise.reject(broken), new AbortController().signal)).rejects.toBe(broken);
  });
});
