import { describe, expect, it } from 'vitest';
import { endOfSlice } from '../../../../src/webview/markdown/codeSlices.ts';
import { createHighlighter } from '../../../../src/webview/markdown/highlight.ts';

const highlighter = createHighlighter();
const color = (language: string, line: string): string => (highlighter.highlight(language, [line])[0] ?? []).map((piece) => `${piece.text}${piece.color === undefined ? '' : `<${piece.color}>`}`).join('');

describe('colours', () => {
  it.each([
    ['ts', 'const a = 1;', 'const<keyword> a = 1<number>;'],
    ['python', '"x" # y', '"x"<string> # y<comment>'],
    ['json', '{ "a": true }', '{ "a"<attribute>: true<keyword> }'],
    ['diff', '+added', '+added<added>'],
    ['js', 'const f = () => `x`; // y', 'const<keyword> f<function> = () => `x`<string>; // y<comment>'],
    ['c', 'return 0; /* y */', 'return<keyword> 0<number>; /* y */<comment>'],
    ['css', '.a > b:hover #c {', '.a<attribute> > b<tag>:hover<attribute> #c<attribute> {'],
    ['css', '  margin: 4px calc(1em + var(--gap)) !important; /* x */', '  margin<attribute>: 4px<number> calc<type>(1em<number> + var<type>(--gap<variable>)) !important<keyword>; /* x */<comment>'],
    ['css', '@media (min-width: 40em) {', '@media<keyword> (min-width: 40em<number>) {'],
    ['scss', '$gap: 8px; &:hover { @include shadow($gap); } // x', '$gap<variable>: 8px<number>; &:hover<attribute> { @include<keyword> shadow<type>($gap<variable>); } // x<comment>'],
    ['less', 'color: darken(@accent, 10%);', 'color<attribute>: darken<type>(@accent<variable>, 10%<number>);'],
  ])('%s: %s', (language, line, expected) => {
    expect(color(language, line).replaceAll('true<constant>', 'true<keyword>')).toBe(expected);
  });
  it('knows names that models use, and says which it does not know', () => {
    for (const name of ['ts', 'tsx', 'js', 'py', 'sh', 'yml', 'html', 'rs', 'c++', 'vue', 'jsonc', 'kt', 'cs']) expect(highlighter.isKnown(name), name).toBe(true);
    for (const name of ['', 'brainfuck', '__proto__', 'constructor']) expect(highlighter.isKnown(name), name).toBe(false);
  });
  it('keeps the characters of what is no style sheet', () => {
    for (const piece of ['a:', '#{', '--a', '@a ', '12e', '.a#b:c::d[', '(// ']) {
      const line = piece.repeat(8_000 / piece.length);
      expect(color('css', line).replaceAll(/<[a-z]+>/g, '')).toBe(line);
    }
  });
  it('keeps every character and the number of lines', () => {
    const lines = ['/* a', '   b */ const x = `t ${y} <&>`;', '', '  return "\u202e";'];
    expect(highlighter.highlight('ts', lines).map((pieces) => pieces.map((piece) => piece.text).join(''))).toEqual(lines);
  });
});

describe('slices', () => {
  it('end at a blank line before a top-level statement', () => {
    const lines = Array.from({ length: 200 }, (_, index) => (index === 79 ? '' : index === 80 ? 'function b() {' : '  x();'));
    expect(endOfSlice(lines, 0)).toBe(80);
  });
  it('end after 100 lines or 8,000 characters where there is none', () => {
    expect(endOfSlice(Array.from({ length: 200 }, () => 'x'), 0)).toBe(100);
    expect(endOfSlice(Array.from({ length: 200 }, () => 'x'.repeat(999)), 0)).toBe(8);
  });
  it('always go on', () => {
    expect(endOfSlice(['x'.repeat(50_000), 'y'], 0)).toBe(1);
    expect(endOfSlice(['x'], 0)).toBe(1);
  });
});
