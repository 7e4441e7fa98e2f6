import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamPart } from '../../../../src/core/api/modelClient.ts';
import { RunApiError, type ErrorDetails } from '../../../../src/core/errors.ts';
import { createPrices } from '../../../../src/core/models/price.ts';
import { createReceiptMeter } from '../../../../src/core/models/receiptMeter.ts';
import type { TaskRequest } from '../../../../src/core/models/taskRunner.ts';
import type { Receipt, Usage } from '../../../../src/shared/chatTypes.ts';

const startedAt = 1000;
const hello: TaskRequest = { task: 'chat', system: 'be short', messages: [{ role: 'user', content: 'twelve chars' }] };
const told = (changed: Partial<Usage> = {}): StreamPart => ({ type: 'usage', usage: { inputTokens: 100, outputTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 0, ...changed } });
const text = (value: string): StreamPart => ({ type: 'text-delta', text: value });
const stop: StreamPart = { type: 'finish', reason: 'stop' };
const failure = (details: Partial<ErrorDetails>): RunApiError => new RunApiError({ kind: 'interrupted', retryable: true, phase: 'body', ...details });

/** One token is one letter. The input of `hello` is 20 of them. */
function open(request: TaskRequest = hello, model = 'claude-sonnet-4.6') {
  return createReceiptMeter({
    request,
    route: { task: request.task, model, protocol: 'messages', maxTokens: 1000, reason: 'test' },
    prices: createPrices(() => new Map()),
    startedAt,
    estimateTokens: (value) => value.length,
  });
}

/** A part a millisecond, the receipt one after the last. */
function check(parts: readonly StreamPart[], error?: unknown, isSent = true): Receipt {
  const meter = open();
  if (isSent) meter.sent();
  for (const [index, part] of parts.entries()) meter.note(part, startedAt + index + 1);
  return meter.receipt(startedAt + parts.length + 1, error);
}

describe('a request that ended well', () => {
  it('costs what the gateway counted, at the prices of the model', () => {
    const receipt = check([{ type: 'response-start', requestId: 'req_7' }, text('hi'), told(), stop]);
    expect(receipt).toEqual({
      usage: { inputTokens: 100, outputTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 0 },
      priceUsd: (100 * 1.5 + 10 * 7.5) / 1e6,
      directUsd: (100 * 3 + 10 * 15) / 1e6,
      priceIsEstimate: true,
      firstTokenMs: 2,
      durationMs: 5,
      requestId: 'req_7',
      finish: 'stop',
    });
  });

  it('costs what the gateway billed, where it says so', () => {
    expect(check([text('hi'), told({ billedUsd: 0.5 }), stop])).toMatchObject({ priceUsd: 0.5, priceIsEstimate: false });
    expect(check([text('hi'), told({ inputTokens: 0, billedUsd: 0 }), stop])).toMatchObject({ priceUsd: 0, priceIsEstimate: false });
  });

  it('takes the last of several counts: they are running totals', () => {
    expect(check([told({ outputTokens: 1 }), text('hi'), told({ outputTokens: 25 }), stop]).usage?.outputTokens).toBe(25);
  });

  it('counts cached input on its own', () => {
    const { priceUsd } = check([text('hi'), told({ inputTokens: 10, cacheReadTokens: 1000, cacheWriteTokens: 100 }), stop]);
    expect(priceUsd).toBeCloseTo((10 * 1.5 + 10 * 7.5 + 1000 * 0.15 + 100 * 1.875) / 1e6, 12);
  });

  it('is estimated when nobody counted, or when zeros were written where nothing was counted', () => {
    const guess = { inputTokens: 20, outputTokens: 5, cacheReadTokens: 0, cacheWriteTokens: 0 };
    expect(check([text('hello'), stop]).usage).toEqual(guess);
    expect(check([text('hello'), told({ inputTokens: 0, outputTokens: 0 }), stop]).usage).toEqual(guess);
  });

  it('does not invent a price for a model that nobody knows', () => {
    const meter = open(hello, 'new-model');
    meter.sent();
    meter.note(told(), startedAt);
    meter.note(stop, startedAt);
    const receipt = meter.receipt(startedAt, undefined);
    expect(receipt).not.toHaveProperty('priceUsd');
    expect(receipt).not.toHaveProperty('directUsd');
    expect(receipt.usage?.inputTokens).toBe(100);
  });
});

describe('the first token', () => {
  it.each<readonly [string, readonly StreamPart[], number | undefined]>([
    ['is a word', [{ type: 'response-start' }, text('a'), text('b')], 2],
    ['is a thought', [{ type: 'thinking-delta', text: 'a' }, text('b')], 1],
    ['is a call of a tool', [{ type: 'tool-call-start', index: 0, id: 'a', name: 'b' }], 1],
    ['is no announcement, wait or count', [{ type: 'response-start' }, { type: 'retry-wait', attempt: 1, waitMs: 5, kind: 'server' }, told(), stop], undefined],
  ])('%s', (_name, parts, expected) => {
    expect(check(parts).firstTokenMs).toBe(expected);
  });
});

