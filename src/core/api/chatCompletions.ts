// The wire format of POST /v1/chat/completions: the OpenAI-compatible default.
import type { FinishReason, Usage } from '../../shared/chatTypes.ts';
import { toChatBody } from './chatCompletionsBody.ts';
import { readErrorBody } from './errorBody.ts';
import { parseJson, readCount, readList, readRecord, readText, type JsonRecord } from './jsonValue.ts';
import type { AnswerDecoder, DecoderOptions, WireFormat } from './wireFormat.ts';

export const chatCompletions: WireFormat = {
  path: '/v1/chat/completions',
  headers: {},
  toBody: toChatBody,
  createDecoder,
};

function createDecoder(options: DecoderOptions): AnswerDecoder {
  const { emit } = options;
  const toolIds = new Set<number>();
  let finish: FinishReason | undefined;
  let isDone = false;

  const readCalls = (calls: readonly unknown[]): void => {
    if (!options.hasTools) return;
    for (const [position, value] of calls.entries()) {
      const call = readRecord(value);
      const index = readCount(call?.['index']) ?? position;
      const named = readRecord(call?.['function']);
      const id = readText(call?.['id']);
      const name = readText(named?.['name']);
      // The first part of a call names it; a later part with the same index only adds to its arguments.
      if (!toolIds.has(index) && name !== undefined) {
        toolIds.add(index);
        emit({ type: 'tool-call-start', index, id: id ?? `call_${index}`, name });
      }
      const json = readText(named?.['arguments']);
      if (json !== undefined && toolIds.has(index)) emit({ type: 'tool-call-delta', index, json });
    }
  };
  const readMessage = (message: JsonRecord | undefined): void => {
    if (!message) return;
    const thinking = readText(message['reasoning_content']) ?? readText(message['reasoning']);
    if (thinking !== undefined) emit({ type: 'thinking-delta', text: thinking });
    const text = readContent(message['content']) ?? readText(message['refusal']);
    if (text !== undefined) emit({ type: 'text-delta', text });
    if (message['refusal'] !== undefined && readText(message['refusal']) !== undefined) finish = 'refusal';
    if (message['tool_calls'] !== undefined) readCalls(readList(message['tool_calls']));
  };
  const readAnswer = (answer: JsonRecord, part: 'delta' | 'message'): void => {
    const error = answer['error'] === undefined || answer['error'] === null ? undefined : readErrorBody(answer);
    if (error) throw options.toError(error);
    const choice = firstChoice(answer['choices']);
    readMessage(readRecord(choice?.[part]));
    const reason = readText(choice?.['finish_reason']);
    if (reason === 'error') throw options.toError(readErrorBody(choice) ?? { message: '', status: 500 });
    if (reason !== undefined && finish !== 'refusal') finish = toFinish(reason);
    const usage = readUsage(answer['usage']);
    if (usage) emit({ type: 'usage', usage });
  };

  return {
    event: ({ event, data }) => {
      if (isDone) return;
      if (data === '[DONE]' || data.trim() === '[DONE]') {
        isDone = true;
        return;
      }
      const value = readRecord(parseJson(data));
      if (!value) throw options.unreadable();
      if (event === 'error') throw options.toError(readErrorBody(value) ?? { message: data.slice(0, 500) });
      readAnswer(value, 'delta');
    },
    whole: (value) => {
      const answer = readRecord(value);
      if (!answer || (!Array.isArray(answer['choices']) && answer['error'] === undefined)) return false;
      readAnswer(answer, 'message');
      isDone = true;
      return true;
    },
    get state() {
      return isDone ? 'done' : finish === undefined ? 'open' : 'finishing';
    },
    // Tools that nobody offered are not called, and an answer that waits for them is not complete.
    finish: () => emit({ type: 'finish', reason: finish === 'tool-calls' && !options.hasTools ? 'other' : (finish ?? 'stop') }),
  };
}

/** Choices beside the first were not asked for. */
function firstChoice(choices: unknown): JsonRecord | undefined {
  if (!Array.isArray(choices)) return undefined;
  for (const value of choices) {
    const choice = readRecord(value);
    if (choice && (choice['index'] === undefined || choice['index'] === null || choice['index'] === 0)) return choice;
  }
  return undefined;
}

/** A string, or the list of parts that some gateways pass through. */
function readContent(content: unknown): string | undefined {
  if (typeof content === 'string') return readText(content);
  if (!Array.isArray(content)) return undefined;
  return readText(content.map((part) => readText(readRecord(part)?.['text']) ?? '').join(''));
}

function toFinish(reason: string): FinishReason {
  switch (reason) {
    case 'stop': case 'end_turn': case 'stop_sequence': case 'eos': return 'stop';
    case 'length': case 'max_tokens': return 'length';
    case 'tool_calls': case 'function_call': case 'tool_use': return 'tool-calls';
    case 'content_filter': return 'content-filter';
    case 'refusal': return 'refusal';
    case 'pause_turn': return 'pause';
    default: return 'other';
  }
}

/** `prompt_tokens` counts cached tokens too; ours does not. */
function readUsage(value: unknown): Usage | undefined {
  const usage = readRecord(value);
  if (!usage) return undefined;
  const details = readRecord(usage['prompt_tokens_details']);
  const cacheReadTokens = readCount(details?.['cached_tokens']) ?? readCount(usage['cache_read_input_tokens']) ?? 0;
  const cacheWriteTokens = readCount(details?.['cache_write_tokens']) ?? readCount(usage['cache_creation_input_tokens']) ?? 0;
  const billedUsd = readCount(usage['cost']);
  return {
    inputTokens: Math.max(0, (readCount(usage['prompt_tokens']) ?? 0) - cacheReadTokens - cacheWriteTokens),
    outputTokens: readCount(usage['completion_tokens']) ?? 0,
    cacheReadTokens,
    cacheWriteTokens,
    ...(billedUsd !== undefined && { billedUsd }),
  };
}
