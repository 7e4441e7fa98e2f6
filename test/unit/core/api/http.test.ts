import { describe, expect, it } from 'vitest';
import { createHttp, type Fetch, type Http, type HttpRequest } from '../../../../src/core/api/http.ts';
import { readText } from '../../../../src/core/api/byteSource.ts';
import { fixedSettings, testKey } from '../../../helpers/clientHarness.ts';
import { createFakeClock, type FakeClock } from '../../../helpers/fakeClock.ts';
import { bytesOf, createScriptedFetch, type ScriptedAnswer } from '../../../helpers/scriptedFetch.ts';

const json = { 'content-type': 'application/json; charset=utf-8' };
const get: HttpRequest = { method: 'GET', path: '/v1/models', accept: 'application/json' };
const signal = (): AbortSignal => new AbortController().signal;

interface Options {
  readonly fetch: Fetch;
  readonly clock?: FakeClock;
  readonly baseUrl?: string;
  readonly observeConnection?: (start: () => Promise<Response>, onConnected: () => void) => Promise<Response>;
}

function open({ fetch, clock = createFakeClock(), baseUrl = 'https://runapi.ai', observeConnection }: Options): Http {
  return createHttp({ fetch, clock, settings: fixedSettings({ baseUrl }), keyFor: (origin) => Promise.resolve(origin === 'https://runapi.ai' ? testKey : undefined), ...(observeConnection && { observeConnection }) });
}

function answering(answer: ScriptedAnswer) {
  const scripted = createScriptedFetch(answer);
  return { ...scripted, http: open({ fetch: scripted.fetch }) };
}

