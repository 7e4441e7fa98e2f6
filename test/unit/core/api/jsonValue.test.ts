import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatCompletions } from '../../../../src/core/api/chatCompletions.ts';
import { parseJson, readCount, readList, readRecord, readText } from '../../../../src/core/api/jsonValue.ts';
import { messages } from '../../../../src/core/api/messages.ts';
import type { StreamPart } from '../../../../src/core/api/modelClient.ts';
import { RunApiError } from '../../../../src/core/errors.ts';

describe('guards', () => {
  it.each([null, undefined, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, '', 'a', [], [1], {}, { a: 1 }, true])('read %j as what it is or as nothing', (value) => {
    const isObject = typeof value === 'object' && value !== null;
    expect(readRecord(value)).toBe(isObject && !Array.isArray(value) ? value : undefined);
    expect(readList(value)).toEqual(Array.isArray(value) ? value : []);
    expect(readText(value)).toBe(typeof value === 'string' && value !== '' ? value : undefined);
    expect(readCount(value)).toBe(value === 0 ? 0 : undefined);
  });

  it('parse what is JSON and nothing else', () => {
    expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
    for (const text of ['', '{', 'undefined', "{'a':1}", '{"a":1}x']) expect(parseJson(text)).toBeUndefined();
  });

  it('bear nesting of any depth', () => {
    for (const text of ['['.repeat(100_000), `${'['.repeat(10_000)}${']'.repeat(10_000)}`, `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`]) expect(() => parseJson(text)).not.toThrow();
  });
});

/** JSON that has the right names in it, with anything at all as values. */
const names = ['choices', 'delta', 'content', 'index', 'finish_reason', 'usage', 'tool_calls', 'function', 'name', 'arguments', 'id', 'error', 'message', 'type', 'content_block', 'text', 'thinking', 'partial_json', 'stop_reason', 'prompt_tokens', 'input_tokens', 'prompt_tokens_details', '__proto__', 'constructor'];
const likely = fc.constantFrom<unknown>('message_start', 'content_block_start', 'content_block_delta', 'message_delta', 'message_stop', 'error', 'text_delta', 'input_json_delta', 'tool_use', 'stop', 'error', 0, 1, -1, null, '', 'a');
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'medium' }, likely, fc.jsonValue({ maxDepth: 1 }), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4 })),
}));

describe.each([['chat_completions', chatCompletions], ['messages', messages]] as const)('the decoder of %s', (_name, format) => {
  it('bears any JSON: parts that are well formed, or an error of ours', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(undefined, 'error', 'message_start', 'x'), value), { maxLength: 6 }), fc.boolean(), (events, hasTools) => {
      const parts: StreamPart[] = [];
      const fail = (): RunApiError => new RunApiError({ kind: 'server', retryable: false });
      const decoder = format.createDecoder({ emit: (part) => parts.push(part), toError: fail, unreadable: fail, hasTools });
      try {
        for (const [event, data] of events) {
          if (!decoder.whole(data)) decoder.event({ ...(event !== undefined && { event }), data: JSON.stringify(data) });
        }
        decoder.finish();
      } catch (error) {
        if (!(error instanceof RunApiError)) throw error;
      }
      return parts.every(isWellFormed);
    }), { numRuns: 1000 });
    expect({}).not.toHaveProperty('polluted');
  });
});

function isWellFormed(part: StreamPart): boolean {
  switch (part.type) {
    case 'text-delta': case 'thinking-delta': return typeof part.text === 'string' && part.text !== '';
    case 'tool-call-start': return typeof part.id === 'string' && typeof part.name === 'string' && part.index >= 0;
    case 'tool-call-delta': return typeof part.json === 'string' && part.index >= 0;
    case 'usage': return [part.usage.inputTokens, part.usage.outputTokens, part.usage.cacheReadTokens, part.usage.cacheWriteTokens].every((count) => Number.isFinite(count) && count >= 0);
    case 'finish': return typeof part.reason === 'string';
    case 'thinking-signature': return typeof part.signature === 'string';
    case 'response-start': case 'retry-wait': return false;
  }
}
