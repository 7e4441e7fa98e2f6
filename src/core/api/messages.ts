// The wire format of POST /v1/messages: Anthropic's own, with thinking and prompt caching.
import type { FinishReason, Usage } from '../../shared/chatTypes.ts';
import { hasError, readErrorBody } from './errorBody.ts';
import { closingReason, toFinishReason } from './finishReason.ts';
import { parseJson, readCount, readList, readRecord, readText, type JsonRecord } from './jsonValue.ts';
import { createBlockReader } from './messageBlocks.ts';
import { toMessagesBody } from './messagesBody.ts';
import type { AnswerDecoder, DecoderOptions, WireFormat } from './wireFormat.ts';

export const messages: WireFormat = {
  path: '/v1/messages',
  headers: { 'anthropic-version': '2023-06-01' },
  toBody: toMessagesBody,
  createDecoder,
};

function createDecoder(options: DecoderOptions): AnswerDecoder {
  const blocks = createBlockReader(options);
  let usage: Usage | undefined;
  let finish: FinishReason | undefined;
  let isDone = false;

  const addUsage = (value: unknown): void => {
    usage = readUsage(value, usage) ?? usage;
    if (usage && readRecord(value)) options.emit({ type: 'usage', usage });
  };
  const setFinish = (value: unknown): void => {
    const reason = readText(value);
    if (reason === 'error') throw options.toError({ message: '', status: 500 });
    if (reason !== undefined) finish = toFinishReason(reason);
  };
  const read = (type: unknown, value: JsonRecord): void => {
    const index = readCount(value['index']) ?? 0;
    switch (type) {
      case 'message_start': return addUsage(readRecord(value['message'])?.['usage']);
      case 'content_block_start': return blocks.start(readRecord(value['content_block']), index);
      case 'content_block_delta': return blocks.grow(readRecord(value['delta']), index);
      case 'message_delta':
        setFinish(readRecord(value['delta'])?.['stop_reason']);
        return addUsage(value['usage']);
      case 'message_stop':
        isDone = true;
        return;
      default:
        if (type === 'error' || hasError(value)) throw options.toError(readErrorBody(value) ?? { message: '', status: 500 });
    }
  };

  return {
    event: ({ event, data }) => {
      if (isDone) return;
      if (data.trim() === '[DONE]') {
        isDone = true;
        return;
      }
      const value = readRecord(parseJson(data));
      if (!value) throw options.unreadable();
      read(readText(value['type']) ?? event, value);
    },
    whole: (value) => {
      const answer = readRecord(value);
      if (!answer || (!Array.isArray(answer['content']) && !hasError(answer))) return false;
      if (hasError(answer)) read('error', answer);
      readList(answer['content']).forEach((block, index) => blocks.whole(readRecord(block), index));
      addUsage(answer['usage']);
      setFinish(answer['stop_reason']);
      isDone = true;
      return true;
    },
    get state() {
      return isDone ? 'done' : finish === undefined ? 'open' : 'finishing';
    },
    finish: () => options.emit({ type: 'finish', reason: closingReason(finish, options.hasTools) }),
  };
}

/** The start tells the input, each message_delta the output so far; what a later one leaves out stays. */
function readUsage(value: unknown, before: Usage | undefined): Usage | undefined {
  const usage = readRecord(value);
  if (!usage) return undefined;
  const billedUsd = readCount(usage['cost']) ?? before?.billedUsd;
  return {
    inputTokens: readCount(usage['input_tokens']) ?? before?.inputTokens ?? 0,
    outputTokens: readCount(usage['output_tokens']) ?? before?.outputTokens ?? 0,
    cacheReadTokens: readCount(usage['cache_read_input_tokens']) ?? before?.cacheReadTokens ?? 0,
    cacheWriteTokens: readCount(usage['cache_creation_input_tokens']) ?? before?.cacheWriteTokens ?? 0,
    ...(billedUsd !== undefined && { billedUsd }),
  };
}
