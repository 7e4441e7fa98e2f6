import { describe, expect, it } from 'vitest';
import type { ModelClient, ModelRequest, StreamPart } from '../../../../src/core/api/modelClient.ts';
import { RunApiError, type ErrorDetails } from '../../../../src/core/errors.ts';
import { createBudget } from '../../../../src/core/models/budget.ts';
import { createLedger } from '../../../../src/core/models/ledger.ts';
import { createPrices } from '../../../../src/core/models/price.ts';
import { createRouter } from '../../../../src/core/models/router.ts';
import { createTaskRunner } from '../../../../src/core/models/routedTaskRunner.ts';
import type { TaskPart, TaskRequest } from '../../../../src/core/models/taskRunner.ts';
import type { Settings } from '../../../../src/core/settings.ts';
import { english } from '../../../../src/core/translate.ts';
import type { Receipt, Usage } from '../../../../src/shared/chatTypes.ts';
import { collectingLogger, fixedSettings } from '../../../helpers/clientHarness.ts';
import { createFakeClock, type FakeClock } from '../../../helpers/fakeClock.ts';

const usage = (changed: Partial<Usage> = {}): Usage => ({ inputTokens: 1000, outputTokens: 200, cacheReadTokens: 0, cacheWriteTokens: 0, ...changed });
const text = (value: string): StreamPart => ({ type: 'text-delta', text: value });
const start: StreamPart = { type: 'response-start', requestId: 'req_1' };
const stop: StreamPart = { type: 'finish', reason: 'stop' };
const failure = (details: Partial<ErrorDetails> = {}): RunApiError => new RunApiError({ kind: 'interrupted', retryable: true, phase: 'body', ...details });
const hello: TaskRequest = { task: 'chat', system: 'x'.repeat(40), messages: [{ role: 'user', content: 'y'.repeat(60) }] };

type Step = StreamPart | Error | ((clock: FakeClock) => Promise<void>);

/** A runner whose model says what the steps say; one token is one letter. */
function open(steps: readonly Step[], settings: Partial<Settings> = {}) {
  const clock = createFakeClock();
  const log: string[] = [];
  const requests: ModelRequest[] = [];
  const client: ModelClient = {
    async *stream(request, signal) {
      requests.push(request);
      for (const step of steps) {
        signal.throwIfAborted();
        if (step instanceof Error) throw step;
        if (typeof step === 'function') await step(clock);
        else yield step;
      }
    },
  };
  const source = fixedSettings(settings);
  const ledger = createLedger({ storage: { append: () => Promise.resolve(), readFrom: () => Promise.resolve('') }, logger: collectingLogger(log), random: () => 0.5, date: () => clock.date() });
  const runner = createTaskRunner({
    client,
    router: createRouter({ settings: source, translate: english }),
    prices: createPrices(() => new Map([['unpriced', {}]])),
    ledger,
    budget: createBudget({ ledger, settings: source, clock }),
    clock,
    logger: collectingLogger(log),
    estimateTokens: (value) => value.length,
  });
  return { runner, ledger, log, requests, clock };
}

async function run(opened: ReturnType<typeof open>, request: TaskRequest = hello, signal = new AbortController().signal) {
  const parts: TaskPart[] = [];
  let error: unknown;
  try {
    for await (const part of opened.runner.run(request, signal)) parts.push(part);
  } catch (thrown) {
    error = thrown;
  }
  const receipts = parts.flatMap((part) => (part.type === 'receipt' ? [part.receipt] : []));
  return { parts, error, receipts, receipt: receipts[0] };
}

function check(receipt: Receipt | undefined, expected: Partial<Receipt>): void {
  for (const [name, value] of Object.entries(expected)) {
    const found = Object.entries(receipt ?? {}).find(([key]) => key === name)?.[1];
    if (typeof value === 'number' && typeof found === 'number') expect([name, Number(found.toPrecision(6))]).toEqual([name, Number(value.toPrecision(6))]);
    else expect([name, found]).toEqual([name, value]);
  }
}

describe('a run', () => {
  it('gives the route first, the parts, and the receipt last', async () => {
    const { parts, error } = await run(open([start, text('Hi'), { type: 'usage', usage: usage() }, stop]));
    expect(error).toBeUndefined();
    expect(parts.map((part) => part.type)).toEqual(['route', 'response-start', 'text-delta', 'usage', 'finish', 'receipt']);
  });

  it('asks for what the route says, and for no more', async () => {
    const opened = open([stop]);
    await run(opened, { ...hello, task: 'refactor', maxTokens: 9_000, stopSequences: ['END'] });
    expect(opened.requests).toEqual([{ protocol: 'messages', model: 'claude-opus-4.8', system: hello.system, messages: hello.messages, maxTokens: 9_000, thinkingTokens: 8_000, stopSequences: ['END'] }]);
    expect(opened.runner.route({ task: 'chat', model: 'claude-opus-4.8', reason: 'set by /model' })).toMatchObject({ model: 'claude-opus-4.8', reason: 'set by /model' });
  });

  it('measures the time to the first token and the whole', async () => {
    const wait = (ms: number) => (clock: FakeClock) => clock.advance(ms);
    const { receipt } = await run(open([wait(300), start, wait(100), text('a'), wait(1000), stop]));
    expect(receipt).toMatchObject({ firstTokenMs: 400, durationMs: 1400, requestId: 'req_1', finish: 'stop' });
  });
});

