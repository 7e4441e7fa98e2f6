// Faults that need more than one answer: addresses where no RunAPI answers, reused sockets, cancelling, back-pressure, redirects to a sink.
import { afterEach, describe, expect, it } from 'vitest';
import { RunApiError, type ErrorKind } from '../../../../src/core/errors.ts';
import { startGateway, type Gateway } from '../../../gateway/gateway.ts';
import { refusedAddress, startBadTls, startBlackhole, startPlainOnTls, startSink, type Unreachable } from '../../../gateway/unreachable.ts';
import { createClientHarness, describeDeeply, testKey } from '../../../helpers/clientHarness.ts';
import { createHurriedClock } from '../../../helpers/hurriedClock.ts';

/** Far less than the wait for a retry, far more than a busy machine needs. */
const atOnceMs = 1000;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function opened<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  open.push(server);
  return server;
}

function newGateway(): Promise<Gateway> {
  return opened(startGateway({ key: testKey }));
}

interface Address {
  readonly kind: ErrorKind;
  readonly start: () => Promise<Pick<Unreachable, 'origin' | 'close'>>;
  readonly retries: number;
  readonly phase?: string;
}

const nowhere: Readonly<Record<string, Address>> = {
  'a name without an address': { kind: 'dns', retries: 2, start: () => Promise.resolve({ origin: 'https://no-such-host.invalid', close: () => Promise.resolve() }) },
  'a port that refuses': { kind: 'refused', retries: 2, start: refusedAddress },
  'a handshake that never ends': { kind: 'timeout', retries: 2, phase: 'connect', start: startBlackhole },
  'a self-signed certificate': { kind: 'tls', retries: 0, start: () => startBadTls('self-signed') },
  'an expired certificate': { kind: 'tls', retries: 0, start: () => startBadTls('expired') },
  'a certificate of another host': { kind: 'tls', retries: 0, start: () => startBadTls('wrong-host') },
  'http on an https port': { kind: 'not-an-api', retries: 0, start: startPlainOnTls },
};

describe('addresses where no RunAPI answers', () => {
  it.each(Object.entries(nowhere))('%s', async (_name, { kind, retries, phase, start }) => {
    const { origin } = await opened(start());
    const clock = createHurriedClock(100, { sleepsOnly: kind !== 'timeout' });
    const harness = createClientHarness({ baseUrl: origin, clock });
    const { error, parts } = await harness.ask();
    expect(error).toBeInstanceOf(RunApiError);
    expect(error).toMatchObject({ kind, origin, ...(phase !== undefined && { phase }) });
    expect(parts.map((part) => part.type)).toEqual(Array.from({ length: retries }, () => 'retry-wait'));
    expect(describeDeeply(error)).not.toContain(testKey);
  });
});

describe('who may be asked', () => {
  it.each([
    ['http://example.com', 'insecure-url'],
    ['https://user:secret@example.com', 'insecure-url'],
    ['ftp://example.com', 'insecure-url'],
    ['nonsense', 'insecure-url'],
  ] as const)('%s gets nothing', async (baseUrl, kind) => {
    let calls = 0;
    const harness = createClientHarness({ baseUrl, fetch: () => Promise.reject(new Error(String(calls += 1))) });
    const { error } = await harness.ask();
    expect(error).toMatchObject({ kind, retryable: false });
    expect(calls).toBe(0);
    expect(describeDeeply(error)).not.toContain('secret');
  });

  it.each([[undefined, 'no-key'], ['', 'no-key'], ['  ', 'no-key'], ['bad\nkey', 'key-rejected'], ['schlüssel', 'key-rejected']] as const)('the key %j is not sent', async (key, kind) => {
    let calls = 0;
    const harness = createClientHarness({ baseUrl: 'https://runapi.ai', key, fetch: () => Promise.reject(new Error(String(calls += 1))) });
    const { error } = await harness.ask();
    expect(error).toMatchObject({ kind, retryable: false, origin: 'https://runapi.ai' });
    expect(calls).toBe(0);
    if (key !== undefined && key.trim() !== '') expect(describeDeeply(error)).not.toContain(key);
  });

  it.each([301, 302, 303, 307, 308])('a %d to another server carries nothing there', async (status) => {
    const [gateway, sink] = [await newGateway(), await opened(startSink())];
    for (const location of [`${sink.origin}/v1/chat/completions`, `${gateway.url}/v1/messages`]) {
      gateway.reset();
      gateway.fault({ name: `redirect-${status}`, location, times: 10 });
      const { error } = await createClientHarness({ baseUrl: gateway.url }).ask();
      expect(error).toMatchObject({ kind: 'redirect', status, retryable: false });
      expect(gateway.requests.length).toBe(1);
    }
    expect(sink.received).toEqual([]);
  });
});

