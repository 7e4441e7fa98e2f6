import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../gateway/gateway.ts';
import { refusedAddress, startBadTls, startBlackhole, startPlainOnTls, startSink } from '../../gateway/unreachable.ts';

let gateway: Gateway;
beforeAll(async () => { gateway = await startGateway(); });
beforeEach(() => { gateway.reset(); });
afterAll(async () => { await gateway.close(); });

interface AskOptions {
  readonly model?: string;
  readonly content?: string;
  readonly stream?: boolean;
  readonly signal?: AbortSignal;
  readonly maxTokens?: number;
}

function ask({ model = 'claude-haiku-4.5', content = 'Hi', stream = true, signal, maxTokens = 60_000 }: AskOptions = {}): Promise<Response> {
  return fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': gateway.key }, signal: signal ?? null,
    body: JSON.stringify({ model, max_tokens: maxTokens, stream, messages: [{ role: 'user', content }] }),
  });
}

async function answerOf(options: AskOptions = {}): Promise<string> {
  const body = (await (await ask({ ...options, stream: false })).json()) as { readonly choices: readonly { readonly message: { readonly content: string } }[] };
  return body.choices[0]?.message.content ?? '';
}

describe('scripts', () => {
  it('answer in their order, a fixed one once', async () => {
    gateway.script({ text: 'first' });
    gateway.script({ text: 'second' });
    expect([await answerOf(), await answerOf()]).toEqual(['first', 'second']);
    expect(await answerOf()).toContain('local RunAPI');
  });

  it('may match on the model and on the text, and pass', async () => {
    gateway.script({ text: 'for opus' }, { model: 'opus' });
    gateway.script({ text: 'for needles' }, { contains: 'needle' });
    gateway.script(async (call) => (call.messages[0]?.text === 'pass' ? undefined : { text: `async ${call.modelId}` }));
    expect(await answerOf({ content: 'a needle' })).toBe('for needles');
    expect(await answerOf({ model: 'claude-opus-4.8' })).toBe('for opus');
    expect(await answerOf()).toBe('async claude-haiku-4.5');
    expect(await answerOf({ content: 'pass' })).toContain('local RunAPI');
  });

  it('go away when they are taken away', async () => {
    const remove = gateway.script(() => ({ text: 'mine' }));
    remove();
    expect(await answerOf()).toContain('local RunAPI');
  });

  it('can refuse', async () => {
    gateway.script({ error: { status: 418, message: 'teapot', headers: { 'retry-after': '3' } } });
    const response = await ask();
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toMatchObject([418, '3', { error: { message: 'teapot' } }]);
  });

  it('see when the client goes away', async () => {
    const abort = new AbortController();
    const gone = new Promise<boolean>((resolve) => {
      gateway.script((_call, signal) => {
        signal.addEventListener('abort', () => resolve(true));
        return new Promise(() => undefined);
      });
    });
    const asked = gateway.nextRequest();
    ask({ signal: abort.signal }).catch(() => undefined);
    await asked;
    abort.abort();
    expect(await gone).toBe(true);
  });
});

describe('the record of a request', () => {
  it('holds what came and what went', async () => {
    gateway.script({ text: 'abc' });
    const next = gateway.nextRequest((record) => record.path === '/v1/chat/completions');
    await (await ask({ content: 'remember me' })).text();
    const record = await next;
    expect(record).toMatchObject({ method: 'POST', path: '/v1/chat/completions', status: 200, aborted: false, body: { model: 'claude-haiku-4.5', messages: [{ content: 'remember me' }] }, headers: { 'x-api-key': gateway.key } });
    expect(record.bytesWritten).toBe(record.writes.reduce((sum, write) => sum + write.bytes, 0));
    expect(gateway.requests).toEqual([record]);
  });

  it('says that the client went away', async () => {
    gateway.fault('no-headers');
    const abort = new AbortController();
    const next = gateway.nextRequest();
    const asked = ask({ signal: abort.signal }).catch((error: unknown) => error);
    const record = await next;
    expect(record.aborted).toBe(false);
    abort.abort();
    await asked;
    await expect.poll(() => record.aborted).toBe(true);
  });

  it('does not call a cut of its own an abort', async () => {
    gateway.script({ text: 'one two three four', fault: 'cut-rst' });
    await (await ask()).text().catch(() => undefined);
    await gateway.idle();
    await expect.poll(() => gateway.requests[0]?.endMs).toBeDefined();
    expect(gateway.requests[0]?.aborted).toBe(false);
  });
});

