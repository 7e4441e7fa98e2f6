// Each fault of the table, seen from outside with nothing but fetch. A fault without a line here fails the first test.
import { gunzipSync } from 'node:zlib';
import { request as rawRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faultTable } from '../../gateway/faults/faultTable.ts';
import type { FaultOptions } from '../../gateway/faults/fault.ts';
import { startGateway, type Gateway } from '../../gateway/gateway.ts';

let gateway: Gateway;
beforeAll(async () => { gateway = await startGateway({ key: 'sk-canary-123' }); });
beforeEach(() => { gateway.reset(); });
afterAll(async () => { await gateway.close(); });

interface Seen {
  status?: number;
  headers: Record<string, string>;
  text: string;
  /** How the body or the connection ended: in order, with an error, or not at all within the patience. */
  end: 'complete' | 'error' | 'open';
}

type Path = '/v1/chat/completions' | '/v1/messages';

async function see(path: Path = '/v1/chat/completions', patienceMs = 3000): Promise<Seen> {
  const seen: Seen = { headers: {}, text: '', end: 'complete' };
  const decoder = new TextDecoder();
  try {
    const response = await fetch(gateway.url + path, {
      method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(patienceMs),
      headers: { 'content-type': 'application/json', 'authorization': `Bearer ${gateway.key}`, 'anthropic-version': '2023-06-01' },
      body: JSON.stringify({ model: 'claude-haiku-4.5', max_tokens: 200, stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
    });
    seen.status = response.status;
    seen.headers = Object.fromEntries(response.headers);
    for await (const bytes of response.body ?? []) seen.text += decoder.decode(bytes, { stream: true });
  } catch (error) {
    seen.end = error instanceof DOMException && error.name === 'TimeoutError' ? 'open' : 'error';
  }
  return seen;
}

interface Expected {
  readonly status?: number;
  readonly end?: Seen['end'];
  readonly headers?: object;
  readonly text?: RegExp;
  readonly not?: RegExp;
  readonly options?: FaultOptions;
  readonly path?: Path;
  readonly patienceMs?: number;
}

const status = (code: number, text: RegExp = /error/, headers: object = {}): Expected => ({ status: code, text, headers, end: 'complete' });
const cut = (text = /one.* two.* three/s, end: Seen['end'] = 'error'): Expected => ({ status: 200, text, not: /four/, end });
const whole = (text: RegExp, more: Partial<Expected> = {}): Expected => ({ status: 200, end: 'complete', text, ...more });
const limited = (headers: object): Expected => status(429, /rate_limit/, headers);
const redirect = (code: number): Expected => status(code, /^$/, { location: 'http://localhost:9/v1/chat/completions' });
const everything = /one.* two.* three.* four.* five.*\[DONE\]/s;

const expectations: Readonly<Record<string, Expected>> = {
  'status-400': status(400, /invalid_request_error/),
  'context-too-long': status(400, /context_length_exceeded/),
  'prompt-too-long': status(400, /prompt is too long/),
  'credit-balance-too-low': status(400, /credit balance is too low/),
  'status-401': status(401),
  'status-402': status(402, /insufficient_credits/),
  'forbidden-permission': status(403, /permission_error/),
  'forbidden-moderation': status(403, /moderation/),
  'forbidden-region': status(403, /unsupported_country/),
  'model-not-found': status(404, /model_not_found/),
  'path-not-found': status(404, /^404 page not found$/),
  'status-408': status(408),
  'status-409': status(409),
  'status-413': status(413),
  'status-413-html': status(413, /<html>/, { 'content-type': 'text/html' }),
  'status-422': status(422, /"loc":\["body","max_tokens"\]/),
  'rate-limit': status(429, /rate_limit_exceeded/),
  'rate-limit-seconds': limited({ 'retry-after': '7' }),
  'rate-limit-date': limited({ 'retry-after': expect.stringMatching(/ GMT$/) }),
  'rate-limit-past-date': limited({ 'retry-after': expect.stringContaining('2015') }),
  'rate-limit-far-date': limited({ 'retry-after': expect.stringContaining('2099') }),
  'rate-limit-milliseconds': limited({ 'retry-after-ms': '250' }),
  'rate-limit-garbage': limited({ 'retry-after': 'abc' }),
  'rate-limit-negative': limited({ 'retry-after': '-1' }),
  'rate-limit-huge': limited({ 'retry-after': '1000000000' }),
  'insufficient-quota': status(429, /insufficient_quota/),
  'spend-limit': status(429, /spend_limit_reached/),
  'status-500': status(500),
  'status-503': status(503, /error/, { 'retry-after': '1' }),
  'status-504': status(504),
  'status-502-html': status(502, /<h1>Bad gateway/),
  'status-529': status(529, /overloaded_error/),
  'should-not-retry': status(500, /error/, { 'x-should-retry': 'false' }),
  'should-retry': status(400, /error/, { 'x-should-retry': 'true' }),
  'error-string': status(400, /^{"error":"text only"}$/),
  'error-list': status(400, /"errors":\[/),
  'error-message': status(500, /^{"message":/),
  'error-detail': status(400, /^{"detail":/),
  'error-plain-text': status(500, /^upstream connect error/),
  'error-truncated-json': status(500, /cut he$/),
  'error-empty-body': status(500, /^$/),
  'error-long-message': status(400, /x{100000}/),
  'key-echo': status(401, /sk-canary-123/, { 'x-debug-key': 'sk-canary-123' }),
  'key-echo-html': status(401, /<b>sk-canary-123<\/b>/),
  'proxy-407': { end: 'error' },
  'html-200': status(200, /Sign in to the network/),
  'json-error-200': status(200, /upstream_error/, { 'content-type': 'application/json' }),
  'status-204': status(204, /^$/),
  'empty-body': status(200, /^$/),
  'zero-events': status(200, /^: nothing to say\n\n$/),
  'huge-headers': { end: 'error' },
  'redirect-301': redirect(301),
  'redirect-302': redirect(302),
  'redirect-303': redirect(303),
  'redirect-307': redirect(307),
  'redirect-308': redirect(308),
  'finish-error': whole(/"finish_reason":"error"/),
  'finish-length': whole(/"finish_reason":"length"/),
  'finish-content-filter': whole(/"finish_reason":"content_filter"/),
  'finish-refusal': whole(/"stop_reason":"refusal"/, { path: '/v1/messages' }),
  'finish-pause': whole(/"stop_reason":"pause_turn"/, { path: '/v1/messages' }),
  'empty-answer': whole(/"finish_reason":"stop"/, { not: /one/ }),
  'unasked-tools': whole(/"name":"run_command".*"id":"call_same".*"finish_reason":"tool_calls"/s),
  'interleaved-tools': whole(/call_b.*call_a.*OTHER CHOICE.*\[DONE\]/s),
  'whole-answer': whole(/^{"id":.*"content":"one two three four five"/, { headers: { 'content-type': 'application/json' } }),
  'prototype-keys': whole(/__proto__/),
  'error-event': cut(/three.*"error":{"message":"Overloaded"/s, 'complete'),
  'error-event-openai': { ...cut(/three.*\ndata: {"error":/s, 'complete'), path: '/v1/messages' },
  'error-event-anthropic': cut(/three.*event: error\ndata: {"type":"error"/s, 'complete'),
  'cut-rst': cut(),
  'cut-fin': cut(),
  'cut-before-content': { status: 200, text: /^$/, end: 'error' },
  'end-without-terminal': { ...cut(/three/, 'complete'), not: /\[DONE\]/ },
  'close-without-terminal': { ...cut(/three/, 'complete'), headers: { connection: 'close' } },
  'no-done': whole(/"finish_reason":"stop"/, { not: /\[DONE\]/ }),
  'done-then-open': { status: 200, text: everything, end: 'open', patienceMs: 150 },
  'done-then-more': whole(/\[DONE\].*LATE/s),
  'slow-bytes': { status: 200, text: /^data/, not: /one/, end: 'open', options: { milliseconds: 20 }, patienceMs: 200 },
  'stall': { status: 200, text: /three/, not: /four/, end: 'open', patienceMs: 150 },
  'pings-only': { status: 200, text: /three.*: keep-alive\n\n: keep-alive/s, not: /four/, end: 'open', options: { milliseconds: 10 }, patienceMs: 150 },
  'slow-first-event': { status: 200, text: /^$/, end: 'open', patienceMs: 150 },
  'truncated-event': whole(/"del\n\n.*four.*\[DONE\]/s),
  'truncated-event-end': cut(/"del$/, 'complete'),
  'single-bytes': whole(everything),
  'invalid-utf8': whole(/"content":"\u{fffd}\u{fffd}\(one/u),
  'line-ends-crlf': whole(/\[DONE\]\r\n\r\n$/, { not: /[^\r]\n/ }),
  'line-ends-cr': whole(/\[DONE\]\r\r$/, { not: /\n/ }),
  'crlf-split': whole(/\[DONE\]\r\n\r\n$/),
  // The reader above decodes as UTF-8, which takes one mark away.
  'bom': whole(/^data: {/),
  'double-bom': whole(/^\u{feff}: comment/u),
  'sse-noise': whole(/: comment\nid: 7\nretry: 10\n.*data:\{/s),
  'multi-line-data': whole(/data: {\ndata: {2}"id"/),
  'odd-chunks': whole(/"choices":\[\]}.*"delta":null.*content_filter_results.*OTHER CHOICE.*four.*\[DONE\]/s),
  'huge-line': whole(/^: h{5000}\n/, { options: { bytes: 5000 } }),
  'huge-delta': whole(/"padding":"h{5000}".*four.*\[DONE\]/s, { options: { bytes: 5000 } }),
  'tiny-events': whole(/^(:\n\n){2500}data/, { options: { bytes: 2500 } }),
  'gzip': whole(everything),
  'brotli': whole(everything),
  'deflate': whole(everything),
  // Node reads half a gzip body as if it were all: why only a terminal event counts as the end.
  'gzip-truncated': { status: 200, not: /\[DONE\]/ },
  'gzip-flipped': { status: 200, end: 'error' },
  'gzip-wrong-label': { status: 200, end: 'error' },
  'gzip-hang': { status: 200, not: /\[DONE\]/, end: 'open', patienceMs: 150 },
  'wrong-content-type': whole(everything, { headers: { 'content-type': 'text/plain' } }),
  'no-headers': { end: 'open', patienceMs: 150 },
  'reset-before-headers': { end: 'error' },
  'close-before-headers': { end: 'error' },
  // undici sends again on a fresh connection only what it knows to be idempotent; a POST is not.
  'close-reused-socket': whole(everything),
  'slow-headers': { end: 'open', options: { milliseconds: 20 }, patienceMs: 150 },
  'not-http': { end: 'error' },
  'bad-chunk-size': { status: 200, end: 'error' },
  'short-content-length': { status: 200, text: /^{"choices"/, end: 'error' },
};

describe('the table of faults', () => {
  it('has an expectation for each fault', () => {
    expect(Object.keys(expectations).sort()).toEqual([...faultTable.keys()].sort());
  });

  it('plays every row that a server can produce', () => {
    const rows = new Set([...faultTable.values()].flatMap((fault) => fault.rows));
    // Not a server's: 1 to 4 (unreachable.ts), 55 to 70 (the editor, the disk, the user).
    for (let row = 5; row <= 54; row++) expect(rows, `row ${row}`).toContain(row);
  });

  it('names what exists when asked for what does not', () => {
    expect(() => gateway.fault('no-such-fault')).toThrow(/status-529/);
  });
});

describe('a fault is seen', () => {
  it.each(Object.entries(expectations))('%s', async (name, expected) => {
    gateway.script({ text: 'one two three four five' });
    gateway.fault({ name, ...expected.options });
    const seen = await see(expected.path, expected.patienceMs);
    expect(seen.status).toBe(expected.status);
    if (expected.end !== undefined) expect(seen.end).toBe(expected.end);
    if (expected.text !== undefined) expect(seen.text).toMatch(expected.text);
    if (expected.not !== undefined) expect(seen.text).not.toMatch(expected.not);
    expect(seen.headers).toMatchObject(expected.headers ?? {});
    if (name !== 'close-reused-socket') expect(gateway.requests[0]?.fault).toBe(name);
  });
});

describe('a fault', () => {
  it('strikes once, and the next request is answered', async () => {
    gateway.fault('status-500');
    expect([(await see()).status, (await see()).status]).toEqual([500, 200]);
  });

  it('strikes as often as told, and only where told', async () => {
    gateway.fault({ name: 'status-500', times: 2, path: '/v1/messages' });
    expect([(await see()).status, (await see('/v1/messages')).status, (await see('/v1/messages')).status, (await see('/v1/messages')).status]).toEqual([200, 500, 500, 200]);
  });

  it('waits for a request that holds its text', async () => {
    gateway.fault({ name: 'status-500', contains: 'needle' });
    expect((await see()).status).toBe(200);
  });

  it('can be part of an answer', async () => {
    gateway.script({ text: 'one two three four', fault: 'cut-fin' });
    expect(await see()).toMatchObject({ end: 'error', text: expect.stringContaining('three') });
  });

  it('never loses the finish of an answer that is shorter than its place', async () => {
    gateway.script({ text: 'one' });
    gateway.fault('truncated-event');
    expect((await see()).text).toMatch(/one.*"del\n\n.*finish_reason":"stop".*\[DONE\]/s);
  });

  it('closes a kept-alive connection at its second request', async () => {
    const { Agent } = await import('node:http');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (): Promise<number | string> => new Promise((resolve) => {
      const sent = rawRequest(`${gateway.url}/v1/models`, { agent, headers: { 'x-api-key': gateway.key } }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      });
      sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      sent.end();
    });
    gateway.fault({ name: 'close-reused-socket', path: '/v1/models', times: 2 });
    expect([await ask(), await ask()]).toEqual([200, 'ECONNRESET']);
    agent.destroy();
  });

  it('sends real gzip', async () => {
    gateway.fault('gzip');
    const bytes = await new Promise<Buffer>((resolve) => {
      const sent = rawRequest(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': gateway.key } }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece)).once('end', () => resolve(Buffer.concat(pieces)));
      });
      sent.end(JSON.stringify({ model: 'claude-haiku-4.5', stream: true, messages: [{ role: 'user', content: 'Hi' }] }));
    });
    expect(gunzipSync(bytes).toString()).toContain('[DONE]');
  });
});
