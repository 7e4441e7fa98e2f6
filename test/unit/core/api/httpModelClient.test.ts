import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { learnQuirk, quirkNames, readQuirks } from '../../../../src/core/api/quirks.ts';
import { otherSpelling } from '../../../../src/core/api/modelSpelling.ts';
import type { ModelRequest } from '../../../../src/core/api/modelClient.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { startGateway, type Gateway } from '../../../gateway/gateway.ts';
import { createClientHarness, fixedSettings, mapMemory, plainRequest, testKey } from '../../../helpers/clientHarness.ts';
import { createHurriedClock } from '../../../helpers/hurriedClock.ts';
import { bytesOf, createScriptedFetch, type ScriptedAnswer } from '../../../helpers/scriptedFetch.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ key: testKey });
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const paths = (): readonly string[] => gateway.requests.map((record) => record.path);

describe('what a model does not take', () => {
  it('is left out after one refusal, and remembered', async () => {
    gateway.setDefaults({ rejectSampling: ['claude-haiku-4.5'] });
    const memory = new Map<string, unknown>();
    for (const protocol of ['chat_completions', 'messages'] as const) {
      const harness = createClientHarness({ baseUrl: gateway.url, memory });
      const { error, text } = await harness.ask({ protocol, temperature: 0.2 });
      expect(error).toBeUndefined();
      expect(text).not.toBe('');
    }
    expect(paths()).toEqual(['/v1/chat/completions', '/v1/chat/completions', '/v1/messages']);
    expect([...memory]).toEqual([[`quirks|${gateway.url}|claude-haiku-4.5`, ['no-sampling']]]);
  });

  it('is learnt for each address on its own', async () => {
    gateway.setDefaults({ rejectSampling: ['claude-haiku-4.5'] });
    const memory = new Map<string, unknown>([['quirks|https://other.example|claude-haiku-4.5', ['no-sampling']]]);
    await createClientHarness({ baseUrl: gateway.url, memory }).ask({ temperature: 0.2 });
    expect(gateway.requests.length).toBe(2);
  });

  const refusal = (message: string, status = 400): ScriptedAnswer => ({ status, headers: { 'content-type': 'application/json' }, pieces: [bytesOf(JSON.stringify({ error: { message, type: 'invalid_request_error' } }))] });
  const answer: ScriptedAnswer = { pieces: [bytesOf('data: {"choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n')] };

  it.each<[string, string, Partial<ModelRequest>, readonly [before: object, after: object]]>([
    ['stream_options', 'Unknown parameter: stream_options', {}, [{ stream_options: { include_usage: true } }, { stream_options: undefined }]],
    ['max_tokens', "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", {}, [{ max_tokens: 500 }, { max_tokens: undefined, max_completion_tokens: 500 }]],
    ['stop', 'stop is not supported', { stopSequences: ['END'] }, [{ stop: ['END'] }, { stop: undefined }]],
    ['temperature', 'temperature is deprecated for this model', { temperature: 0.1 }, [{ temperature: 0.1 }, { temperature: undefined }]],
    ['effort', 'reasoning_effort is not supported', { thinkingTokens: 8000 }, [{ reasoning_effort: 'high' }, { reasoning_effort: undefined }]],
    ['a budget', 'thinking.type.enabled is not supported. Use thinking.type.adaptive', { protocol: 'messages', thinkingTokens: 2000, maxTokens: 9000 }, [{ thinking: { type: 'enabled', budget_tokens: 2000 } }, { thinking: { type: 'adaptive' } }]],
  ])('can be %s', async (_name, message, request, bodies) => {
    const { fetch, asked } = createScriptedFetch(refusal(message), answer);
    const { error, text } = await createClientHarness({ baseUrl: 'https://runapi.ai', fetch }).ask(request);
    expect(error).toBeUndefined();
    expect(text).toBe(request.protocol === 'messages' ? '' : 'ok');
    expect(asked.map((call, index) => Object.fromEntries(Object.keys(bodies[index] ?? {}).map((name) => [name, call.body[name]])))).toEqual(bodies);
  });

  it('still stops at a sequence that the gateway would not take', async () => {
    const { fetch } = createScriptedFetch(refusal('stop is not supported'), { pieces: [bytesOf('data: {"choices":[{"index":0,"delta":{"content":"one END two"}}]}\n\n')] });
    const { text, error } = await createClientHarness({ baseUrl: 'https://runapi.ai', fetch }).ask({ stopSequences: ['END'] });
    expect([text, error]).toEqual(['one ', undefined]);
  });

  it('is not guessed: a refusal that names nothing of the request is final', async () => {
    const { fetch, asked } = createScriptedFetch(refusal('messages: at least one message is required'), answer);
    const { error } = await createClientHarness({ baseUrl: 'https://runapi.ai', fetch }).ask({ temperature: 0.2 });
    expect(error).toMatchObject({ kind: 'bad-request' });
    expect(asked.length).toBe(1);
  });

  it('is tried a few times at most, and remembered only when it helped', async () => {
    const { fetch, asked } = createScriptedFetch(refusal('temperature, stop, stream_options, reasoning and max_completion_tokens are all wrong'));
    const harness = createClientHarness({ baseUrl: 'https://runapi.ai', fetch });
    const { error } = await harness.ask({ temperature: 0.2, stopSequences: ['x'], thinkingTokens: 5000 });
    expect(error).toMatchObject({ kind: 'bad-request' });
    expect(asked.length).toBeLessThanOrEqual(5);
    expect(harness.memory.size).toBe(0);
  });
});

