import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFileDraft } from '../../../../src/core/edit/fileDraft.ts';
import { joinLines, mainLineEnd, splitLines } from '../../../../src/core/edit/lineText.ts';
import { findRuns } from '../../../../src/core/edit/lineSearch.ts';
import { createPlaceFinder } from '../../../../src/core/edit/placeFinder.ts';
import { cases, file, line, lines, wildFile } from './arbitraries.ts';

/** Replaces in a file given with its lines apart, and says what came out or why nothing did. */
const check = (text: string, oldText: string, newText: string): string => {
  const draft = createFileDraft(text);
  const result = draft.replace({ oldLines: oldText.split('\n'), newLines: newText === '' ? [] : newText.split('\n') });
  return result.ok ? `${result.rung}: ${draft.text()}` : result.problem.kind;
};

describe('the exact rung', () => {
  it('applies text that stands at exactly one place there, byte for byte, whatever the line ends', () => {
    fc.assert(fc.property(file, fc.nat(), fc.nat(), lines, (base, start, length, next) => {
      const from = start % base.lines.length;
      const to = from + 1 + (length % (base.lines.length - from));
      const oldLines = base.lines.slice(from, to);
      fc.pre(oldLines.some((each) => each.trim() !== ''));
      const places = findRuns(base.lines, oldLines, 10);
      const draft = createFileDraft(base.text);
      const result = draft.replace({ oldLines, newLines: next });
      if (places.length > 1) {
        expect(result).toMatchObject({ ok: false, problem: { kind: 'ambiguous', places: places.slice(0, 5) } });
        expect(draft.text()).toBe(base.text);
        return;
      }
      expect(result).toMatchObject({ ok: true, rung: 'exact', line: from });
      const before = splitLines(base.text);
      const after = splitLines(draft.text());
      expect(after.lines).toEqual([...before.lines.slice(0, from), ...next, ...before.lines.slice(to)]);
      expect(after.lineEnds.slice(0, from)).toEqual(before.lineEnds.slice(0, from));
      const tail = before.lineEnds.slice(to);
      expect(tail.length === 0 ? [] : after.lineEnds.slice(-tail.length)).toEqual(tail);
      expect(after.lineEnds.every((each) => before.lineEnds.includes(each) || each === mainLineEnd(before.lineEnds))).toBe(true);
    }), cases);
  });

  it('finds runs as a plain search does', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b'), { maxLength: 40 }), fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 6 }), (text, sought) => {
      const plain = text.map((_, index) => index).filter((index) => sought.every((each, offset) => text[index + offset] === each));
      expect(findRuns(text, sought, Number.POSITIVE_INFINITY)).toEqual(plain);
    }), cases);
  });

  it('interprets nothing in the replacement', () => {
    expect(check('a\nb\nc', 'b', '$& $1 $$ \\n')).toBe('exact: a\n$& $1 $$ \\n\nc');
  });

  it('does not take a variant in case or white space for a second place', () => {
    expect(check('User\nUSER\nuser', 'USER', 'x')).toBe('exact: User\nx\nuser');
    expect(check('  a\na\na  ', 'a', 'x')).toBe('exact:   a\nx\na  ');
  });

  it('does not edit User where USER was meant', () => {
    expect(check('let User = 1;', 'let USER = 1;', 'x')).toBe('no-match');
  });

  it('does not find a line inside a line', () => {
    expect(check('max = 1', 'x = 1', 'x = 2')).toBe('no-match');
  });
});

