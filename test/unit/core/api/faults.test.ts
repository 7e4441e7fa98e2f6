// The table of faults against real HTTP: what each one becomes for the user, how often it is tried, and what text survives.
// The numbers are the rows of the project's list of faults.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RunApiError, type ErrorKind } from '../../../../src/core/errors.ts';
import type { FinishReason, Protocol } from '../../../../src/shared/chatTypes.ts';
import { faultTable } from '../../../gateway/faults/faultTable.ts';
import { startGateway, type Gateway } from '../../../gateway/gateway.ts';
import { createClientHarness, describeDeeply, testKey, type Outcome } from '../../../helpers/clientHarness.ts';
import { createHurriedClock, type HurriedClock } from '../../../helpers/hurriedClock.ts';

interface Expected {
  /** Absent: the answer is complete. */
  readonly kind?: ErrorKind;
  /** How many requests reach the gateway when the fault lasts. Default 1. */
  readonly requests?: number;
  /** Bounds of the first wait, in milliseconds. */
  readonly waitMs?: readonly [least: number, most: number];
  readonly status?: number;
  /** What the server's words must hold. */
  readonly says?: string;
  /** Whether the first deltas came through. Default: no for errors, all of the text for answers. */
  readonly text?: 'some' | 'all' | 'none' | RegExp;
  readonly finish?: FinishReason | Readonly<Record<Protocol, FinishReason>>;
  readonly retryable?: boolean;
  readonly only?: Protocol;
}

const answer = 'one two three four five six seven eight nine ten';
const backoff = [375, 500] as const;

