import { describe, expect, it } from 'vitest';
import { RunApiError } from '../../../src/core/errors.ts';

describe('RunApiError', () => {
  it('is an error with a name, a cause and everything that was known when it was made', () => {
    const cause = new Error('socket');
    const error = new RunApiError({ kind: 'rate-limit', retryable: true, status: 429, requestId: 'req_1', origin: 'https://runapi.ai', model: 'm', phase: 'first-byte', retryAfterMs: 250, serverMessage: 'slow down', cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'RunApiError', kind: 'rate-limit', retryable: true, status: 429, requestId: 'req_1', origin: 'https://runapi.ai', model: 'm', phase: 'first-byte', retryAfterMs: 250, serverMessage: 'slow down' });
    expect(error.cause).toBe(cause);
  });

  it('says the words of the server, else its kind: never the words of the cause, which may hold a prompt', () => {
    expect(new RunApiError({ kind: 'server', retryable: true, serverMessage: 'down' }).message).toBe('down');
    expect(new RunApiError({ kind: 'network', retryable: true, cause: new Error('POST body: my prompt') }).message).toBe('network');
    expect(String(new RunApiError({ kind: 'network', retryable: true, cause: new Error('my prompt') }))).toBe('RunApiError: network');
  });

  it('leaves out what was not known', () => {
    const error = new RunApiError({ kind: 'dns', retryable: true });
    for (const field of ['status', 'requestId', 'origin', 'model', 'phase', 'retryAfterMs', 'serverMessage'] as const) expect(error[field]).toBeUndefined();
  });
});
