import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { toChatBody } from '../../../../src/core/api/chatCompletionsBody.ts';
import type { ModelRequest, StreamPart } from '../../../../src/core/api/modelClient.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import type { Quirk } from '../../../../src/core/api/quirks.ts';
import { createClientHarness, joinTexts, plainRequest, type Outcome } from '../../../helpers/clientHarness.ts';
import { createFakeClock } from '../../../helpers/fakeClock.ts';
import { bytesOf, createScriptedFetch, cutEverywhere, singleBytes } from '../../../helpers/scriptedFetch.ts';

const tools = [{ name: 'look', description: 'Looks.', inputSchema: { type: 'object' } }];

function body(request: Partial<ModelRequest>, ...quirks: readonly Quirk[]): Readonly<Record<string, unknown>> {
  return toChatBody({ ...plainRequest, ...request }, new Set(quirks));
}

describe('the body', () => {
  it('has model, messages, an explicit limit and a stream with usage', () => {
    expect(body({})).toEqual({
      model: 'claude-haiku-4.5',
      messages: [{ role: 'system', content: 'You are terse.' }, { role: 'user', content: 'Say hello.' }],
      max_tokens: 500,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('of a whole answer asks for no stream', () => {
    expect(body({ stream: false })).toMatchObject({ stream: false });
    expect(body({ stream: false })).not.toHaveProperty('stream_options');
  });

  it.each<[string, Partial<ModelRequest>, object]>([
    ['temperature alone', { temperature: 0.3, topP: 0.9 }, { temperature: 0.3 }],
    ['temperature zero', { temperature: 0, topP: 0.9 }, { temperature: 0 }],
    ['top_p alone', { topP: 0.9 }, { top_p: 0.9 }],
    ['neither', {}, {}],
    ['never over 1', { temperature: 1.7 }, { temperature: 1 }],
    ['no number', { temperature: Number.NaN, topP: 0.5 }, { top_p: 0.5 }],
  ])('has %s', (_name, request, expected) => {
    const { temperature, top_p: topP } = body(request);
    expect({ ...(temperature !== undefined && { temperature }), ...(topP !== undefined && { top_p: topP }) }).toEqual(expected);
  });

  it.each<[readonly string[], readonly string[] | undefined]>([
    [['a', 'b'], ['a', 'b']],
    [['\n', ' ', 'a'], ['a']],
    [['\n\n'], undefined],
    [['', 'a'], ['a']],
    [['a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c', 'd']],
  ])('sends of the stop sequences %j only %j', (stopSequences, expected) => expect(body({ stopSequences })['stop']).toEqual(expected));

  it('leaves out what the model was learnt not to take', () => {
    expect(body({ temperature: 0.5 }, 'no-sampling')).not.toHaveProperty('temperature');
    expect(body({}, 'no-stream-options')).not.toHaveProperty('stream_options');
    expect(body({ stopSequences: ['a'] }, 'no-stop')).not.toHaveProperty('stop');
    expect(body({ thinkingTokens: 8000 }, 'no-thinking')).not.toHaveProperty('reasoning_effort');
    expect(body({}, 'max-completion-tokens')).toMatchObject({ max_completion_tokens: 500 });
    expect(body({}, 'max-completion-tokens')).not.toHaveProperty('max_tokens');
  });

  it('turns a thinking budget into an effort', () => {
    expect(body({ thinkingTokens: 8000 })['reasoning_effort']).toBe('high');
    expect(body({ thinkingTokens: 1024 })['reasoning_effort']).toBe('low');
    expect(body({ thinkingTokens: 0 })).not.toHaveProperty('reasoning_effort');
  });

  it('carries text, images, tool calls and their results', () => {
    const { messages } = body({
      system: '',
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'See', cache: true }, { type: 'image', mediaType: 'image/png', data: 'AAAA' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Calling' }, { type: 'tool-call', id: 'c1', name: 'look', input: { at: 1 } }] },
        { role: 'user', content: [{ type: 'tool-result', id: 'c1', text: 'seen' }, { type: 'text', text: 'Go on' }, { type: 'text', text: 'now' }] },
      ],
    });
    expect(messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'See' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
      { role: 'assistant', content: 'Calling', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }] },
      { role: 'tool', tool_call_id: 'c1', content: 'seen' },
      { role: 'user', content: 'Go on\n\nnow' },
    ]);
  });

  it('offers tools', () => {
    expect(body({ tools })['tools']).toEqual([{ type: 'function', function: { name: 'look', description: 'Looks.', parameters: { type: 'object' } } }]);
  });

  it('has no half characters', () => {
    expect(JSON.stringify(body({ messages: [{ role: 'user', content: 'a\ud83d' }] }))).not.toContain('\\ud83d');
  });
});

