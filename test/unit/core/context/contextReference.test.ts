import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference, parseReference, referenceId, type ContextReference } from '../../../../src/core/context/contextReference.ts';

const uri = fc.constantFrom('file:///ws/a.ts', 'file:///ws/with%20blank/b%23.ts', 'untitled:Untitled-1', 'vscode-vfs://github/a/b.ts', 'file:///c%3A/x.ts!', 'file:///x#L1-2');
const range = fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 500 })).map(([startLine, length]) => ({ startLine, endLine: startLine + length }));
const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '');

const reference: fc.Arbitrary<ContextReference> = fc.oneof(
  fc.record({ kind: fc.constant('file' as const), uri, range }),
  fc.record({ kind: fc.constant('file' as const), uri, range, evenIfSecret: fc.constant(true) }),
  fc.record({ kind: fc.constant('folder' as const), uri }),
  fc.record({ kind: fc.constant('symbol' as const), uri, name: word, range }),
  fc.record({ kind: fc.constant('selection' as const), uri, range }),
  fc.record({ kind: fc.constant('problems' as const), uri }),
  fc.record({ kind: fc.constant('codebase' as const), query: word }),
  fc.record({ kind: fc.constant('instructions' as const), uri }),
  fc.constantFrom<ContextReference>({ kind: 'selection' }, { kind: 'changes' }, { kind: 'staged' }, { kind: 'problems' }, { kind: 'terminal' }, { kind: 'codebase' }, { kind: 'open-editors' }, { kind: 'instructions' }, { kind: 'file', uri: 'file:///ws/a.ts' }),
);

describe('a reference', () => {
  it('comes back from its text', () => {
    fc.assert(fc.property(reference, (value) => {
      expect(parseReference(formatReference(value))).toEqual(value);
    }));
  });

  it('is short text that people can read in a log', () => {
    expect(formatReference({ kind: 'file', uri: 'file:///a/b.ts', range: { startLine: 3, endLine: 9 } })).toBe('file:file:///a/b.ts#L3-9');
  });

  it.each(['', ':', 'file', 'file:', 'file:relative/path', 'file:/etc/passwd', 'file:a b:c', 'folder:', 'symbol:file:///a', 'symbol:file:///a#L1-2=', 'selection:x', 'changes:x', 'terminal:rm -rf', 'codebase:', 'codebase:  ', '__proto__', 'image:x', 'toString', 'FILE:file:///a'])('is never made of %j', (text) => {
    expect(parseReference(text)).toBeUndefined();
  });

  it('keeps a range that makes no sense as part of the address, which then leads nowhere', () => {
    expect(parseReference('file:file:///a#L9-3')).toEqual({ kind: 'file', uri: 'file:///a#L9-3' });
    expect(parseReference('file:file:///a#L0-3')).toEqual({ kind: 'file', uri: 'file:///a#L0-3' });
  });

  it('does not throw at any text', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      parseReference(text);
    }));
  });
});

describe('the id of a reference', () => {
  const folder = `file:///Users/jimin/${'문서/2026년 상반기 프로젝트/결제 시스템 개편/src/'.split('/').map(encodeURIComponent).join('/')}`;

  it('is its text where that is short', () => {
    expect(referenceId({ kind: 'file', uri: 'file:///ws/a.ts' })).toBe('file:file:///ws/a.ts');
  });

  it('tells files apart whose addresses have the same first 200 characters', () => {
    const ids = ['a.ts', 'b.ts', 'c.ts'].map((name) => referenceId({ kind: 'file', uri: `${folder}${name}` }));
    expect(new Set(ids).size).toBe(3);
    expect(referenceId({ kind: 'file', uri: `${folder}a.ts` })).toBe(ids[0]);
  });

  it('tells ranges of one file apart, and fits behind a word', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 600 }), fc.uniqueArray(fc.nat(9_999), { minLength: 2, maxLength: 5 }), (length, lines) => {
      const ids = lines.map((line) => referenceId({ kind: 'selection', uri: `file:///${'x'.repeat(length)}`, range: { startLine: line + 1, endLine: line + 1 } }));
      expect(new Set(ids).size).toBe(lines.length);
      expect(Math.max(...ids.map((id) => `offer:${id}`.length))).toBeLessThanOrEqual(200);
    }));
  });
});
