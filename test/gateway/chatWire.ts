// An answer in the form of /v1/chat/completions: whole, or as `data:` events.
import type { AnswerFinish, AnswerPart, ShapedAnswer } from './answer.ts';
import type { ModelCall } from './modelCall.ts';
import { countTokens, deltas } from './tokenCount.ts';
import type { WireEvent } from './reply.ts';

export interface WireIdentity {
  readonly id: string;
  readonly createdSeconds: number;
  readonly chunking: 'token' | number;
  /** Dollars billed, reported with the usage. */
  readonly costUsd: number;
}

export function chatBody(answer: ShapedAnswer, call: ModelCall, identity: WireIdentity): unknown {
  const text = answer.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
  const thinking = answer.parts.flatMap((part) => (part.type === 'thinking' ? [part.text] : [])).join('');
  const calls = toolCalls(answer.parts);
  return {
    ...head(call, identity, 'chat.completion'),
    choices: [{
      index: 0,
      message: {
        role: 'assistant',
        content: text === '' && calls.length > 0 ? null : text,
        ...(thinking === '' ? {} : { reasoning_content: thinking }),
        ...(calls.length === 0 ? {} : { tool_calls: calls }),
      },
      finish_reason: finishReason(answer.finish),
    }],
    usage: chatUsage(answer, identity),
  };
}

export function* chatEvents(answer: ShapedAnswer, call: ModelCall, identity: WireIdentity): Generator<WireEvent> {
  const chunk = (delta: unknown, finish: string | null = null): string => JSON.stringify({ ...head(call, identity, 'chat.completion.chunk'), choices: [{ index: 0, delta, finish_reason: finish }] });
  yield event(chunk({ role: 'assistant', content: '' }));
  let callIndex = -1;
  for (const part of answer.parts) {
    if (part.type === 'tool-call') {
      callIndex += 1;
      yield event(chunk({ tool_calls: [{ index: callIndex, id: part.id, type: 'function', function: { name: part.name, arguments: '' } }] }));
    }
    for (const piece of deltas(part.type === 'tool-call' ? part.json : part.text, identity.chunking)) yield event(chunk(delta(part, piece, callIndex)), countTokens(piece));
  }
  yield event(chunk({}, finishReason(answer.finish)), 0, 'finish');
  if (call.includeUsage) yield event(JSON.stringify({ ...head(call, identity, 'chat.completion.chunk'), choices: [], usage: chatUsage(answer, identity) }), 0, 'usage');
  yield event('[DONE]', 0, 'done');
}

function event(data: string, tokens = 0, mark?: WireEvent['mark']): WireEvent {
  return { text: `data: ${data}\n\n`, tokens, ...(mark === undefined ? {} : { mark }) };
}

function head(call: ModelCall, identity: WireIdentity, object: string): object {
  return { id: identity.id, object, created: identity.createdSeconds, model: call.modelId };
}

function delta(part: AnswerPart, piece: string, callIndex: number): unknown {
  switch (part.type) {
    case 'thinking': return { reasoning_content: piece };
    case 'text': return { content: piece };
    case 'tool-call': return { tool_calls: [{ index: callIndex, function: { arguments: piece } }] };
  }
}

function toolCalls(parts: readonly AnswerPart[]): readonly { readonly id: string; readonly type: 'function'; readonly function: unknown }[] {
  return parts.filter((part) => part.type === 'tool-call').map((part) => ({ id: part.id, type: 'function', function: { name: part.name, arguments: part.json } }));
}

function finishReason(finish: AnswerFinish): string {
  switch (finish) {
    case 'stop': return 'stop';
    case 'length': return 'length';
    case 'tool-calls': return 'tool_calls';
    case 'content-filter': return 'content_filter';
    case 'refusal': return 'content_filter';
    case 'pause': return 'stop';
    case 'error': return 'error';
  }
}

/** In this protocol the prompt's tokens include what came from the cache. */
function chatUsage({ usage }: ShapedAnswer, identity: WireIdentity): unknown {
  const prompt = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.outputTokens,
    total_tokens: prompt + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cacheReadTokens },
    cost: identity.costUsd,
  };
}
