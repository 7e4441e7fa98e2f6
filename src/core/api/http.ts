// One request over an injected `fetch`: who may be asked, with which key, for how long. Never follows a redirect: Node's fetch keeps
// x-api-key across hosts, and 307/308 send the body again.
import type { Clock } from '../clock.ts';
import { RunApiError } from '../errors.ts';
import type { SettingsSource } from '../settings.ts';
import { readBody, readText, type ByteSource } from './byteSource.ts';
import { parseErrorBody, type ErrorBody } from './errorBody.ts';
import { toHttpError } from './httpErrors.ts';
import { createKeyMask, type KeyMask } from './keyMask.ts';
import { toNetworkError, type FailureContext } from './networkErrors.ts';
import { parseBaseUrl, type BaseUrl } from './origin.ts';
import { createRequestScope, type RequestScope } from './requestScope.ts';
import { cleanRequestId } from './serverText.ts';
import { createTimeLimits, type TimeLimits } from './timeLimits.ts';

export type Fetch = (address: string, init: RequestInit) => Promise<Response>;

export interface HttpDependencies {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly settings: SettingsSource;
  /** The key that was entered for exactly this scheme, host and port. */
  readonly keyFor: (origin: string) => Promise<string | undefined>;
  /** Runs `start` and calls `onConnected` when its headers are on the wire. Without it the connect limit is fetch's own (10 s in Node). */
  readonly observeConnection?: (start: () => Promise<Response>, onConnected: () => void) => Promise<Response>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** From the API's root: "/v1/models". */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly accept: 'text/event-stream' | 'application/json';
  /** False for what needs no key: then none is sent. */
  readonly withKey?: boolean;
  /** A key to try in place of the stored one. */
  readonly key?: string;
  /** For errors only. */
  readonly model?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Without parameters, lower case. */
  readonly mediaType: string;
  readonly requestId?: string;
  readonly origin: string;
  readonly body: ByteSource;
  /** Takes the key out of one strand of text. */
  createMask(): KeyMask;
  /** An error that the server put into this answer. */
  toError(body: ErrorBody): RunApiError;
  /** Whether the user ended the request. */
  isCancelled(): boolean;
  /** An error that we found in this answer. */
  fail(kind: 'bad-reply' | 'empty-reply' | 'interrupted' | 'not-an-api', message?: string): RunApiError;
}