describe('the other spelling of a model', () => {
  it.each(['dots', 'dashes'] as const)('is tried once where the gateway knows only %s, and remembered', async (spelling) => {
    gateway.setDefaults({ spelling });
    const model = spelling === 'dots' ? 'claude-haiku-4-5' : 'claude-haiku-4.5';
    const harness = createClientHarness({ baseUrl: gateway.url });
    expect((await harness.ask({ model })).error).toBeUndefined();
    expect(gateway.requests.length).toBe(2);
    expect((await harness.ask({ model })).error).toBeUndefined();
    expect(gateway.requests.length).toBe(3);
  });

  it('does not help a model that is not there', async () => {
    const { error } = await createClientHarness({ baseUrl: gateway.url }).ask({ model: 'claude-nothing-9.9' });
    expect(error).toMatchObject({ kind: 'model-not-found', status: 404 });
    expect(gateway.requests.length).toBe(2);
  });

  it.each([
    ['claude-opus-4.8', 'claude-opus-4-8'], ['claude-opus-4-8', 'claude-opus-4.8'], ['claude-haiku-4-5-20251001', 'claude-haiku-4.5-20251001'], ['claude-haiku-4.5-20251001', 'claude-haiku-4-5-20251001'],
    ['claude-3-5-sonnet', 'claude-3.5-sonnet'], ['gpt-5.2', 'gpt-5-2'], ['claude-sonnet-4-20250514', undefined], ['text-embedding-3-small', undefined], ['plain', undefined],
  ])('of %s is %s', (model, other) => expect(otherSpelling(model)).toBe(other));
});

describe('a gateway without /v1/messages', () => {
  it('is asked in the other format, and that is remembered', async () => {
    gateway.fault({ name: 'path-not-found', path: '/v1/messages', times: 100 });
    gateway.script(() => ({ text: 'over chat completions' }));
    const harness = createClientHarness({ baseUrl: gateway.url });
    for (let round = 0; round < 2; round += 1) expect((await harness.ask({ protocol: 'messages' })).text).toBe('over chat completions');
    expect(paths()).toEqual(['/v1/messages', '/v1/chat/completions', '/v1/chat/completions']);
  });

  it('is not asked in the other format for a wrong address', async () => {
    gateway.fault({ name: 'path-not-found', path: '/v1/', times: 100 });
    expect((await createClientHarness({ baseUrl: gateway.url }).ask({ protocol: 'messages' })).error).toMatchObject({ kind: 'not-found' });
    expect(gateway.requests.length).toBe(2);
  });
});

