import { describe, expect, it } from 'vitest';
import { carriesContext, imagesOf, urisOf } from '../../../../src/webview/composer/transfer.ts';

/** What of a DataTransfer is read: texts by type, files. */
function transfer(texts: Readonly<Record<string, string>>, files: readonly { readonly type: string }[] = []): DataTransfer {
  const items = [...Object.keys(texts).map((type) => ({ kind: 'string', type, getAsFile: () => null })), ...files.map((file) => ({ kind: 'file', type: file.type, getAsFile: () => file }))];
  // Only these members are read.
  return { types: [...Object.keys(texts), ...(files.length > 0 ? ['Files'] : [])], items, getData: (type: string) => texts[type] ?? '' } as unknown as DataTransfer;
}

describe('addresses of a drop', () => {
  it.each([
    ['a list of the editor', { 'application/vnd.code.uri-list': 'file:///a.ts\r\nfile:///b.ts' }, ['file:///a.ts', 'file:///b.ts']],
    ['a list with remarks and empty lines', { 'text/uri-list': '# two\nfile:///a.ts\n\n' }, ['file:///a.ts']],
    ['the older form', { ResourceURLs: '["file:///a.ts", 7]' }, ['file:///a.ts']],
    ['the older form, broken', { ResourceURLs: '["file:' }, []],
    ['an object in its place', { ResourceURLs: '{"a":1}' }, []],
    ['text', { 'text/plain': 'file:///a.ts' }, []],
  ])('%s', (_, texts, expected) => expect(urisOf(transfer(texts))).toEqual(expected));

  it('are at most 50, none longer than the protocol takes', () => {
    const list = [...Array.from({ length: 80 }, (_, index) => `file:///${index}`), `file:///${'x'.repeat(4_001)}`];
    expect(urisOf(transfer({ 'text/uri-list': list.join('\n') }))).toHaveLength(50);
    expect(urisOf(transfer({ 'text/uri-list': list.slice(80).join('\n') }))).toEqual([]);
  });

  it('of nothing are none', () => expect(urisOf(null)).toEqual([]));
});

describe('images of a paste or a drop', () => {
  it('are the files that say so', () => {
    const picture = { type: 'image/png' };
    expect(imagesOf(transfer({ 'text/plain': 'x' }, [picture, { type: 'application/pdf' }]))).toEqual([picture]);
    expect(imagesOf(null)).toEqual([]);
  });
});

describe('a drop is taken', () => {
  it.each([['text/uri-list', true], ['application/vnd.code.uri-list', true], ['ResourceURLs', true], ['text/plain', false]])('%s: %s', (type, expected) => expect(carriesContext(transfer({ [type]: 'x' }))).toBe(expected));
  it('with files', () => expect(carriesContext(transfer({}, [{ type: 'image/png' }]))).toBe(true));
});
