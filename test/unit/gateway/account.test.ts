import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../gateway/gateway.ts';

let gateway: Gateway;
beforeAll(async () => { gateway = await startGateway({ balanceCents: 500 }); });
beforeEach(() => { gateway.reset(); });
afterAll(async () => { await gateway.close(); });

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> => fetch(gateway.url + path, { headers: { 'x-api-key': gateway.key, ...headers } });
const complete = (body: object = {}): Promise<Response> => fetch(`${gateway.url}/v1/chat/completions`, {
  method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': gateway.key },
  body: JSON.stringify({ model: 'claude-opus-4.8', max_tokens: 2000, messages: [{ role: 'user', content: 'Hi' }], ...body }),
});

describe('prices', () => {
  it('need no key and answer 304 to the same list', async () => {
    const first = await fetch(`${gateway.url}/api/v1/price_schedules`);
    expect(first.status).toBe(200);
    const again = await fetch(`${gateway.url}/api/v1/price_schedules`, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it('are those of the catalogue, null where a model has none, and can be asked for one model', async () => {
    const of = async (model: string): Promise<unknown> => (await fetch(`${gateway.url}/api/v1/price_schedules?model=${model}`)).json();
    expect(await of('claude-opus-4.8')).toMatchObject({ price_schedules: [{ input_price_per_1m_cents: 750, output_price_per_1m_cents: 3750, cache_read_price_per_1m_cents: 75, cache_write_price_per_1m_cents: 937.5 }] });
    expect(await of('unpriced-preview-1')).toMatchObject({ price_schedules: [{ input_price_per_1m_cents: null, pricing_status: 'unpriced' }] });
    expect(await of('nobody')).toMatchObject({ price_schedules: [] });
  });
});

describe('the balance', () => {
  it('goes down by what each request cost', async () => {
    gateway.script({ text: 'word '.repeat(1000) });
    const { usage } = (await (await complete()).json()) as { readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number; readonly cost: number } };
    const expected = (usage.prompt_tokens * 7.5 + usage.completion_tokens * 37.5) / 1e6;
    expect(usage.cost).toBeCloseTo(expected, 10);
    expect(gateway.ledger).toMatchObject([{ model: 'claude-opus-4.8', costUsd: usage.cost, aborted: false }]);
    expect(await (await get('/api/v1/me/balance')).json()).toMatchObject({ balance_cents: Math.round(500 - expected * 100), spent_cents_today: Math.round(expected * 100) });
  });

  it('refuses with 402 when it is used up, and again answers when filled', async () => {
    gateway.setBalance(0);
    expect((await complete()).status).toBe(402);
    gateway.setBalance(100);
    expect((await complete()).status).toBe(200);
  });

  it('is charged for the input and the part that was sent when the client goes away', async () => {
    gateway.script({ text: 'word '.repeat(500), tokensPerSecond: 2000 });
    const abort = new AbortController();
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST', signal: abort.signal, headers: { 'content-type': 'application/json', 'x-api-key': gateway.key },
      body: JSON.stringify({ model: 'claude-haiku-4.5', max_tokens: 2000, stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
    });
    await response.body?.getReader().read();
    abort.abort();
    await gateway.idle();
    expect(gateway.requests[0]?.aborted).toBe(true);
    const [entry] = gateway.ledger;
    expect(entry?.aborted).toBe(true);
    expect(entry?.usage.outputTokens).toBeGreaterThan(0);
    expect(entry?.usage.outputTokens).toBeLessThan(500);
  });
});

it('says who the key belongs to', async () => {
  expect(await (await get('/api/v1/me')).json()).toMatchObject({ id: 'usr_local', account: { id: 'acc_local' } });
});
