// The small parts that decide where code begins and ends: indentation, blocks, snippets, gaps, paths in answers.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathAtEndOfSentence, pathInDiffHeader, pathInFenceInfo, pathInLine, withoutDiffPrefix } from '../../../../src/core/edit/answerPath.ts';
import { blockEnd } from '../../../../src/core/edit/blockRange.ts';
import { closesFence, fenceStart } from '../../../../src/core/edit/fencedFile.ts';
import { findShift, indentOf } from '../../../../src/core/edit/indentation.ts';
import { nearestPlace } from '../../../../src/core/edit/nearestPlace.ts';
import { plainTypography } from '../../../../src/core/edit/placeFinder.ts';
import { fillPlaceholders, placeholderTest } from '../../../../src/core/edit/placeholders.ts';
import { withGapsFilled } from '../../../../src/core/edit/quotedGaps.ts';
import { blockStart } from '../../../../src/core/edit/searchReplaceBlock.ts';
import { resolveSnippet } from '../../../../src/core/edit/snippet.ts';
import { cases } from './arbitraries.ts';

const of = (text: string): readonly string[] => text.split('|');

describe('a shift of indentation', () => {
  const check = (sought: string, found: string, newLines: string): string | undefined => {
    const shift = findShift(of(sought), of(found), of(newLines));
    if (shift === undefined) return undefined;
    const lines = of(newLines).map((line, index) => shift(line, index));
    return lines.includes(undefined) ? 'cannot be shifted' : lines.join('|');
  };

  it.each([
    ['the same', 'a|  b', 'a|  b', 'a|  c', 'a|  c'],
    ['deeper', 'a|  b', '  a|    b', 'x|  y', '  x|    y'],
    ['shallower', '    a|      b', 'a|  b', '    x|      y', 'x|  y'],
    ['deeper by tabs', 'a|\tb', '\ta|\t\tb', 'x|\ty', '\tx|\t\ty'],
    ['blank lines say nothing and stay', 'a||b', '  a|   |  b', 'x||y', '  x||  y'],
    ['two spaces for a tab', 'a|  b|    c', 'a|\tb|\t\tc', '  x|      y', '\tx|\t\t\ty'],
    ['four spaces for a tab, one deeper', 'a|    b', '\ta|\t\tb', '    x', '\t\tx'],
    ['a tab for two spaces', '\ta|\t\tb', '  a|    b', '\t\t\tx', '      x'],
    ['one line in a file of tabs', 'a', '\ta', 'x|    y', '\tx|\t\ty'],
    ['a new line shallower than the shift', '    a', 'a', '  x', 'cannot be shifted'],
    ['the first line alone', 'a|    b|  c', '  a|    b|  c', 'x|    y', '  x|    y'],
    ['no one shift', 'a|b', '  a|    b', 'x', undefined],
    ['nothing but blank lines', '|', '|', 'x', undefined],
  ])('%s', (...[, sought, found, newLines, expected]) => expect(check(sought, found, newLines)).toBe(expected));

  it('found for shifted lines shifts them to the same', () => {
    const indent = fc.constantFrom('', '  ', '    ', '      ');
    fc.assert(fc.property(fc.array(fc.tuple(indent, fc.constantFrom('a', 'b', '{')), { minLength: 1, maxLength: 8 }), fc.constantFrom('  ', '\t', '        '), (lines, shift) => {
      const sought = lines.map(([each, text]) => each + text);
      const found = sought.map((each) => shift + each);
      const reindent = findShift(sought, found, []);
      // A file of tabs alone may be read as tabs throughout.
      if (shift !== '\t') expect(sought.map((each, index) => reindent?.(each, index))).toEqual(found);
      else expect(reindent).toBeDefined();
    }), cases);
  });

  it('knows the indentation of a line', () => expect(['', '  ', ' \ta', 'a '].map(indentOf)).toEqual(['', '  ', ' \t', '']));
});

describe('a block', () => {
  it.each([
    ['a {|  b|}|c', 0, 3],
    ['a {|  b|} else {|  c|}|d', 0, 5],
    ['def a():|  b||  c||def d():', 0, 4],
    ['a|b|c', 0, 1],
    ['f(|  a,|)|x', 0, 3],
    ['class A {|  b() {|    c|  }|  d() {|  }|}', 1, 4],
    ['if x|  y|end|z', 0, 3],
    ['<a>|  <b/>|</a>|<c/>', 0, 3],
    ['a:|  b', 0, 2],
  ])('of %j at %i ends at %i', (text, start, end) => expect(blockEnd(of(text), start)).toBe(end));
});

