// Lines that stand for lines which the answer leaves out: which they are, by language, and that filling them in gives back the file.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillPlaceholders, placeholderTest } from '../../../../src/core/edit/placeholders.ts';
import { withGapsFilled } from '../../../../src/core/edit/quotedGaps.ts';
import { cases } from './arbitraries.ts';

const isOne = (path: string, line: string, file: readonly string[] = []): boolean => placeholderTest(path, file)(line);

describe('a line stands for others', () => {
  it.each<readonly [string, readonly string[]]>([
    ['a.ts', [
      '// ... existing code ...', '// …', '//...', '  // ... rest of the file', '// ... other methods ...', '// existing code ...', '/* ... */', '/* ... existing imports ... */',
      '// rest of the code', '// The rest of the function', '// remaining code unchanged', '// existing imports remain the same', '// Keep existing code', '// other methods stay here',
      '...', '…', 'function f() { ... }', 'const x = { … };', '{/* ... existing markup ... */}',
      '// (unchanged)', '// ---- existing code ----', '// === rest of the code ===', '// omitted for brevity', '// code omitted for brevity.', '/* unchanged */', '// your existing code here', '// The rest stays as it is',
      '// other handlers remain the same', '// remaining methods', '{/* other components unchanged */}',
      '// 기존 코드 유지', '// 나머지 코드는 동일', '// 이하 동일', '// 나머지는 기존과 동일합니다', '// 기존 로직을 그대로 유지합니다', '// (이하 생략)', '// 중략', '// 나머지 메서드는 변경 없음', '/* 기존 코드 */',
      '// ... 기존 코드 ...', '// 나머지 코드 ...', '// ... 现有代码 ...', '// ... 既存のコード ...', '// ... code omitted ...', '// ... unchanged ...', '// ... same as before ...',
    ]],
    ['a.py', ['# ... existing code ...', '# rest of the code', '#...', '# 이하 동일', '# (omitted for brevity)']],
    ['a.sql', ['-- ... existing columns, rest as before', '-- ...']],
    ['a.lisp', [';; ...', '; ... rest of the code']],
    ['a.tex', ['% ... existing code ...']],
    ['a.html', ['<!-- ... -->', '<!-- ... rest of the code ... -->']],
    ['a.ml', ['(* ... *)', '(* ... existing code ... *)']],
    ['a.md', ['<!-- ... existing code ... -->']],
  ])('in %s', (path, lines) => expect(lines.filter((line) => !isOne(path, line))).toEqual([]));

  it.each<readonly [string, readonly string[]]>([
    ['a.ts', [
      'call(...args);', 'const { a, ...rest } = b;', '// Loading...', '// Fetching other items...', '// See above', '// Other methods', '// existing users are kept', '// TODO: handle the rest',
      '// Existing methods', '// other entries stay in the list', '// remaining cases', '// Same as above', '// - existing code', '// omitted when empty', '// unchanged values are skipped', 'f(/* unchanged */ a);',
      '// 기존 값 유지', '// 나머지를 구한다', '// 생략 가능', '// 기존 코드 동일 여부 확인', '// 이하 값은 동일해야 한다', '// 나머지 코드 정리', `// ${'-'.repeat(600)} existing code`,
      '// the same is true for b', 'return [...a, ...b];', '"// ... existing code ..."', 'const existing = code;', '// for example ...', '// wait for it...', '// Rest parameters are typed below.', '', '   ',
    ]],
    ['a.py', ['...', '    ...', 'def f(): ...', 'x: tuple[int, ...]', '# Loading...']],
    ['a.pyi', ['def f() -> int: ...', '...']],
    ['a.yml', ['...', '# Settings...']],
    ['a.md', ['...', '# ... and then', 'Rest of the code', '- ...', '…', '# Existing code']],
  ])('but not in %s', (path, lines) => expect(lines.filter((line) => isOne(path, line))).toEqual([]));

  it('unless the file has that very line', () => {
    expect(isOne('a.ts', '// ...', ['a', '  // ...'])).toBe(false);
    expect(isOne('a.ts', '// ...', ['a', '// ... or so'])).toBe(true);
  });
});

