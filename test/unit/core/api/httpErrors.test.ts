import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorKind } from '../../../../src/core/errors.ts';
import type { ErrorBody } from '../../../../src/core/api/errorBody.ts';
import { toHttpError } from '../../../../src/core/api/httpErrors.ts';

const context = { origin: 'https://runapi.ai', model: 'claude-haiku-4.5', requestId: 'req_1', key: 'sk-secret-key-0001' };

function errorOf(status: number, body: Partial<ErrorBody> = {}, headers: Readonly<Record<string, string>> = {}) {
  return toHttpError({ status, body: { message: '', ...body }, headers: new Headers(headers), phase: 'first-byte', nowDate: 0 }, context);
}

function check(status: number, body: Partial<ErrorBody>, kind: ErrorKind, retryable: boolean): void {
  const error = errorOf(status, body);
  expect([status, body, error.kind, error.retryable]).toEqual([status, body, kind, retryable]);
}

describe('toHttpError by status', () => {
  it.each<[number, ErrorKind, boolean]>([
    [400, 'bad-request', false], [401, 'key-rejected', false], [402, 'credits', false], [403, 'forbidden', false], [404, 'not-found', false],
    [405, 'not-found', false], [407, 'proxy', false], [408, 'timeout', true], [409, 'server', true], [410, 'not-found', false], [413, 'too-large', false],
    [415, 'bad-request', false], [418, 'bad-request', false], [422, 'bad-request', false], [425, 'server', true], [429, 'rate-limit', true], [451, 'forbidden', false],
    [500, 'server', true], [501, 'server', true], [502, 'server', true], [503, 'server', true], [504, 'server', true], [520, 'server', true], [524, 'server', true], [529, 'overloaded', true],
  ])('%d', (status, kind, retryable) => check(status, {}, kind, retryable));
});

describe('toHttpError by words', () => {
  it.each<[string, number, Partial<ErrorBody>, ErrorKind]>([
    ['credits under 400', 400, { type: 'invalid_request_error', message: 'Your credit balance is too low to access the API.' }, 'credits'],
    ['credits under 403', 403, { message: 'Insufficient credits' }, 'credits'],
    ['quota under 429', 429, { type: 'insufficient_quota', code: 'insufficient_quota', message: 'You exceeded your current quota' }, 'credits'],
    ['a spend limit under 429', 429, { message: 'You have reached your specified API usage limits.' }, 'credits'],
    ['billing type', 400, { type: 'billing_error', message: 'No' }, 'credits'],
    ['a rate limit stays one', 429, { type: 'rate_limit_error', message: 'This request would exceed your rate limit of 50 requests per minute.' }, 'rate-limit'],
    ['a rejected key that speaks of billing', 401, { message: 'Invalid key. See your billing not active' }, 'key-rejected'],
    ['OpenAI: context', 400, { code: 'context_length_exceeded', message: "This model's maximum context length is 128000 tokens." }, 'context-too-long'],
    ['Anthropic: context', 400, { type: 'invalid_request_error', message: 'prompt is too long: 210345 tokens > 200000 maximum' }, 'context-too-long'],
    ['Anthropic: with the answer', 400, { message: 'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000' }, 'context-too-long'],
    ['too large by tokens', 413, { message: 'too many input tokens' }, 'context-too-long'],
    ['model under 404', 404, { type: 'not_found_error', message: 'model: claude-x' }, 'model-not-found'],
    ['model under 400', 400, { message: 'Unknown model claude-x' }, 'model-not-found'],
    ['model by code', 404, { code: 'model_not_found', message: 'No' }, 'model-not-found'],
    ['model does not exist', 404, { message: 'The model `gpt-9` does not exist or you do not have access to it.' }, 'model-not-found'],
    ['a path', 404, { message: '404 page not found' }, 'not-found'],
    ['a parameter that a model does not support', 400, { message: "'temperature' is not supported with this model." }, 'bad-request'],
    ['thinking that a model does not support', 400, { message: 'thinking is not supported by this model' }, 'bad-request'],
    ['a rejected key under 403', 403, { message: 'Invalid API key' }, 'key-rejected'],
    ['overloaded under 503', 503, { type: 'overloaded_error', message: 'Overloaded' }, 'overloaded'],
    ['overloaded inside a 200', 200, { type: 'overloaded_error', message: 'Overloaded' }, 'overloaded'],
    ['rate limit inside a 200', 200, { type: 'rate_limit_error', message: 'Slow' }, 'rate-limit'],
    ['a status inside a 200', 200, { status: 402, message: 'Pay' }, 'credits'],
    ['authentication inside a 200', 200, { type: 'authentication_error', message: 'No' }, 'key-rejected'],
    ['anything else inside a 200', 200, { type: 'strange_error', message: 'No' }, 'server'],
    ['a server error that quotes credits', 500, { message: 'Traceback: credit balance is too low' }, 'server'],
  ])('%s', (_name, status, body, kind) => expect(errorOf(status, body).kind).toBe(kind));
});

describe('toHttpError', () => {
  it('carries status, request id, origin, model and clean words, never the key', () => {
    const error = errorOf(400, { message: `<b>No</b> ${context.key}` });
    expect(error).toMatchObject({ status: 400, requestId: 'req_1', origin: 'https://runapi.ai', model: 'claude-haiku-4.5', serverMessage: 'No •••', phase: 'first-byte' });
    expect(JSON.stringify(error) + String(error.stack)).not.toContain(context.key);
  });

  it('names the field once', () => {
    expect(errorOf(422, { message: 'Field required', field: 'body.max_tokens' }).serverMessage).toBe('Field required (body.max_tokens)');
    expect(errorOf(422, { message: 'max_tokens is required', field: 'max_tokens' }).serverMessage).toBe('max_tokens is required');
  });

  it('obeys x-should-retry, but never for what waiting cannot cure', () => {
    expect(errorOf(500, {}, { 'x-should-retry': 'false' }).retryable).toBe(false);
    expect(errorOf(400, {}, { 'x-should-retry': 'true' }).retryable).toBe(true);
    expect(errorOf(402, {}, { 'x-should-retry': 'true' }).retryable).toBe(false);
    expect(errorOf(429, { code: 'insufficient_quota' }, { 'x-should-retry': 'true' }).retryable).toBe(false);
    expect(errorOf(401, {}, { 'x-should-retry': 'true' }).retryable).toBe(false);
  });

  it('says nothing of a status that was 200', () => {
    expect(errorOf(200, { message: 'No' }).status).toBeUndefined();
  });

  it('never retries credits, keys, models or contexts, whatever the words', () => {
    fc.assert(fc.property(fc.integer({ min: 200, max: 599 }), fc.string(), fc.string(), (status, message, code) => {
      const error = errorOf(status, { message, code });
      if (['credits', 'key-rejected', 'model-not-found', 'context-too-long', 'forbidden', 'too-large'].includes(error.kind)) expect(error.retryable).toBe(false);
    }));
  });
});
