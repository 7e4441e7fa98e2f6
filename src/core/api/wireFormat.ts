// What a wire format has to know: how a request is written and how an answer is read. Neither knows of HTTP.
import type { RunApiError } from '../errors.ts';
import type { ErrorBody } from './errorBody.ts';
import type { ModelRequest, StreamPart } from './modelClient.ts';
import type { Quirks } from './quirks.ts';
import type { SseEvent } from './sse.ts';

export interface WireFormat {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  toBody(request: ModelRequest, quirks: Quirks): Readonly<Record<string, unknown>>;
  createDecoder(options: DecoderOptions): AnswerDecoder;
}

export interface DecoderOptions {
  readonly emit: (part: StreamPart) => void;
  /** Makes the error that an answer holds. */
  readonly toError: (body: ErrorBody) => RunApiError;
  /** Makes the error of an answer that cannot be read. */
  readonly unreadable: () => RunApiError;
  /** Tool calls of a model that was offered no tool are not passed on. */
  readonly hasTools: boolean;
}

export interface AnswerDecoder {
  /** Throws what the answer says went wrong. */
  event(event: SseEvent): void;
  /** A whole answer as parsed JSON; false when it is not one. */
  whole(value: unknown): boolean;
  /** What is known of the end; the finish part is emitted by `finish` only. */
  readonly state: 'open' | 'finishing' | 'done';
  /** Emits the finish part; called once, when the answer is known to be complete. */
  finish(): void;
}
