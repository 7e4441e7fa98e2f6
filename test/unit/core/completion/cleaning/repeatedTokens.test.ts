// Code that repeats itself is no echo; an echo is what begins as the line does, or with the word at the cursor.
import { describe, expect, it } from 'vitest';
import { createAnswerCleaner } from '../../../../../src/core/completion/cleaning/cleanAnswer.ts';
import { answerTag } from '../../../../../src/core/completion/cleaning/readAnswer.ts';
import { isTelling } from '../../../../../src/core/completion/lineShape.ts';
import { placeAt } from '../harness.ts';

function clean(languageId: string, marked: string, code: string): string {
  const raw = `<${answerTag}>${code}</${answerTag}>`;
  const cleaner = createAnswerCleaner(placeAt(marked, { languageId }), 'line');
  const whole = cleaner.clean(raw, false).text;
  // A stream may say less than the whole at any moment, and nothing else.
  for (let length = 1; length < raw.length; length++) expect(whole.startsWith(cleaner.clean(raw.slice(0, length), true).text), `after ${length}`).toBe(true);
  return whole;
}

describe('what stands twice stays twice', () => {
  it.each([
    ['a type argument', 'typescript', 'const m: Record<string, █', 'Record<string, number>> = {};'],
    ['a list of lists', 'java', '    List<█', 'List<Integer>> rows = new ArrayList<>();'],
    ['a map of maps', 'java', '    Map<String, █', 'Map<String, Integer>> m;'],
    ['a vector of vectors', 'cpp', '  std::vector<█', 'std::vector<int>> grid;'],
    ['a call of the same name', 'typescript', 'max(█', 'max(a, b), c);'],
    ['long long', 'c', '  long █', 'long x = 0;'],
    ['lengths', 'css', 'a {\n  margin: 10px █', '10px 20px 20px;'],
    ['a value', 'sql', 'INSERT INTO t VALUES (1, NULL, █', 'NULL, NULL);'],
    ['a number', 'python', 'x = [10, █', '10, 10]'],
    ['a word of a row', 'typescript', '  [true, █', 'true, false],'],
    ['the first word of a row', 'typescript', '  true, █', 'true, false,'],
    ['zeros', 'c', '  0, █', '0, 0,'],
    ['digits in a number', 'yaml', 'id: 00000000-0000█', '0000-0000'],
    ['a rule of dashes', 'sql', '-----█', '---------- OPERATORS'],
    ['a rule of marks', 'shellscript', '#########█', '########################'],
    ['an except below a try', 'python', 'try:\n    raise B()\nexcept A: pass\n\ntry: raise B()\n█', 'except A: pass\n\ntry: raise B()\nexcept C: fail()'],
  ])('%s, %s', (_, languageId, marked, code) => expect(clean(languageId, marked, code)).toBe(code));
});

describe('an echo goes, in any script', () => {
  it.each([
    ['the line', 'typescript', '  const total = █', 'const total = a;', 'a;'],
    ['a letter', 'typescript', 'i█', 'import a;', 'mport a;'],
    ['the word', 'typescript', '  const total = par█', 'parse(a);', 'se(a);'],
    ['an access', 'typescript', '  return this.items.█', 'this.items.length;', 'length;'],
    ['an access with a beginning', 'cpp', '  a = std::mo█', 'std::move(b);', 've(b);'],
    ['a call', 'typescript', 'max(█', 'max(a, b);', 'a, b);'],
    ['a comment mark', 'sql', '--█', '-- OPERATORS', ' OPERATORS'],
    ['a comment line above', 'python', '# check the user name and save it\n█', '# check the user name and save it\nsave(name)', 'save(name)'],
    ['a Korean comment line above', 'python', '# 사용자 이름을 확인하고 저장한다\n█', '# 사용자 이름을 확인하고 저장한다\nsave(name)', 'save(name)'],
    ['a Korean word', 'typescript', '// 사용█', '사용자 이름', '자 이름'],
  ])('%s, %s', (_, ...[languageId, marked, code, gives]) => expect(clean(languageId, marked, code)).toBe(gives));
});

describe('a space before the answer', () => {
  it.each([
    ['is one too many', 'const a = █', ' b;', 'b;'],
    ['is meant where more than one stands there', 'SIZE    █', ' = 1', ' = 1'],
    ['is meant where the line above is aligned so', 'NAME   = a\nSIZE █', ' = 1', ' = 1'],
  ])('%s', (_, marked, code, gives) => expect(clean('makefile', marked, code)).toBe(gives));
});

describe('a line says something', () => {
  it.each([['이름', 2, true], ['이름을 먼저 확인한다', 6, true], ['名前を確認', 4, true], ['имя', 3, true], ['// --', 4, false], ['a; b', 4, false]])('%s: %s %s', (line, length, says) => expect(isTelling(line, length)).toBe(says));
});