export interface Http {
  /** Resolves with headers of a 2xx (or a 304 that was asked for); all else throws. Closing the body ends the request. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>;
}

export function createHttp(dependencies: HttpDependencies): Http {
  return {
    send: async (request, signal) => {
      signal.throwIfAborted();
      const baseUrl = readBaseUrl(dependencies.settings.current().baseUrl);
      const key = request.withKey === false ? undefined : await readKey(dependencies, baseUrl.origin, request);
      signal.throwIfAborted();
      const context: FailureContext = {
        origin: baseUrl.origin,
        ...(request.model !== undefined && { model: request.model }),
        ...(key !== undefined && { key }),
      };
      return exchange({ dependencies, request, baseUrl, context, scope: createRequestScope(signal), isCancelled: () => signal.aborted });
    },
  };
}

function readBaseUrl(text: string): BaseUrl {
  const result = parseBaseUrl(text);
  if (result.ok) return result.baseUrl;
  throw new RunApiError({ kind: 'insecure-url', retryable: false });
}

async function readKey(dependencies: HttpDependencies, origin: string, request: HttpRequest): Promise<string> {
  const key = (request.key ?? (await dependencies.keyFor(origin)))?.trim();
  const details = { retryable: false, origin, ...(request.model !== undefined && { model: request.model }) };
  if (key === undefined || key === '') throw new RunApiError({ kind: 'no-key', ...details });
  // What is no header value would make fetch throw a message with the key in it.
  if (!/^[\x21-\x7e]+$/.test(key)) throw new RunApiError({ kind: 'key-rejected', ...details });
  return key;
}

interface Exchange {
  readonly dependencies: HttpDependencies;
  readonly request: HttpRequest;
  readonly baseUrl: BaseUrl;
  readonly context: FailureContext;
  readonly scope: RequestScope;
  readonly isCancelled: () => boolean;
}

async function exchange(parts: Exchange): Promise<HttpAnswer> {
  const { dependencies, context, scope } = parts;
  const limits = createTimeLimits({
    clock: dependencies.clock,
    network: dependencies.settings.current().network,
    seesConnect: dependencies.observeConnection !== undefined,
    details: { origin: context.origin, ...(context.model !== undefined && { model: context.model }) },
    onLimit: (error) => scope.fail(error),
  });
  try {
    const response = await connect(parts, limits);
    return await readAnswer(parts, response, limits);
  } catch (error) {
    limits.stop();
    const ended = scope.signal.aborted ? scope.signal.reason : undefined;
    scope.close();
    // Without `ended`, fetch's wrapped copy of the reason would hide whether it was the user or a limit.
    throw error instanceof RunApiError ? error : (ended ?? toNetworkError(error, 'first-byte', context));
  }
}

function connect({ dependencies, request, baseUrl, context, scope }: Exchange, limits: TimeLimits): Promise<Response> {
  const start = (): Promise<Response> => dependencies.fetch(baseUrl.address(request.path, request.query), {
    method: request.method,
    headers: toHeaders(request, context.key),
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
    signal: scope.signal,
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  });
  return scope.race(dependencies.observeConnection ? dependencies.observeConnection(start, () => limits.connected()) : start());
}

export function toHeaders(request: HttpRequest, key: string | undefined): Record<string, string> {
  return {
    accept: request.accept,
    // A cut gzip body ends without an error in Node, and a compressed stream is held back by some proxies.
    'accept-encoding': 'identity',
    ...(request.body !== undefined && { 'content-type': 'application/json' }),
    ...request.headers,
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
}

/** More than any error that a person reads; the rest of a page is not fetched. */
const longestErrorBytes = 64 * 1024;

async function readAnswer(parts: Exchange, response: Response, limits: TimeLimits): Promise<HttpAnswer> {
  const { dependencies, scope, request } = parts;
  const requestId = cleanRequestId(response.headers.get('x-request-id') ?? response.headers.get('request-id'), parts.context.key);
  const context: FailureContext = { ...parts.context, ...(requestId !== undefined && { requestId }) };
  const details = { origin: context.origin, ...(context.model !== undefined && { model: context.model }), ...(requestId !== undefined && { requestId }) };
  if (isRedirect(response, request)) throw new RunApiError({ kind: 'redirect', retryable: false, status: response.status, ...details });
  const body = readBody({ response, scope, limits, context });
  if (!response.ok && response.status !== 304) {
    const { text } = await readText(body, longestErrorBytes).catch((error: unknown) => {
      // The status is known: a broken body does not hide it. A user who cancelled is not told of it.
      if (parts.isCancelled()) throw error;
      return { text: '' };
    });
    body.close();
    throw toHttpError({ status: response.status, body: parseErrorBody(text), headers: response.headers, phase: 'first-byte', nowDate: dependencies.clock.date() }, context);
  }
  return {
    status: response.status,
    headers: response.headers,
    mediaType: (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
    ...(requestId !== undefined && { requestId }),
    origin: context.origin,
    body,
    createMask: () => createKeyMask(context.key),
    isCancelled: parts.isCancelled,
    toError: (errorBody) => toHttpError({ status: response.status, body: errorBody, phase: 'body', nowDate: dependencies.clock.date() }, context),
    fail: (kind, message) => new RunApiError({ kind, retryable: kind !== 'not-an-api', phase: 'body', status: response.status, ...details, ...(message !== undefined && { serverMessage: message }) }),
  };
}

/** `redirected` and `opaqueredirect` are how a fetch that is not Node's shows what happened. */
function isRedirect(response: Response, request: HttpRequest): boolean {
  if (response.type === 'opaqueredirect' || response.redirected) return true;
  const expected304 = response.status === 304 && request.headers?.['if-none-match'] !== undefined;
  return response.status >= 300 && response.status < 400 && !expected304;
}
