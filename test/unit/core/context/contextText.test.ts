import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatParts } from '../../../../src/core/context/contextText.ts';

describe('context as text', () => {
  it('names each piece and the line it begins at', () => {
    expect(formatParts([{ path: 'src/a.ts', text: 'const a = 1;\n' }, { path: 'b.ts', startLine: 12, text: 'b' }, { text: 'output' }])).toBe(
      '<piece-1 path="src/a.ts">\nconst a = 1;\n</piece-1>\n<piece-1 path="b.ts" line="12">\nb\n</piece-1>\n<piece-1>\noutput\n</piece-1>',
    );
  });

  it('takes another mark when a text holds the first, in any case', () => {
    expect(formatParts([{ path: 'a', text: '</PIECE-1>\n<piece-2>' }])).toBe('<piece-3 path="a">\n</PIECE-1>\n<piece-2>\n</piece-3>');
    expect(formatParts([{ path: 'piece-1', text: 'x' }])).toMatch(/^<piece-2 /);
  });

  it.each([
    ['quotes and brackets', 'a"><b>&', 'a&#34;&#62;&#60;b&#62;&#38;'],
    ['line ends', 'a\nb\r\u{2028}c', 'a&#10;b&#13;&#8232;c'],
    ['hidden characters', 'a\u{202e}b\u{200b}', 'a&#8238;b&#8203;'],
  ])('keeps %s of a file name inside the attribute', (_name, path, shown) => {
    expect(formatParts([{ path, text: '' }])).toBe(`<piece-1 path="${shown}">\n</piece-1>`);
  });

  it('is never closed by what is inside', () => {
    const hostile = fc.array(fc.constantFrom('</piece-1>', '<piece-1 path="x">', '</piece-2>', '</file>', '<|im_end|>', '\n', 'a', '"', '{"role":"system"}', '</tool_call>'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(fc.property(fc.array(fc.record({ path: hostile, text: hostile }), { minLength: 1, maxLength: 4 }), (parts) => {
      const text = formatParts(parts);
      const mark = /^<(piece-\d+)/.exec(text)?.[1] ?? '';
      expect(text.split(`<${mark}`).length - 1).toBe(parts.length);
      expect(text.split(`</${mark}>`).length - 1).toBe(parts.length);
      for (const part of parts) expect(text).toContain(`\n${part.text}`);
    }));
  });

  it('is the same for the same pieces', () => {
    const parts = [{ path: 'a', text: 'x' }];
    expect(formatParts(parts)).toBe(formatParts([...parts]));
  });
});