describe('a request that did not end well', () => {
  it.each<readonly [string, readonly StreamPart[], unknown, Partial<Usage> | undefined]>([
    ['was refused a connection: costs nothing', [], failure({ kind: 'refused', phase: 'connect' }), undefined],
    ['was turned away with a status: costs nothing', [], failure({ kind: 'server', phase: 'first-byte', status: 500 }), undefined],
    ['had no answer in time: may be billed for its input', [], failure({ kind: 'timeout', phase: 'first-byte' }), { inputTokens: 20, outputTokens: 0 }],
    ['was cut: is billed for what came', [text('12345')], failure({}), { inputTokens: 20, outputTokens: 5 }],
    ['was cut behind a count: keeps the count of the input', [told({ inputTokens: 77, outputTokens: 1 }), text('12345')], failure({}), { inputTokens: 77, outputTokens: 5 }],
    ['was cut behind a larger count: keeps that', [text('1'), told({ outputTokens: 40 })], failure({}), { inputTokens: 100, outputTokens: 40 }],
    ['was stopped by the user: is billed as far as it came', [{ type: 'thinking-delta', text: '123' }, text('45')], new DOMException('stop', 'AbortError'), { inputTokens: 20, outputTokens: 5 }],
    ['wrote arguments of a tool: they are output too', [{ type: 'tool-call-delta', index: 0, json: '{"a":1}' }], failure({}), { inputTokens: 20, outputTokens: 7 }],
  ])('that %s', (_name, parts, error, expected) => {
    const receipt = check(parts, error);
    if (expected === undefined) {
      expect(receipt).not.toHaveProperty('usage');
      expect(receipt).toMatchObject({ priceUsd: 0, priceIsEstimate: false });
    } else {
      expect(receipt.usage).toMatchObject(expected);
      expect(receipt.priceIsEstimate).toBe(true);
      expect(receipt.priceUsd).toBeGreaterThan(0);
    }
  });

  it('that never left costs nothing, whatever stopped it', () => {
    expect(check([], new DOMException('stop', 'AbortError'), false)).toMatchObject({ priceUsd: 0, priceIsEstimate: false });
  });

  it('is found again by the id that came with the error', () => {
    expect(check([], failure({ requestId: 'req_e' })).requestId).toBe('req_e');
    expect(check([{ type: 'response-start', requestId: 'req_s' }], failure({ requestId: 'req_e' })).requestId).toBe('req_s');
  });
});

describe('what the input will be', () => {
  it('counts system, texts, results of tools and calls', () => {
    const request: TaskRequest = { task: 'chat', system: '1234', messages: [{ role: 'user', content: [{ type: 'text', text: '56' }, { type: 'tool-result', id: 'a', text: '789' }] }, { role: 'assistant', content: [{ type: 'tool-call', id: 'a', name: 'b', input: { c: 1 } }] }] };
    expect(open(request).expectedUsage().inputTokens).toBe(4 + 2 + 3 + '{"c":1}'.length);
  });

  it('counts an image as 512, not as its bytes', () => {
    const request: TaskRequest = { task: 'chat', system: '', messages: [{ role: 'user', content: [{ type: 'image', mediaType: 'image/png', data: 'A'.repeat(50_000) }] }] };
    expect(open(request).expectedUsage().inputTokens).toBe(512);
  });
});

describe('whatever passes by', () => {
  const part = fc.oneof(
    fc.string({ maxLength: 20 }).map(text),
    fc.record({ inputTokens: fc.nat(5000), outputTokens: fc.nat(500), cacheReadTokens: fc.nat(500), cacheWriteTokens: fc.nat(500) }).map((usage): StreamPart => ({ type: 'usage', usage })),
    fc.constant(stop),
  );

  it('a receipt is never negative, never free once words came, and never below what was written', () => {
    fc.assert(fc.property(fc.array(part, { maxLength: 12 }), fc.boolean(), (parts, isCut) => {
      const receipt = check(parts, isCut ? failure({}) : undefined);
      expect(receipt.durationMs).toBeGreaterThanOrEqual(receipt.firstTokenMs ?? 0);
      expect(receipt.priceUsd).toBeGreaterThan(0);
      expect(receipt.directUsd).toBeCloseTo(2 * (receipt.priceUsd ?? 0), 12);
      const isFinished = parts.some(({ type }) => type === 'finish');
      const written = parts.reduce((sum, piece) => sum + (piece.type === 'text-delta' ? piece.text.length : 0), 0);
      if (!isFinished) expect(receipt.usage?.outputTokens).toBeGreaterThanOrEqual(written);
    }), { numRuns: 500 });
  });
});
