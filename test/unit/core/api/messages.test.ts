import { describe, expect, it } from 'vitest';
import { toMessagesBody } from '../../../../src/core/api/messagesBody.ts';
import type { ModelRequest, StreamPart } from '../../../../src/core/api/modelClient.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import type { Quirk } from '../../../../src/core/api/quirks.ts';
import { createClientHarness, joinTexts, plainRequest, type Outcome } from '../../../helpers/clientHarness.ts';
import { createFakeClock } from '../../../helpers/fakeClock.ts';
import { bytesOf, createScriptedFetch, cutEverywhere, singleBytes } from '../../../helpers/scriptedFetch.ts';

const tools = [{ name: 'look', description: 'Looks.', inputSchema: { type: 'object' } }];
const base: ModelRequest = { ...plainRequest, protocol: 'messages', maxTokens: 16_000 };

function body(request: Partial<ModelRequest>, ...quirks: readonly Quirk[]): Readonly<Record<string, unknown>> {
  return toMessagesBody({ ...base, ...request }, new Set(quirks));
}

describe('the body', () => {
  it('has model, limit, system and turns', () => {
    expect(body({})).toEqual({ model: 'claude-haiku-4.5', max_tokens: 16_000, system: 'You are terse.', messages: [{ role: 'user', content: [{ type: 'text', text: 'Say hello.' }] }], stream: true });
  });

  it.each<[string, Partial<ModelRequest>, readonly Quirk[], object]>([
    ['a budget', { thinkingTokens: 8000 }, [], { thinking: { type: 'enabled', budget_tokens: 8000 } }],
    ['a budget that leaves room for the answer', { thinkingTokens: 8000, maxTokens: 4000 }, [], { thinking: { type: 'enabled', budget_tokens: 2976 } }],
    ['at least the least budget', { thinkingTokens: 5 }, [], { thinking: { type: 'enabled', budget_tokens: 1024 } }],
    ['none without room', { thinkingTokens: 8000, maxTokens: 2000 }, [], {}],
    ['none for 0', { thinkingTokens: 0 }, [], {}],
    ['the adaptive form where it was learnt', { thinkingTokens: 8000 }, ['adaptive-thinking'], { thinking: { type: 'adaptive' } }],
    ['none where it was learnt', { thinkingTokens: 8000 }, ['adaptive-thinking', 'no-thinking'], {}],
  ])('has for thinking %s', (_name, request, quirks, expected) => {
    const { thinking } = body(request, ...quirks);
    expect(thinking === undefined ? {} : { thinking }).toEqual(expected);
  });

  it('never has temperature beside thinking or top_p', () => {
    expect(body({ thinkingTokens: 8000, temperature: 0.2 })).not.toHaveProperty('temperature');
    expect(body({ temperature: 0.2, topP: 0.9 })).toMatchObject({ temperature: 0.2 });
    expect(body({ temperature: 0.2, topP: 0.9 })).not.toHaveProperty('top_p');
    expect(body({ temperature: 0.2 }, 'no-sampling')).not.toHaveProperty('temperature');
  });

  it('sends no stop sequence of white space only', () => {
    expect(body({ stopSequences: ['\n', 'END'] })['stop_sequences']).toEqual(['END']);
    expect(body({ stopSequences: ['\n'] })).not.toHaveProperty('stop_sequences');
  });

  it('marks what is worth caching, with the system text before it', () => {
    expect(body({ messages: [{ role: 'user', content: [{ type: 'text', text: 'long', cache: true }, { type: 'text', text: 'new' }] }] })).toMatchObject({
      system: [{ type: 'text', text: 'You are terse.', cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'long', cache_control: { type: 'ephemeral' } }, { type: 'text', text: 'new' }] }],
    });
  });

  it('has at most four marks: the last ones', () => {
    const text = JSON.stringify(body({ messages: Array.from({ length: 7 }, (_, turn) => ({ role: turn % 2 === 0 ? 'user' : 'assistant', content: [{ type: 'text', text: `turn ${turn}`, cache: true }] })) }));
    expect(text.match(/cache_control/g)?.length).toBe(4);
    expect(text).toContain('"turn 6","cache_control"');
    expect(text).not.toContain('"turn 3","cache_control"');
  });

  it('joins neighbours of one role and leaves blank texts out', () => {
    expect(body({
      messages: [
        { role: 'user', content: 'a' }, { role: 'user', content: [{ type: 'tool-result', id: 'c', text: 'r' }] },
        { role: 'assistant', content: ' \n' }, { role: 'user', content: 'b' },
        { role: 'assistant', content: [{ type: 'tool-call', id: 'd', name: 'look', input: undefined }, { type: 'text', text: ' ' }] },
        { role: 'user', content: [{ type: 'image', mediaType: 'image/webp', data: 'AA' }] },
      ],
      system: '',
      tools,
    })).toMatchObject({
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'a' }, { type: 'tool_result', tool_use_id: 'c', content: 'r' }, { type: 'text', text: 'b' }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'd', name: 'look', input: {} }] },
        { role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/webp', data: 'AA' } }] },
      ],
      tools: [{ name: 'look', description: 'Looks.', input_schema: { type: 'object' } }],
    });
    expect(body({ system: '' })).not.toHaveProperty('system');
  });
});

