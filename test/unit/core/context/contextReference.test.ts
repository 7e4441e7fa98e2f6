import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference, parseReference, type ContextReference } from '../../../../src/core/context/contextReference.ts';

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
  fc.constantFrom<ContextReference>({ kind: 'selection' }, { kind: 'changes' }, { kind: 'staged' }, { kind: 'problems' }, { kind: 'terminal' }, { kind: 'open-editors' }, { kind: 'instructions' }, { kind: 'file', uri: 'file:///ws/a.ts' }),
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
