// Reads and checks the body of POST /v1/messages and /v1/messages/count_tokens.
import * as z from 'zod';
import { findModel } from './catalogue.ts';
import type { RequestContext } from './chatRequest.ts';
import type { CachePrefix, CallMessage, ModelCall } from './modelCall.ts';
import { Refusal } from './refusal.ts';
import { checkLimits, checkSampling, checkStop, checkToolPairs, countInput, parseBody } from './requestChecks.ts';
import { countTokens } from './tokenCount.ts';
import { signThinking } from './thinkingSignature.ts';

export function readMessagesRequest(body: unknown, context: RequestContext): ModelCall {
  const version = context.headers['anthropic-version'];
  if (version === undefined) throw new Refusal(400, 'anthropic-version: header is required');
  const request = parseBody(messagesBody, body);
  const model = findModel(request.model, context.spelling);
  checkSampling(model, { temperature: request.temperature, topP: request.top_p }, context.strictness);
  checkStop(request.stop_sequences ?? [], 'stop_sequences');
  const thinkingTokens = checkThinking(request);
  const system = systemText(request.system);
  const messages = checkMessages(request.messages);
  const cachePrefixes = findCachePrefixes(request);
  const inputTokens = countInput(system, messages, request.tools);
  checkLimits(model, request.max_tokens, inputTokens);
  return {
    protocol: 'messages', model, modelId: request.model, system, messages, inputTokens, cachePrefixes,
    tools: (request.tools ?? []).map((tool) => ({ name: tool.name, description: tool.description ?? '' })),
    maxTokens: request.max_tokens,
    stream: request.stream ?? false,
    includeUsage: true,
    stop: request.stop_sequences ?? [],
    ...(request.temperature === undefined ? {} : { temperature: request.temperature }),
    ...(thinkingTokens === undefined ? {} : { thinkingTokens }),
    headers: context.headers,
    body,
  };
}

export function readCountRequest(body: unknown, context: RequestContext): number {
  const request = parseBody(countBody, body);
  findModel(request.model, context.spelling);
  return countInput(systemText(request.system), checkMessages(request.messages), request.tools);
}

const cacheControl = z.strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() }).nullish();
const textBlock = z.strictObject({ type: z.literal('text'), text: z.string(), cache_control: cacheControl, citations: z.null().optional() });
const imageBlock = z.strictObject({
  type: z.literal('image'),
  source: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('base64'), media_type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']), data: z.base64().min(1) }),
    z.strictObject({ type: z.literal('url'), url: z.url() }),
  ]),
  cache_control: cacheControl,
});
const block = z.discriminatedUnion('type', [
  textBlock,
  imageBlock,
  z.strictObject({ type: z.literal('tool_use'), id: z.string().regex(/^[\w-]+$/), name: z.string(), input: z.record(z.string(), z.unknown()), cache_control: cacheControl, caller: z.unknown().optional() }),
  z.strictObject({ type: z.literal('tool_result'), tool_use_id: z.string(), content: z.union([z.string(), z.array(z.union([textBlock, imageBlock]))]).optional(), is_error: z.boolean().optional(), cache_control: cacheControl }),
  z.strictObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
  z.strictObject({ type: z.literal('redacted_thinking'), data: z.string() }),
]);
type Block = z.infer<typeof block>;

const message = z.strictObject({ role: z.enum(['user', 'assistant']), content: z.union([z.string(), z.array(block)]) });
const system = z.union([z.string(), z.array(textBlock)]);
const tool = z.object({ name: z.string().regex(/^[\w-]{1,128}$/), description: z.string().optional(), input_schema: z.looseObject({ type: z.literal('object') }), cache_control: cacheControl });

const countBody = z.looseObject({ model: z.string().min(1), messages: z.array(message).min(1), system: system.optional(), tools: z.array(tool).optional() });

const messagesBody = z.strictObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  max_tokens: z.int().min(1),
  system: system.optional(),
  stream: z.boolean().optional(),
  temperature: z.number().optional(),
  top_p: z.number().optional(),
  top_k: z.int().min(0).optional(),
  stop_sequences: z.array(z.string()).optional(),
  tools: z.array(tool).optional(),
  tool_choice: z.looseObject({ type: z.enum(['auto', 'any', 'tool', 'none']) }).optional(),
  thinking: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int(), display: z.string().optional() }),
    z.strictObject({ type: z.literal('adaptive'), display: z.string().optional() }),
    z.strictObject({ type: z.literal('disabled') }),
  ]).optional(),
  metadata: z.strictObject({ user_id: z.string().nullish() }).optional(),
  service_tier: z.enum(['auto', 'standard_only']).optional(),
});
type MessagesBody = z.infer<typeof messagesBody>;

/** The smallest budget that the protocol accepts. */
const minimumThinkingTokens = 1024;

