import { describe, expect, it } from 'vitest';
import { RunApiError, type ErrorDetails, type ErrorKind } from '../../../src/core/errors.ts';
import { english } from '../../../src/core/translate.ts';
import { toErrorCard, toErrorLine } from '../../../src/host/errorMessages.ts';
import type { ErrorActionId } from '../../../src/shared/chatTypes.ts';

const origin = 'https://runapi.ai';

/** The button of each kind: the one thing that can cure it. */
const actions: Readonly<Record<ErrorKind, ErrorActionId>> = {
  dns: 'retry', refused: 'retry', network: 'retry', proxy: 'open-settings', tls: 'open-settings', 'not-an-api': 'open-settings', timeout: 'retry', redirect: 'open-settings',
  'no-key': 'set-key', 'key-rejected': 'set-key', forbidden: 'pick-model', credits: 'add-credits', 'rate-limit': 'retry', overloaded: 'retry', server: 'retry',
  'bad-request': 'show-log', 'context-too-long': 'compact', 'too-large': 'shorten', 'model-not-found': 'pick-model', 'not-found': 'open-settings',
  'empty-reply': 'retry', 'bad-reply': 'retry', interrupted: 'continue', stalled: 'continue', refusal: 'pick-model',
  budget: 'open-settings', 'insecure-url': 'open-settings', 'untrusted-origin': 'set-key', storage: 'retry', internal: 'show-log',
};

function card(details: Partial<ErrorDetails> & { readonly kind: ErrorKind }, kept = false) {
  return toErrorCard(new RunApiError({ retryable: false, origin, ...details }), english, kept);
}

describe('toErrorCard', () => {
  for (const [kind, action] of Object.entries(actions)) {
    it(`has whole sentences and one button for ${kind}`, () => {
      // Object.entries widens the keys of a Record of ErrorKind to string.
      const shown = card({ kind: kind as ErrorKind, status: 400, model: 'claude-haiku-4.5' });
      expect(shown.title).toMatch(/^\S.*\.$/);
      expect(shown.text).toMatch(/^\S.*\.$/);
      expect(shown.action?.id).toBe(action);
      expect(shown.action?.label).toMatch(/^[A-Z]/);
      expect(`${shown.title} ${shown.text}`).not.toMatch(/!|\boops\b|\bplease\b|\{\w+\}/i);
    });
  }

  it('names the host that was talked to', () => {
    expect(card({ kind: 'dns' }).title).toBe('https://runapi.ai was not found.');
    expect(card({ kind: 'key-rejected' }).title).toContain(origin);
  });

  it('says that a part of the answer is kept, only when there is one', () => {
    expect(card({ kind: 'interrupted' }, true).text).toContain('What arrived is kept.');
    expect(card({ kind: 'interrupted' }).text).not.toContain('kept');
  });

  it('says how long the server asked to wait', () => {
    expect(card({ kind: 'rate-limit', retryAfterMs: 6400 }).text).toBe('RunAPI asks to wait 7 s.');
  });

  it('shows the reason of the server for a request it refused', () => {
    expect(card({ kind: 'bad-request', serverMessage: 'temperature is too high' }).text).toBe('temperature is too high');
  });

  it('puts status, request id, address and the words of the server into the details', () => {
    expect(card({ kind: 'server', status: 502, requestId: 'req_1', serverMessage: 'bad gateway' }).details).toBe('Status 502\nRequest req_1\nhttps://runapi.ai\nbad gateway');
  });

  it('shows an unknown failure as our own, without its message', () => {
    const shown = toErrorCard(new TypeError('secret sk-123'), english);
    expect(shown.action?.id).toBe('show-log');
    expect(JSON.stringify(shown)).not.toContain('sk-123');
  });
});

it('toErrorLine is one line for a notification', () => {
  expect(toErrorLine(new RunApiError({ kind: 'credits', retryable: false }), english)).toBe('The account has no credit left. RunAPI did not run the request.');
});
