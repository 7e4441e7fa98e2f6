import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findWholes, sentFiles } from '../../../../src/core/chat/sentFiles.ts';
import type { ContextItem, ContextNote, ContextPart } from '../../../../src/core/context/contextItem.ts';
import type { ContextReference } from '../../../../src/core/context/contextReference.ts';
import { formatParts } from '../../../../src/core/context/contextText.ts';

const folder: ContextReference = { kind: 'folder', uri: 'file:///work' };
const part = (name: string, text: string, startLine = 1): ContextPart => ({ uri: `file:///work/${name}`, path: name, text, startLine });

function item(parts: readonly ContextPart[], reference: ContextReference = folder, notes: readonly ContextNote[] = []): ContextItem {
  return { id: 'i', kind: reference.kind, reference, name: '', parts, text: formatParts(parts), tokens: 1, notes };
}

/** What an answer is held against. */
function check(context: readonly ContextItem[], expected: Readonly<Record<string, string | undefined>>): void {
  const sent = context.map((each) => ({ chipId: each.id, name: '', text: each.text, uris: each.parts.flatMap(({ uri }) => uri ?? []), wholes: findWholes(each) }));
  expect(Object.fromEntries(sentFiles(sent).map(({ uri, text }) => [uri.slice('file:///work/'.length), text]))).toEqual(expected);
}

describe('the text of a file as it was sent', () => {
  it('is known where all of it was sent, to the last byte', () => {
    check([item([part('a.ts', 'one\ntwo')], { kind: 'file', uri: 'file:///work/a.ts' })], { 'a.ts': 'one\ntwo' });
    check([item([part('a.ts', 'one\n'), part('b.ts', 'two'), part('c.ts', '\n\n')])], { 'a.ts': 'one\n', 'b.ts': 'two', 'c.ts': '\n\n' });
    check([item([part('a.ts', 'open')], { kind: 'open-editors' })], { 'a.ts': 'open' });
  });

  it('is not known of a part, or of what was shortened', () => {
    const range = { startLine: 1, endLine: 2 };
    check([item([part('a.ts', 'one\ntwo')], { kind: 'file', uri: 'file:///work/a.ts', range })], { 'a.ts': undefined });
    check([item([part('a.ts', 'one')], { kind: 'selection', uri: 'file:///work/a.ts', range })], { 'a.ts': undefined });
    check([item([part('a.ts', 'one')], { kind: 'codebase', query: 'x' })], { 'a.ts': undefined });
    check([item([part('a.ts', 'three', 3), part('b.ts', 'all')])], { 'a.ts': undefined, 'b.ts': 'all' });
    check([item([part('a.ts', 'one')], folder, [{ type: 'shortened', keptTokens: 1, ofTokens: 2 }])], { 'a.ts': undefined });
    check([item([part('empty.ts', ''), part('b.ts', 'all')])], { 'empty.ts': undefined, 'b.ts': 'all' });
  });

  it('is found in whatever piece holds the whole', () => {
    const selected = item([part('a.ts', 'two')], { kind: 'selection', uri: 'file:///work/a.ts', range: { startLine: 2, endLine: 2 } });
    const whole = item([part('a.ts', 'one\ntwo')], { kind: 'file', uri: 'file:///work/a.ts' });
    check([selected, whole], { 'a.ts': 'one\ntwo' });
    check([whole, selected], { 'a.ts': 'one\ntwo' });
  });

  it('is found between whatever other texts, also texts that look like marks', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('<', '>', '>\n', '<piece-1>\n', '</piece-1>\n<piece-1 path="x">\n', '<pie'));
    fc.assert(fc.property(fc.array(text, { maxLength: 6 }), (texts) => {
      const parts = texts.map((each, index) => part(`${index}.ts`, each));
      check([item(parts)], Object.fromEntries(texts.map((each, index) => [`${index}.ts`, each === '' ? undefined : each])));
    }));
  });
});
