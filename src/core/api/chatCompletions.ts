// The wire format of POST /v1/chat/completions: the OpenAI-compatible default.
import type { FinishReason, Usage } from '../../shared/chatTypes.ts';
import { toChatBody } from './chatCompletionsBody.ts';
import { hasError, readErrorBody } from './errorBody.ts';
import { closingReason, toFinishReason } from './finishReason.ts';
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
  const readCalls = createCallReader(options);
  let finish: FinishReason | undefined;
  let isDone = false;

  const readMessage = (message: JsonRecord): void => {
    const thinking = readText(message['reasoning_content']) ?? readText(message['reasoning']);
    if (thinking !== undefined) emit({ type: 'thinking-delta', text: thinking });
    const refusal = readText(message['refusal']);
    const text = readContent(message['content']) ?? refusal;
    if (text !== undefined) emit({ type: 'text-delta', text });
    if (refusal !== undefined) finish = 'refusal';
    if (message['tool_calls'] !== undefined) readCalls(readList(message['tool_calls']));
  };
  const readAnswer = (answer: JsonRecord, part: 'delta' | 'message'): void => {
    if (hasError(answer)) throw options.toError(readErrorBody(answer) ?? { message: '', status: 500 });
    const choice = firstChoice(answer['choices']);
    const message = readRecord(choice?.[part]);
    if (message) readMessage(message);
    const reason = readText(choice?.['finish_reason']);
    if (reason === 'error') throw options.toError(readErrorBody(choice) ?? { message: '', status: 500 });
    if (reason !== undefined && finish !== 'refusal') finish = toFinishReason(reason);
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
      if (event === 'error') throw options.toError(readErrorBody(value) ?? { message: '', status: 500 });
      readAnswer(value, 'delta');
    },
    whole: (value) => {
      const answer = readRecord(value);
      if (!answer || (!Array.isArray(answer['choices']) && !hasError(answer))) return false;
      readAnswer(answer, 'message');
      isDone = true;
      return true;
    },
    get state() {
      return isDone ? 'done' : finish === undefined ? 'open' : 'finishing';
    },
    finish: () => emit({ type: 'finish', reason: closingReason(finish, options.hasTools) }),
  };
}

/** Calls come in pieces by index; the first piece of a call names it, later ones only add to its arguments. */
function createCallReader({ emit, hasTools }: DecoderOptions): (calls: readonly unknown[]) => void {
  const named = new Set<number>();
  return (calls) => {
    if (!hasTools) return;
    for (const [position, value] of calls.entries()) {
      const call = readRecord(value);
      const index = readCount(call?.['index']) ?? position;
      const details = readRecord(call?.['function']);
      const name = readText(details?.['name']);
      if (!named.has(index) && name !== undefined) {
        named.add(index);
        emit({ type: 'tool-call-start', index, id: readText(call?.['id']) ?? `call_${index}`, name });
      }
      const json = readText(details?.['arguments']);
      if (json !== undefined && named.has(index)) emit({ type: 'tool-call-delta', index, json });
    }
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
