// Reads and checks the body of POST /v1/chat/completions.
import * as z from 'zod';
import { findModel, type ModelSpelling } from './catalogue.ts';
import type { CallMessage, ModelCall } from './modelCall.ts';
import { Refusal } from './refusal.ts';
import { checkLimits, checkSampling, checkStop, checkToolPairs, countInput, parseBody, type StrictnessOptions } from './requestChecks.ts';

export interface RequestContext {
  readonly headers: Readonly<Record<string, string>>;
  readonly spelling: ModelSpelling;
  readonly strictness: StrictnessOptions;
}

export function readChatRequest(body: unknown, context: RequestContext): ModelCall {
  const request = parseBody(chatBody, body);
  const model = findModel(request.model, context.spelling);
  const stop = request.stop === undefined || request.stop === null ? [] : [request.stop].flat();
  checkSampling(model, { temperature: request.temperature, topP: request.top_p }, context.strictness);
  checkStop(stop, 'stop');
  const system = request.messages.filter((message) => message.role === 'system' || message.role === 'developer').map((message) => textOf(message.content)).join('\n');
  const messages = joinToolResults(request.messages.filter((message) => message.role !== 'system' && message.role !== 'developer'));
  if (messages.length === 0) throw new Refusal(400, 'messages: at least one user message is required');
  if (messages.at(-1)?.role === 'assistant') throw new Refusal(400, 'This model does not support assistant message prefill. The conversation must end with a user message.');
  checkToolPairs(messages);
  const maxTokens = request.max_tokens ?? request.max_completion_tokens ?? 4096;
  const inputTokens = countInput(system, messages, request.tools);
  checkLimits(model, maxTokens, inputTokens);
  return {
    protocol: 'chat_completions', model, modelId: request.model, system, messages, maxTokens, stop, inputTokens,
    tools: (request.tools ?? []).map((tool) => ({ name: tool.function.name, description: tool.function.description ?? '' })),
    stream: request.stream ?? false,
    includeUsage: request.stream_options?.include_usage ?? false,
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
    ...(request.reasoning_effort === undefined || !model.thinking ? {} : { thinkingTokens: request.reasoning_effort === 'high' ? 8192 : 1024 }),
    cachePrefixes: [],
    headers: context.headers,
    body,
  };
}

const part = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string().regex(/^(data:image\/(png|jpeg|gif|webp);base64,|https?:)/, 'not an image URL') }) }),
]);
const content = z.union([z.string(), z.array(part)]);
const toolCall = z.object({ id: z.string().min(1), type: z.literal('function'), function: z.object({ name: z.string().min(1), arguments: z.string() }) });

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['system', 'developer']), content, name: z.string().optional() }),
  z.strictObject({ role: z.literal('user'), content, name: z.string().optional() }),
  z.strictObject({ role: z.literal('assistant'), content: content.nullish(), tool_calls: z.array(toolCall).optional(), reasoning_content: z.string().nullish(), refusal: z.string().nullish(), name: z.string().optional() }),
  z.strictObject({ role: z.literal('tool'), content, tool_call_id: z.string() }),
]);
type ChatMessage = z.infer<typeof message>;

const chatBody = z.strictObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  max_tokens: z.int().min(1).optional(),
  max_completion_tokens: z.int().min(1).optional(),
  stream: z.boolean().optional(),
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).optional(),
  temperature: z.number().optional(),
  top_p: z.number().optional(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  tools: z.array(z.object({ type: z.literal('function'), function: z.object({ name: z.string().regex(/^[\w-]{1,64}$/), description: z.string().optional(), parameters: z.record(z.string(), z.unknown()).optional() }) })).optional(),
  tool_choice: z.union([z.enum(['none', 'auto', 'required']), z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) })]).optional(),
  reasoning_effort: z.enum(['low', 'high']).optional(),
  include_thoughts: z.boolean().optional(),
  n: z.literal(1).optional(),
  user: z.string().optional(),
});

function textOf(value: z.infer<typeof content> | null | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : value.map((piece) => (piece.type === 'text' ? piece.text : '')).join('');
}

/** Answers of tools become part of one user message, as in the other protocol. */
function joinToolResults(messages: readonly ChatMessage[]): readonly CallMessage[] {
  const joined: CallMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (message.role === 'tool') {
      const result = { id: message.tool_call_id, text: textOf(message.content) };
      if (last !== undefined && last.toolResults.length > 0) joined[joined.length - 1] = { ...last, toolResults: [...last.toolResults, result] };
      else joined.push({ role: 'user', text: '', imageCount: 0, toolCalls: [], toolResults: [result] });
    } else if (message.role === 'user' || message.role === 'assistant') {
      joined.push(toCallMessage(message));
    }
  }
  return joined;
}

function toCallMessage(message: Extract<ChatMessage, { role: 'user' | 'assistant' }>): CallMessage {
  const images = Array.isArray(message.content) ? message.content.filter((piece) => piece.type === 'image_url').length : 0;
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : [];
  return {
    role: message.role,
    text: textOf(message.content),
    imageCount: images,
    toolCalls: calls.map((call) => ({ id: call.id, name: call.function.name, input: call.function.arguments })),
    toolResults: [],
  };
}