const table: Readonly<Record<string, Expected>> = {
  'status-400': { kind: 'bad-request', status: 400, retryable: false },
  'context-too-long': { kind: 'context-too-long', status: 400, retryable: false },
  'prompt-too-long': { kind: 'context-too-long', status: 400, retryable: false },
  'credit-balance-too-low': { kind: 'credits', status: 400, retryable: false },
  'status-401': { kind: 'key-rejected', status: 401, retryable: false },
  'status-402': { kind: 'credits', status: 402, retryable: false },
  'forbidden-permission': { kind: 'forbidden', status: 403, retryable: false },
  'forbidden-moderation': { kind: 'forbidden', status: 403, says: 'moderation' },
  'forbidden-region': { kind: 'forbidden', status: 403, says: 'region' },
  'model-not-found': { kind: 'model-not-found', status: 404, requests: 2 },
  'path-not-found': { kind: 'not-found', status: 404 },
  'status-408': { kind: 'timeout', status: 408, requests: 3, waitMs: backoff },
  'status-409': { kind: 'server', status: 409, requests: 3, waitMs: backoff },
  'status-413': { kind: 'too-large', status: 413 },
  'status-413-html': { kind: 'too-large', status: 413, says: 'Request Entity Too Large' },
  'status-422': { kind: 'bad-request', status: 422, says: 'max_tokens' },
  'rate-limit': { kind: 'rate-limit', status: 429, requests: 3, waitMs: backoff },
  'rate-limit-seconds': { kind: 'rate-limit', requests: 3, waitMs: [7000, 7000] },
  'rate-limit-date': { kind: 'rate-limit', requests: 3, waitMs: [1000, 4000] },
  'rate-limit-past-date': { kind: 'rate-limit', requests: 3, waitMs: backoff },
  'rate-limit-far-date': { kind: 'rate-limit', requests: 1, retryable: true },
  'rate-limit-milliseconds': { kind: 'rate-limit', requests: 3, waitMs: [250, 250] },
  'rate-limit-garbage': { kind: 'rate-limit', requests: 3, waitMs: backoff },
  'rate-limit-negative': { kind: 'rate-limit', requests: 3, waitMs: backoff },
  'rate-limit-huge': { kind: 'rate-limit', requests: 1, retryable: true },
  'insufficient-quota': { kind: 'credits', status: 429, retryable: false },
  'spend-limit': { kind: 'credits', status: 429, retryable: false },
  'status-500': { kind: 'server', status: 500, requests: 3, waitMs: backoff },
  'status-503': { kind: 'server', status: 503, requests: 3, waitMs: [1000, 1000] },
  'status-504': { kind: 'server', status: 504, requests: 3, waitMs: backoff },
  'status-502-html': { kind: 'server', status: 502, requests: 3, says: 'The upstream server did not answer.' },
  'status-529': { kind: 'overloaded', status: 529, requests: 3, waitMs: backoff },
  'should-not-retry': { kind: 'server', status: 500, retryable: false },
  'should-retry': { kind: 'bad-request', status: 400, requests: 3, waitMs: backoff },
  'error-string': { kind: 'bad-request', says: 'text only' },
  'error-list': { kind: 'bad-request', says: 'first of a list' },
  'error-message': { kind: 'server', requests: 3, says: 'message at the top' },
  'error-detail': { kind: 'bad-request', says: 'detail at the top' },
  'error-plain-text': { kind: 'server', requests: 3, says: 'upstream connect error' },
  'error-truncated-json': { kind: 'server', requests: 3, says: 'the answer is cut he' },
  'error-empty-body': { kind: 'server', status: 500, requests: 3 },
  'error-long-message': { kind: 'bad-request', says: 'xxxx' },
  'key-echo': { kind: 'key-rejected', says: '•••' },
  'key-echo-html': { kind: 'key-rejected', says: '•••' },
  // Fetch hides the status of a 407, so it is retried like any broken connection.
  // Not through a tunnel: fetch answers an error without a word, which nobody can tell from others.
  'proxy-407': { kind: 'network' },
  'html-200': { kind: 'not-an-api', retryable: false },
  'json-error-200': { kind: 'server', requests: 3, says: 'The upstream model failed.' },
  'status-204': { kind: 'empty-reply', requests: 3 },
  'empty-body': { kind: 'empty-reply', requests: 3 },
  'zero-events': { kind: 'empty-reply', requests: 3 },
  'huge-headers': { kind: 'not-an-api', retryable: false },
  'redirect-301': { kind: 'redirect', status: 301 },
  'redirect-302': { kind: 'redirect', status: 302 },
  'redirect-303': { kind: 'redirect', status: 303 },
  'redirect-307': { kind: 'redirect', status: 307 },
  'redirect-308': { kind: 'redirect', status: 308 },
  'finish-error': { kind: 'server', text: 'all' },
  'finish-length': { finish: 'length' },
  'finish-content-filter': { finish: { chat_completions: 'content-filter', messages: 'refusal' } },
  'finish-refusal': { finish: { chat_completions: 'content-filter', messages: 'refusal' } },
  'finish-pause': { finish: { chat_completions: 'stop', messages: 'pause' } },
  'empty-answer': { finish: 'stop', text: 'none' },
  'unasked-tools': { finish: 'other' },
  'interleaved-tools': { only: 'chat_completions' },
  'whole-answer': { finish: 'stop' },
  'prototype-keys': { finish: 'stop', text: /^ok$/, only: 'chat_completions' },
  'error-event': { kind: 'overloaded', text: 'some' },
  'error-event-openai': { kind: 'overloaded', text: 'some' },
  'error-event-anthropic': { kind: 'overloaded', text: 'some' },
  'cut-rst': { kind: 'interrupted', text: 'some' },
  'cut-fin': { kind: 'interrupted', text: 'some' },
  'end-without-terminal': { kind: 'interrupted', text: 'some' },
  'close-without-terminal': { kind: 'interrupted', text: 'some' },
  'cut-before-content': { kind: 'interrupted', requests: 3, waitMs: backoff },
  'no-done': { finish: 'stop' },
  'done-then-open': { finish: 'stop' },
  'done-then-more': { finish: 'stop' },
  stall: { kind: 'stalled', text: 'some', retryable: true },
  'pings-only': { kind: 'stalled', text: 'some' },
  'slow-first-event': { kind: 'timeout' },
  'truncated-event': { kind: 'bad-reply', text: 'some' },
  'truncated-event-end': { kind: 'interrupted', text: 'some' },
  'single-bytes': { finish: 'stop' },
  'invalid-utf8': { finish: 'stop', text: /^\uFFFD+\(?one/ },
  'line-ends-crlf': { finish: 'stop' },
  'line-ends-cr': { finish: 'stop' },
  'crlf-split': { finish: 'stop' },
  bom: { finish: 'stop' },
  'double-bom': { finish: 'stop' },
  'sse-noise': { finish: 'stop' },
  'multi-line-data': { finish: 'stop' },
  'odd-chunks': { finish: 'stop' },
  'huge-line': { finish: 'stop' },
  'huge-delta': { kind: 'bad-reply', text: 'some' },
  'tiny-events': { finish: 'stop' },
  gzip: { finish: 'stop' },
  brotli: { finish: 'stop' },
  deflate: { finish: 'stop' },
  'gzip-truncated': { kind: 'interrupted' },
  'gzip-flipped': { kind: 'bad-reply' },
  'gzip-wrong-label': { kind: 'bad-reply', requests: 3 },
  'gzip-hang': { kind: 'stalled' },
  'wrong-content-type': { finish: 'stop' },
  'no-headers': { kind: 'timeout', requests: 1 },
  'reset-before-headers': { kind: 'network', requests: 3, waitMs: backoff },
  'close-before-headers': { kind: 'network', requests: 3, waitMs: backoff },
  'slow-headers': { kind: 'timeout' },
  'not-http': { kind: 'not-an-api', retryable: false },
  'bad-chunk-size': { kind: 'interrupted' },
  'short-content-length': { kind: 'interrupted' },
};

/** Played by tests of their own below. */
const elsewhere = ['slow-bytes', 'close-reused-socket'];

let gateway: Gateway;
let clock: HurriedClock;

beforeAll(async () => {
  gateway = await startGateway({ key: testKey });
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

/** Only these are about a limit of time; there a minute is over in 300 ms. */
const timed = ['stall', 'pings-only', 'slow-first-event', 'gzip-hang', 'no-headers', 'slow-headers'];

async function ask(fault: string, protocol: Protocol, options: Readonly<Record<string, number>> = {}): Promise<Outcome & { readonly log: string }> {
  clock = createHurriedClock(200, { sleepsOnly: !timed.includes(fault) });
  gateway.script(() => ({ text: answer, chunking: 4 }));
  gateway.fault({ name: fault, times: Number.MAX_SAFE_INTEGER, path: '/v1/', ...options });
  const harness = createClientHarness({ baseUrl: gateway.url, clock });
  const outcome = await harness.ask({ protocol });
  return { ...outcome, log: harness.log.join('\n') };
}

function check(protocol: Protocol, outcome: Outcome & { readonly log: string }, expected: Expected): void {
  expect(errorOf(outcome)).toEqual(expected.kind);
  if (expected.requests !== undefined || expected.kind !== undefined) expect(gateway.requests.filter((record) => record.path.startsWith('/v1/')).length).toBeLessThanOrEqual(expected.requests ?? 3);
  if (expected.requests !== undefined) expect(gateway.requests.length).toBe(expected.requests);
  if (expected.waitMs) {
    expect(clock.sleeps[0]).toBeGreaterThanOrEqual(expected.waitMs[0]);
    expect(clock.sleeps[0]).toBeLessThanOrEqual(expected.waitMs[1]);
  }
  if (outcome.error instanceof RunApiError) checkError(outcome.error, expected);
  checkText(outcome.text, expected);
  const finishes = outcome.parts.filter((part) => part.type === 'finish');
  expect(finishes.length).toBe(expected.kind === undefined ? 1 : 0);
  if (expected.finish) expect(finishes[0]).toEqual({ type: 'finish', reason: typeof expected.finish === 'string' ? expected.finish : expected.finish[protocol] });
  checkNoKey(outcome);
}

function errorOf(outcome: Outcome): string | undefined {
  if (outcome.error === undefined) return undefined;
  return outcome.error instanceof RunApiError ? outcome.error.kind : describeDeeply(outcome.error);
}

function checkError(error: RunApiError, expected: Expected): void {
  if (expected.status !== undefined) expect(error.status).toBe(expected.status);
  if (expected.says !== undefined) expect(error.serverMessage).toContain(expected.says);
  if (expected.retryable !== undefined) expect(error.retryable).toBe(expected.retryable);
  expect(error.origin).toBe(gateway.origin);
  expect(error.model).toMatch(/^claude-haiku-4[.-]5$/);
  expect(error.serverMessage ?? '').not.toMatch(/<[a-z/!]|\p{Cc}/iu);
  expect((error.serverMessage ?? '').length).toBeLessThanOrEqual(500);
}

function checkText(text: string, { kind, text: expected = kind === undefined ? 'all' : undefined }: Expected): void {
  if (expected === 'all') expect(text).toBe(answer);
  else if (expected === 'none') expect(text).toBe('');
  else if (expected === 'some') expect(text.slice(0, 8)).toBe(answer.slice(0, 8));
  else if (expected !== undefined) expect(text).toMatch(expected);
  else expect(answer.startsWith(text)).toBe(true);
}

/** The key goes into the header of the request and nowhere else. */
function checkNoKey(outcome: Outcome & { readonly log: string }): void {
  const everything = [JSON.stringify(outcome.parts), describeDeeply(outcome.error), outcome.log].join('\n');
  expect(everything).not.toContain(testKey);
  expect(everything).not.toContain(testKey.slice(3, 20));
  for (const record of gateway.requests) {
    expect(JSON.stringify(record.body)).not.toContain(testKey);
    expect(record.headers['authorization']).toBe(`Bearer ${testKey}`);
    expect(Object.entries(record.headers).filter(([, value]) => value.includes(testKey)).map(([name]) => name)).toEqual(['authorization']);
  }
}

describe.each(['chat_completions', 'messages'] as const)('faults of the gateway, %s', (protocol) => {
  it.each(Object.entries(table).filter(([, expected]) => (expected.only ?? protocol) === protocol))('%s', async (fault, expected) => {
    check(protocol, await ask(fault, protocol), expected);
  });
});

it('knows every fault that the local RunAPI plays', () => {
  expect([...Object.keys(table), ...elsewhere].sort()).toEqual([...faultTable.keys()].sort());
});