describe('a snippet', () => {
  const file = of('import x;||function one() {|  return 1;|}||function two() {|  return 2;|}||function three() {|  return 3;|}||function four() {|  return 4;|}');
  it('takes the place of what opens alike', () => {
    expect(resolveSnippet(file, of('function two() {|  return 22;|}'))?.join('|')).toBe(file.join('|').replace('return 2;', 'return 22;'));
    expect(resolveSnippet(file, of('function three() {|  return 33;|}||function one() {|  return 11;|}'))?.join('|')).toBe(file.join('|').replace('return 1;', 'return 11;').replace('return 3;', 'return 33;'));
  });
  it.each([
    ['opens like nothing in the file', 'function five() {|  return 5;|}'],
    ['is a single line', 'import x;'],
    ['is as long as the file', file.join('|')],
    ['is not cut at its own outermost lines', '  return 1;|}'],
    ['is blank', '|'],
  ])('that %s has no place', (_name, snippet) => expect(resolveSnippet(file, of(snippet))).toBeUndefined());
  it('whose opening stands twice has no place', () => expect(resolveSnippet([...file, ...file], of('function two() {|  return 22;|}'))).toBeUndefined());
});

describe('what a placeholder stands for', () => {
  const test = placeholderTest('a.ts', []);
  const fill = (newLines: string, region: string): string | undefined => fillPlaceholders(of(newLines), of(region), test)?.lines.join('|');
  it.each([
    ['the middle', 'a|// ...|d', 'a|b|c|d', 'a|b|c|d'],
    ['the begin', '// ...|c|D', 'a|b|c|d', 'a|b|c|D'],
    ['the end', 'A|b|// ...', 'a|b|c|d', 'A|b|c|d'],
    ['two gaps', 'a|// ...|c|// ...', 'a|b|c|d|e', 'a|b|c|d|e'],
    ['a new line before a gap, which may replace one or not', 'a|// ...|c|X|// ...', 'a|b|c|d|e', undefined],
    ['nothing', 'a|// ...|b', 'a|b', 'a|b'],
    ['blank lines once', 'a||// ...||d', 'a||b||d', 'a||b||d'],
    ['an anchor that stands twice', 'a|// ...|x', 'a|x|b|x', undefined],
    ['an anchor that was changed', 'A|// ...|d', 'a|b|d', undefined],
    ['anchors the wrong way round', 'c|// ...|a', 'a|b|c', undefined],
    ['two in a row', 'a|// ...|// ...|d', 'a|b|d', undefined],
    ['the rest after a changed block', 'f() {|  NEW;|}|// ...', 'f() {|  old;|}|g() {|}', 'f() {|  NEW;|}|g() {|}'],
  ])('%s', (...[, newLines, region, expected]) => expect(fill(newLines, region)).toBe(expected));

  it('in quoted lines is the gap between them', () => {
    const lines = of('a|b|c|d|e');
    const gaps = (oldLines: string, newLines: string): readonly string[] | undefined => {
      const filled = withGapsFilled({ oldLines: of(oldLines), newLines: of(newLines), lines, isPlaceholder: test });
      return filled === undefined ? undefined : [filled.oldLines.join('|'), filled.newLines.join('|')];
    };
    expect(gaps('a|// ...|d', 'A|// ...|D')).toEqual(['a|b|c|d', 'A|b|c|D']);
    expect(gaps('a|b', 'A|B')).toEqual(['a|b', 'A|B']);
    expect(gaps('a|// ...|d', 'A|D')).toBeUndefined();
    expect(gaps('// ...|d', '// ...|D')).toBeUndefined();
    expect(gaps('d|// ...|a', 'D|// ...|A')).toBeUndefined();
  });
});

