// Whole answers with an error status, in the many shapes that gateways and proxies give them.
import { refusalBody } from '../refusal.ts';
import { jsonReply, writeStep, type Reply } from '../reply.ts';
import type { Fault, FaultContext } from './fault.ts';

type Headers = Reply['headers'];

export const statusFaults: readonly Fault[] = [
  refuse('status-400', [8], { status: 400, message: 'messages.0.content: Input should be a valid string' }),
  refuse('context-too-long', [9], { status: 400, message: "This model's maximum context length is 200000 tokens. However, your messages resulted in 210345 tokens.", code: 'context_length_exceeded' }),
  refuse('prompt-too-long', [9], { status: 400, message: 'prompt is too long: 210345 tokens > 200000 maximum' }),
  refuse('credit-balance-too-low', [10], { status: 400, message: 'Your credit balance is too low to access the API. Please go to Plans & Billing to upgrade or purchase credits.' }),
  refuse('status-401', [11], { status: 401, message: 'invalid x-api-key' }),
  refuse('status-402', [12], { status: 402, message: 'Insufficient credits. Add credits to continue.', code: 'insufficient_credits' }),
  refuse('forbidden-permission', [13], { status: 403, message: 'Your API key does not have permission to use the specified resource.', type: 'permission_error' }),
  refuse('forbidden-moderation', [13], { status: 403, message: 'The input was flagged by moderation.', type: 'moderation_error', code: 'content_policy_violation' }),
  refuse('forbidden-region', [13], { status: 403, message: 'Country, region, or territory not supported', type: 'request_forbidden', code: 'unsupported_country_region_territory' }),
  refuse('model-not-found', [14], { status: 404, message: 'model: claude-missing-1', code: 'model_not_found' }),
  page('path-not-found', [14], { status: 404, type: 'text/plain', content: '404 page not found' }),
  refuse('status-408', [15], { status: 408, message: 'Request timed out.', type: 'timeout_error' }),
  refuse('status-409', [15], { status: 409, message: 'Conflict with a request in progress.', type: 'conflict_error' }),
  refuse('status-413', [16], { status: 413, message: 'Request exceeds the maximum allowed number of bytes.', type: 'request_too_large' }),
  page('status-413-html', [16], { status: 413, type: 'text/html', content: '<html><head><title>413 Request Entity Too Large</title></head><body><center><h1>413 Request Entity Too Large</h1></center></body></html>' }),
  body('status-422', [17], 422, { detail: [{ type: 'missing', loc: ['body', 'max_tokens'], msg: 'Field required', input: {} }] }),
  limited('rate-limit', [18], {}),
  limited('rate-limit-seconds', [18], ({ options }) => ({ 'retry-after': String(options.seconds ?? 7) })),
  limited('rate-limit-date', [19], ({ options }) => ({ 'retry-after': new Date(Date.now() + (options.seconds ?? 3) * 1000).toUTCString() })),
  limited('rate-limit-past-date', [19], { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }),
  limited('rate-limit-far-date', [19, 54], { 'retry-after': 'Wed, 21 Oct 2099 07:28:00 GMT' }),
  limited('rate-limit-milliseconds', [20], ({ options }) => ({ 'retry-after-ms': String(options.milliseconds ?? 250), 'retry-after': '30' })),
  limited('rate-limit-garbage', [20], { 'retry-after': 'abc' }),
  limited('rate-limit-negative', [20], { 'retry-after': '-1' }),
  limited('rate-limit-huge', [20], { 'retry-after': '1000000000' }),
  refuse('insufficient-quota', [21], { status: 429, message: 'You exceeded your current quota, please check your plan and billing details.', type: 'insufficient_quota', code: 'insufficient_quota' }),
  refuse('spend-limit', [21], { status: 429, message: 'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.', code: 'spend_limit_reached' }),
  refuse('status-500', [22], { status: 500, message: 'Internal server error', type: 'api_error' }),
  refuse('status-503', [22], { status: 503, message: 'Service unavailable', headers: ({ options }) => ({ 'retry-after': String(options.seconds ?? 1) }) }),
  refuse('status-504', [22], { status: 504, message: 'Gateway timeout', type: 'timeout_error' }),
  page('status-502-html', [23], { status: 502, type: 'text/html; charset=utf-8', content: '<!DOCTYPE html><html><head><title>502 Bad Gateway</title><style>body{color:#333}</style><script>alert(1)</script></head><body><h1>Bad gateway</h1><p>The upstream server did not answer.</p></body></html>' }),
  refuse('status-529', [24], { status: 529, message: 'Overloaded', type: 'overloaded_error' }),
  refuse('should-not-retry', [25], { status: 500, message: 'Internal server error', headers: { 'x-should-retry': 'false' } }),
  refuse('should-retry', [25], { status: 400, message: 'Try again', headers: { 'x-should-retry': 'true' } }),
  body('error-string', [8], 400, { error: 'text only' }),
  body('error-list', [8], 400, { errors: [{ message: 'first of a list' }, { message: 'second of a list' }] }),
  body('error-message', [22], 500, { message: 'message at the top' }),
  body('error-detail', [8], 400, { detail: 'detail at the top' }),
  page('error-plain-text', [22], { status: 500, type: 'text/plain', content: 'upstream connect error or disconnect/reset before headers' }),
  page('error-truncated-json', [22], { status: 500, type: 'application/json', content: '{"error":{"message":"the answer is cut he' }),
  page('error-empty-body', [22], { status: 500, type: 'application/json', content: '' }),
  { name: 'error-long-message', rows: [8], about: '400 whose message has 100,000 characters', stage: 'instead', reply: (context) => jsonReply(400, refusalBody({ message: 'x'.repeat(context.options.bytes ?? 100_000), type: 'invalid_request_error', code: null }, context.shape, context.requestId)) },
  { name: 'key-echo', rows: [11], about: '401 that repeats the key in its body and in a header', stage: 'instead', reply: keyEcho },
  { name: 'key-echo-html', rows: [11], about: '401 HTML page that repeats the key', stage: 'instead', reply: (context) => pageReply(401, 'text/html', `<html><body>Bad key <b>${context.presentedKey}</b></body></html>`) },
  refuse('proxy-407', [6], { status: 407, message: 'Proxy authentication required', headers: { 'proxy-authenticate': 'Basic realm="proxy"' } }),
  page('html-200', [7, 28], { status: 200, type: 'text/html; charset=utf-8', content: '<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body><form action="/login"><input name="room"></form></body></html>' }),
  body('json-error-200', [26], 200, { error: { message: 'The upstream model failed.', type: 'api_error', code: 'upstream_error' } }),
  { name: 'status-204', rows: [29], about: '204 without a body', stage: 'instead', reply: () => ({ status: 204, headers: {}, delayMs: 0, steps: [] }) },
  page('empty-body', [29], { status: 200, type: 'application/json', content: '' }),
  page('zero-events', [29], { status: 200, type: 'text/event-stream', content: ': nothing to say\n\n' }),
  { name: 'huge-headers', rows: [51], about: '200 with 64 KB of headers (option bytes)', stage: 'instead', reply: (context) => jsonReply(200, {}, { 'x-padding': 'p'.repeat(context.options.bytes ?? 65_536) }) },
  ...[301, 302, 303, 307, 308].map((status): Fault => ({
    name: `redirect-${status}`, rows: [52], about: `${status} to the option location; default: the same path on localhost port 9`, stage: 'instead',
    reply: (context) => ({ status, headers: { location: context.options.location ?? 'http://localhost:9/v1/chat/completions' }, delayMs: 0, steps: [] }),
  })),
];