describe('the rungs after exact', () => {
  it.each([
    ['spaces at line ends', 'a  \nb\t\nc', 'a\nb', 'a\nB', 'trailing-space: a  \nB\nc'],
    ['a deeper place', 'f {\n    a();\n    b();\n}', 'a();\nb();', 'a();\nif (x) {\n  b();\n}', 'indentation: f {\n    a();\n    if (x) {\n      b();\n    }\n}'],
    ['a shallower place', 'a();\nb();', '    a();\n    b();', '    a();\n    c();', 'indentation: a();\nc();'],
    ['tabs for spaces', 'f {\n\ta {\n\t\tb\n\t}\n}', '    a {\n        b\n    }', '    a {\n        c\n            d\n    }', 'indentation: f {\n\ta {\n\t\tc\n\t\t\td\n\t}\n}'],
    ['spaces for tabs', 'f {\n  a {\n    b\n  }\n}', '\ta {\n\t\tb\n\t}', '\ta {\n\t\tc\n\t}', 'indentation: f {\n  a {\n    c\n  }\n}'],
    ['a first line that lost its indentation', 'class A {\n    run() {\n        a();\n    }\n}', 'run() {\n        a();\n    }', 'go() {\n        a();\n    }', 'indentation: class A {\n    go() {\n        a();\n    }\n}'],
    ['another number of blank lines', 'a\n\n\nb\nc', 'a\nb', 'a\nB', 'blank-lines: a\n\n\nB\nc'],
    ['a blank line that the file does not have', 'a\nb\nc', 'a\n\nb', 'a\n\nB', 'blank-lines: a\nB\nc'],
    ['typographic quotes and dashes', 'say “hi” — now\nb', 'say "hi" - now\nb', 'say "hi" - now\nB', 'blank-lines: say “hi” — now\nB'],
    ['a hyphen that does not break', 'non\u2011breaking\nx', 'non-breaking', 'y', 'blank-lines: y\nx'],
  ])('%s', (...[, text, oldText, newText, expected]) => {
    expect(check(text, oldText, newText)).toBe(expected);
  });

  it('are refused when they fit two places', () => {
    expect(check('  a\n  b\nx\n    a\n    b', 'a\nb', 'c')).toBe('ambiguous');
    expect(check('a \nx\na ', 'a', 'c')).toBe('ambiguous');
    expect(check('“a”\n‘a’\n"b"', "'a'\n\"b\"", 'c')).toBe('blank-lines: “a”\nc');
  });

  it('do not join lines of different shifts', () => {
    expect(check('a\n  b\n      c', 'a\n b\n c', 'x')).toBe('no-match');
  });

  it('refuse a replacement that cannot be shifted alike', () => {
    expect(check('a();\nb();', '    a();\n    b();', '  a();\n    c();')).toBe('no-match');
  });

  it('keep what the file has in lines that the edit quotes on both sides', () => {
    fc.assert(fc.property(lines, fc.nat(), fc.constantFrom('  ', '\t', '    '), line, (body, at, indent, next) => {
      const filled = body.filter((each) => each.trim() !== '');
      fc.pre(filled.length > 1 && next.trim() !== '');
      const index = at % filled.length;
      const shifted = filled.map((each) => indent + each);
      const draft = createFileDraft(joinLines({ lines: shifted.map((each) => `${each} `), lineEnds: shifted.slice(1).map(() => '\n') }));
      const before = draft.lines().lines;
      const result = draft.replace({ oldLines: filled, newLines: filled.map((each, i) => (i === index ? `${next}!` : each)) });
      expect(result.ok).toBe(true);
      draft.lines().lines.forEach((each, i) => i !== index && expect(each).toBe(before[i]));
    }), cases);
  });
});

describe('a refusal', () => {
  it('names the place that comes closest, and what differs', () => {
    const text = Array.from({ length: 60 }, (_, index) => `const value${index} = compute(${index});`).join('\n');
    const draft = createFileDraft(text);
    const result = draft.replace({ oldLines: ['const value40 = compute(40);', 'const value41 = compute(99);'], newLines: ['x'] });
    expect(result).toMatchObject({ ok: false, problem: { kind: 'no-match', soughtLine: 'const value40 = compute(40);', nearest: { startLine: 40, endLine: 42, differences: [{ line: 41, expected: 'const value41 = compute(99);', found: 'const value41 = compute(41);' }] } } });
  });

  it('finds the closest place by likeness when no line is the same', () => {
    const draft = createFileDraft('alpha\nfunction parseHeader(input) {\nomega');
    const result = draft.replace({ oldLines: ['function parseHeaders(inputs) {'], newLines: ['x'] });
    expect(result).toMatchObject({ problem: { nearest: { startLine: 1, endLine: 2 } } });
  });

  it('touches nothing', () => {
    fc.assert(fc.property(wildFile, lines, lines, (base, sought, next) => {
      const draft = createFileDraft(base.text);
      if (!draft.replace({ oldLines: sought, newLines: next }).ok) expect(draft.text()).toBe(base.text);
    }), cases);
  });
});

describe('a hint', () => {
  const twice = 'class A {\n  run() {\n    go();\n  }\n}\nclass B {\n  run() {\n    go();\n  }\n}\n';

  it('of a line decides between exact places only', () => {
    const draft = createFileDraft(twice);
    expect(draft.replace({ oldLines: ['    go();'], newLines: ['    stop();'], line: 7 })).toMatchObject({ ok: true, line: 7 });
    expect(createFileDraft(twice).replace({ oldLines: ['    go();'], newLines: ['x'], line: 4 })).toMatchObject({ ok: false });
  });

  it('of a class is searched first', () => {
    const draft = createFileDraft(twice);
    expect(draft.replace({ oldLines: ['    go();'], newLines: ['    stop();'], anchors: ['class B {'] })).toMatchObject({ ok: true, line: 7 });
  });

  it('of the end of the file', () => {
    const draft = createFileDraft('x\ny\nx\n');
    expect(draft.replace({ oldLines: ['x'], newLines: ['z'], atEnd: true }).ok).toBe(true);
    expect(draft.text()).toBe('x\ny\nz\n');
  });
});

describe('a text of equal lines', () => {
  it('is searched in bounded time: a square of its length would end the test run', () => {
    const equal = Array.from({ length: 10_000 }, () => '    same();');
    const finder = createPlaceFinder(equal);
    expect(finder.findExact(equal.slice(0, 4999)).found).toBe('many');
    expect(finder.findLoose([...equal.slice(0, 4999).map((each) => each.trim()), 'other'], []).found).toBe('none');
    expect(finder.findLoose(equal.slice(0, 3000).map((each) => each.trim()), []).found).toBe('many');
  });
});
