import { describe, expect, it } from 'vitest';
import { continuesConstruct, indentColumns, isCommentLine, isTelling, opensBlock, startsWithCloser, stripLineComment } from '../../../../src/core/completion/lineShape.ts';
import { detectIndentUnit } from '../../../../src/core/completion/indentUnit.ts';
import { syntaxOf } from '../../../../src/core/completion/syntax.ts';

describe('a line opens a block', () => {
  it.each([
    ['function f() {', 'typescript', true], ['f(', 'typescript', true], ['const a = [', 'typescript', true], ['const f = () =>', 'typescript', true],
    ['if (a) { // why', 'typescript', true], ['a();', 'typescript', false], ['// {', 'typescript', false], ['', 'typescript', false],
    ['def f():', 'python', true], ['if a:  # why', 'python', true], ['a = {', 'python', true], ['a = 1', 'python', false],
    ['def f', 'ruby', true], ['items.each do |item|', 'ruby', true], ['end', 'ruby', false], ['<div class="a">', 'html', true], ['<br/>', 'html', false], ['key:', 'yaml', true],
  ])('%s in %s: %s', (line, languageId, opens) => expect(opensBlock(line, syntaxOf(languageId))).toBe(opens));
});

describe('a line', () => {
  it.each([['}', true], ['  });', true], ['end', true], ['</div>', true], ['a}', false], ['endless()', false]])('%s begins with a closer: %s', (line, is) => expect(startsWithCloser(line)).toBe(is));
  it.each([['} else {', true], ['except ValueError:', true], ['elif a:', true], ['case 1:', true], ['elsewhere();', false], ['} while', false]])('%s goes on with a construct: %s', (line, is) => expect(continuesConstruct(line)).toBe(is));
  it.each([['// a', 'typescript', true], [' * a', 'typescript', true], ['/** a', 'typescript', true], ['# a', 'python', true], ['a // b', 'typescript', false], ['*a = b;', 'c', false]])('%s in %s is a comment: %s', (line, languageId, is) =>
    expect(isCommentLine(line, syntaxOf(languageId))).toBe(is));
  it.each([['return total;', true], ['});', false], ['a b', false]])('%s tells something: %s', (line, is) => expect(isTelling(line)).toBe(is));
  it('has its depth in columns', () => expect([indentColumns('    a', 4), indentColumns('\ta', 4), indentColumns('  \ta', 4), indentColumns('a', 4)]).toEqual([4, 4, 4, 0]));
});

describe('a comment at a line\'s end', () => {
  it.each([['a(); // b', 'a(); '], ['a("// b");', 'a("// b");'], ['a = "http://b";', 'a = "http://b";'], ['// a', '']])('%s', (line, rest) => expect(stripLineComment(line, syntaxOf('typescript'))).toBe(rest));
});

describe('the indentation of a file', () => {
  const detect = (text: string) => detectIndentUnit(text.split('\n'), { tabSize: 4, insertSpaces: true });
  it.each([
    ['two spaces', 'a {\n  b {\n    c\n  }\n}', '  '],
    ['four spaces', 'a {\n    b {\n        c\n    }\n}', '    '],
    ['tabs', 'a {\n\tb {\n\t\tc\n\t}\n}', '\t'],
    ['two spaces with one aligned line', 'a {\n  b(c,\n    d)\n  e {\n    f\n  }\n  g {\n    h\n  }\n}', '  '],
  ])('is %s', (_, text, unit) => expect(detect(text).text).toBe(unit));
  it('is the editor\'s where the file does not say', () => expect(detect('a\nb')).toEqual({ text: '    ', columns: 4, tabColumns: 4, isMixed: false, evidence: 0 }));
  it('is the editor\'s tab', () => expect(detectIndentUnit(['a'], { tabSize: 8, insertSpaces: false })).toMatchObject({ text: '\t', columns: 8 }));
});
