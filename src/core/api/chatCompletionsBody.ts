import type { ModelContent, ModelMessage, ModelRequest } from './modelClient.ts';
import { readCount } from './jsonValue.ts';
import type { Quirks } from './quirks.ts';
import { sentStopSequences } from './stopSequences.ts';

/** The body of POST /v1/chat/completions. Cache marks have no place in this format and are left out. */
export function toChatBody(request: ModelRequest, quirks: Quirks): Readonly<Record<string, unknown>> {
  const stream = request.stream !== false;
  const stop = quirks.has('no-stop') ? [] : sentStopSequences(request);
  return {
    model: request.model,
    messages: [
      ...(request.system === undefined || request.system === '' ? [] : [{ role: 'system', content: request.system.toWellFormed() }]),
      ...request.messages.flatMap(toMessages),
    ],
    [quirks.has('max-completion-tokens') ? 'max_completion_tokens' : 'max_tokens']: request.maxTokens,
    stream,
    ...(stream && !quirks.has('no-stream-options') && { stream_options: { include_usage: true } }),
    ...toSampling(request, quirks),
    ...(asksEffort(request, quirks) && { reasoning_effort: effortOf(request.thinkingTokens ?? 0) }),
    ...(stop.length > 0 && { stop }),
    ...(request.tools !== undefined && request.tools.length > 0 && { tools: request.tools.map((tool) => ({ type: 'function', function: { name: tool.name, description: tool.description, parameters: tool.inputSchema } })) }),
  };
}

/** One of the two, never both: the gateway answers 400 to both. */
export function toSampling(request: ModelRequest, quirks: Quirks): { readonly temperature?: number; readonly top_p?: number } {
  if (quirks.has('no-sampling')) return {};
  if (readCount(request.temperature) !== undefined) return { temperature: Math.min(1, request.temperature ?? 0) };
  return readCount(request.topP) === undefined ? {} : { top_p: Math.min(1, request.topP ?? 1) };
}

function asksEffort(request: ModelRequest, quirks: Quirks): boolean {
  return (request.thinkingTokens ?? 0) > 0 && !quirks.has('no-thinking');
}

/** The format knows two efforts only; below a few thousand tokens a budget means a short look. */
function effortOf(thinkingTokens: number): 'low' | 'high' {
  return thinkingTokens < 4096 ? 'low' : 'high';
}

function toMessages(message: ModelMessage): readonly Readonly<Record<string, unknown>>[] {
  if (typeof message.content === 'string') return [{ role: message.role, content: message.content.toWellFormed() }];
  const results = message.content.flatMap((part) => (part.type === 'tool-result' ? [{ role: 'tool', tool_call_id: part.id, content: part.text.toWellFormed() }] : []));
  const calls = message.content.flatMap((part) => (part.type === 'tool-call' ? [{ id: part.id, type: 'function', function: { name: part.name, arguments: JSON.stringify(part.input ?? {}) } }] : []));
  const content = message.content.flatMap(toPart);
  const hasOwn = content.length > 0 || calls.length > 0;
  return [
    ...results,
    ...(hasOwn ? [{ role: message.role, content: toContent(content), ...(calls.length > 0 && { tool_calls: calls }) }] : []),
  ];
}

type ChatPart = { readonly type: 'text'; readonly text: string } | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

function toPart(part: ModelContent): readonly ChatPart[] {
  switch (part.type) {
    case 'text': return part.text === '' ? [] : [{ type: 'text', text: part.text.toWellFormed() }];
    case 'image': return [{ type: 'image_url', image_url: { url: `data:${part.mediaType};base64,${part.data}` } }];
    case 'tool-call': case 'tool-result': return [];
  }
}

/** Text alone goes as a string: the oldest form, which every gateway takes. */
function toContent(parts: readonly ChatPart[]): string | readonly ChatPart[] | null {
  if (parts.length === 0) return null;
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('\n\n') : parts;
}
