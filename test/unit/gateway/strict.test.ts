// What the real API refuses, the local one refuses too.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../gateway/gateway.ts';

let gateway: Gateway;
beforeAll(async () => { gateway = await startGateway(); });
beforeEach(() => { gateway.reset(); });
afterAll(async () => { await gateway.close(); });

interface Refused {
  readonly status: number;
  readonly message: string;
}

async function ask(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Refused> {
  const response = await fetch(gateway.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'authorization': `Bearer ${gateway.key}`, 'anthropic-version': '2023-06-01', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const parsed = text.startsWith('{') ? (JSON.parse(text) as { readonly error?: { readonly message?: string } }) : {};
  return { status: response.status, message: parsed.error?.message ?? '' };
}

const user = { role: 'user', content: 'Hi' };
const good = { model: 'claude-haiku-4.5', max_tokens: 20, messages: [user] };
const toolUse = { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'f', input: {} }] };
const toolResult = (id: string) => ({ role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'x' }] });
const assistantCall = { role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }] };

const bothProtocols: readonly (readonly [string, object, number, string])[] = [
  ['an unknown model', { model: 'claude-haiku-9' }, 404, 'claude-haiku-9'],
  ['no model', { model: undefined }, 400, 'model'],
  ['no messages', { messages: [] }, 400, 'messages'],
  ['an unknown role', { messages: [{ role: 'robot', content: 'x' }] }, 400, 'messages.0'],
  ['both temperature and top_p', { temperature: 0, top_p: 1 }, 400, 'cannot both'],
  ['a temperature over 1', { temperature: 1.2 }, 400, 'temperature'],
  ['a negative temperature', { temperature: -0.1 }, 400, 'temperature'],
  ['a top_p over 1', { top_p: 1.5 }, 400, 'top_p'],
  ['max_tokens of zero', { max_tokens: 0 }, 400, 'max_tokens'],
  ['max_tokens as text', { max_tokens: '20' }, 400, 'max_tokens'],
  ['more output than the model can', { max_tokens: 64_001 }, 400, '64000'],
  ['a prompt over the context window', { messages: [{ role: 'user', content: 'a '.repeat(200_100) }] }, 400, 'prompt is too long'],
  ['a field that it does not know', { frobnicate: true }, 400, 'frobnicate'],
  ['an assistant prefill', { messages: [user, { role: 'assistant', content: 'Sure: ' }] }, 400, 'prefill'],
];

describe('both protocols refuse', () => {
  for (const path of ['/v1/chat/completions', '/v1/messages']) {
    it.each(bothProtocols)(`${path}: %s`, async (_name, change, status, message) => {
      expect(await ask(path, { ...good, ...change })).toEqual({ status, message: expect.stringContaining(message) });
    });

    it(`${path}: nothing that is well formed`, async () => {
      expect(await ask(path, { ...good, temperature: 1 })).toEqual({ status: 200, message: '' });
    });
  }
});

describe('/v1/messages refuses', () => {
  it.each([
    ['missing max_tokens', { max_tokens: undefined }, 'max_tokens'],
    ['a white-space stop sequence', { stop_sequences: ['ok', '\n\n'] }, 'non-whitespace'],
    ['a first message of the assistant', { messages: [{ role: 'assistant', content: 'x' }, user] }, 'first message'],
    ['an empty message', { messages: [{ role: 'user', content: '' }] }, 'non-empty'],
    ['a text block of white space', { messages: [{ role: 'user', content: [{ type: 'text', text: ' \n' }] }] }, 'non-whitespace'],
    ['a system role', { messages: [{ role: 'system', content: 'x' }, user] }, 'role'],
    ['five cache breakpoints', { system: Array.from({ length: 5 }, () => ({ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } })) }, 'maximum of 4'],
    ['a thinking budget under 1024', { max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 1000 } }, '1024'],
    ['a thinking budget over max_tokens', { max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 2000 } }, 'greater than'],
    ['thinking with a temperature', { max_tokens: 4000, temperature: 0.5, thinking: { type: 'enabled', budget_tokens: 2000 } }, 'temperature'],
    ['a call without a result', { messages: [user, toolUse, user] }, 'without `tool_result`'],
    ['a result without a call', { messages: [user, toolResult('t9')] }, 'unexpected `tool_use_id`'],
    ['the result of another call', { messages: [user, toolUse, toolResult('t2')] }, 't1'],
    ['an image that is no base64', { messages: [{ role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'data:image/png;base64,AAAA' } }] }] }, 'messages.0.content.0'],
  ])('%s', async (_name, change, message) => {
    expect(await ask('/v1/messages', { ...good, ...change })).toEqual({ status: 400, message: expect.stringContaining(message) });
  });

  it('a request without a version', async () => {
    const response = await fetch(`${gateway.url}/v1/messages`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': gateway.key }, body: JSON.stringify(good) });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('anthropic-version');
  });

  it('no pair of call and result that belong together', async () => {
    expect(await ask('/v1/messages', { ...good, messages: [user, toolUse, toolResult('t1')] })).toMatchObject({ status: 200 });
  });
});