describe('what is sent', () => {
  it('is the key in one header, to its own origin, with no compression and no following', async () => {
    const { http, asked } = answering({ headers: json, pieces: [bytesOf('{}')] });
    await http.send({ ...get, query: { a: 'b c' } }, signal());
    expect(asked).toEqual([{ address: 'https://runapi.ai/v1/models?a=b+c', redirect: 'manual', body: {}, headers: { accept: 'application/json', 'accept-encoding': 'identity', authorization: `Bearer ${testKey}` } }]);
  });

  it('has a content type only with a body', async () => {
    const { http, asked } = answering({ headers: json, pieces: [bytesOf('{}')] });
    await http.send({ ...get, method: 'POST', body: { a: 1 }, headers: { 'anthropic-version': '2023-06-01' } }, signal());
    expect(asked[0]).toMatchObject({ body: { a: 1 }, headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' } });
  });

  it('cannot have its key replaced by other headers', async () => {
    const { http, asked } = answering({ headers: json, pieces: [] });
    await http.send({ ...get, headers: { authorization: 'Bearer other' } }, signal());
    expect(asked[0]?.headers['authorization']).toBe(`Bearer ${testKey}`);
  });

  it('has no key where none is needed, and none is asked for', async () => {
    const { fetch, asked } = createScriptedFetch({ headers: json, pieces: [] });
    const http = createHttp({ fetch, clock: createFakeClock(), settings: fixedSettings({}), keyFor: () => Promise.reject(new Error('asked for the key')) });
    await http.send({ ...get, withKey: false }, signal());
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
  });

  it('has no key of another origin', async () => {
    for (const baseUrl of ['https://runapi.ai:8443', 'https://runapi.ai.evil.example', 'https://xn--runpi-6ve.ai', 'http://localhost:1']) {
      const { fetch, asked } = createScriptedFetch({ headers: json, pieces: [] });
      await expect(open({ fetch, baseUrl }).send(get, signal())).rejects.toMatchObject({ kind: 'no-key' });
      expect(asked).toEqual([]);
    }
  });
});

describe('what comes back', () => {
  it('has its media type, request id and origin', async () => {
    const { http } = answering({ headers: { ...json, 'x-request-id': 'req_9' }, pieces: [bytesOf('{"a":'), bytesOf('1}')] });
    const answer = await http.send(get, signal());
    expect(answer).toMatchObject({ status: 200, mediaType: 'application/json', requestId: 'req_9', origin: 'https://runapi.ai' });
    expect(await readText(answer.body, 100)).toEqual({ text: '{"a":1}', isCut: false });
  });

  it('may be a 304 only if that was asked for', async () => {
    expect((await answering({ status: 304, pieces: [] }).http.send({ ...get, headers: { 'if-none-match': '"x"' } }, signal())).status).toBe(304);
    await expect(answering({ status: 304, pieces: [] }).http.send(get, signal())).rejects.toMatchObject({ kind: 'redirect', status: 304 });
  });

  it.each(['redirected', 'type'])('is refused when a fetch followed or hid a redirect: %s', async (field) => {
    const response = Object.defineProperty(new Response('{}'), field, { value: field === 'type' ? 'opaqueredirect' : true });
    await expect(open({ fetch: () => Promise.resolve(response) }).send(get, signal())).rejects.toMatchObject({ kind: 'redirect', retryable: false });
  });

  it('is read of an error up to 64 KB, without the word that was cut', async () => {
    const { http } = answering({ status: 500, headers: {}, pieces: [...Array.from({ length: 64 }, () => bytesOf('word '.repeat(205))), bytesOf(testKey), bytesOf('x'.repeat(1e6))] });
    await expect(http.send(get, signal())).rejects.toMatchObject({ kind: 'server', status: 500, serverMessage: expect.stringMatching(/^(?:word ?){50,}/) });
  });

  it('of an error without a readable body is still an error of its status', async () => {
    const { http } = answering({ status: 503, headers: {}, pieces: [bytesOf('half')], end: new TypeError('terminated') });
    await expect(http.send(get, signal())).rejects.toMatchObject({ kind: 'server', status: 503 });
  });
});

describe('how long it may take', () => {
  const hanging: Fetch = (_address, init) => new Promise((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(new DOMException('This operation was aborted', 'AbortError')));
  });

  it('10 s to connect where that can be seen, then 60 s to answer', async () => {
    const clock = createFakeClock();
    let connected: (() => void) | undefined;
    const http = open({ fetch: hanging, clock, observeConnection: (start, onConnected) => {
      connected = onConnected;
      return start();
    } });
    const first = http.send(get, signal()).catch((error: unknown) => error);
    await clock.advance(10_000);
    expect(await first).toMatchObject({ kind: 'timeout', phase: 'connect', retryable: true });
    const second = http.send(get, signal()).catch((error: unknown) => error);
    await clock.advance(5_000);
    connected?.();
    await clock.advance(59_999);
    await clock.advance(1);
    expect(await second).toMatchObject({ kind: 'timeout', phase: 'first-byte' });
    expect(clock.pending).toBe(0);
  });

  it('60 s where it cannot be seen', async () => {
    const clock = createFakeClock();
    const answer = open({ fetch: hanging, clock }).send(get, signal()).catch((error: unknown) => error);
    await clock.advance(60_000);
    expect(await answer).toMatchObject({ kind: 'timeout', phase: 'first-byte' });
  });

  it('no longer than the user wants, even with a fetch that ignores its signal', async () => {
    const controller = new AbortController();
    const clock = createFakeClock();
    const answer = open({ fetch: () => new Promise<never>(() => undefined), clock }).send(get, controller.signal).catch((error: unknown) => error);
    await clock.advance(10);
    controller.abort('stop');
    expect(await answer).toBe('stop');
    expect(clock.pending).toBe(0);
  });

  it('60 s of silence in the middle of the body', async () => {
    const clock = createFakeClock();
    const { fetch } = createScriptedFetch({ headers: json, pieces: [bytesOf('{')], end: 'never' });
    const answer = await open({ fetch, clock }).send(get, signal());
    const text = readText(answer.body, 100).catch((error: unknown) => error);
    await clock.advance(60_000);
    expect(await text).toMatchObject({ kind: 'stalled', phase: 'body' });
  });
});

describe('readText', () => {
  it('cuts at its limit, decodes what is cut between pieces, and drops a word that may be half a key', async () => {
    const read = async (pieces: readonly string[], limit: number): Promise<unknown> => {
      const answer = await answering({ headers: json, pieces: pieces.map(bytesOf) }).http.send(get, signal());
      return readText(answer.body, limit);
    };
    expect(await read(['ab', 'cd'], 4)).toEqual({ text: 'abcd', isCut: false });
    expect(await read(['one two', 'three'], 9)).toEqual({ text: 'one ', isCut: true });
    expect(await read(['x'.repeat(10_000)], 8_000)).toEqual({ text: 'x'.repeat(8_000 - 4_096), isCut: true });
    expect(await read(['한글 '.repeat(3)], 8)).toEqual({ text: '한글 ', isCut: true });
    expect(await read([], 5)).toEqual({ text: '', isCut: false });
  });
});
