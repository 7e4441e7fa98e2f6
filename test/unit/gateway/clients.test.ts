// The official clients of both protocols are the judges of the wire: what they read is what was meant.
import { Anthropic, AuthenticationError as AnthropicAuthenticationError, InternalServerError as AnthropicServerError, NotFoundError as AnthropicNotFoundError } from '@anthropic-ai/sdk';
import { AuthenticationError, BadRequestError, NotFoundError, OpenAI } from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../gateway/gateway.ts';

let gateway: Gateway;
let openai: OpenAI;
let anthropic: Anthropic;

beforeAll(async () => {
  gateway = await startGateway();
  openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  anthropic = new Anthropic({ baseURL: gateway.url, apiKey: gateway.key, maxRetries: 0 });
});
beforeEach(() => { gateway.reset(); });
afterAll(async () => { await gateway.close(); });

const hello = [{ role: 'user', content: 'Say hello.' }] as const;
const weather = { name: 'get_weather', description: 'The weather of a city', schema: { type: 'object', properties: { city: { type: 'string' } } } } as const;

describe('the openai client', () => {
  it('reads a whole answer with usage', async () => {
    gateway.script({ text: 'Hello there.' });
    const answer = await openai.chat.completions.create({ model: 'claude-haiku-4.5', max_tokens: 50, messages: [...hello] });
    expect(answer.choices[0]?.message.content).toBe('Hello there.');
    expect(answer.choices[0]?.finish_reason).toBe('stop');
    expect(answer.usage?.total_tokens).toBe((answer.usage?.prompt_tokens ?? 0) + 3);
  });

  it('reads a stream to its end, with usage when asked', async () => {
    gateway.script({ text: 'One two three.', chunking: 2 });
    const stream = await openai.chat.completions.create({ model: 'claude-haiku-4-5', max_tokens: 50, stream: true, stream_options: { include_usage: true }, messages: [...hello] });
    let text = '';
    let completionTokens: number | undefined;
    let finish: string | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      finish = chunk.choices[0]?.finish_reason ?? finish;
      completionTokens = chunk.usage?.completion_tokens ?? completionTokens;
    }
    expect({ text, finish, completionTokens }).toEqual({ text: 'One two three.', finish: 'stop', completionTokens: 4 });
  });

  it('reads a stream sent in single bytes with characters of four bytes', async () => {
    gateway.script({ text: '끝 🙂 ok', bytesPerWrite: 1 });
    const stream = openai.chat.completions.stream({ model: 'claude-haiku-4.5', max_tokens: 50, messages: [...hello] });
    expect(await stream.finalContent()).toBe('끝 🙂 ok');
  });

  it('reads tool calls, streamed and whole', async () => {
    gateway.script({ text: 'Looking.', toolCalls: [{ id: 'call_1', name: 'get_weather', input: { city: 'Seoul' } }], chunking: 3 }, { times: 2 });
    const request = { model: 'claude-sonnet-4.6', max_tokens: 100, messages: [...hello], tools: [{ type: 'function' as const, function: { name: weather.name, description: weather.description, parameters: { ...weather.schema } } }] };
    const whole = await openai.chat.completions.create(request);
    const streamed = await openai.chat.completions.stream(request).finalChatCompletion();
    for (const answer of [whole, streamed]) {
      expect(answer.choices[0]?.finish_reason).toBe('tool_calls');
      const call = answer.choices[0]?.message.tool_calls?.[0];
      expect(call?.type === 'function' && call.function).toMatchObject({ name: 'get_weather', arguments: '{"city":"Seoul"}' });
    }
  });

  it('sends tool results back', async () => {
    gateway.script((call) => ({ text: call.messages.at(-1)?.toolResults[0]?.text ?? 'none' }));
    const answer = await openai.chat.completions.create({
      model: 'claude-sonnet-4.6', max_tokens: 100,
      messages: [...hello, { role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{}' } }] }, { role: 'tool', tool_call_id: 'c1', content: 'sunny' }],
    });
    expect(answer.choices[0]?.message.content).toBe('sunny');
  });

  it('lists models and embeds', async () => {
    const ids: string[] = [];
    for await (const model of openai.models.list()) ids.push(model.id);
    expect(ids).toContain('claude-opus-4.8');
    const near = await openai.embeddings.create({ model: 'text-embedding-3-small', input: ['round the price', 'the price is round', 'a cat'], dimensions: 64 });
    const [first = [], second = [], third = []] = near.data.map((entry) => entry.embedding);
    const similarity = (left: readonly number[], right: readonly number[]): number => left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
    expect(similarity(first, second)).toBeGreaterThan(similarity(first, third));
  });

  it.each([
    ['a wrong key', 401, AuthenticationError, () => new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'wrong', maxRetries: 0 }).models.list()],
    ['an unknown model', 404, NotFoundError, () => openai.chat.completions.create({ model: 'claude-missing-9', max_tokens: 5, messages: [...hello] })],
    ['temperature and top_p together', 400, BadRequestError, () => openai.chat.completions.create({ model: 'claude-haiku-4.5', max_tokens: 5, temperature: 0.2, top_p: 0.9, messages: [...hello] })],
  ] as const)('types the error of %s', async (_name, status, type, ask) => {
    const error: unknown = await Promise.resolve(ask()).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status, requestID: expect.stringMatching(/^req_local_/) });
  });

  it('throws at an error event in the middle', async () => {
    gateway.script({ text: 'one two three four five six' });
    gateway.fault({ name: 'error-event', message: 'upstream broke' });
    const stream = await openai.chat.completions.create({ model: 'claude-haiku-4.5', max_tokens: 50, stream: true, messages: [...hello] });
    let text = '';
    await expect(async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    }).rejects.toThrow('upstream broke');
    expect(text).toBe('one two three');
  });
});