function checkThinking(request: MessagesBody): number | undefined {
  const thinking = request.thinking;
  if (thinking === undefined || thinking.type === 'disabled') return undefined;
  if (request.temperature !== undefined && request.temperature !== 1) throw new Refusal(400, '`temperature` may only be set to 1 when thinking is enabled.');
  if (request.top_k !== undefined) throw new Refusal(400, '`top_k` must be unset when thinking is enabled.');
  if (thinking.type === 'adaptive') return 4096;
  if (thinking.budget_tokens < minimumThinkingTokens) throw new Refusal(400, `thinking.enabled.budget_tokens: Input should be greater than or equal to ${minimumThinkingTokens}`);
  if (thinking.budget_tokens >= request.max_tokens) throw new Refusal(400, '`max_tokens` must be greater than `thinking.budget_tokens`.');
  return thinking.budget_tokens;
}

function systemText(value: z.infer<typeof system> | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : value.map((piece) => piece.text).join('\n');
}

function checkMessages(messages: MessagesBody['messages']): readonly CallMessage[] {
  if (messages[0]?.role !== 'user') throw new Refusal(400, 'messages: first message must use the "user" role');
  for (const [index, { content }] of messages.entries()) {
    const blocks = toBlocks(content);
    if (blocks.length === 0) throw new Refusal(400, `messages.${index}: all messages must have non-empty content`);
    for (const piece of blocks) checkBlock(piece, index);
  }
  const joined = joinTurns(messages.map(toCallMessage));
  if (joined.at(-1)?.role === 'assistant') throw new Refusal(400, 'This model does not support assistant message prefill. The conversation must end with a user message.');
  checkToolPairs(joined);
  return joined;
}

function checkBlock(piece: Block, index: number): void {
  if (piece.type === 'text' && piece.text.trim() === '') throw new Refusal(400, `messages.${index}: text content blocks must contain non-whitespace text`);
  if (piece.type === 'thinking' && piece.signature !== signThinking(piece.thinking)) throw new Refusal(400, `messages.${index}: Invalid \`signature\` in \`thinking\` block`);
}

function toBlocks(content: string | readonly Block[]): readonly Block[] {
  return typeof content === 'string' ? (content === '' ? [] : [{ type: 'text', text: content }]) : content;
}

function toCallMessage({ role, content }: MessagesBody['messages'][number]): CallMessage {
  const blocks = toBlocks(content);
  return {
    role,
    text: blocks.map((piece) => (piece.type === 'text' ? piece.text : '')).filter((text) => text !== '').join('\n'),
    imageCount: blocks.filter((piece) => piece.type === 'image').length,
    toolCalls: blocks.flatMap((piece) => (piece.type === 'tool_use' ? [{ id: piece.id, name: piece.name, input: piece.input }] : [])),
    toolResults: blocks.flatMap((piece) => (piece.type === 'tool_result' ? [{ id: piece.tool_use_id, text: resultText(piece.content) }] : [])),
  };
}

function resultText(content: Extract<Block, { type: 'tool_result' }>['content']): string {
  if (content === undefined) return '';
  return typeof content === 'string' ? content : content.map((piece) => (piece.type === 'text' ? piece.text : '')).join('\n');
}

/** Consecutive messages of one role count as one turn. */
function joinTurns(messages: readonly CallMessage[]): readonly CallMessage[] {
  const joined: CallMessage[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (last?.role !== message.role) {
      joined.push(message);
      continue;
    }
    joined[joined.length - 1] = {
      role: last.role,
      text: [last.text, message.text].filter((text) => text !== '').join('\n'),
      imageCount: last.imageCount + message.imageCount,
      toolCalls: [...last.toolCalls, ...message.toolCalls],
      toolResults: [...last.toolResults, ...message.toolResults],
    };
  }
  return joined;
}

/** In the order that the prompt is built in: tools, system, messages. */
function findCachePrefixes(request: MessagesBody): readonly CachePrefix[] {
  const prefixes: CachePrefix[] = [];
  let text = '';
  const add = (value: unknown, marked: boolean): void => {
    text += typeof value === 'string' ? value : JSON.stringify(value, (key, inner: unknown) => (key === 'cache_control' ? undefined : inner));
    if (marked) prefixes.push({ text, tokens: countTokens(text) });
  };
  for (const entry of request.tools ?? []) add(entry, Boolean(entry.cache_control));
  for (const entry of typeof request.system === 'string' ? [] : (request.system ?? [])) add(entry.text, Boolean(entry.cache_control));
  if (typeof request.system === 'string') add(request.system, false);
  for (const { role, content } of request.messages) {
    add(role, false);
    for (const piece of toBlocks(content)) add(piece.type === 'text' ? piece.text : piece, 'cache_control' in piece && Boolean(piece.cache_control));
  }
  if (prefixes.length > 4) throw new Refusal(400, `A maximum of 4 blocks with cache_control may be provided. Found ${prefixes.length}.`);
  return prefixes;
}