describe('the receipt of a complete answer', () => {
  it('computes the price and marks it', async () => {
    const { receipt } = await run(open([{ type: 'usage', usage: usage({ cacheReadTokens: 10_000, cacheWriteTokens: 2_000 }) }, stop]));
    check(receipt, { priceUsd: (1000 * 1.5 + 200 * 7.5 + 10_000 * 0.15 + 2_000 * 1.875) / 1e6, priceIsEstimate: true, directUsd: (1000 * 3 + 200 * 15 + 10_000 * 0.3 + 2_000 * 3.75) / 1e6 });
  });

  it('takes what the gateway says it billed', async () => {
    const { receipt } = await run(open([{ type: 'usage', usage: usage({ billedUsd: 0.5 }) }, stop]));
    check(receipt, { priceUsd: 0.5, priceIsEstimate: false });
  });

  it('takes the last usage', async () => {
    const { receipt } = await run(open([{ type: 'usage', usage: usage({ outputTokens: 1 }) }, text('a'), { type: 'usage', usage: usage({ outputTokens: 77 }) }, stop]));
    expect(receipt?.usage?.outputTokens).toBe(77);
  });

  it('estimates tokens that the gateway did not tell', async () => {
    const { receipt } = await run(open([text('12345'), { type: 'thinking-delta', text: '678' }, { type: 'tool-call-delta', index: 0, json: '90' }, stop]));
    expect(receipt?.usage).toEqual({ inputTokens: 100, outputTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 0 });
    expect(receipt?.priceIsEstimate).toBe(true);
  });

  it('does not believe zeros: no request has no input', async () => {
    const zeros: StreamPart = { type: 'usage', usage: usage({ inputTokens: 0, outputTokens: 0 }) };
    const { receipt } = await run(open([zeros, text('12345'), zeros, stop]));
    expect(receipt).toMatchObject({ usage: { inputTokens: 100, outputTokens: 5 }, priceIsEstimate: true });
    const cached = await run(open([{ type: 'usage', usage: usage({ inputTokens: 0, cacheReadTokens: 9, outputTokens: 0 }) }, stop]));
    expect(cached.receipt?.usage).toMatchObject({ inputTokens: 0, cacheReadTokens: 9, outputTokens: 0 });
  });

  it('believes a bill even beside zeros', async () => {
    const { receipt } = await run(open([{ type: 'usage', usage: usage({ inputTokens: 0, outputTokens: 0, billedUsd: 0.25 }) }, stop]));
    expect(receipt).toMatchObject({ priceUsd: 0.25, priceIsEstimate: false });
  });

  it('has no price where nobody knows it: unknown is not zero', async () => {
    const opened = open([{ type: 'usage', usage: usage() }, stop]);
    const { receipt } = await run(opened, { ...hello, model: 'unpriced' });
    expect(receipt).not.toHaveProperty('priceUsd');
    expect(receipt).not.toHaveProperty('directUsd');
    expect(opened.ledger.sum()).toMatchObject({ requests: 1, unknownPrices: 1, priceUsd: 0 });
  });

  it('is one line in the ledger', async () => {
    const opened = open([{ type: 'usage', usage: usage() }, stop]);
    const { receipt } = await run(opened);
    expect(opened.ledger.sum({ task: 'chat', model: 'claude-sonnet-4.6' })).toMatchObject({ requests: 1, inputTokens: 1000, outputTokens: 200, priceUsd: receipt?.priceUsd, directUsd: receipt?.directUsd });
  });

  it('counts images', async () => {
    const { receipt } = await run(open([stop]), { ...hello, messages: [{ role: 'user', content: [{ type: 'image', mediaType: 'image/png', data: 'A'.repeat(10_000) }, { type: 'text', text: 'abc' }, { type: 'tool-result', id: 'a', text: 'de' }, { type: 'tool-call', id: 'a', name: 'b', input: { c: 1 } }] }] });
    expect(receipt?.usage?.inputTokens).toBe(40 + 512 + 3 + 2 + 7);
  });
});

