// A draft under the three kinds of edits: quoted text of any kind, lines by number, lines by quotation; and all of them one after the other.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFileDraft, type DraftResult } from '../../../../src/core/edit/fileDraft.ts';
import { splitLines } from '../../../../src/core/edit/lineText.ts';
import { cases, file, lines, wildFile } from './arbitraries.ts';

const told = (result: DraftResult): string => (result.ok ? `${result.rung} at ${result.line}` : `${result.problem.kind}${result.problem.places === undefined ? '' : ` ${result.problem.places.join(',')}`}`);

const check = (text: string, oldText: string, newText: string): readonly [string, string] => {
  const draft = createFileDraft(text);
  return [told(draft.replaceText(oldText, newText)), draft.text()];
};

describe('any text for any text', () => {
  it.each<readonly [string, readonly [string, string, string], readonly [string, string]]>([
    ['within a line', ['let a = 1;\n', 'a = 1', 'b = 2'], ['exact at 0', 'let b = 2;\n']],
    ['over lines', ['a\nb\nc\n', 'a\nb', 'x'], ['exact at 0', 'x\nc\n']],
    ['from the middle of a line to the middle of another', ['abc\ndef\n', 'c\nd', '-'], ['exact at 0', 'ab-ef\n']],
    ['nothing in its place', ['a\nb\nc', 'b\n', ''], ['exact at 1', 'a\nc']],
    ['with the line ends of the file', ['a\r\nb\r\n', 'a\nb', 'x\ny'], ['line-ends at 0', 'x\r\ny\r\n']],
    ['its own line ends made those of the file', ['a\nb\n', 'b', 'x\r\ny'], ['exact at 1', 'a\nx\ny\n']],
    ['signs that mean something elsewhere', ['a $1 b', '$1', '$& $$ \\1'], ['exact at 0', 'a $& $$ \\1 b']],
    ['twice in one line', ['aa', 'a', 'b'], ['ambiguous 0,0', 'aa']],
    ['in two lines', ['a\nb\na', 'a', 'x'], ['ambiguous 0,2', 'a\nb\na']],
    ['overlapping itself', ['aaa', 'aa', 'b'], ['ambiguous 0,0', 'aaa']],
    ['indented otherwise, as whole lines', ['  if (x) {\n    y();\n  }\n', 'if (x) {\n  y();\n}', 'if (z) {\n  y();\n}'], ['indentation at 0', '  if (z) {\n    y();\n  }\n']],
    ['closed by a line end on both sides', ['  a\n  b\n', 'a\nb\n', 'x\ny\n'], ['indentation at 0', '  x\n  y\n']],
    ['closed by a line end on one side only', ['  a\n  b\n', 'a\nb\n', 'x\ny'], ['no-match', '  a\n  b\n']],
    ['empty', ['a', '', 'b'], ['empty-search', 'a']],
    ['nowhere', ['a', 'zzz', 'b'], ['no-match', 'a']],
  ])('%s', (...[, [text, oldText, newText], expected]) => expect(check(text, oldText, newText)).toEqual(expected));

  it('is what a plain replacement of the one place gives', () => {
    fc.assert(fc.property(file, fc.nat(), fc.nat(20), fc.constantFrom('', 'x', '$&', 'new text'), (base, at, length, newText) => {
      const start = at % Math.max(1, base.text.length);
      const oldText = base.text.slice(start, start + length + 1);
      // Half of a line end is no text that a model could quote.
      fc.pre(oldText !== '' && !/^\n|\r$/.test(oldText));
      const places = base.text.split(oldText).length - 1;
      const overlapping = base.text.indexOf(oldText) !== base.text.lastIndexOf(oldText);
      const draft = createFileDraft(base.text);
      const result = draft.replaceText(oldText, newText);
      if (places > 1 || overlapping) {
        expect(result).toMatchObject({ ok: false, problem: { kind: 'ambiguous' } });
        expect(draft.text()).toBe(base.text);
      } else {
        expect(result).toMatchObject({ ok: true, rung: 'exact' });
        expect(draft.text()).toBe(base.text.slice(0, start) + newText + base.text.slice(start + oldText.length));
      }
    }), cases);
  });
});

describe('lines after a line by its number', () => {
  const insert = (text: string, after: number, newLines: readonly string[]): readonly [string, string] => {
    const draft = createFileDraft(text);
    return [told(draft.insert(after, newLines)), draft.text()];
  };

  it.each<readonly [string, readonly [string, number, readonly string[]], readonly [string, string]]>([
    ['at the top', ['a\nb\n', 0, ['x']], ['exact at 0', 'x\na\nb\n']],
    ['in between', ['a\nb\n', 1, ['x', 'y']], ['exact at 1', 'a\nx\ny\nb\n']],
    ['below the last line', ['a\nb', 2, ['x']], ['exact at 2', 'a\nb\nx']],
    ['with the line end of the line above', ['a\r\nb\n', 1, ['x']], ['exact at 1', 'a\r\nx\r\nb\n']],
    ['beyond the end', ['a', 5, ['x']], ['no-match', 'a']],
    ['none', ['a\nb', 1, []], ['exact at 1', 'a\nb']],
  ])('%s', (...[, [text, after, newLines], expected]) => expect(insert(text, after, newLines)).toEqual(expected));

  it('twice at the same place stand in their order', () => {
    const draft = createFileDraft('a\nb\n');
    draft.insert(1, ['first']);
    draft.insert(1, ['second']);
    expect(draft.text()).toBe('a\nfirst\nsecond\nb\n');
  });

  it('within lines that another edit replaced is refused', () => {
    const draft = createFileDraft('a\nb\nc\nd\n');
    draft.replace({ oldLines: ['b', 'c'], newLines: ['x'] });
    expect(draft.insert(2, ['y'])).toMatchObject({ ok: false, problem: { kind: 'overlap' } });
    expect(draft.text()).toBe('a\nx\nd\n');
  });
});

describe('lines by their numbers, without a search', () => {
  it('give way to any others, whatever the line ends', () => {
    fc.assert(fc.property(wildFile, fc.nat(), fc.nat(), lines, (base, one, other, newLines) => {
      const count = base.lines.length;
      const [start = 0, end = 0] = [one % (count + 1), other % (count + 1)].toSorted((a, b) => a - b);
      const text = createFileDraft(base.text).replaceRange(start, end, newLines);
      expect(splitLines(text).lines).toEqual([...base.lines.slice(0, start), ...newLines, ...base.lines.slice(end)]);
    }), cases);
  });
});

describe('edits of several kinds', () => {
  it('see what the ones before them made', () => {
    const draft = createFileDraft('one\ntwo\nthree\n');
    expect(told(draft.replaceText('two', '2'))).toBe('exact at 1');
    expect(told(draft.replace({ oldLines: ['2'], newLines: ['2', 'two and a half'] }))).toBe('exact at 1');
    expect(told(draft.replaceText('half', 'HALF'))).toBe('exact at 2');
    expect(draft.text()).toBe('one\n2\ntwo and a HALF\nthree\n');
  });

  it('that are refused leave all of it as it was', () => {
    fc.assert(fc.property(file, fc.array(lines, { minLength: 1, maxLength: 3 }), (base, attempts) => {
      const draft = createFileDraft(base.text);
      for (const attempt of attempts) {
        const before = draft.text();
        const result = draft.replaceText(`${attempt.join('\n')} stands nowhere`, 'x');
        expect(result.ok).toBe(false);
        expect(draft.text()).toBe(before);
        expect(draft.locate([...attempt, 'stands nowhere'])).toBeUndefined();
      }
    }), { numRuns: 2000 });
  });
});