describe('a path in an answer', () => {
  const none = (): boolean => false;
  it.each([
    ['src/a.ts', 'src/a.ts'], ['**`src/a.ts`**', 'src/a.ts'], ['#### src/a.ts:', 'src/a.ts'], ['Filename: a.ts', 'a.ts'], ['my dir/a.ts', 'my dir/a.ts'], ['/etc/passwd', '/etc/passwd'], ['~/.bashrc', '~/.bashrc'], ['..\\x', '..\\x'],
    ['This changes src/a.ts and more.', undefined], ['https://x.y/a.ts', undefined], ['3.14', undefined], ['a', undefined], ['', undefined], ['foo();', undefined], ['src/', undefined], ['x'.repeat(500), undefined],
  ])('of the line %j is %j', (line, expected) => expect(pathInLine(line, none)).toBe(expected));
  it.each(['Update src/app.ts:', 'Now update `src/app.ts`:', '### 1. Update `src/app.ts`', 'In `src/app.ts`', 'Then call it in `src/main.ts`:', '**Then open src/app.ts**'])('is not the sentence %j', (line) => expect(pathInLine(line, none)).toBeUndefined());

  const known = (path: string): boolean => path === 'src/app.ts' || path === 'app.ts';
  it.each([
    ['Update src/app.ts:', 'src/app.ts'], ['Now update `src/app.ts`:', 'src/app.ts'], ['### 1. Update `src/app.ts`', 'src/app.ts'], ['**Next, `app.ts`**:', 'app.ts'], ['이제 `src/app.ts`:', 'src/app.ts'], ['- then in `my dir/new.ts`:', 'my dir/new.ts'],
    ['Then call it in `src/main.ts`:', 'src/main.ts'], ['Update src/main.ts:', undefined], ['Replace the `console.log`:', undefined], ['This keeps what `src/app.ts` promises:', undefined], ['It looks like `src/app.ts`.', undefined], ['Everything else stays in app.ts', undefined],
    ['`src/app.ts`', undefined], ['Update it:', undefined], ['', undefined], [`Update ${'x'.repeat(700)} \`src/app.ts\`:`, undefined],
  ])('at the end of the sentence %j is %j', (line, expected) => expect(pathAtEndOfSentence(line, known)).toBe(expected));
  it('needs no shape when it is known', () => expect(pathInLine('Untitled-1', (path) => path === 'Untitled-1')).toBe('Untitled-1'));
  it.each([
    ['ts', undefined], ['', undefined], ['ts src/a.ts', 'src/a.ts'], ['src/a.ts', 'src/a.ts'], ['typescript:src/a.ts', 'src/a.ts'], ['json package.json', 'package.json'], ['ts {1,3}', undefined], ["ts title='a b.ts'", 'a b.ts'], ['node.js', undefined],
  ])('of the fence %j is %j', (info, expected) => expect(pathInFenceInfo(info, none)).toBe(expected));
  it('of a diff loses what git puts before it', () => {
    expect(pathInDiffHeader('+++ b/src/a.ts\t2026-01-01')).toBe('b/src/a.ts');
    expect(pathInDiffHeader('--- "a/ü b.ts"')).toBe('a/ü b.ts');
    expect(pathInDiffHeader('--- /dev/null')).toBeNull();
    expect([withoutDiffPrefix('a/x', 'a'), withoutDiffPrefix('b/x', 'a'), withoutDiffPrefix('x', 'a')]).toEqual(['x', 'b/x', 'x']);
  });
});

describe('markers', () => {
  it.each([
    ['<<<<<<< SEARCH', 'replace <7'], ['<<<<< SEARCH', 'replace <5'], ['------- SEARCH', 'replace -7'], ['<<<<<<<<< ORIGINAL', 'replace <9'], ['  <<<<<<< SEARCH', 'replace <7'], ['<<<<<<< DELETE', 'delete <7'], ['<<<<<<< RENAME', 'rename <7'],
    ['<<<<<<< HEAD', undefined], ['<<<< SEARCH', undefined], ['<<<<<<<', undefined], ['x <<<<<<< SEARCH', undefined], ['<<<<<<< SEARCHING', undefined],
  ])('%j is %j', (line, expected) => {
    const start = blockStart(line);
    expect(start === undefined ? undefined : `${start.kind} ${start.fence}${start.length}`).toBe(expected);
  });
  it('may carry the path', () => expect(blockStart('<<<<<<< SEARCH src/a.ts')?.path).toBe('src/a.ts'));
  it('of fences close what is as long or longer', () => {
    const fence = fenceStart('````ts');
    expect(fence).toEqual({ mark: '````', info: 'ts' });
    if (fence === undefined) return;
    expect(['````', '`````', '```', '````ts', '~~~~'].map((line) => closesFence(line, fence))).toEqual([true, true, false, false, false]);
    expect(fenceStart('``` `inline`')).toBeUndefined();
  });
});

describe('the closest place', () => {
  it('of nothing is none', () => {
    expect(nearestPlace([], of('a'))).toBeUndefined();
    expect(nearestPlace(of('a|b'), of('|'))).toBeUndefined();
    expect(nearestPlace(of('alpha|beta'), of('zzzzzzzzzzzz'))).toBeUndefined();
  });
  it('tells lines that one side has not', () => {
    expect(nearestPlace(of('first line|second line|third line'), of('first line|third line'))?.differences).toContainEqual({ line: 1, expected: 'third line', found: 'second line' });
  });
  it('stays inside the file', () => {
    expect(nearestPlace(of('x|last line here'), of('last line here|more|and more'))).toMatchObject({ startLine: 1, endLine: 2 });
    expect(nearestPlace(of('first line here|x'), of('nothing|first line here'))).toMatchObject({ startLine: 0 });
  });
  it('is not led by lines that stand everywhere', () => {
    const lines = Array.from({ length: 100 }, (_, index) => (index === 70 ? 'the telling line' : '  }'));
    expect(nearestPlace(lines, ['  }', 'the telling line', '  } // changed'])).toMatchObject({ startLine: 69 });
  });
});

describe('typography', () => {
  it.each([['“a” ‘b’ „c‟', '"a" \'b\' "c"'], ['1–2 — 3 − 4', '1-2 - 3 - 4'], ['a\u00A0b\u202Fc', 'a b c'], ['wait…', 'wait...'], ['plain', 'plain']])('%j reads as %j', (line, plain) => expect(plainTypography(line)).toBe(plain));
});
