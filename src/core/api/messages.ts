// The wire format of POST /v1/messages: Anthropic's own, with thinking and prompt caching.
import type { FinishReason, Usage } from '../../shared/chatTypes.ts';
import { readErrorBody } from './errorBody.ts';
import { formatJson, parseJson, readCount, readList, readRecord, readText, type JsonRecord } from './jsonValue.ts';
import { toMessagesBody } from './messagesBody.ts';
import type { AnswerDecoder, DecoderOptions, WireFormat } from './wireFormat.ts';

export const messages: WireFormat = {
  path: '/v1/messages',
  headers: { 'anthropic-version': '2023-06-01' },
  toBody: toMessagesBody,
  createDecoder,
};

function createDecoder(options: DecoderOptions): AnswerDecoder {
  const { emit } = options;
  const toolIndexes = new Set<number>();
  let usage: Usage | undefined;
  let finish: FinishReason | undefined;
  let isDone = false;

  const addUsage = (value: unknown): void => {
    const next = readUsage(value, usage);
    if (!next) return;
    usage = next;
    emit({ type: 'usage', usage });
  };
  const startBlock = (block: JsonRecord | undefined, index: number, isWhole: boolean): void => {
    const type = block?.['type'];
    if (type === 'text') emitText(readText(block?.['text']));
    else if (type === 'thinking') {
      emitThinking(readText(block?.['thinking']));
      emitSignature(readText(block?.['signature']));
    } else if (type === 'tool_use' && options.hasTools && !toolIndexes.has(index)) {
      toolIndexes.add(index);
      emit({ type: 'tool-call-start', index, id: readText(block?.['id']) ?? `call_${index}`, name: readText(block?.['name']) ?? '' });
      // In a stream the start holds an empty input and the deltas the real one.
      if (isWhole) emitInput(index, block?.['input'] ?? {});
    }
  };
  const readDelta = (delta: JsonRecord | undefined, index: number): void => {
    switch (delta?.['type']) {
      case 'text_delta': return emitText(readText(delta['text']));
      case 'thinking_delta': return emitThinking(readText(delta['thinking']));
      case 'signature_delta': return emitSignature(readText(delta['signature']));
      case 'input_json_delta': {
        const json = readText(delta['partial_json']);
        if (json !== undefined && toolIndexes.has(index)) emit({ type: 'tool-call-delta', index, json });
        return;
      }
      default: return;
    }
  };
  const emitInput = (index: number, input: unknown): void => {
    const json = formatJson(input);
    if (json === undefined) throw options.unreadable();
    emit({ type: 'tool-call-delta', index, json });
  };
  const emitText = (text: string | undefined): void => {
    if (text !== undefined) emit({ type: 'text-delta', text });
  };
  const emitThinking = (text: string | undefined): void => {
    if (text !== undefined) emit({ type: 'thinking-delta', text });
  };
  const emitSignature = (signature: string | undefined): void => {
    if (signature !== undefined) emit({ type: 'thinking-signature', signature });
  };
  const setFinish = (reason: unknown): void => {
    const text = readText(reason);
    if (text === 'error') throw options.toError({ message: '', status: 500 });
    if (text !== undefined) finish = toFinish(text);
  };
  const read = (type: unknown, value: JsonRecord): void => {
    const index = readCount(value['index']) ?? 0;
    switch (type) {
      case 'message_start': return addUsage(readRecord(value['message'])?.['usage']);
      case 'content_block_start': return startBlock(readRecord(value['content_block']), index, false);
      case 'content_block_delta': return readDelta(readRecord(value['delta']), index);
      case 'message_delta':
        setFinish(readRecord(value['delta'])?.['stop_reason']);
        return addUsage(value['usage']);
      case 'message_stop':
        isDone = true;
        return;
      case 'error': throw options.toError(readErrorBody(value) ?? { message: '', status: 500 });
      default:
        if (value['error'] !== undefined && value['error'] !== null) throw options.toError(readErrorBody(value) ?? { message: '', status: 500 });
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
      if (!answer || (!Array.isArray(answer['content']) && answer['error'] === undefined)) return false;
      if (answer['error'] !== undefined) read('error', answer);
      readList(answer['content']).forEach((block, index) => startBlock(readRecord(block), index, true));
      addUsage(answer['usage']);
      setFinish(answer['stop_reason']);
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

function toFinish(reason: string): FinishReason {
  switch (reason) {
    case 'end_turn': case 'stop_sequence': case 'stop': return 'stop';
    case 'max_tokens': case 'length': case 'model_context_window_exceeded': return 'length';
    case 'tool_use': case 'tool_calls': return 'tool-calls';
    case 'pause_turn': return 'pause';
    case 'refusal': return 'refusal';
    case 'content_filter': return 'content-filter';
    default: return 'other';
  }
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