interface RefusalText {
  readonly status: number;
  readonly message: string;
  readonly type?: string;
  readonly code?: string;
  readonly headers?: Headers | ((context: FaultContext) => Headers);
}

function refuse(name: string, rows: readonly number[], text: RefusalText): Fault {
  const { status, message } = text;
  return {
    name, rows, about: `${status} "${message.slice(0, 60)}"`, stage: 'instead',
    reply: (context) => {
      const error = { message: context.options.message ?? message, type: text.type ?? 'invalid_request_error', code: text.code ?? null };
      const headers = typeof text.headers === 'function' ? text.headers(context) : text.headers;
      return jsonReply(status, refusalBody(error, context.shape, context.requestId), headers);
    },
  };
}

function limited(name: string, rows: readonly number[], headers: RefusalText['headers']): Fault {
  return refuse(name, rows, { status: 429, message: 'Rate limit reached', type: 'rate_limit_error', code: 'rate_limit_exceeded', ...(headers === undefined ? {} : { headers }) });
}

function body(name: string, rows: readonly number[], status: number, content: unknown): Fault {
  return { name, rows, about: `${status} ${JSON.stringify(content).slice(0, 60)}`, stage: 'instead', reply: () => jsonReply(status, content) };
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly content: string;
}

function page(name: string, rows: readonly number[], { status, type, content }: Page): Fault {
  return { name, rows, about: `${status} ${type}`, stage: 'instead', reply: () => pageReply(status, type, content) };
}

function pageReply(status: number, type: string, content: string): Reply {
  return { status, headers: { 'content-type': type }, delayMs: 0, steps: content === '' ? [] : [writeStep(content)] };
}

function keyEcho(context: FaultContext): Reply {
  const message = `Incorrect API key provided: ${context.presentedKey}.`;
  return jsonReply(401, refusalBody({ message, type: 'authentication_error', code: 'invalid_api_key' }, context.shape, context.requestId), { 'x-debug-key': context.presentedKey });
}
