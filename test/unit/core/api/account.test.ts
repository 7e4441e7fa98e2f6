import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccountClient, type AccountClient } from '../../../../src/core/api/account.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { startGateway, type Gateway } from '../../../gateway/gateway.ts';
import { describeDeeply, fixedSettings, mapMemory, plainRequest, testKey } from '../../../helpers/clientHarness.ts';
import { createHurriedClock } from '../../../helpers/hurriedClock.ts';
import { bytesOf, createScriptedFetch } from '../../../helpers/scriptedFetch.ts';
import type { Fetch } from '../../../../src/core/api/http.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ key: testKey });
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const signal = new AbortController().signal;

function client(options: { readonly memory?: Map<string, unknown>; readonly key?: string; readonly fetch?: Fetch } = {}): AccountClient {
  return createAccountClient({
    fetch: options.fetch ?? ((address, init) => globalThis.fetch(address, init)),
    clock: createHurriedClock(100, { sleepsOnly: true }),
    random: () => 0,
    settings: fixedSettings({ baseUrl: options.fetch ? 'https://runapi.ai' : gateway.url }),
    keyFor: () => Promise.resolve(options.key ?? testKey),
    memory: mapMemory(options.memory ?? new Map()),
  });
}

function scripted(content: unknown): AccountClient {
  return client({ fetch: createScriptedFetch({ headers: { 'content-type': 'application/json' }, pieces: [bytesOf(typeof content === 'string' ? content : JSON.stringify(content))] }).fetch });
}

describe('me', () => {
  it('says whose key it is', async () => {
    expect(await client().me(signal)).toEqual({ id: 'usr_local', name: 'Local User', email: 'local@example.com', accountName: 'Local account' });
  });

  it('tries another key in place of the stored one', async () => {
    await expect(client().me(signal, 'another-key')).rejects.toMatchObject({ kind: 'key-rejected', status: 401 });
    expect(gateway.requests.map((record) => record.headers['authorization'])).toEqual(['Bearer another-key']);
    expect((await client({ key: 'wrong' }).me(signal, testKey)).id).toBe('usr_local');
  });

  it('takes what a gateway leaves out or gets wrong', async () => {
    expect(await scripted({ id: 5, name: null, email: 7, account: 'x', more: true }).me(signal)).toEqual({ id: '5' });
  });
});

describe('balance', () => {
  it('is in cents', async () => {
    expect(await client().balance(signal)).toEqual({ balanceCents: 10_000, paidBalanceCents: 10_000, bonusBalanceCents: 0, spentTodayCents: 0, spentTotalCents: 0 });
    expect(await scripted({ balance_cents: 1234.5 }).balance(signal)).toEqual({ balanceCents: 1234.5 });
    expect(await scripted({ balance_cents: null, spent_cents_today: 'many' }).balance(signal)).toEqual({});
  });
});

describe('models', () => {
  it('are ids', async () => {
    expect(await client().models(signal)).toEqual(expect.arrayContaining(['claude-opus-4.8', 'claude-sonnet-4.6', 'claude-haiku-4.5']));
  });

  it.each<[string, unknown, readonly string[]]>([
    ['a bare list', ['a', 'b', 'a'], ['a', 'b']],
    ['a list with what is no id', { data: [{ id: 'a' }, { id: 5 }, null, 'b', { id: '<b>' }, { name: 'x' }, { id: '' }] }, ['a', 'b']],
  ])('come from %s', async (_name, content, expected) => expect(await scripted(content).models(signal)).toEqual(expected));

  it('are the last ones seen while the list is down', async () => {
    const memory = new Map<string, unknown>();
    const seen = await client({ memory }).models(signal);
    gateway.fault({ name: 'status-500', path: '/v1/models', times: 100 });
    expect(await client({ memory }).models(signal)).toEqual(seen);
    await expect(client().models(signal)).rejects.toMatchObject({ kind: 'server' });
  });

  it('are not taken from memory when the user stopped it', async () => {
    const memory = new Map<string, unknown>([[`models|${gateway.url}`, ['a']]]);
    await expect(client({ memory }).models(AbortSignal.abort('stop'))).rejects.toBe('stop');
  });
});

