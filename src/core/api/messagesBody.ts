import { toSampling } from './chatCompletionsBody.ts';
import type { ModelContent, ModelMessage, ModelRequest } from './modelClient.ts';
import type { Quirks } from './quirks.ts';
import { sentStopSequences } from './stopSequences.ts';

type Block = Readonly<Record<string, unknown>>;

/** The body of POST /v1/messages. */
export function toMessagesBody(request: ModelRequest, quirks: Quirks): Readonly<Record<string, unknown>> {
  const thinking = toThinking(request, quirks);
  const stop = quirks.has('no-stop') ? [] : sentStopSequences(request);
  return {
    model: request.model,
    max_tokens: request.maxTokens,
    ...(request.system !== undefined && request.system !== '' && { system: toSystem(request) }),
    messages: toTurns(request.messages),
    stream: request.stream !== false,
    // Thinking takes no other temperature than its own.
    ...(thinking ? { thinking } : toSampling(request, quirks)),
    ...(stop.length > 0 && { stop_sequences: stop }),
    ...(request.tools !== undefined && request.tools.length > 0 && { tools: request.tools.map((tool) => ({ name: tool.name, description: tool.description, input_schema: tool.inputSchema })) }),
  };
}

/** The API's least budget. */
const leastThinkingTokens = 1024;

/** The budget counts within max_tokens, so the bill stays what the request says; without room for an answer there is no thinking. */
function toThinking(request: ModelRequest, quirks: Quirks): Block | undefined {
  if (quirks.has('no-thinking') || (request.thinkingTokens ?? 0) <= 0) return undefined;
  if (quirks.has('adaptive-thinking')) return { type: 'adaptive' };
  const budget = Math.min(Math.max(request.thinkingTokens ?? 0, leastThinkingTokens), request.maxTokens - leastThinkingTokens);
  return budget < leastThinkingTokens ? undefined : { type: 'enabled', budget_tokens: budget };
}

/** A cached prefix begins at the first byte, so a request that marks any message marks the system text too. */
function toSystem(request: ModelRequest): string | readonly Block[] {
  const system = (request.system ?? '').toWellFormed();
  const caches = request.messages.some((message) => typeof message.content !== 'string' && message.content.some((part) => part.type === 'text' && part.cache === true));
  return caches ? [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }] : system;
}

/** The API takes at most four marks; the system text has one of them. */
const mostCacheMarks = 3;

/** Roles alternate in this format: neighbours with the same role become one turn. */
function toTurns(messages: readonly ModelMessage[]): readonly Block[] {
  const turns: { readonly role: string; readonly content: Block[] }[] = [];
  for (const message of messages) {
    const content = toBlocks(message);
    if (content.length === 0) continue;
    const last = turns.at(-1);
    if (last?.role === message.role) last.content.push(...content);
    else turns.push({ role: message.role, content });
  }
  dropExtraMarks(turns.flatMap((turn) => turn.content));
  return turns;
}

/** The last marks are the ones whose prefix is longest. */
function dropExtraMarks(blocks: readonly Block[]): void {
  const marked = blocks.filter((block) => block['cache_control'] !== undefined);
  for (const block of marked.slice(0, Math.max(0, marked.length - mostCacheMarks))) Reflect.deleteProperty(block, 'cache_control');
}

function toBlocks(message: ModelMessage): Block[] {
  if (typeof message.content === 'string') return message.content.trim() === '' ? [] : [{ type: 'text', text: message.content.toWellFormed() }];
  return message.content.flatMap(toBlock);
}

function toBlock(part: ModelContent): readonly Block[] {
  switch (part.type) {
    // A text block of white space only is a 400.
    case 'text': return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text.toWellFormed(), ...(part.cache === true && { cache_control: { type: 'ephemeral' } }) }];
    case 'image': return [{ type: 'image', source: { type: 'base64', media_type: part.mediaType, data: part.data } }];
    case 'tool-call': return [{ type: 'tool_use', id: part.id, name: part.name, input: part.input ?? {} }];
    case 'tool-result': return [{ type: 'tool_result', tool_use_id: part.id, content: part.text.toWellFormed() }];
  }
}