const event = (type: string, value: object = {}): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...value })}\n\n`;
const start = event('message_start', { message: { id: 'm', usage: { input_tokens: 12, output_tokens: 1, cache_read_input_tokens: 100, cache_creation_input_tokens: 50 } } });
const blockStart = (index: number, block: object): string => event('content_block_start', { index, content_block: block });
const delta = (index: number, value: object): string => event('content_block_delta', { index, delta: value });
const end = (reason: string | null, output = 9): string => event('message_delta', { delta: { stop_reason: reason }, usage: { output_tokens: output } });
const stopEvent = event('message_stop');
const textStart = blockStart(0, { type: 'text', text: '' });
const textDelta = (text: string, index = 0): string => delta(index, { type: 'text_delta', text });

const first: StreamPart = { type: 'usage', usage: { inputTokens: 12, outputTokens: 1, cacheReadTokens: 100, cacheWriteTokens: 50 } };
const last: StreamPart = { type: 'usage', usage: { inputTokens: 12, outputTokens: 9, cacheReadTokens: 100, cacheWriteTokens: 50 } };
const text = (value: string): StreamPart => ({ type: 'text-delta', text: value });
const stop: StreamPart = { type: 'finish', reason: 'stop' };

async function ask(pieces: readonly Uint8Array[], request: Partial<ModelRequest> = {}): Promise<Outcome> {
  const { fetch, asked } = createScriptedFetch({ pieces, headers: { 'content-type': 'text/event-stream', 'request-id': 'req_2' } });
  const harness = createClientHarness({ baseUrl: 'https://runapi.ai/v1', fetch, clock: createFakeClock(), settings: { network: { connectTimeoutMs: 1000, firstByteTimeoutMs: 1000, idleTimeoutMs: 1000, maxRetries: 0 } } });
  const outcome = await harness.ask({ ...base, ...request });
  if (pieces.length === 1) expect(asked[0]).toMatchObject({ address: 'https://runapi.ai/v1/messages', redirect: 'manual', headers: { 'anthropic-version': '2023-06-01', 'accept-encoding': 'identity' } });
  return outcome;
}

async function check(stream: string, expected: readonly StreamPart[], request: Partial<ModelRequest> = {}, kind?: string): Promise<void> {
  const bytes = bytesOf(stream);
  const wanted = { parts: [{ type: 'response-start', requestId: 'req_2' }, ...expected], kind: kind && `${kind} req_2` };
  for (const pieces of [...cutEverywhere(bytes), singleBytes(bytes)]) {
    const { parts, error } = await ask(pieces, request);
    const found = { parts: joinTexts(parts), kind: error instanceof RunApiError ? `${error.kind} ${error.requestId}` : error };
    // Compared as text first: thousands of cuts would spend seconds in expect.
    if (JSON.stringify(found) !== JSON.stringify(wanted)) expect(found).toEqual(wanted);
  }
}

describe('a stream, cut at each byte', () => {
  it('gives usage at the start and at the end', () => check(
    start + textStart + event('ping') + textDelta('Hé한😀') + textDelta(' b') + event('content_block_stop', { index: 0 }) + end('end_turn') + stopEvent,
    [first, text('Hé한😀 b'), last, stop],
  ));

  it.each([
    ['end_turn', 'stop'], ['stop_sequence', 'stop'], ['max_tokens', 'length'], ['tool_use', 'other'], ['pause_turn', 'pause'], ['refusal', 'refusal'], ['model_context_window_exceeded', 'length'], ['something_new', 'other'],
  ] as const)('reads the stop reason %s', (reason, expected) => check(textDelta('a') + event('message_delta', { delta: { stop_reason: reason } }) + stopEvent, [text('a'), { type: 'finish', reason: expected }]));

  it('gives thinking with its signature', () => check(
    blockStart(0, { type: 'thinking', thinking: '', signature: '' }) + delta(0, { type: 'thinking_delta', thinking: 'Hm' }) + delta(0, { type: 'signature_delta', signature: 'sig' })
      + blockStart(1, { type: 'redacted_thinking', data: 'xx' }) + textDelta('a', 2) + end('end_turn') + stopEvent,
    [{ type: 'thinking-delta', text: 'Hm' }, { type: 'thinking-signature', signature: 'sig' }, text('a'), { type: 'usage', usage: { inputTokens: 0, outputTokens: 9, cacheReadTokens: 0, cacheWriteTokens: 0 } }, stop],
  ));

  it('gives tool calls', () => check(
    blockStart(1, { type: 'tool_use', id: 't', name: 'look', input: {} }) + delta(1, { type: 'input_json_delta', partial_json: '' }) + delta(1, { type: 'input_json_delta', partial_json: '{"a":' })
      + delta(1, { type: 'input_json_delta', partial_json: '1}' }) + delta(5, { type: 'input_json_delta', partial_json: 'x' }) + event('message_delta', { delta: { stop_reason: 'tool_use' } }) + stopEvent,
    [{ type: 'tool-call-start', index: 1, id: 't', name: 'look' }, { type: 'tool-call-delta', index: 1, json: '{"a":' }, { type: 'tool-call-delta', index: 1, json: '1}' }, { type: 'finish', reason: 'tool-calls' }],
    { tools },
  ));

  it('drops tool calls that nobody offered', () => check(
    textDelta('a') + blockStart(1, { type: 'tool_use', id: 't', name: 'run', input: {} }) + delta(1, { type: 'input_json_delta', partial_json: '{}' }) + event('message_delta', { delta: { stop_reason: 'tool_use' } }) + stopEvent,
    [text('a'), { type: 'finish', reason: 'other' }],
  ));

  it('knows events by their data when they have no name, and by their name when the data has no type', () => check(
    'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}\n\nevent: content_block_delta\ndata: {"index":0,"delta":{"type":"text_delta","text":"b"}}\n\ndata: {"type":"message_stop"}\n\n',
    [text('ab'), stop],
  ));

  it('is complete with a stop reason, with message_stop, or with [DONE]', async () => {
    await check(textDelta('a') + event('message_delta', { delta: { stop_reason: 'end_turn' } }), [text('a'), stop]);
    await check(textDelta('a') + stopEvent, [text('a'), stop]);
    await check(`${textDelta('a')}data: [DONE]\n\n`, [text('a'), stop]);
    await check(textDelta('a') + stopEvent + textDelta('late'), [text('a'), stop]);
  });

  it('is interrupted without', async () => {
    await check(textDelta('a') + end(null), [text('a'), { type: 'usage', usage: { inputTokens: 0, outputTokens: 9, cacheReadTokens: 0, cacheWriteTokens: 0 } }], {}, 'interrupted');
    await check(`${textDelta('a')}event: message_stop\ndata: {"typ`, [text('a')], {}, 'interrupted');
  });

  it('keeps what came before an error', async () => {
    await check(textDelta('a') + event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }), [text('a')], {}, 'overloaded');
    await check(`${textDelta('a')}data: {"error":{"message":"slow","type":"rate_limit_error"}}\n\n`, [text('a')], {}, 'rate-limit');
    await check(`${textDelta('a')}data: nonsense\n\n`, [text('a')], {}, 'bad-reply');
  });

  it('is not disturbed by what is odd', () => check(
    [
      'data: {}\n\n', event('new_event', { x: 1 }), event('content_block_delta'), event('content_block_delta', { index: 'x', delta: null }), event('content_block_delta', { index: 0, delta: { type: 'new_delta' } }),
      event('content_block_start', { index: 0, content_block: null }), event('message_start', { message: null }), event('message_delta', { delta: null, usage: null }), textDelta('a'), stopEvent,
    ].join(''),
    [text('a'), stop],
  ));
});

