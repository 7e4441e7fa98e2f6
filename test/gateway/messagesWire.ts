// An answer in the form of /v1/messages: whole, or as named events.
import type { AnswerFinish, AnswerPart, ShapedAnswer } from './answer.ts';
import type { WireIdentity } from './chatWire.ts';
import type { ModelCall } from './modelCall.ts';
import type { WireEvent } from './reply.ts';
import { signThinking } from './thinkingSignature.ts';
import { countTokens, deltas } from './tokenCount.ts';

export function messagesBody(answer: ShapedAnswer, call: ModelCall, identity: WireIdentity): unknown {
  return {
    ...head(call, identity),
    content: answer.parts.map(wholeBlock),
    stop_reason: stopReason(answer),
    stop_sequence: answer.stopSequence ?? null,
    usage: { ...inputUsage(answer), output_tokens: answer.usage.outputTokens },
  };
}

export function* messagesEvents(answer: ShapedAnswer, call: ModelCall, identity: WireIdentity): Generator<WireEvent> {
  yield event('message_start', { message: { ...head(call, identity), content: [], stop_reason: null, stop_sequence: null, usage: { ...inputUsage(answer), output_tokens: 1 } } });
  yield event('ping', {});
  for (const [index, part] of answer.parts.entries()) {
    yield event('content_block_start', { index, content_block: emptyBlock(part) });
    for (const piece of deltas(part.type === 'tool-call' ? part.json : part.text, identity.chunking)) yield event('content_block_delta', { index, delta: delta(part, piece) }, countTokens(piece));
    if (part.type === 'thinking') yield event('content_block_delta', { index, delta: { type: 'signature_delta', signature: signThinking(part.text) } });
    yield event('content_block_stop', { index });
  }
  yield event('message_delta', { delta: { stop_reason: stopReason(answer), stop_sequence: answer.stopSequence ?? null }, usage: { output_tokens: answer.usage.outputTokens } }, 0, 'finish');
  yield event('message_stop', {}, 0, 'done');
}

function event(type: string, data: object, tokens = 0, mark?: WireEvent['mark']): WireEvent {
  return { text: `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`, tokens, ...(mark === undefined ? {} : { mark }) };
}

function head(call: ModelCall, identity: WireIdentity): object {
  return { id: identity.id, type: 'message', role: 'assistant', model: call.modelId };
}

function inputUsage({ usage }: ShapedAnswer): object {
  return { input_tokens: usage.inputTokens, cache_creation_input_tokens: usage.cacheWriteTokens, cache_read_input_tokens: usage.cacheReadTokens };
}

function wholeBlock(part: AnswerPart): unknown {
  switch (part.type) {
    case 'thinking': return { type: 'thinking', thinking: part.text, signature: signThinking(part.text) };
    case 'text': return { type: 'text', text: part.text };
    case 'tool-call': return { type: 'tool_use', id: part.id, name: part.name, input: parseInput(part.json) };
  }
}

/** A call that was cut at the limit has no complete input; the real API then gives an empty object. */
function parseInput(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}

function emptyBlock(part: AnswerPart): unknown {
  switch (part.type) {
    case 'thinking': return { type: 'thinking', thinking: '', signature: '' };
    case 'text': return { type: 'text', text: '' };
    case 'tool-call': return { type: 'tool_use', id: part.id, name: part.name, input: {} };
  }
}

function delta(part: AnswerPart, piece: string): unknown {
  switch (part.type) {
    case 'thinking': return { type: 'thinking_delta', thinking: piece };
    case 'text': return { type: 'text_delta', text: piece };
    case 'tool-call': return { type: 'input_json_delta', partial_json: piece };
  }
}

function stopReason({ finish, stopSequence }: ShapedAnswer): string {
  if (finish === 'stop') return stopSequence === undefined ? 'end_turn' : 'stop_sequence';
  return stopReasons[finish];
}

const stopReasons: Readonly<Record<Exclude<AnswerFinish, 'stop'>, string>> = {
  'length': 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  'refusal': 'refusal',
  'pause': 'pause_turn',
  'error': 'error',
};
