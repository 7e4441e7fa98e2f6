// Lines that stand for others in the calls of the tool: filled in where the file proves them, else refused; never written.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeholderTest } from '../../../../src/core/edit/placeholders.ts';
import { resolveAnswer } from '../../../../src/core/edit/resolveAnswer.ts';
import { createToolCallEdits } from '../../../../src/core/edit/toolCallEdit.ts';
import { toWholeLines } from '../../../../src/core/edit/wholeLines.ts';

const result = (text: string, call: Readonly<Record<string, unknown>>, path = 'a.ts'): string => {
  const tools = createToolCallEdits();
  tools.start(0, 'str_replace_based_edit_tool');
  tools.delta(0, JSON.stringify({ path, ...call }));
  const resolved = resolveAnswer(tools.finish(), { takesLooseCode: false, fileAt: () => ({ ok: true, file: { uri: `file:///${path}`, path, text } }) });
  if (resolved.state === 'changes') return resolved.changes[0]?.proposed ?? '';
  return resolved.state === 'refused' ? `! ${resolved.problems.map(({ kind }) => kind).join(' ')}` : text;
};
const replaced = (text: string, oldText: string, newText: string): string => result(text, { command: 'str_replace', old_str: oldText, new_str: newText });
const inserted = (text: string, line: number, newText: string, path?: string): string => result(text, { command: 'insert', insert_line: line, insert_text: newText }, path);

describe('a placeholder in a replacement', () => {
  const text = 'one\ntwo\nthree\nfour\n';
  it.each<readonly [string, string, string, string]>([
    ['that nothing proves is refused', 'two\n', 'TWO\n// ... existing code ...\n', '! placeholder'],
    ['at the end of a part of a line is refused', 'two', 'TWO\n// ... existing code ...', '! placeholder'],
    ['in Korean is refused', 'two', 'TWO\n// 기존 코드 유지', '! placeholder'],
    ['comes from the quoted text', 'one\ntwo\nthree\n', 'zero\none\n// ... existing code ...\nthree\n', 'zero\none\ntwo\nthree\nfour\n'],
    ['is a gap that both sides have', 'one\n// ...\nfour\n', 'ONE\n// ...\nfour\n', 'ONE\ntwo\nthree\nfour\n'],
    ['is a gap that the new text has to keep', 'one\n// ...\nfour\n', 'ONE\nfour\n', '! placeholder'],
  ])('%s', (...[, oldText, newText, expected]) => expect(replaced(text, oldText, newText)).toBe(expected));

  it.each<readonly [string, string, string, string, string]>([
    ['dots within a line', 'a("Wait");\n', 'Wait', 'Wait...', 'a("Wait...");\n'],
    ['dots for an ellipsis within a line', 'a("…");\n', '…', '...', 'a("...");\n'],
    ['a line that the file has', 'a\n// ... existing code ...\nb\n', 'a\n', 'A\n', 'A\n// ... existing code ...\nb\n'],
    ['a line that the file has, quoted', 'a\n// ...\nb\n', 'a\n// ...', 'A\n// ...', 'A\n// ...\nb\n'],
    ['a comment that goes on in the file', '// x and so on\n', 'x', 'unchanged', '// unchanged and so on\n'],
  ])('%s is none', (...[, file, oldText, newText, expected]) => expect(replaced(file, oldText, newText)).toBe(expected));

  it('keeps the line ends of the file', () => expect(replaced('one\r\ntwo\r\nthree\r\n', 'one\ntwo\nthree', 'ONE\none\n// ...\nthree')).toBe('ONE\r\none\r\ntwo\r\nthree\r\n'));
  it('made up of an old and a new part stands for what was quoted', () => expect(replaced('// TODO\n', 'TODO', '... existing code ...')).toBe('// TODO\n'));

  it('is never in the result, whatever is replaced', () => {
    const isPlaceholder = placeholderTest('a.ts', []);
    const piece = fc.constantFrom('one\n', 'two\n', 'new\n', '// ... existing code ...\n', '// ', '...', '\n', 'three');
    fc.assert(fc.property(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.array(piece, { maxLength: 5 }), (old, next) => {
      const lines = replaced(text, old.join(''), next.join('')).split('\n');
      expect(lines.filter(isPlaceholder)).toEqual([]);
    }), { numRuns: 3000 });
  });
});

describe('a placeholder in inserted lines', () => {
  it('is refused', () => {
    expect(inserted('one\ntwo\n', 1, 'x\n// rest of the code\n')).toBe('! placeholder');
    expect(inserted('one\ntwo\n', 1, 'x\n')).toBe('one\nx\ntwo\n');
  });
  it('depends on the language', () => expect(inserted('def f():\n', 1, '    ...\n', 'a.py')).toBe('def f():\n    ...\n'));
});

describe('a text as whole lines', () => {
  it.each<readonly [string, string, string, string, string, string]>([
    ['takes the rest of its lines along', 'ab\ncd\nef', 'b\nc', 'X', 'ab|cd', 'aXd'],
    ['with other line ends too', 'ab\r\ncd\r\nef', 'd', 'D\nE', 'cd', 'cD|E'],
    ['at the begin and the end of the file', 'ab', 'ab', 'x', 'ab', 'x'],
    ['after a lone carriage return', 'a\rbc', 'c', 'x', 'bc', 'bx'],
    ['that stands twice stays as it is', 'a\na\n', 'a\n', 'b\n', 'a', 'b'],
    ['that stands nowhere stays as it is', 'a\n', 'x', 'y\n', 'x', 'y|'],
  ])('%s', (...[, file, oldText, newText, oldLines, newLines]) => {
    const whole = toWholeLines(file, oldText, newText);
    expect([whole.oldLines.join('|'), whole.newLines.join('|')]).toEqual([oldLines, newLines]);
  });
});
