// An answer that says no: status, headers and body become one RunApiError. Each row of the fault table that has a status is decided here.
import { RunApiError, type ErrorKind, type RequestPhase } from '../errors.ts';
import type { ErrorBody } from './errorBody.ts';
import type { FailureContext } from './networkErrors.ts';
import { parseRetryAfter } from './retryAfter.ts';
import { cleanServerText } from './serverText.ts';

export interface Refusal {
  /** 200 for an error inside an answer that began well. */
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers?: Headers;
  readonly phase: RequestPhase;
  /** Wall clock, for a Retry-After that is a date. */
  readonly nowDate: number;
}

export function toHttpError(refusal: Refusal, context: FailureContext): RunApiError {
  const { body, headers } = refusal;
  const status = refusal.status >= 400 ? refusal.status : (body.status ?? statusOfType(body));
  const kind = kindOf(status, body);
  const retryAfterMs = headers && parseRetryAfter(headers, refusal.nowDate);
  const serverMessage = cleanServerText(body.field !== undefined && !body.message.includes(body.field) ? `${body.message} (${body.field})` : body.message, context.key);
  return new RunApiError({
    kind,
    retryable: isRetryable(kind, status, headers?.get('x-should-retry')),
    phase: refusal.phase,
    origin: context.origin,
    ...(status >= 400 && { status }),
    ...(context.model !== undefined && { model: context.model }),
    ...(context.requestId !== undefined && { requestId: context.requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(serverMessage !== '' && { serverMessage }),
  });
}

/** Codes that waiting cannot cure stay so whatever the server says of retrying. */
function isRetryable(kind: ErrorKind, status: number, shouldRetry: string | null | undefined): boolean {
  if (kind === 'credits' || kind === 'key-rejected') return false;
  if (shouldRetry === 'true') return true;
  if (shouldRetry === 'false') return false;
  return kind === 'rate-limit' || kind === 'overloaded' || kind === 'server' || kind === 'timeout' || status === 409;
}

function kindOf(status: number, body: ErrorBody): ErrorKind {
  const words = `${body.type ?? ''} ${body.code ?? ''} ${body.message.slice(0, 2000)}`;
  // 5xx answers and pages often quote anything at all: only what the client can cure is read from words.
  if (status < 500 && /\b(overloaded_error|overloaded)\b/i.test(`${body.type ?? ''} ${body.code ?? ''}`)) return 'overloaded';
  if (status < 500 && status !== 401 && creditWords.test(words)) return 'credits';
  if ((status === 400 || status === 413 || status === 422 || status === 0) && contextWords.test(words)) return 'context-too-long';
  if ((status === 400 || status === 404 || status === 422) && (modelWords.test(body.message.slice(0, 2000)) || modelWords.test(body.code ?? ''))) return 'model-not-found';
  return kindOfStatus(status, words);
}

const creditWords = /insufficient[_ -]?(quota|credits?|funds|balance)|credit balance|out of credits?|no credits? left|billing[_ ](error|hard|not)|spend(ing)?[_ ]limit|exceeded your current quota|\busage limits?\b|payment[_ ]required|top up your/i;
const contextWords = /context[_ ]length|context[_ ]window|maximum context|context limit|prompt is too long|input is too long|too many (input |prompt )?tokens|token limit exceeded|reduce the length of the (messages|prompt)/i;
const modelWords = /model_not_found|(unknown|invalid|unsupported|no such) model|model[:\s]+['"`]?[\w.:/-]*['"`]?\s*(was |is |does )?(not (found|exist|available|supported)|unavailable|deprecated)|^model: \S/i;

function kindOfStatus(status: number, words: string): ErrorKind {
  switch (status) {
    case 0: return 'server';
    case 401: return 'key-rejected';
    case 402: return 'credits';
    case 403: return /invalid (api )?key|incorrect api key|authentication_error/i.test(words) ? 'key-rejected' : 'forbidden';
    case 404: case 405: case 410: return 'not-found';
    case 407: return 'proxy';
    case 408: return 'timeout';
    case 409: case 425: return 'server';
    case 413: return 'too-large';
    case 429: return 'rate-limit';
    case 451: return 'forbidden';
    case 529: return 'overloaded';
    default: return status >= 500 ? kindOfServerError(words) : 'bad-request';
  }
}

function kindOfServerError(words: string): ErrorKind {
  return /overloaded/i.test(words) ? 'overloaded' : 'server';
}

/** For errors inside a 200: Anthropic's and OpenAI's type names stand for the status they go with. */
function statusOfType(body: ErrorBody): number {
  const name = `${body.type ?? ''} ${body.code ?? ''}`;
  const entry = typeStatuses.find(([pattern]) => pattern.test(name));
  return entry?.[1] ?? 0;
}

const typeStatuses: readonly (readonly [RegExp, number])[] = [
  [/authentication_error|invalid_api_key|unauthorized/i, 401],
  [/billing_error|insufficient_/i, 402],
  [/permission_error|forbidden/i, 403],
  [/not_found/i, 404],
  [/request_too_large/i, 413],
  [/rate_limit/i, 429],
  [/overloaded/i, 529],
  [/timeout/i, 504],
  [/invalid_request|context_length|validation/i, 400],
];