describe.each(['chat_completions', 'messages'] as const)('a gateway that repeats the key in its answer, %s', (protocol) => {
  it('does not bring it into text, thinking or tool calls, however it is cut', async () => {
    for (const chunking of ['token', 3, 500] as const) {
      gateway.script({ text: `You sent ${testKey}. Twice: ${testKey}`, thinking: `I saw ${testKey} there`, toolCalls: [{ name: 'look', input: { key: testKey } }], chunking });
      const { parts, text, error } = await createClientHarness({ baseUrl: gateway.url }).ask({ protocol, maxTokens: 9_000, thinkingTokens: 2_000, tools: [{ name: 'look', description: '', inputSchema: { type: 'object' } }] });
      expect(error).toBeUndefined();
      expect(text).toMatch(/^You sent .{0,3}•••\. Twice: .{0,3}•••$/);
      const strands = ['thinking-delta', 'tool-call-delta'].map((type) => parts.map((part) => (part.type !== type ? '' : 'text' in part ? part.text : 'json' in part ? part.json : '')).join(''));
      for (const strand of strands) expect(strand).toContain('•••');
      expect(strands.join('')).not.toContain(testKey.slice(3));
    }
  });
});

describe('capabilities', () => {
  it('bound the limit and the thinking of what is sent', async () => {
    const { fetch, asked } = createScriptedFetch({ pieces: [bytesOf('data: [DONE]\n\n')] });
    const harness = createClientHarness({ baseUrl: 'https://runapi.ai', fetch, settings: { network: { ...fixedSettings({}).current().network, maxRetries: 0 } } });
    await harness.ask({ model: 'claude-3-haiku', maxTokens: 50_000, thinkingTokens: 4000 });
    expect(asked[0]?.body).toMatchObject({ max_tokens: 4096 });
    expect(asked[0]?.body).not.toHaveProperty('reasoning_effort');
  });
});

describe('a denial of wallet', () => {
  it.each(['status-500', 'rate-limit-milliseconds', 'status-204', 'cut-before-content', 'reset-before-headers'])('%s: at most one request and two retries', async (fault) => {
    gateway.fault({ name: fault, times: 100 });
    const harness = createClientHarness({ baseUrl: gateway.url, clock: createHurriedClock(100, { sleepsOnly: true }) });
    expect((await harness.ask()).error).toBeInstanceOf(RunApiError);
    expect(gateway.requests.length).toBe(3);
  });
});

describe('learnQuirk', () => {
  const refused = (message: string): RunApiError => new RunApiError({ kind: 'bad-request', retryable: false, serverMessage: message });

  it('learns only from a 400, once each', () => {
    const request = { ...plainRequest, temperature: 0.2 };
    expect(learnQuirk(refused('temperature'), request, new Set())).toBe('no-sampling');
    expect(learnQuirk(refused('temperature'), request, new Set(['no-sampling']))).toBeUndefined();
    expect(learnQuirk(refused('temperature'), plainRequest, new Set())).toBeUndefined();
    expect(learnQuirk(new RunApiError({ kind: 'server', retryable: true, serverMessage: 'temperature' }), request, new Set())).toBeUndefined();
    expect(learnQuirk(new TypeError('temperature'), request, new Set())).toBeUndefined();
  });

  it('reads back only names that exist', () => {
    const memory = new Map<string, unknown>([['a', [...quirkNames]], ['b', ['strange']], ['c', 'text']]);
    expect([...readQuirks(mapMemory(memory), 'a')]).toEqual([...quirkNames]);
    for (const key of ['b', 'c', 'missing']) expect(readQuirks(mapMemory(memory), key).size).toBe(0);
  });
});