describe('/v1/chat/completions refuses', () => {
  it.each([
    ['a white-space stop sequence', { stop: ' ' }, 'non-whitespace'],
    ['five stop sequences', { stop: ['a', 'b', 'c', 'd', 'e'] }, 'stop'],
    ['a call without a result', { messages: [user, assistantCall, user] }, 'without'],
    ['a result without a call', { messages: [user, { role: 'tool', tool_call_id: 'c9', content: 'x' }] }, 'unexpected'],
    ['a system message alone', { messages: [{ role: 'system', content: 'x' }] }, 'user message'],
    ['more than one choice', { n: 2 }, 'n:'],
    ['an image from a file', { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'file:///etc/passwd' } }] }] }, 'image'],
  ])('%s', async (_name, change, message) => {
    expect(await ask('/v1/chat/completions', { ...good, ...change })).toEqual({ status: 400, message: expect.stringContaining(message) });
  });
});

describe('every endpoint', () => {
  it('knows one model by its dots, its dashes and its dated snapshots', async () => {
    const statuses = await Promise.all(['claude-opus-4.8', 'claude-opus-4-8', 'claude-opus-4-8-20260101', 'Claude-Opus-4.8'].map(async (model) => (await ask('/v1/messages', { ...good, model })).status));
    expect(statuses).toEqual([200, 200, 200, 200]);
  });

  it('knows one spelling only when told so', async () => {
    gateway.setDefaults({ spelling: 'dashes' });
    expect([(await ask('/v1/messages', good)).status, (await ask('/v1/messages', { ...good, model: 'claude-haiku-4-5' })).status]).toEqual([404, 200]);
    gateway.setDefaults({ spelling: 'dots' });
    expect([(await ask('/v1/messages', good)).status, (await ask('/v1/messages', { ...good, model: 'claude-haiku-4-5' })).status]).toEqual([200, 404]);
  });

  it('refuses temperature where the model was told to', async () => {
    gateway.setDefaults({ rejectSampling: ['claude-opus-4.8'] });
    expect(await ask('/v1/chat/completions', { ...good, model: 'claude-opus-4-8', temperature: 0.2 })).toMatchObject({ status: 400, message: expect.stringContaining('temperature') });
    expect(await ask('/v1/chat/completions', { ...good, model: 'claude-opus-4-8', top_p: 0.2 })).toMatchObject({ status: 400, message: expect.stringContaining('top_p') });
    expect(await ask('/v1/chat/completions', { ...good, temperature: 0.2 })).toMatchObject({ status: 200 });
  });

  it.each(['/v1/chat/completions', '/v1/messages', '/v1/embeddings', '/v1/messages/count_tokens'])('%s wants a key, JSON and a sane size', async (path) => {
    expect(await ask(path, good, { authorization: 'Bearer nope' })).toMatchObject({ status: 401 });
    expect(await ask(path, good, { authorization: '' })).toMatchObject({ status: 401 });
    expect(await ask(path, '{"model":')).toMatchObject({ status: 400, message: expect.stringContaining('JSON') });
    expect(await ask(path, good, { 'content-type': 'text/plain' })).toMatchObject({ status: 400 });
    gateway.setDefaults({ maximumBodyBytes: 100 });
    expect(await ask(path, { ...good, padding: 'x'.repeat(200) })).toMatchObject({ status: 413 });
  });

  it('takes the key in either header', async () => {
    const me = (headers: Record<string, string>) => fetch(`${gateway.url}/api/v1/me`, { headers }).then((response) => response.status);
    expect(await Promise.all([me({ 'x-api-key': gateway.key }), me({ authorization: `Bearer ${gateway.key}` }), me({})])).toEqual([200, 200, 401]);
  });

  it('answers 404 to paths that do not exist', async () => {
    expect(await ask('/v1/completions', good)).toMatchObject({ status: 404 });
    expect(await ask('/chat/completions', good)).toMatchObject({ status: 404 });
  });

  it('gives embeddings of embedding models only', async () => {
    expect(await ask('/v1/embeddings', { model: 'claude-haiku-4.5', input: 'x' })).toMatchObject({ status: 404 });
  });
});
