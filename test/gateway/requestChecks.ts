// Refusals that both protocols share. Wording follows what such APIs answer, so that a client's reading of it is exercised.
import type * as z from 'zod';
import { countTokens } from './tokenCount.ts';
import type { CatalogueModel } from './catalogue.ts';
import type { CallMessage } from './modelCall.ts';
import { Refusal } from './refusal.ts';

export interface StrictnessOptions {
  /** Models (as in the catalogue) that answer 400 to temperature and top_p. */
  readonly rejectSampling: readonly string[];
}

/** Names the first wrong field, as a validating gateway does. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = deepestIssue(result.error.issues);
  throw new Refusal(400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid request'}`);
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of the forms that a field may have, the one that came closest says what is wrong. */
function deepestIssue(issues: readonly z.core.$ZodIssue[]): Issue | undefined {
  const [first] = issues;
  if (first?.code !== 'invalid_union') return first;
  const inner = first.errors.map(deepestIssue).filter((issue) => issue !== undefined);
  const closest = inner.toSorted((left, right) => right.path.length - left.path.length)[0];
  return closest === undefined || closest.path.length === 0 ? first : { path: [...first.path, ...closest.path], message: closest.message };
}

export function checkSampling(model: CatalogueModel, sampling: { readonly temperature?: number | undefined; readonly topP?: number | undefined }, strictness: StrictnessOptions): void {
  const { temperature, topP } = sampling;
  if (temperature !== undefined && topP !== undefined) throw new Refusal(400, '`temperature` and `top_p` cannot both be specified for this model. Please use only one.');
  if (temperature !== undefined && (temperature < 0 || temperature > 1)) throw new Refusal(400, 'temperature: range: 0..1');
  if (topP !== undefined && (topP < 0 || topP > 1)) throw new Refusal(400, 'top_p: range: 0..1');
  if (!strictness.rejectSampling.includes(model.id)) return;
  if (temperature !== undefined) throw new Refusal(400, '`temperature` is deprecated for this model.');
  if (topP !== undefined) throw new Refusal(400, '`top_p` is deprecated for this model.');
}

export function checkStop(stop: readonly string[], field: string): void {
  if (stop.some((sequence) => sequence.trim() === '')) throw new Refusal(400, `${field}: each stop sequence must contain non-whitespace`);
}

export function checkLimits(model: CatalogueModel, maxTokens: number, inputTokens: number): void {
  if (maxTokens > model.maxOutputTokens) {
    throw new Refusal(400, `max_tokens: ${maxTokens} > ${model.maxOutputTokens}, which is the maximum allowed number of output tokens for ${model.id}`);
  }
  if (inputTokens > model.contextTokens) {
    throw new Refusal(400, `prompt is too long: ${inputTokens} tokens > ${model.contextTokens} maximum`, { code: 'context_length_exceeded' });
  }
}

/** Every call has its result in the next message, and no result stands without its call. */
export function checkToolPairs(messages: readonly CallMessage[]): void {
  for (const [index, message] of messages.entries()) {
    const results = messages[index + 1]?.toolResults ?? [];
    const open = message.toolCalls.find((call) => !results.some((result) => result.id === call.id));
    if (open !== undefined) throw new Refusal(400, `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.id}`);
    const calls = messages[index - 1]?.toolCalls ?? [];
    const stray = message.toolResults.find((result) => !calls.some((call) => call.id === result.id));
    if (stray !== undefined) throw new Refusal(400, `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray.id}`);
  }
}

/** What RunAPI counts for an image, whatever its size. */
const imageTokens = 512;
/** Role markers and separators of one message. */
const messageTokens = 4;

export function countInput(system: string, messages: readonly CallMessage[], tools: unknown): number {
  const told = messages.map((message) =>
    messageTokens + countTokens(message.text) + message.imageCount * imageTokens
    + message.toolCalls.reduce((sum, call) => sum + countTokens(JSON.stringify(call.input)) + countTokens(call.name), 0)
    + message.toolResults.reduce((sum, result) => sum + countTokens(result.text), 0));
  return countTokens(system) + told.reduce((sum, tokens) => sum + tokens, 0) + (tools === undefined ? 0 : countTokens(JSON.stringify(tools)));
}