describe('the receipt of an answer that was cut', () => {
  it.each<[string, Error]>([
    ['by the connection', failure()], ['by silence', failure({ kind: 'stalled' })], ['by an error in the stream', failure({ kind: 'overloaded' })], ['by nobody answering', failure({ kind: 'timeout', phase: 'first-byte' })], ['by a bug', new TypeError('bug')],
  ])('%s: the input and what was written are billed, and it comes before the error', async (_name, error) => {
    const opened = open([text('1234567'), error]);
    const { parts, error: thrown, receipt, receipts } = await run(opened);
    expect(thrown).toBe(error);
    expect(receipts.length).toBe(1);
    expect(parts.at(-1)?.type).toBe('receipt');
    expect(receipt).not.toHaveProperty('finish');
    expect(receipt).toMatchObject({ usage: { inputTokens: 100, outputTokens: 7 }, priceIsEstimate: true });
    expect(opened.ledger.sum()).toMatchObject({ requests: 1, outputTokens: 7, estimates: 1 });
  });

  it('keeps the input that the gateway told, and never counts less output than it told', async () => {
    const { receipt } = await run(open([{ type: 'usage', usage: usage({ outputTokens: 1 }) }, text('1234567'), failure()]));
    expect(receipt?.usage).toMatchObject({ inputTokens: 1000, outputTokens: 7 });
    const more = await run(open([{ type: 'usage', usage: usage({ outputTokens: 50 }) }, text('1234567'), failure()]));
    expect(more.receipt?.usage?.outputTokens).toBe(50);
  });

  it('is an estimate even if a billed figure came with it: the bill was not closed', async () => {
    const { receipt } = await run(open([{ type: 'usage', usage: usage({ billedUsd: 0.001 }) }, failure()]));
    expect(receipt?.priceIsEstimate).toBe(true);
  });

  it('by the user: the reason is thrown, the receipt is there', async () => {
    const controller = new AbortController();
    const opened = open([text('123'), () => Promise.resolve(controller.abort('stop')), text('late')]);
    const { error, receipt, parts } = await run(opened, hello, controller.signal);
    expect(error).toBe('stop');
    expect(parts.filter((part) => part.type === 'text-delta')).toEqual([text('123')]);
    expect(receipt).toMatchObject({ usage: { inputTokens: 100, outputTokens: 3 }, priceIsEstimate: true });
  });

  it('by a reader that had enough: the ledger has it', async () => {
    const opened = open([text('1234'), text('5678'), stop]);
    for await (const part of opened.runner.run(hello, new AbortController().signal)) if (part.type === 'text-delta') break;
    expect(opened.ledger.sum()).toMatchObject({ requests: 1, inputTokens: 100, outputTokens: 4, estimates: 1 });
  });
});

describe('the receipt of a request that was not billed', () => {
  it.each<[string, Partial<ErrorDetails>]>([
    ['no such host', { kind: 'dns', phase: 'first-byte' }], ['refused', { kind: 'refused', phase: 'first-byte' }], ['no connection', { kind: 'timeout', phase: 'connect' }], ['no key', { kind: 'no-key' }],
    ['a wrong key', { kind: 'key-rejected', status: 401, phase: 'first-byte' }], ['no credit', { kind: 'credits', status: 402, phase: 'first-byte' }], ['too many requests', { kind: 'rate-limit', status: 429, phase: 'first-byte' }], ['a bad request', { kind: 'bad-request', status: 400, phase: 'first-byte' }],
    ['a redirect', { kind: 'redirect', status: 302 }], ['an unsafe address', { kind: 'insecure-url' }],
  ])('%s', async (_name, details) => {
    const opened = open([new RunApiError({ kind: 'server', retryable: false, ...details })]);
    const { receipt, error } = await run(opened);
    expect(error).toBeInstanceOf(RunApiError);
    expect(receipt).toMatchObject({ priceUsd: 0, priceIsEstimate: false });
    expect(receipt).not.toHaveProperty('usage');
    expect(opened.ledger.sum().requests).toBe(0);
  });

  it('the budget is spent: nothing is sent', async () => {
    const opened = open([stop], { budget: { dailyUsd: 0.0001, completionDailyUsd: 0 } });
    const { error, receipt, parts } = await run(opened);
    expect(error).toMatchObject({ kind: 'budget', retryable: false });
    expect(opened.requests).toEqual([]);
    expect(parts.map((part) => part.type)).toEqual(['route', 'receipt']);
    expect(receipt?.priceUsd).toBe(0);
  });

  it('the user stopped it before: nothing at all happens', async () => {
    const opened = open([stop]);
    const { error, parts } = await run(opened, hello, AbortSignal.abort('before'));
    expect([error, parts, opened.requests]).toEqual(['before', [], []]);
  });
});

it('the log has counts and ids, never what was said', async () => {
  const opened = open([start, text('SECRET ANSWER'), { type: 'usage', usage: usage() }, stop]);
  await run(opened, { ...hello, system: 'SECRET SYSTEM', messages: [{ role: 'user', content: 'SECRET PROMPT' }] });
  expect(opened.log.join('\n')).toContain('chat: claude-sonnet-4.6, 1000 in, 200 out');
  expect(opened.log.join('\n')).toContain('req_1');
  expect(opened.log.join('\n')).not.toContain('SECRET');
});