describe('the Anthropic client', () => {
  it('reads a whole answer with usage', async () => {
    gateway.script({ text: 'Hello there.' });
    const answer = await anthropic.messages.create({ model: 'claude-haiku-4-5-20251001', max_tokens: 50, messages: [...hello] });
    expect(answer.content).toEqual([{ type: 'text', text: 'Hello there.' }]);
    expect(answer).toMatchObject({ stop_reason: 'end_turn', usage: { output_tokens: 3 }, model: 'claude-haiku-4-5-20251001' });
  });

  it('reads a stream with thinking, its signature, text and a tool call', async () => {
    gateway.script({ thinking: 'Let me see.', text: 'I look.', toolCalls: [{ id: 'toolu_1', name: 'get_weather', input: { city: '서울' } }], chunking: 2 });
    const stream = anthropic.messages.stream({
      model: 'claude-opus-4.8', max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 }, messages: [...hello],
      tools: [{ name: weather.name, description: weather.description, input_schema: { ...weather.schema } }],
    });
    const message = await stream.finalMessage();
    expect(message.stop_reason).toBe('tool_use');
    expect(message.content).toMatchObject([
      { type: 'thinking', thinking: 'Let me see.', signature: expect.stringMatching(/^[\w+/=]{44}$/) },
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: '서울' } },
    ]);
    gateway.script({ text: 'Thanks.' }, { times: 2 });
    const back = { model: 'claude-opus-4.8', max_tokens: 100, messages: [...hello, { role: 'assistant' as const, content: message.content }, { role: 'user' as const, content: [{ type: 'tool_result' as const, tool_use_id: 'toolu_1', content: 'sunny' }] }] };
    expect(await anthropic.messages.create(back)).toMatchObject({ stop_reason: 'end_turn' });
    const tampered = message.content.map((block) => (block.type === 'thinking' ? { ...block, thinking: 'Other.' } : block));
    await expect(anthropic.messages.create({ ...back, messages: [...hello, { role: 'assistant', content: tampered }, ...back.messages.slice(2)] })).rejects.toThrow('signature');
  });

  it('stops at a stop sequence and says which', async () => {
    gateway.script({ text: 'keep END drop' }, { times: 2 });
    const request = { model: 'claude-haiku-4.5', max_tokens: 50, stop_sequences: ['STOP', 'END'], messages: [...hello] };
    expect(await anthropic.messages.create(request)).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'END', content: [{ text: 'keep ' }] });
    expect(await anthropic.messages.stream(request).finalMessage()).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: 'END' });
  });

  it('is cut at max_tokens', async () => {
    gateway.script({ text: 'one two three four' });
    expect(await anthropic.messages.create({ model: 'claude-haiku-4.5', max_tokens: 2, messages: [...hello] })).toMatchObject({ stop_reason: 'max_tokens', content: [{ text: 'one two' }], usage: { output_tokens: 2 } });
  });

  it('counts tokens as it bills them', async () => {
    const counted = await anthropic.messages.countTokens({ model: 'claude-haiku-4.5', system: 'Be short.', messages: [...hello] });
    gateway.script({ text: 'Hi.' });
    const answer = await anthropic.messages.create({ model: 'claude-haiku-4.5', max_tokens: 9, system: 'Be short.', messages: [...hello] });
    expect(answer.usage.input_tokens).toBe(counted.input_tokens);
  });

  it('reports cache writes, then reads, and bills them at their own prices', async () => {
    gateway.script({ text: 'Hi.' }, { times: 2 });
    const request = { model: 'claude-sonnet-4.6', max_tokens: 9, system: [{ type: 'text' as const, text: 'word '.repeat(1500), cache_control: { type: 'ephemeral' as const } }], messages: [...hello] };
    const first = await anthropic.messages.create(request);
    const second = await anthropic.messages.create(request);
    expect(first.usage.cache_creation_input_tokens).toBeGreaterThan(1400);
    expect(second.usage).toMatchObject({ cache_read_input_tokens: first.usage.cache_creation_input_tokens, cache_creation_input_tokens: 0 });
    const [written, read] = gateway.ledger;
    expect(written?.costUsd).toBeGreaterThan((read?.costUsd ?? 0) * 5);
  });

  it('throws at an error event in the middle', async () => {
    gateway.script({ text: 'one two three four five six' });
    gateway.fault('error-event');
    await expect(anthropic.messages.stream({ model: 'claude-haiku-4.5', max_tokens: 50, messages: [...hello] }).finalMessage()).rejects.toThrow('Overloaded');
  });

  it.each([
    ['a wrong key', 401, AnthropicAuthenticationError, () => new Anthropic({ baseURL: gateway.url, apiKey: 'wrong', maxRetries: 0 }).messages.create({ model: 'claude-haiku-4.5', max_tokens: 5, messages: [...hello] })],
    ['an unknown model', 404, AnthropicNotFoundError, () => anthropic.messages.create({ model: 'claude-missing-9', max_tokens: 5, messages: [...hello] })],
    ['an overloaded gateway', 529, AnthropicServerError, () => {
      gateway.fault('status-529');
      return anthropic.messages.create({ model: 'claude-haiku-4.5', max_tokens: 5, messages: [...hello] });
    }],
  ] as const)('types the error of %s', async (_name, status, type, ask) => {
    const error: unknown = await ask().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status, error: { type: 'error', request_id: expect.stringMatching(/^req_local_/) } });
  });
});
