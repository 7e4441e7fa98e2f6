import { describe, expect, it } from 'vitest';
import { parseFenceInfo, readFenceOpening, stripIndent } from '../../../../src/webview/markdown/fences.ts';

describe('what an info string says', () => {
  it.each([
    ['', { language: '' }],
    ['ts', { language: 'ts' }],
    ['ts src/retry.ts', { language: 'ts', path: 'src/retry.ts' }],
    ['ts:src/retry.ts', { language: 'ts', path: 'src/retry.ts' }],
    ['src/retry.ts', { language: 'ts', path: 'src/retry.ts' }],
    ['retry.py', { language: 'py', path: 'retry.py' }],
    ['ts title="src/retry.ts"', { language: 'ts', path: 'src/retry.ts' }],
    ['ts path=src/retry.ts', { language: 'ts', path: 'src/retry.ts' }],
    ['{.python}', { language: 'python' }],
    ['c++', { language: 'c++' }],
    ['c#', { language: 'c#' }],
    ['js {1,3-4}', { language: 'js' }],
    ['http://a.example', { language: 'http://a.example' }],
    ['Makefile', { language: 'Makefile' }],
  ])('%j', (info, label) => {
    expect(parseFenceInfo(info)).toEqual(label);
  });
  it('reads no more than a line of it', () => {
    expect(parseFenceInfo('x'.repeat(100_000)).language.length).toBeLessThanOrEqual(1_000);
  });
});

describe('the line that opens a fence', () => {
  it('knows its marker, its length and its indentation', () => {
    const opening = readFenceOpening('text\n  ```` js\n', 1);
    expect(opening).toMatchObject({ info: 'js', indent: 2 });
    expect(opening?.closes.test('````')).toBe(true);
    expect(opening?.closes.test('`````  ')).toBe(true);
    expect(opening?.closes.test('```')).toBe(false);
    expect(opening?.closes.test('```` js')).toBe(false);
    expect(opening?.mayClose.test('``')).toBe(true);
    expect(opening?.mayClose.test('~')).toBe(false);
  });
  it('is no other line', () => {
    expect(readFenceOpening('text\n', 0)).toBeUndefined();
    expect(readFenceOpening('    ```\n', 0)).toBeUndefined();
  });
  it('takes its indentation from the lines inside, and no more', () => {
    expect(stripIndent('    a', 2)).toBe('  a');
    expect(stripIndent(' a', 2)).toBe('a');
    expect(stripIndent('\ta', 2)).toBe('\ta');
  });
});