describe('the pace', () => {
  it('keeps the time to the first token and the rate', async () => {
    gateway.script({ text: 'word '.repeat(20).trim(), firstTokenMs: 60, tokensPerSecond: 200 });
    const startMs = performance.now();
    const response = await ask();
    const firstMs = performance.now() - startMs;
    await response.text();
    const allMs = performance.now() - startMs;
    expect(firstMs).toBeGreaterThanOrEqual(59);
    // 20 words at 200 a second: the last one leaves 95 ms after the first.
    expect(allMs - firstMs).toBeGreaterThanOrEqual(90);
  });

  it('takes as long for a whole answer', async () => {
    gateway.setDefaults({ firstTokenMs: 30, tokensPerSecond: 400 });
    gateway.script({ text: 'word '.repeat(20).trim() });
    const startMs = performance.now();
    await answerOf();
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(78);
  });

  it('cuts deltas to the asked size, never inside a character', async () => {
    gateway.script({ text: 'ab🙂cd', chunking: 2 });
    const deltas = [...(await (await ask()).text()).matchAll(/"content":"([^"]+)"/g)].map((match) => match[1]);
    expect(deltas).toEqual(['ab', '🙂c', 'd']);
  });

  it('waits for a client that does not read, so that memory stays small', async () => {
    // 110,000 events of about 180 bytes: more than the system's own buffers hold.
    gateway.script({ text: '🙂'.repeat(110_000) });
    const { port } = new URL(gateway.url);
    const socket = connect(Number(port), '127.0.0.1');
    const body = JSON.stringify({ model: 'gpt-5.2', max_tokens: 128_000, stream: true, messages: [{ role: 'user', content: 'Hi' }] });
    const next = gateway.nextRequest();
    socket.pause();
    socket.write(`POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nx-api-key: ${gateway.key}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    const record = await next;
    await expect.poll(() => record.drainWaits).toBeGreaterThan(0);
    await expect.poll(() => { const before = record.bytesWritten; return new Promise((resolve) => { setTimeout(() => resolve(record.bytesWritten === before), 60); }); }).toBe(true);
    expect(record.endMs).toBeUndefined();
    socket.destroy();
    await gateway.idle();
    expect(record.aborted).toBe(true);
  });
});

describe('the control endpoint', () => {
  const control = (path: string, body?: unknown): Promise<Response> => fetch(`${gateway.url}/__control${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });

  it('takes scripts, faults, defaults and the balance, and gives back requests and ledger', async () => {
    await control('/script', { answer: { text: 'by control' } });
    expect(await answerOf()).toBe('by control');
    await control('/fault', { name: 'status-529' });
    expect((await ask()).status).toBe(529);
    await control('/defaults', { spelling: 'dashes' });
    expect((await ask()).status).toBe(404);
    await control('/defaults', { spelling: 'any' });
    await control('/balance', { cents: 0 });
    expect((await ask()).status).toBe(402);
    expect(await (await control('/requests')).json()).toHaveLength(4);
    expect(await (await control('/ledger')).json()).toMatchObject([{ model: 'claude-haiku-4.5' }]);
    await control('/reset', {});
    expect(gateway.requests).toEqual([]);
  });

  it('says what it did not understand', async () => {
    expect((await control('/fault', { name: 'nope' })).status).toBe(400);
    expect((await control('/script', { answer: { txt: 'typo' } })).status).toBe(400);
    expect((await control('/nowhere')).status).toBe(400);
  });
});

describe('what cannot be reached', () => {
  const failure = async (url: string): Promise<string> => {
    const error: unknown = await fetch(url, { signal: AbortSignal.timeout(200) }).catch((caught: unknown) => caught);
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error && 'code' in cause ? String(cause.code) : error instanceof Error ? error.name : 'answered';
  };

  it.each([
    ['a refused port', refusedAddress, 'ECONNREFUSED'],
    ['a blackhole', startBlackhole, 'TimeoutError'],
    ['a self-signed certificate', () => startBadTls('self-signed'), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['plain HTTP where TLS was expected', startPlainOnTls, 'ERR_SSL_WRONG_VERSION_NUMBER'],
  ] as const)('%s', async (_name, start, code) => {
    const place = await start();
    expect(await failure(place.origin)).toMatch(code);
    await place.close();
  });

  it('a sink writes down that something came', async () => {
    const sink = await startSink();
    await fetch(sink.origin, { headers: { 'x-canary': '1' } });
    expect(sink.received.join('')).toContain('x-canary');
    await sink.close();
  });
});

it('closes with requests open', async () => {
  const own = await startGateway();
  own.fault('no-headers');
  const asked = own.nextRequest();
  const failed = fetch(`${own.url}/v1/chat/completions`, { method: 'POST', body: '{}' }).catch((error: unknown) => error);
  await asked;
  await own.close();
  expect(await failed).toBeInstanceOf(Error);
});