describe('prices', () => {
  it('are dollars for a million tokens, asked without a key and sent again only when they changed', async () => {
    const memory = new Map<string, unknown>();
    const account = client({ memory });
    expect(account.knownPrices().size).toBe(0);
    await account.refreshPrices(signal);
    expect(account.knownPrices().get('claude-opus-4.8')).toEqual({ input: 7.5, output: 37.5, cacheRead: 0.75, cacheWrite: 9.375 });
    await account.refreshPrices(signal);
    expect(gateway.requests.map((record) => record.status)).toEqual([200, 304]);
    expect(gateway.requests.every((record) => record.headers['authorization'] === undefined)).toBe(true);
    expect(client({ memory }).knownPrices().get('claude-haiku-4.5')?.output).toBe(2.5);
  });

  it('leave out what has no price in dollars', async () => {
    const account = scripted({ price_schedules: [
      { model: 'unpriced', input_price_per_1m_cents: null, output_price_per_1m_cents: null },
      { model: 'euro', currency: 'EUR', input_price_per_1m_cents: 100, output_price_per_1m_cents: 100 },
      { model: 'good', currency: 'USD', input_price_per_1m_cents: 100, output_price_per_1m_cents: 250, cache_write_price_per_1m_cents: 130 },
      { model: 'good', input_price_per_1m_cents: 900, output_price_per_1m_cents: 900 },
      { model: 'negative', input_price_per_1m_cents: -5, output_price_per_1m_cents: 5 },
      { model: 5 }, null, 'text',
    ] });
    await account.refreshPrices(signal);
    expect([...account.knownPrices()]).toEqual([['good', { input: 1, output: 2.5, cacheWrite: 1.3 }]]);
  });

  it('of a damaged memory are none', () => {
    expect(client({ memory: new Map([[`prices|${gateway.url}`, { etag: 5 }]]) }).knownPrices().size).toBe(0);
  });
});

describe('countTokens', () => {
  it('asks for the whole request without its limits', async () => {
    expect(await client().countTokens({ ...plainRequest, temperature: 0.2, thinkingTokens: 4000 }, signal)).toBeGreaterThan(3);
    expect(Object.keys(gateway.requests[0]?.body as object).sort()).toEqual(['messages', 'model', 'system']);
  });
});

describe('answers that are none', () => {
  it.each([
    ['html-200', 'not-an-api'], ['status-204', 'empty-reply'], ['status-401', 'key-rejected'], ['json-error-200', 'server'], ['key-echo', 'key-rejected'], ['redirect-302', 'redirect'], ['short-content-length', 'interrupted'],
  ])('%s is %s', async (fault, kind) => {
    gateway.fault({ name: fault, path: '/api/v1/me', times: 100 });
    const error: unknown = await client().me(signal).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RunApiError);
    expect(error).toMatchObject({ kind });
    expect(describeDeeply(error)).not.toContain(testKey);
  });

  it('that are of another shape cannot be read', async () => {
    await expect(scripted({ ok: true }).me(signal)).rejects.toMatchObject({ kind: 'bad-reply' });
    await expect(scripted('[]').balance(signal)).rejects.toMatchObject({ kind: 'bad-reply' });
    await expect(scripted({ input_tokens: -1 }).countTokens(plainRequest, signal)).rejects.toMatchObject({ kind: 'bad-reply' });
  });

  it('do not disturb the model: the list may be down while chat works', async () => {
    gateway.fault({ name: 'status-503', path: '/v1/models', times: 100 });
    await expect(client().models(signal)).rejects.toBeInstanceOf(RunApiError);
    expect((await client().me(signal)).id).toBe('usr_local');
  });
});