const chunk = (delta: unknown, rest: object = {}): string => `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: null }], ...rest })}\n\n`;
const finish = (reason: string): string => `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: reason }] })}\n\n`;
const done = 'data: [DONE]\n\n';
const usageChunk = 'data: {"choices":[],"usage":{"prompt_tokens":30,"completion_tokens":7,"total_tokens":37,"prompt_tokens_details":{"cached_tokens":20},"cost":0.0001}}\n\n';
const usage: StreamPart = { type: 'usage', usage: { inputTokens: 10, outputTokens: 7, cacheReadTokens: 20, cacheWriteTokens: 0, billedUsd: 0.0001 } };

async function ask(pieces: readonly Uint8Array[], request: Partial<ModelRequest> = {}, headers?: Readonly<Record<string, string>>): Promise<Outcome> {
  const { fetch } = createScriptedFetch({ pieces, headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req_1', ...headers } });
  const harness = createClientHarness({ baseUrl: 'https://runapi.ai', fetch, clock: createFakeClock(), settings: { network: { connectTimeoutMs: 1000, firstByteTimeoutMs: 1000, idleTimeoutMs: 1000, maxRetries: 0 } } });
  return harness.ask(request);
}

async function check(stream: string, expected: readonly StreamPart[], request: Partial<ModelRequest> = {}, kind?: string): Promise<void> {
  const bytes = bytesOf(stream);
  const wanted = { parts: expected.length === 0 ? [] : [{ type: 'response-start', requestId: 'req_1' }, ...expected], kind: kind && `${kind} req_1` };
  for (const pieces of [...cutEverywhere(bytes), singleBytes(bytes)]) {
    const { parts, error } = await ask(pieces, request);
    const found = { parts: joinTexts(parts), kind: error instanceof RunApiError ? `${error.kind} ${error.requestId}` : error };
    // Compared as text first: thousands of cuts would spend seconds in expect.
    if (JSON.stringify(found) !== JSON.stringify(wanted)) expect(found).toEqual(wanted);
  }
}

const text = (value: string): StreamPart => ({ type: 'text-delta', text: value });
const stop: StreamPart = { type: 'finish', reason: 'stop' };

describe('a stream, cut at each byte', () => {
  it('gives text, usage and finish in this order', () => check(
    chunk({ role: 'assistant', content: '' }) + chunk({ content: 'Hé한' }) + chunk({ content: '😀 b' }) + finish('stop') + usageChunk + done,
    [text('Hé한😀 b'), usage, stop],
  ));

  it.each([
    ['stop', 'stop'], ['length', 'length'], ['content_filter', 'content-filter'], ['end_turn', 'stop'], ['max_tokens', 'length'], ['something_new', 'other'],
  ] as const)('reads the finish reason %s', (reason, expected) => check(chunk({ content: 'a' }) + finish(reason) + done, [text('a'), { type: 'finish', reason: expected }]));

  it('needs no [DONE] after a finish reason', () => check(chunk({ content: 'a' }) + finish('stop'), [text('a'), stop]));
  it('needs no finish reason before [DONE]', () => check(chunk({ content: 'a' }) + done, [text('a'), stop]));
  it('needs no line end after [DONE]', () => check(`${chunk({ content: 'a' })}data: [DONE]`, [text('a'), stop]));
  it('takes nothing after [DONE]', () => check(chunk({ content: 'a' }) + done + chunk({ content: 'late' }), [text('a'), stop]));

  it('is interrupted without a terminal event', () => check(chunk({ content: 'a' }), [text('a')], {}, 'interrupted'));
  it('is interrupted in the middle of an event', () => check(`${chunk({ content: 'a' })}data: {"choices":[{"index":0,"del`, [text('a')], {}, 'interrupted'));
  it('cannot be read when an event is no JSON', () => check(`${chunk({ content: 'a' })}data: {"choices":[{"index":0,"del\n\n${done}`, [text('a')], {}, 'bad-reply'));
  it('is empty without events', () => check(': ping\n\n', [], {}, 'empty-reply'));

  it('is not disturbed by odd chunks', () => check(
    [
      'data: {}\n\n', 'data: {"choices":null}\n\n', 'data: {"choices":[]}\n\n', 'data: {"choices":[null,5]}\n\n', 'data: {"choices":[{"index":0}]}\n\n',
      'data: {"choices":[{"index":0,"delta":null,"content_filter_results":{}}]}\n\n', chunk({ content: null }), chunk({ content: 5 }), chunk({ content: ['x', { text: 'parts ' }] }),
      'data: {"choices":[{"delta":{"content":"no index"}}],"new_field":{"a":[1]}}\n\n', 'data: {"error":null,"choices":[]}\n\n', finish('stop'), done,
    ].join(''),
    [text('parts no index'), stop],
  ));

  it('ignores other choices', () => check(
    'data: {"choices":[{"index":1,"delta":{"content":"OTHER"}},{"index":0,"delta":{"content":"ours"}}]}\n\ndata: {"choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}\n\n' + finish('stop') + done,
    [text('ours'), stop],
  ));

  it.each(['reasoning_content', 'reasoning'])('reads thinking from %s', (field) => check(
    chunk({ [field]: 'Hm' }) + chunk({ content: 'a' }) + finish('stop') + done,
    [{ type: 'thinking-delta', text: 'Hm' }, text('a'), stop],
  ));

  it('reads a refusal', () => check(chunk({ refusal: 'I cannot.' }) + finish('stop') + done, [text('I cannot.'), { type: 'finish', reason: 'refusal' }]));

  it('collects tool calls by index', () => check(
    chunk({ tool_calls: [{ index: 1, id: 'b', type: 'function', function: { name: 'look', arguments: '{"b"' } }] })
      + chunk({ tool_calls: [{ index: 0, id: 'b', type: 'function', function: { name: 'look', arguments: '' } }] })
      + chunk({ tool_calls: [{ index: 1, function: { arguments: ':2}' } }, { index: 0, function: { arguments: '{}' } }, { index: 7, function: { arguments: 'unnamed' } }] })
      + finish('tool_calls') + done,
    [
      { type: 'tool-call-start', index: 1, id: 'b', name: 'look' }, { type: 'tool-call-delta', index: 1, json: '{"b"' },
      { type: 'tool-call-start', index: 0, id: 'b', name: 'look' },
      { type: 'tool-call-delta', index: 1, json: ':2}' }, { type: 'tool-call-delta', index: 0, json: '{}' },
      { type: 'finish', reason: 'tool-calls' },
    ],
    { tools },
  ));

  it('drops tool calls that nobody offered, and is then not complete', () => check(
    chunk({ content: 'a' }) + chunk({ tool_calls: [{ index: 0, id: 'b', function: { name: 'run', arguments: '{}' } }] }) + finish('tool_calls') + done,
    [text('a'), { type: 'finish', reason: 'other' }],
  ));

  it.each([
    ['in a data line', 'data: {"error":{"message":"Overloaded","type":"overloaded_error"}}\n\n', 'overloaded'],
    ['under its own name', 'event: error\ndata: {"message":"no quota","code":"insufficient_quota"}\n\n', 'credits'],
    ['in the finish reason', finish('error'), 'server'],
  ])('keeps what came before an error %s', (_name, event, kind) => check(chunk({ content: 'a' }) + event + done, [text('a')], {}, kind));

  it('stops at a white-space stop sequence itself', () => check(
    chunk({ content: 'one\n' }) + chunk({ content: '\ntwo' }) + finish('stop') + done,
    [text('one'), stop],
    { stopSequences: ['\n\n'] },
  ));

  it('gives back what only looked like the start of a stop sequence', () => check(
    chunk({ content: 'one\n' }) + finish('length') + done,
    [text('one\n'), { type: 'finish', reason: 'length' }],
    { stopSequences: ['\n\n'] },
  ));
});

describe('the end of an answer', () => {
  const complete = bytesOf(chunk({ content: 'a' }) + finish('stop'));

  it('is waited for two seconds after the finish reason, then it is complete', async () => {
    const clock = createFakeClock();
    const { fetch } = createScriptedFetch({ pieces: [complete], end: 'never' });
    const answer = createClientHarness({ baseUrl: 'https://runapi.ai', fetch, clock }).ask();
    let isDone = false;
    void answer.then(() => {
      isDone = true;
    });
    await clock.advance(1_999);
    expect(isDone).toBe(false);
    await clock.advance(1);
    expect(await answer).toMatchObject({ text: 'a', error: undefined });
    expect(clock.pending).toBe(0);
  });

  it('does not need a connection that lives on', async () => {
    const { fetch } = createScriptedFetch({ pieces: [complete], end: new TypeError('terminated') });
    expect(await createClientHarness({ baseUrl: 'https://runapi.ai', fetch, clock: createFakeClock() }).ask()).toMatchObject({ text: 'a', error: undefined });
  });

  it('is not an end when the user stopped it first', async () => {
    const controller = new AbortController();
    const clock = createFakeClock();
    const { fetch } = createScriptedFetch({ pieces: [complete], end: 'never' });
    const answer = createClientHarness({ baseUrl: 'https://runapi.ai', fetch, clock }).ask({}, controller.signal);
    await clock.advance(10);
    controller.abort('stop');
    expect(await answer).toMatchObject({ text: 'a', error: 'stop' });
    expect(clock.pending).toBe(0);
  });

  it('leaves no timer and no listener behind, in any case', async () => {
    const controller = new AbortController();
    for (const end of [undefined, new TypeError('terminated')]) {
      for (const bytes of [complete, bytesOf(chunk({ content: 'a' }) + done), bytesOf(chunk({ content: 'a' })), bytesOf('data: x\n\n'), bytesOf('{}'), bytesOf('<p>')]) {
        const clock = createFakeClock();
        const { fetch } = createScriptedFetch({ pieces: [bytes], ...(end && { end }) });
        const network = { connectTimeoutMs: 1000, firstByteTimeoutMs: 1000, idleTimeoutMs: 1000, maxRetries: 0 };
        await createClientHarness({ baseUrl: 'https://runapi.ai', fetch, clock, settings: { network } }).ask({}, controller.signal);
        expect(clock.pending).toBe(0);
        expect(getEventListeners(controller.signal, 'abort').length).toBe(0);
      }
    }
  });
});

describe('a whole answer', () => {
  const whole = { id: 'x', object: 'chat.completion', model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: 'Hi', reasoning_content: 'Hm', tool_calls: [{ id: 'a', type: 'function', function: { name: 'look', arguments: '{"x":1}' } }] }, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 1 } };

  it('gives the same parts, though a stream was asked, whatever its content type', async () => {
    for (const type of ['application/json', 'text/event-stream', 'text/plain']) {
      for (const pieces of cutEverywhere(bytesOf(` \n${JSON.stringify(whole)}`))) {
        const { parts, error } = await ask(pieces, { tools }, { 'content-type': type });
        expect(error).toBeUndefined();
        expect(parts.slice(1)).toEqual([
          { type: 'thinking-delta', text: 'Hm' }, text('Hi'),
          { type: 'tool-call-start', index: 0, id: 'a', name: 'look' }, { type: 'tool-call-delta', index: 0, json: '{"x":1}' },
          { type: 'usage', usage: { inputTokens: 3, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 } }, stop,
        ]);
      }
    }
  });

  it.each([
    ['an error', '{"error":{"message":"no","type":"api_error"}}', 'server'],
    ['a message', '{"message":"no"}', 'server'],
    ['something else', '{"ok":true}', 'bad-reply'],
    ['a list', '[1]', 'bad-reply'],
    ['half of one', '{"choices":[{"index":0,"mess', 'interrupted'],
    ['a page', '<!DOCTYPE html><title>Sign in</title>', 'not-an-api'],
    ['nothing', '  \n', 'empty-reply'],
  ])('that is %s', async (_name, content, kind) => {
    expect((await ask([bytesOf(content)], {}, { 'content-type': 'application/json' })).error).toMatchObject({ kind });
  });

  it('pollutes no prototype', async () => {
    await ask([bytesOf('{"__proto__":{"polluted":1},"choices":[{"message":{"content":"a","__proto__":{"polluted":1}},"finish_reason":"stop"}]}')]);
    expect({}).not.toHaveProperty('polluted');
  });
});
