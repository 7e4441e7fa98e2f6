import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFileDraft } from '../../../../src/core/edit/fileDraft.ts';
import { joinLines, splitLines } from '../../../../src/core/edit/lineText.ts';
import { toTextEdits } from '../../../../src/core/edit/textEdits.ts';
import { applyHunks } from '../../../../src/core/edit/hunks.ts';
import { diffLines } from '../../../../src/core/edit/lineDiff.ts';
import { createToolCallEdits } from '../../../../src/core/edit/toolCallEdit.ts';
import { cases, lines } from './arbitraries.ts';

const check = (name: string, json: string, expected: unknown): void => {
  const read = (pieces: readonly string[]): unknown => {
    const calls = createToolCallEdits();
    calls.start(0, name);
    for (const piece of pieces) calls.delta(0, piece);
    const { edits, problems } = calls.finish();
    return problems.length > 0 ? problems.map(({ kind }) => kind) : edits;
  };
  expect(read([json])).toEqual(expected);
  expect(read(json.split(''))).toEqual(expected);
};

const where = { path: 'a.ts', answerLine: 0 };

describe('tool calls', () => {
  it('of the text editor are edits', () => {
    check('str_replace', '{"path":"a.ts","old_str":"a\\nb","new_str":"c"}', [{ kind: 'replace-text', ...where, oldText: 'a\nb', newText: 'c' }]);
    check('str_replace_based_edit_tool', '{"command":"str_replace","path":"a.ts","old_str":"a"}', [{ kind: 'replace-text', ...where, oldText: 'a', newText: '' }]);
    check('str_replace_based_edit_tool', '{"command":"create","path":"a.ts","file_text":"x\\n"}', [{ kind: 'write', ...where, lines: ['x', ''], mustBeNew: true }]);
    check('str_replace_editor', '{"command":"insert","path":"a.ts","insert_line":2,"new_str":"x\\ny\\n"}', [{ kind: 'insert', ...where, afterLines: 2, newLines: ['x', 'y'] }]);
    check('str_replace_editor', '{"command":"view","path":"a.ts"}', []);
  });
  it('of other tools are none of ours', () => check('bash', '{"command":"rm -rf /"}', []));
  it.each(['', '{', '[]', 'null', '"x"', '{"path":"a"}', '{"path":1,"old_str":"a","new_str":"b"}', '{"command":"insert","path":"a","insert_line":-1,"insert_text":""}', '{"command":"insert","path":"a","insert_line":1e99,"insert_text":""}', '{"path":"a.ts","old_str":"a","new_str":"b"', '['.repeat(10_000)])('with the input %j are a problem', (json) => check('str_replace', json, ['parse']));
  it('drop keys that they do not know, and pollute nothing', () => {
    check('str_replace', '{"path":"a.ts","old_str":"a","new_str":"b","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}', [{ kind: 'replace-text', ...where, oldText: 'a', newText: 'b' }]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
  it('of 50 MB are refused in bounded memory', () => {
    const calls = createToolCallEdits();
    calls.start(0, 'str_replace');
    const piece = 'x'.repeat(1_000_000);
    for (let index = 0; index < 50; index++) calls.delta(0, piece);
    expect(calls.finish().problems).toHaveLength(1);
  });
  it('that interleave are kept apart by their index', () => {
    const calls = createToolCallEdits();
    calls.start(0, 'str_replace');
    calls.start(1, 'str_replace');
    calls.delta(1, '{"path":"b","old_str":"1","new_str":"2"}');
    calls.delta(0, '{"path":"a","old_str":"1","new_str":"2"}');
    calls.delta(7, '{"path":"c"}');
    expect(calls.finish().edits.map(({ path }) => path)).toEqual(['a', 'b']);
  });
});

describe('replacing text', () => {
  const replaced = (text: string, oldText: string, newText: string): string => {
    const draft = createFileDraft(text);
    const result = draft.replaceText(oldText, newText);
    return result.ok ? `${result.rung}: ${draft.text()}` : result.problem.kind;
  };
  it.each([
    ['inside a line', 'let a = 1;\nlet b = 2;\n', '= 1', '= 3', 'exact: let a = 3;\nlet b = 2;\n'],
    ['over line ends', 'a\r\nb\r\nc', 'a\r\nb', 'x', 'exact: x\r\nc'],
    ['with other line ends', 'a\r\nb\r\nc', 'a\nb', 'x\ny', 'line-ends: x\r\ny\r\nc'],
    ['new lines take the file’s ends', 'a\r\nb', 'b', 'x\ny', 'exact: a\r\nx\r\ny'],
    ['twice in the file', 'aXbXc', 'X', 'Y', 'ambiguous'],
    ['overlapping itself', 'aaa', 'aa', 'b', 'ambiguous'],
    ['nowhere', 'abc', 'x', 'y', 'no-match'],
    ['nothing', 'abc', '', 'y', 'empty-search'],
    ['whole lines with another indentation', '  a();\n  b();\n', 'a();\nb();\n', 'c();\n', 'indentation:   c();\n'],
    ['deleting whole lines', 'a\nb\nc\n', 'b\n', '', 'exact: a\nc\n'],
  ])('%s', (...[, text, oldText, newText, expected]) => expect(replaced(text, oldText, newText)).toBe(expected));

  it('at exactly one place is byte for byte', () => {
    fc.assert(fc.property(lines.map((each) => each.join('\n')), fc.nat(), fc.nat(), fc.constantFrom('', 'x', 'y\nz', '$&'), (text, start, length, next) => {
      fc.pre(text !== '');
      const from = start % text.length;
      const sought = text.slice(from, from + 1 + (length % (text.length - from)));
      const draft = createFileDraft(text);
      const result = draft.replaceText(sought, next);
      if (text.indexOf(sought) === text.lastIndexOf(sought)) expect(draft.text()).toBe(text.slice(0, from) + next + text.slice(from + sought.length));
      else expect(result).toMatchObject({ ok: false, problem: { kind: 'ambiguous' } });
    }), cases);
  });
});

describe('replacements of an editor', () => {
  it('give the text that the hunks give', () => {
    fc.assert(fc.property(lines, lines, fc.constantFrom('\n', '\r\n'), (base, next, lineEnd) => {
      const text = base.join(lineEnd);
      const hunks = diffLines(base, next);
      const expected = joinLines(applyHunks(splitLines(text), hunks, lineEnd));
      const offsets = base.map((_, index) => base.slice(0, index).reduce((sum, each) => sum + each.length + lineEnd.length, 0));
      let result = text;
      for (const { start, end, text: inserted } of toTextEdits(base, hunks, lineEnd).toReversed()) {
        result = result.slice(0, (offsets[start.line] ?? 0) + start.character) + inserted + result.slice((offsets[end.line] ?? 0) + end.character);
      }
      expect(result).toBe(expected);
    }), cases);
  });
});
