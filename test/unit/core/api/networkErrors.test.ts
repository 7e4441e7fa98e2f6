import { describe, expect, it } from 'vitest';
import type { ErrorKind, RequestPhase } from '../../../../src/core/errors.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { toNetworkError } from '../../../../src/core/api/networkErrors.ts';
import { describeDeeply } from '../../../helpers/clientHarness.ts';

const context = { origin: 'https://runapi.ai', model: 'claude-haiku-4.5', key: 'sk-secret-key-0001' };

/** As undici throws it: the reason is the cause. */
function fetchFailed(code: string, message = ''): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}

function check(failure: unknown, phase: RequestPhase, kind: ErrorKind, retryable: boolean): void {
  const error = toNetworkError(failure, phase, context);
  expect([error.kind, error.retryable]).toEqual([kind, retryable]);
  expect(error).toMatchObject({ origin: context.origin, model: context.model, phase });
}

describe('toNetworkError by code', () => {
  it.each<[string, ErrorKind, boolean]>([
    ['ENOTFOUND', 'dns', true], ['EAI_AGAIN', 'dns', true], ['EAI_NODATA', 'dns', true],
    ['ECONNREFUSED', 'refused', true],
    ['ECONNRESET', 'network', true], ['EPIPE', 'network', true], ['UND_ERR_SOCKET', 'network', true], ['EHOSTUNREACH', 'network', true], ['ENETUNREACH', 'network', true],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout', true], ['ETIMEDOUT', 'timeout', true], ['UND_ERR_HEADERS_TIMEOUT', 'timeout', true],
    ['UND_ERR_HEADERS_OVERFLOW', 'not-an-api', false], ['HPE_HEADER_OVERFLOW', 'not-an-api', false],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'not-an-api', false], ['EPROTO', 'not-an-api', false], ['HPE_INVALID_CONSTANT', 'not-an-api', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', false], ['SELF_SIGNED_CERT_IN_CHAIN', 'tls', false], ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', false], ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls', false],
    ['CERT_HAS_EXPIRED', 'tls', false], ['CERT_NOT_YET_VALID', 'tls', false], ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', false], ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls', false],
    ['Z_DATA_ERROR', 'bad-reply', true],
    ['SOMETHING_NEW', 'network', true],
  ])('%s before the answer', (code, kind, retryable) => check(fetchFailed(code), 'first-byte', kind, retryable));

  it.each<[string, ErrorKind]>([
    ['ECONNRESET', 'interrupted'], ['UND_ERR_SOCKET', 'interrupted'], ['ETIMEDOUT', 'interrupted'], ['UND_ERR_BODY_TIMEOUT', 'stalled'],
    ['HPE_INVALID_CHUNK_SIZE', 'interrupted'], ['Z_DATA_ERROR', 'bad-reply'], ['Z_BUF_ERROR', 'interrupted'], ['SOMETHING_NEW', 'interrupted'],
  ])('%s in the middle of the answer', (code, kind) => check(fetchFailed(code), 'body', kind, true));
});

describe('toNetworkError', () => {
  it.each<[string, ErrorKind]>([
    ['net::ERR_NAME_NOT_RESOLVED', 'dns'], ['net::ERR_CONNECTION_REFUSED', 'refused'], ['net::ERR_CERT_AUTHORITY_INVALID', 'tls'], ['net::ERR_SSL_PROTOCOL_ERROR', 'not-an-api'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'timeout'], ['net::ERR_INTERNET_DISCONNECTED', 'network'], ['net::ERR_CONTENT_DECODING_FAILED', 'bad-reply'],
    ['write EPROTO 139:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:', 'not-an-api'],
    ['Proxy response (407) !== 200 when HTTP Tunneling', 'proxy'], ['proxy authentication required', 'proxy'], ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy'],
  ])('reads the message where there is no code: %s', (message, kind) => {
    expect(toNetworkError(new TypeError(message), 'first-byte', context).kind).toBe(kind);
  });

  it('looks through causes and through every address that was tried', () => {
    const all = new AggregateError([Object.assign(new Error('v6'), { code: 'ENETUNREACH' }), Object.assign(new Error('v4'), { code: 'ECONNREFUSED' })]);
    expect(toNetworkError(new TypeError('fetch failed', { cause: all }), 'first-byte', context).kind).toBe('refused');
    const deep = new Error('a', { cause: new Error('b', { cause: new Error('c', { cause: Object.assign(new Error('d'), { code: 'CERT_HAS_EXPIRED' }) }) }) });
    expect(toNetworkError(deep, 'first-byte', context).kind).toBe('tls');
  });

  it('ends with a chain that leads back to itself, and with what is no error', () => {
    const circle = new Error('circle');
    circle.cause = circle;
    expect(toNetworkError(circle, 'first-byte', context).kind).toBe('network');
    for (const failure of [undefined, null, 'text', 5, [], {}]) expect(toNetworkError(failure, 'first-byte', context).kind).toBe('network');
  });

  it('keeps the reason for the log, without the key', () => {
    const error = toNetworkError(fetchFailed('ECONNRESET', `bad header Bearer ${context.key}`), 'first-byte', context);
    expect(describeDeeply(error)).toContain('ECONNRESET');
    expect(describeDeeply(error)).not.toContain(context.key);
  });

  it('leaves an error of ours as it is', () => {
    const own = new RunApiError({ kind: 'stalled', retryable: true });
    expect(toNetworkError(own, 'body', context)).toBe(own);
  });
});
