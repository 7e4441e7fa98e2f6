// What a script gives back, in the words of neither protocol: the wire files turn it into chat completions or messages.

export type AnswerFinish = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'refusal' | 'pause' | 'error';

export interface AnswerToolCall {
  readonly id?: string;
  readonly name: string;
  /** A string is sent as it is, also when it is no JSON. */
  readonly input: unknown;
}

/** How fast and in which pieces an answer leaves. */
export interface Pacing {
  /** From the last byte of the request to the headers of the answer. */
  readonly firstTokenMs: number;
  /** Absent: as fast as the socket takes it. */
  readonly tokensPerSecond?: number;
  /** Size of a delta: about one token, or a number of characters. */
  readonly chunking: 'token' | number;
  /** Splits the bytes on the wire into writes of this size, also inside a character: 1 sends single bytes. */
  readonly bytesPerWrite?: number;
}

export interface AnswerUsage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
}

export interface Answer extends Partial<Pacing> {
  readonly thinking?: string;
  readonly text?: string;
  readonly toolCalls?: readonly AnswerToolCall[];
  /** Absent: what the content, the limit and the stop sequences make of it. */
  readonly finish?: AnswerFinish;
  /** Figures that differ from what the gateway counts itself. */
  readonly usage?: AnswerUsage;
  /** Refuses instead of answering. */
  readonly error?: { readonly status: number; readonly message: string; readonly type?: string; readonly code?: string; readonly headers?: Readonly<Record<string, string>> };
  /** A complete JSON answer, also when a stream was asked. */
  readonly whole?: boolean;
  /** Spoils this answer with a fault of the table. */
  readonly fault?: string;
}

export type AnswerPart =
  | { readonly type: 'thinking'; readonly text: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool-call'; readonly id: string; readonly name: string; readonly json: string };

/** An answer after stop sequences and the token limit did their work. */
export interface ShapedAnswer {
  readonly parts: readonly AnswerPart[];
  readonly finish: AnswerFinish;
  readonly stopSequence?: string;
  readonly usage: Required<AnswerUsage>;
}
