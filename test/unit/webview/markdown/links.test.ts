import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesHost, parseLink } from '../../../../src/webview/markdown/links.ts';

describe('an address that may be opened', () => {
  it.each([
    ['https://docs.example.com/a?b#c', { kind: 'web', url: 'https://docs.example.com/a?b#c', host: 'docs.example.com' }],
    ['HTTP://Example.com', { kind: 'web', url: 'http://example.com/', host: 'example.com' }],
    ['https://example.com:8443/', { kind: 'web', url: 'https://example.com:8443/', host: 'example.com:8443' }],
    ['https://раураl.example', { kind: 'web', url: 'https://xn--l-7sba6dbr.example/', host: 'xn--l-7sba6dbr.example' }],
    ['src/retry.ts', { kind: 'file', path: 'src/retry.ts' }],
    ['src/retry.ts#L12', { kind: 'file', path: 'src/retry.ts', line: 12 }],
    ['src/retry.ts#L12-L48', { kind: 'file', path: 'src/retry.ts', line: 12 }],
    ['src/retry.ts:12', { kind: 'file', path: 'src/retry.ts', line: 12 }],
    ['src/retry.ts:12:4', { kind: 'file', path: 'src/retry.ts', line: 12 }],
    ['./docs/a%20b.md', { kind: 'file', path: './docs/a b.md' }],
  ])('%s', (href, target) => {
    expect(parseLink(href)).toEqual(target);
  });
});

describe('an address that stays text', () => {
  it.each([
    '', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'command:workbench.action.quit', 'vscode://runapi.x', 'vscode-insiders:x', 'vscode-resource:/etc/passwd', 'file:///etc/passwd',
    'data:text/html,<script>', 'ms-settings:x', 'smb://host/share', '\\\\host\\share', '//host/share', 'mailto:a@b.c', 'ftp://a', 'http:example.com', 'https://user:pass@example.com', 'https://example.com@sink.example',
    '/etc/passwd', '~/.ssh/id_rsa', '../outside.ts', 'src/../../outside.ts', 'src/%2e%2e/%2e%2e/x', 'C:/x', 'C:rel', 'a/b:c/d', '#anchor', '?q', '%', 'src/a\0b', 'x?y',
  ])('%j', (href) => {
    expect(parseLink(href)).toEqual({ kind: 'inert' });
  });
  it('whatever it is, only http(s) and relative paths get through', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom('command:', 'file:', 'javascript:').chain((scheme) => fc.string().map((rest) => scheme + rest))), (href) => {
      const target = parseLink(href);
      if (target.kind === 'web') expect(new URL(target.url).protocol).toMatch(/^https?:$/);
      if (target.kind === 'file') expect(target.path).not.toMatch(/^[/\\~]|:|(?:^|\/)\.\.(?:\/|$)/);
    }), { seed: 7, numRuns: 2_000 });
  });
});

describe('whether a text names the host it leads to', () => {
  it.each([
    ['https://docs.example.com/a', 'docs.example.com', true],
    ['docs.example.com', 'docs.example.com', true],
    ['the docs', 'docs.example.com', false],
    ['https://docs.example.com.sink.example', 'docs.example.com', false],
    ['docs.example.com', 'sink.example', false],
  ])('%s → %s', (text, host, expected) => {
    expect(namesHost(text, host)).toBe(expected);
  });
});
