// The one error class of the product. Words for people are made from `kind` in host/errorMessages.ts and nowhere else.

/** Kinds follow who can cure the failure; see the fault table in test/unit/core/api/faults.test.ts. */
export type ErrorKind =
  | 'dns' | 'refused' | 'network' | 'proxy' | 'tls' | 'not-an-api' | 'timeout' | 'redirect'
  | 'no-key' | 'key-rejected' | 'forbidden' | 'credits' | 'rate-limit' | 'overloaded' | 'server'
  | 'bad-request' | 'context-too-long' | 'too-large' | 'model-not-found' | 'not-found'
  | 'empty-reply' | 'bad-reply' | 'interrupted' | 'stalled' | 'refusal'
  | 'budget' | 'insecure-url' | 'untrusted-origin' | 'storage' | 'internal';

export type RequestPhase = 'connect' | 'first-byte' | 'body';

export interface ErrorDetails {
  readonly kind: ErrorKind;
  /** Whether the same request may succeed if sent again unchanged. */
  readonly retryable: boolean;
  readonly status?: number;
  readonly requestId?: string;
  /** Scheme, host and port that was talked to. */
  readonly origin?: string;
  readonly model?: string;
  /** How far the request had come. */
  readonly phase?: RequestPhase;
  /** The wait that the server asked for. */
  readonly retryAfterMs?: number;
  /** The server's own words: redacted, at most 500 characters, never trusted as markup. */
  readonly serverMessage?: string;
  readonly cause?: unknown;
}

/** Never carries a key or a prompt. Cancellation is not an error of this kind: aborted work rejects with the signal's reason. */
export class RunApiError extends Error {
  override readonly name = 'RunApiError';
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly origin: string | undefined;
  readonly model: string | undefined;
  readonly phase: RequestPhase | undefined;
  readonly retryAfterMs: number | undefined;
  readonly serverMessage: string | undefined;

  constructor(details: ErrorDetails) {
    super(details.serverMessage ?? details.kind, { cause: details.cause });
    this.kind = details.kind;
    this.retryable = details.retryable;
    this.status = details.status;
    this.requestId = details.requestId;
    this.origin = details.origin;
    this.model = details.model;
    this.phase = details.phase;
    this.retryAfterMs = details.retryAfterMs;
    this.serverMessage = details.serverMessage;
  }
}
