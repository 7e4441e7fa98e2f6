import { describe, expect, it } from 'vitest';
import hostNames from '../../../../src/webview/markdown/hostNames.ts';

describe('a host name in the view', () => {
  it.each([
    ['docs.example.com', 'docs.example.com'],
    ['A.Example', 'A.Example'],
    ['한국.example', 'xn--3e0b707e.example'],
    ['раураl.example', 'xn--l-7sba6dbr.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['a b', 'a b'],
  ])('%s is asked for as %s', (host, ascii) => expect(hostNames.toASCII(host)).toBe(ascii));

  it('that cannot be one is refused', () => {
    expect(() => hostNames.toASCII('한 국<')).toThrow();
  });

  it('is shown as it was written', () => {
    for (const host of ['xn--3e0b707e.example', '한국.example']) expect(hostNames.toUnicode(host)).toBe(host);
  });
});
