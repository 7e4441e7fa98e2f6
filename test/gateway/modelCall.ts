// A request to a model after it passed the checks: what scripts and the player see, whichever protocol it came in.
import type { CatalogueModel } from './catalogue.ts';

export interface CallMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly imageCount: number;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly input: unknown }[];
  readonly toolResults: readonly { readonly id: string; readonly text: string }[];
}

export interface CallTool {
  readonly name: string;
  readonly description: string;
}

/** The prompt up to a cache breakpoint. */
export interface CachePrefix {
  readonly text: string;
  readonly tokens: number;
}

export interface ModelCall {
  readonly protocol: 'chat_completions' | 'messages';
  readonly model: CatalogueModel;
  /** As the client spelled it. */
  readonly modelId: string;
  readonly system: string;
  readonly messages: readonly CallMessage[];
  readonly tools: readonly CallTool[];
  readonly maxTokens: number;
  readonly stream: boolean;
  /** Chat completions only: a last chunk with the usage was asked for. */
  readonly includeUsage: boolean;
  readonly stop: readonly string[];
  readonly temperature?: number;
  readonly thinkingTokens?: number;
  readonly inputTokens: number;
  readonly cachePrefixes: readonly CachePrefix[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The text of the newest message of the user. */
export function lastUserText(call: ModelCall): string {
  return call.messages.findLast((message) => message.role === 'user')?.text ?? '';
}

/** Everything that the model was told, in order. */
export function wholePrompt(call: ModelCall): string {
  return [call.system, ...call.messages.map((message) => message.text)].join('\n');
}
