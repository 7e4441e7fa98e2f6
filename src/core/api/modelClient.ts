// The port to a model. Everything that asks a model goes through it; two wire formats stand behind it (chatCompletions.ts, messages.ts).
import type { FinishReason, Protocol, Usage } from '../../shared/chatTypes.ts';

export interface TextContent {
  readonly type: 'text';
  readonly text: string;
  /** Ends a prefix worth caching; honoured by the messages protocol only. */
  readonly cache?: boolean;
}

export interface ImageContent {
  readonly type: 'image';
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** Base64, without a data: prefix. */
  readonly data: string;
}

export interface ToolCallContent {
  readonly type: 'tool-call';
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export interface ToolResultContent {
  readonly type: 'tool-result';
  readonly id: string;
  readonly text: string;
}

export type ModelContent = TextContent | ImageContent | ToolCallContent | ToolResultContent;

export interface ModelMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string | readonly ModelContent[];
}

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the input. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

export interface ModelRequest {
  readonly protocol: Protocol;
  readonly model: string;
  readonly system?: string;
  readonly messages: readonly ModelMessage[];
  /** Always explicit: it bounds the bill. */
  readonly maxTokens: number;
  /** 0 to 1. Never together with topP. */
  readonly temperature?: number;
  readonly topP?: number;
  readonly thinkingTokens?: number;
  /** No entry may be white space only: the gateway answers 400. */
  readonly stopSequences?: readonly string[];
  readonly tools?: readonly ToolDefinition[];
  /** Default true. A whole answer comes as the same parts. */
  readonly stream?: boolean;
}

/** In order: response-start, then deltas, usage whenever known (later ones replace earlier), and exactly one finish. A stream without finish throws. */
export type StreamPart =
  | { readonly type: 'retry-wait'; readonly attempt: number; readonly waitMs: number; readonly kind: string }
  | { readonly type: 'response-start'; readonly model?: string; readonly requestId?: string }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'thinking-delta'; readonly text: string }
  | { readonly type: 'thinking-signature'; readonly signature: string }
  | { readonly type: 'tool-call-start'; readonly index: number; readonly id: string; readonly name: string }
  | { readonly type: 'tool-call-delta'; readonly index: number; readonly json: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'finish'; readonly reason: FinishReason };

export interface ModelClient {
  /**
   * Sends one request. Throws RunApiError, or the signal's reason when aborted; ending the iteration early aborts the request.
   * Retries happen inside, only before the first delta.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<StreamPart>;
}