describe('sockets', () => {
  it('a kept-alive socket that the server closed is replaced at once', async () => {
    const gateway = await newGateway();
    gateway.script(() => ({ text: 'again' }));
    const clock = createHurriedClock(100, { sleepsOnly: true });
    const harness = createClientHarness({ baseUrl: gateway.url, clock });
    expect((await harness.ask()).text).toBe('again');
    gateway.fault({ name: 'close-reused-socket', times: 1 });
    const second = await harness.ask();
    expect(second.error).toBeUndefined();
    expect(second.text).toBe('again');
  });

  it('one byte at a time counts as progress', async () => {
    const gateway = await newGateway();
    gateway.script({ text: 'slow', chunking: 20 });
    // 25 ms are 5 s of the client's time: longer than a tick, far shorter than the limit of silence.
    gateway.fault({ name: 'slow-bytes', milliseconds: 1 });
    const { text, error } = await createClientHarness({ baseUrl: gateway.url, clock: createHurriedClock(50) }).ask();
    expect(error).toBeUndefined();
    expect(text).toBe('slow');
  });

  it.each(['no-headers', 'slow-headers', 'stall', 'pings-only', 'slow-bytes', 'slow-first-event', 'gzip-hang'])('cancelling during %s takes less than 200 ms and closes the socket', async (fault) => {
    const gateway = await newGateway();
    gateway.script(() => ({ text: 'some text that goes on for a while', chunking: 4 }));
    gateway.fault({ name: fault, times: 5 });
    const controller = new AbortController();
    const reason = new Error('The user stopped it.');
    const answer = createClientHarness({ baseUrl: gateway.url }).ask({}, controller.signal);
    await gateway.nextRequest();
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
    const start = performance.now();
    controller.abort(reason);
    const { error } = await answer;
    expect(performance.now() - start).toBeLessThan(atOnceMs);
    expect(error).toBe(reason);
    await gateway.idle();
    expect(gateway.requests.length).toBe(1);
  });

  it('a request that was cancelled before is not sent', async () => {
    const gateway = await newGateway();
    const { error } = await createClientHarness({ baseUrl: gateway.url }).ask({}, AbortSignal.abort('before'));
    expect(error).toBe('before');
    expect(gateway.requests.length).toBe(0);
  });

  it('cancelling during the wait for a retry ends at once', async () => {
    const gateway = await newGateway();
    gateway.fault({ name: 'rate-limit-seconds', times: 5 });
    const controller = new AbortController();
    const answer = createClientHarness({ baseUrl: gateway.url }).ask({}, controller.signal);
    await gateway.nextRequest();
    await gateway.idle();
    const start = performance.now();
    controller.abort('stop');
    expect((await answer).error).toBe('stop');
    expect(performance.now() - start).toBeLessThan(atOnceMs);
    expect(gateway.requests.length).toBe(1);
  });

  it('a reader that waits makes the server wait', async () => {
    const gateway = await newGateway();
    gateway.script({ text: 'x'.repeat(200_000), chunking: 4 });
    const seen = gateway.nextRequest();
    let length = 0;
    for await (const part of createClientHarness({ baseUrl: gateway.url }).stream({ maxTokens: 64_000 })) {
      if (part.type !== 'text-delta') continue;
      // After the first delta nothing is read until every buffer on the way is full.
      if (length === 0) {
        const record = await seen;
        await expect.poll(() => record.drainWaits).toBeGreaterThan(0);
        const { bytesWritten } = record;
        expect(bytesWritten).toBeLessThan(8_000_000);
      }
      length += part.text.length;
    }
    expect(length).toBe(200_000);
  });

  it('a reader that stops early ends the request', async () => {
    const gateway = await newGateway();
    gateway.script({ text: 'word '.repeat(200), chunking: 5, tokensPerSecond: 50 });
    const seen = gateway.nextRequest();
    for await (const part of createClientHarness({ baseUrl: gateway.url }).stream()) {
      if (part.type === 'text-delta') break;
    }
    const record = await seen;
    await gateway.idle();
    expect(record.aborted).toBe(true);
  });
});
