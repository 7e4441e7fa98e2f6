import { describe, expect, it } from 'vitest';
import { maxLinesBack, nextLineOf, readPlace, textSince } from '../../../../src/core/completion/place.ts';
import { afterAccepting } from '../../../../src/core/completion/afterAccepting.ts';
import { callAt, placeAt } from './harness.ts';

describe('a place', () => {
  const place = placeAt('one\ntwo\n  thr█ee\n\nfour');
  it('has the line split at the cursor', () => expect([place.linePrefix, place.lineRest]).toEqual(['  thr', 'ee']));
  it('has the lines around it', () => expect([place.before, place.after]).toEqual([['one', 'two'], ['', 'four']]));
  it('knows the next line that is not blank', () => expect(nextLineOf(place)).toBe('four'));
  it('gives the text since a line above', () => expect(textSince(place, 1)).toBe('two\n  thr'));
  it('gives the text since its own line', () => expect(textSince(place, 0)).toBe('  thr'));
  it('bounds a line of a megabyte', () => expect(readPlace(callAt(`${'x'.repeat(1_000_000)}█`)).linePrefix.length).toBeLessThanOrEqual(2000));
  it('reads no more lines than it needs', () => {
    let reads = 0;
    const call = callAt(`${'a\n'.repeat(9000)}█${'\nb'.repeat(900)}`);
    readPlace({ ...call, lines: { lineCount: call.lines.lineCount, lineAt: (line) => (reads++, call.lines.lineAt(line)) } });
    expect(reads).toBeLessThan(200);
  });
});

describe('the chain of a place', () => {
  const lines = Array.from({ length: 60 }, (_, index) => `line ${index}`);
  const at = (line: number): string => [...lines.slice(0, line), `█${lines[line] ?? ''}`, ...lines.slice(line + 1)].join('\n');
  it('finds the line above again', () => expect(placeAt(at(40)).chain[1]).toBe(placeAt(at(39)).chain[0]));
  it('finds a line far above again', () => expect(placeAt(at(40)).chain[maxLinesBack]).toBe(placeAt(at(40 - maxLinesBack)).chain[0]));
  it('differs between places that differ above', () => expect(placeAt('a\nb\n█').chain[0]).not.toBe(placeAt('a\nc\n█').chain[0]));
  it('does not mind white space at line ends', () => expect(placeAt('a  \nb\n█').chain[0]).toBe(placeAt('a\nb\n█').chain[0]));
  it('does not mind what is far above', () => expect(placeAt(`x\n${at(40)}`).chain[0]).toBe(placeAt(at(40)).chain[0]));
  it('ends at the top of the file', () => expect(placeAt('a\n█').chain).toHaveLength(2));
});

describe('the document after accepting', () => {
  const accept = (at: string, item: { text: string; replaceBefore: number; replaceAfter: number }) => {
    const { lines, cursor } = afterAccepting(callAt(at), { id: 1, ...item });
    return { text: Array.from({ length: lines.lineCount }, (_, line) => lines.lineAt(line)).join('\n'), cursor };
  };
  it('has one line more for each line end', () => expect(accept('a\nb█\nc', { text: '1\n2\n3', replaceBefore: 0, replaceAfter: 0 })).toEqual({ text: 'a\nb1\n2\n3\nc', cursor: { line: 3, character: 1 } }));
  it('lacks what was replaced', () => expect(accept('f(x█)', { text: 'xy);', replaceBefore: 1, replaceAfter: 1 })).toEqual({ text: 'f(xy);', cursor: { line: 0, character: 6 } }));
});