/** Lines of a file, every one once, so that each is an anchor. */
const base = fc.integer({ min: 3, max: 20 }).map((count) => Array.from({ length: count }, (_, index) => `line ${index};`));
const isPlaceholder = placeholderTest('a.ts', []);
const gap = '// ... existing code ...';

describe('what is left out', () => {
  it('of an unchanged file is filled in again, wherever it was left out', () => {
    fc.assert(fc.property(base, fc.nat(), fc.nat(), (lines, one, other) => {
      const [from = 0, to = 0] = [one % lines.length, other % lines.length].toSorted((a, b) => a - b);
      fc.pre(to > from);
      const answer = [...lines.slice(0, from), gap, ...lines.slice(to)];
      expect(fillPlaceholders(answer, lines, isPlaceholder)).toEqual({ lines, filledLines: to - from });
    }), cases);
  });

  it('between changed lines comes from between their unchanged neighbours, or is refused', () => {
    fc.assert(fc.property(base, fc.nat(), fc.nat(), fc.nat(), (lines, one, other, changed) => {
      const [from = 0, to = 0] = [one % lines.length, other % lines.length].toSorted((a, b) => a - b);
      const at = changed % lines.length;
      fc.pre(to > from + 1 && (at < from || at >= to));
      const edited = lines.with(at, 'CHANGED;');
      const filled = fillPlaceholders([...edited.slice(0, from), gap, ...edited.slice(to)], lines, isPlaceholder);
      // A changed line beside the gap is no anchor; a changed line further away is none of its business.
      if (filled !== undefined) expect(filled.lines).toEqual(edited);
      else expect(at === from - 1 || at === to).toBe(true);
    }), cases);
  });

  it('never puts a placeholder into the result', () => {
    fc.assert(fc.property(base, fc.array(fc.oneof(fc.constantFrom('line 0;', 'line 1;', 'line 2;', 'new;', ''), fc.constant(gap)), { maxLength: 8 }), (lines, answer) => {
      const filled = fillPlaceholders(answer, lines, isPlaceholder);
      expect(filled?.lines.some(isPlaceholder) ?? false).toBe(false);
    }), cases);
  });

  it('of quoted lines is the same gap in the lines that replace them', () => {
    fc.assert(fc.property(base, fc.nat(), fc.nat(), (lines, one, other) => {
      const [from = 0, to = 0] = [one % lines.length, other % lines.length].toSorted((a, b) => a - b);
      fc.pre(from > 0 && to > from);
      const filled = withGapsFilled({
        oldLines: [lines[from - 1] ?? '', gap, lines[to] ?? ''], newLines: ['BEFORE;', gap, 'AFTER;'], lines, isPlaceholder,
      });
      expect(filled).toEqual({
        oldLines: lines.slice(from - 1, to + 1), newLines: ['BEFORE;', ...lines.slice(from, to), 'AFTER;'], filledLines: to - from,
      });
    }), cases);
  });

  it('in more gaps than were quoted is refused', () => {
    const request = { oldLines: ['a', gap, 'c'], newLines: ['A', gap, 'b', gap, 'C'], lines: ['a', 'x', 'c'], isPlaceholder };
    expect(withGapsFilled(request)).toBeUndefined();
    expect(withGapsFilled({ ...request, newLines: ['A', 'C'] })).toBeUndefined();
  });

  it('after a part that stands twice is refused', () => {
    expect(withGapsFilled({ oldLines: ['a', gap, 'c'], newLines: ['A', gap, 'C'], lines: ['a', 'c', 'a', 'c'], isPlaceholder })).toBeUndefined();
  });

  it('after blank lines alone is refused', () => {
    expect(withGapsFilled({ oldLines: ['', gap, 'c'], newLines: ['', gap, 'C'], lines: ['', 'x', 'c'], isPlaceholder })).toBeUndefined();
  });
});