describe('a whole answer', () => {
  it('gives the same parts', async () => {
    const whole = { type: 'message', content: [{ type: 'thinking', thinking: 'Hm', signature: 's' }, { type: 'text', text: 'Hi' }, { type: 'tool_use', id: 't', name: 'look', input: { a: 1 } }], stop_reason: 'tool_use', usage: { input_tokens: 3, output_tokens: 4 } };
    for (const pieces of cutEverywhere(bytesOf(JSON.stringify(whole)))) {
      const { parts, error } = await ask(pieces, { tools, stream: false });
      expect(error).toBeUndefined();
      expect(parts.slice(1)).toEqual([
        { type: 'thinking-delta', text: 'Hm' }, { type: 'thinking-signature', signature: 's' }, text('Hi'),
        { type: 'tool-call-start', index: 2, id: 't', name: 'look' }, { type: 'tool-call-delta', index: 2, json: '{"a":1}' },
        { type: 'usage', usage: { inputTokens: 3, outputTokens: 4, cacheReadTokens: 0, cacheWriteTokens: 0 } }, { type: 'finish', reason: 'tool-calls' },
      ]);
    }
  });

  it('may say that there is no error', async () => {
    const { text: answer, error } = await ask([bytesOf('{"error":null,"content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn"}')]);
    expect([answer, error]).toEqual(['Hi', undefined]);
  });

  it('with a tool call nested deeper than can be written cannot be read', async () => {
    const input = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`;
    const { error } = await ask([bytesOf(`{"content":[{"type":"tool_use","id":"t","name":"look","input":${input}}],"stop_reason":"tool_use"}`)], { tools });
    expect(error).toMatchObject({ kind: 'bad-reply' });
  });

  it.each([
    ['an error', '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', 'overloaded'],
    ['something else', '{"ok":true}', 'bad-reply'],
    ['half of one', '{"content":[{"type":"te', 'interrupted'],
  ])('that is %s', async (_name, content, kind) => {
    expect((await ask([bytesOf(content)])).error).toMatchObject({ kind });
  });
});
