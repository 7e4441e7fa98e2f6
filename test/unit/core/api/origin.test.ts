import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBaseUrl } from '../../../../src/core/api/origin.ts';

function check(text: string, expected: { readonly origin: string; readonly models: string } | string): void {
  const result = parseBaseUrl(text);
  if (typeof expected === 'string') expect([text, result]).toEqual([text, { ok: false, problem: expected }]);
  else expect([text, result.ok && { origin: result.baseUrl.origin, models: result.baseUrl.address('/v1/models') }]).toEqual([text, expected]);
}

describe('parseBaseUrl', () => {
  it.each([
    ['https://runapi.ai', 'https://runapi.ai', 'https://runapi.ai/v1/models'],
    [' https://runapi.ai/ ', 'https://runapi.ai', 'https://runapi.ai/v1/models'],
    ['https://runapi.ai/v1', 'https://runapi.ai', 'https://runapi.ai/v1/models'],
    ['https://runapi.ai/v1/', 'https://runapi.ai', 'https://runapi.ai/v1/models'],
    ['https://runapi.ai/v1/chat/completions', 'https://runapi.ai', 'https://runapi.ai/v1/models'],
    ['https://runapi.ai/v1/messages', 'https://runapi.ai', 'https://runapi.ai/v1/models'],
    ['https://host.example/proxy/runapi/', 'https://host.example', 'https://host.example/proxy/runapi/v1/models'],
    ['https://host.example/proxy/v1', 'https://host.example', 'https://host.example/proxy/v1/models'],
    ['https://RunAPI.ai', 'https://runapi.ai', 'https://runapi.ai/v1/models'],
    ['https://runapi.ai.', 'https://runapi.ai', 'https://runapi.ai/v1/models'],
    ['https://runapi.ai.:8443/v1', 'https://runapi.ai:8443', 'https://runapi.ai:8443/v1/models'],
    ['https://runapi.ai:443', 'https://runapi.ai', 'https://runapi.ai/v1/models'],
    ['https://runapi.ai?x=1#y', 'https://runapi.ai', 'https://runapi.ai/v1/models'],
    ['https://runаpi.ai', 'https://xn--runpi-6ve.ai', 'https://xn--runpi-6ve.ai/v1/models'],
    ['http://localhost:8787', 'http://localhost:8787', 'http://localhost:8787/v1/models'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1', 'http://127.0.0.1:1/v1/models'],
    ['http://127.1', 'http://127.0.0.1', 'http://127.0.0.1/v1/models'],
    ['http://127.255.255.254', 'http://127.255.255.254', 'http://127.255.255.254/v1/models'],
    ['http://[::1]:9', 'http://[::1]:9', 'http://[::1]:9/v1/models'],
    ['http://localhost.', 'http://localhost', 'http://localhost/v1/models'],
  ])('takes %s', (text, origin, models) => check(text, { origin, models }));

  it.each([
    ['http://runapi.ai', 'insecure'],
    ['http://localhost.evil.example', 'insecure'],
    ['http://127.0.0.1.evil.example', 'insecure'],
    ['http://0.0.0.0', 'insecure'],
    ['http://192.168.0.1', 'insecure'],
    ['http://128.0.0.1', 'insecure'],
    ['http://[::2]', 'insecure'],
    ['https://runapi.ai@evil.example', 'credentials'],
    ['https://user:pass@runapi.ai', 'credentials'],
    ['http://localhost@evil.example', 'credentials'],
    ['ftp://runapi.ai', 'not-http'],
    ['javascript:alert(1)', 'not-a-url'],
    ['file:///etc/passwd', 'not-a-url'],
    ['runapi.ai', 'not-a-url'],
    ['', 'not-a-url'],
    ['https://', 'not-a-url'],
  ])('refuses %s', (text, problem) => check(text, problem));

  it('writes a query', () => {
    const result = parseBaseUrl('https://runapi.ai/v1');
    expect(result.ok && result.baseUrl.address('/api/v1/price_schedules', { model: 'a b&c' })).toBe('https://runapi.ai/api/v1/price_schedules?model=a+b%26c');
  });

  it('never gives a plain http origin that is not this machine, nor an address that leaves its origin', () => {
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.constantFrom('http:', 'https:'), (address, scheme) => {
      const result = parseBaseUrl(address.replace(/^https?:/, scheme));
      if (!result.ok) return;
      const { origin } = result.baseUrl;
      expect(origin).toMatch(/^(?:https:|http:\/\/(?:localhost|127\.|\[::1\]))/);
      expect(new URL(result.baseUrl.address('/v1/models')).origin).toBe(origin);
    }));
  });
});
