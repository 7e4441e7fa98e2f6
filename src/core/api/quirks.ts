// What a model turned out not to take, learnt from a 400 and remembered, so that the same request is refused once and never again.
import * as z from 'zod';
import { RunApiError } from '../errors.ts';
import type { ModelRequest } from './modelClient.ts';

export const quirkNames = ['no-sampling', 'adaptive-thinking', 'no-thinking', 'no-stream-options', 'max-completion-tokens', 'no-stop', 'no-messages'] as const;
export type Quirk = (typeof quirkNames)[number];
export type Quirks = ReadonlySet<Quirk>;

/** Small, and lost without harm. */
export interface Memory {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

const stored = z.array(z.enum(quirkNames)).catch([]);

export function readQuirks(memory: Memory, key: string): Quirks {
  return new Set(stored.parse(memory.get(key) ?? []));
}

/** Undefined when the error names nothing that can be left out of this request. */
export function learnQuirk(error: unknown, request: ModelRequest, known: Quirks): Quirk | undefined {
  if (!(error instanceof RunApiError)) return undefined;
  // Some gateways of the OpenAI kind have no /v1/messages; a wrong address has neither, and says so at the second try.
  if (error.kind === 'not-found' && request.protocol === 'messages' && !known.has('no-messages')) return 'no-messages';
  if (error.kind !== 'bad-request') return undefined;
  const words = error.serverMessage ?? '';
  return lessons.find((lesson) => !known.has(lesson.quirk) && lesson.pattern.test(words) && lesson.applies(request, known))?.quirk;
}

interface Lesson {
  readonly quirk: Quirk;
  readonly pattern: RegExp;
  readonly applies: (request: ModelRequest, known: Quirks) => boolean;
}

const asksThinking = (request: ModelRequest): boolean => (request.thinkingTokens ?? 0) > 0;

const lessons: readonly Lesson[] = [
  { quirk: 'max-completion-tokens', pattern: /max_completion_tokens/i, applies: (request) => request.protocol === 'chat_completions' },
  { quirk: 'no-stream-options', pattern: /stream_options|include_usage/i, applies: (request) => request.protocol === 'chat_completions' && request.stream !== false },
  { quirk: 'adaptive-thinking', pattern: /adaptive|thinking\.type|budget_tokens/i, applies: (request) => asksThinking(request) && request.protocol === 'messages' },
  { quirk: 'no-thinking', pattern: /thinking|reasoning/i, applies: asksThinking },
  { quirk: 'no-sampling', pattern: /temperature|top_p/i, applies: (request) => request.temperature !== undefined || request.topP !== undefined },
  { quirk: 'no-stop', pattern: /\bstop(_sequences)?\b/i, applies: (request) => (request.stopSequences?.length ?? 0) > 0 },
];
