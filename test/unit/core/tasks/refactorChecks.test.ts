import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countErrors, describeFailure, describeFindings, type CheckFindings } from '../../../../src/core/tasks/refactorChecks.ts';
import { isJson, newJsonProblem } from '../../../../src/core/tasks/refactorJson.ts';
import { proposedProblemsPrompt } from '../../../../src/core/tasks/refactorRepair.ts';
import { english } from '../../../../src/core/translate.ts';

describe('what a check before acceptance found', () => {
  const none: CheckFindings = { newErrors: 0, goneErrors: 0, files: 1, dependents: 0, leftOut: 0, namesOnly: false, unchecked: [] };
  const check = (findings: Partial<CheckFindings>, phrases: readonly string[]): void => {
    expect(describeFindings({ ...none, ...findings }, english).map(({ ok, text }) => (ok ? text : `! ${text}`))).toEqual(phrases);
  };
  it('says how far it looked', () => {
    check({}, ['No new errors · checked: 1 changed']);
    check({ files: 3, dependents: 2 }, ['No new errors · checked: 3 changed, 2 dependent']);
  });
  it('fails with errors', () => {
    check({ newErrors: 1, dependents: 4 }, ['! 1 new error · checked: 1 changed, 4 dependent']);
    check({ newErrors: 12 }, ['! 12 new errors · checked: 1 changed']);
  });
  it('tells what it cured', () => {
    check({ goneErrors: 1 }, ['No new errors · checked: 1 changed', '1 error gone']);
    check({ goneErrors: 3 }, ['No new errors · checked: 1 changed', '3 errors gone']);
  });
  it('tells what it left out', () => {
    check({ leftOut: 1, namesOnly: false }, ['No new errors · checked: 1 changed · 1 dependent not checked']);
    check({ leftOut: 5, namesOnly: true }, ['No new errors · checked: 1 changed · 5 dependents not checked · JavaScript by its names only']);
  });
  it('names the files that it cannot check', () => {
    check({ unchecked: ['main.py'] }, ['No new errors · checked: 1 changed', 'checked only once accepted: main.py']);
    check({ files: 0, unchecked: ['a.py', 'b.go', 'c.rs', 'd.java', 'e.css'] }, ['checked only once accepted: a.py, b.go, c.rs and 2 more']);
  });
  it('never claims what it did not look at, and fails only by errors', () => {
    const count = fc.nat({ max: 20 });
    const findings = fc.record({ newErrors: count, goneErrors: count, files: count, dependents: count, leftOut: count, namesOnly: fc.boolean(), unchecked: fc.array(fc.stringMatching(/^[a-z]{1,8}\.py$/), { maxLength: 6 }) });
    fc.assert(fc.property(findings, (found) => {
      const phrases = describeFindings(found, english);
      expect(phrases.filter(({ ok }) => !ok)).toHaveLength(found.files > 0 && found.newErrors > 0 ? 1 : 0);
      expect(phrases.some(({ text }) => text.startsWith('No new errors'))).toBe(found.files > 0 && found.newErrors === 0);
      expect(phrases.some(({ text }) => text.includes('checked only once accepted'))).toBe(found.unchecked.length > 0);
      expect(phrases.map(({ text }) => text).join()).not.toMatch(/\{\w+\}/);
    }));
  });
  it('counts errors in words', () => expect([0, 1, 2].map((count) => countErrors(count, english))).toEqual(['No new errors', '1 new error', '2 new errors']));
});

describe('a check that did not come to an end', () => {
  it.each([
    ['no-typescript', 'no TypeScript was found'],
    ['timeout', 'the project takes too long to read'],
    ['out-of-memory', 'the project is too large'],
    ['cancelled', 'the check was cancelled'],
    ['other', 'the check failed'],
  ] as const)('says why: %s', (failure, words) => {
    expect(describeFailure(failure, english)).toEqual({ ok: true, text: `checked only once accepted: ${words}` });
  });
});

describe('JSON', () => {
  const check = (before: string, after: string, expected: number | undefined): void => expect(newJsonProblem(before, after)?.line).toBe(expected);
  it('that stays valid has no problem', () => check('{}', '{ "a": [1, 2] }', undefined));
  it('that breaks has one, at its line', () => {
    check('{}', '{\n  "a": 1,\n}', 2);
    check('{}', '{\n  "a": 1\n', 2);
  });
  it('that was broken before is not the edit\'s fault', () => check('{ // comment\n}', '{ // comment\n "a": 1 }', undefined));
  it('that is new has to be valid', () => {
    check('', '{ "a": }', 0);
    check('', '{ "a": 1 }', undefined);
  });
  it('may begin with a mark of its encoding', () => check('', '\uFEFF{}', undefined));
  it('has no problem whatever it holds', () => {
    fc.assert(fc.property(fc.json(), (text) => newJsonProblem('', text) === undefined));
  });
  it('has one wherever it is cut off, inside of the file', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), fc.nat(), (value, indent, at) => {
      const text = JSON.stringify(value, undefined, indent % 3);
      const cut = text.slice(0, 1 + (at % (text.length - 1)));
      const problem = newJsonProblem('{}', cut);
      expect(problem).toBeDefined();
      expect(problem?.line).toBeLessThan(cut.split('\n').length);
    }));
  });
  it('says what is wrong without quoting the file', () => expect(newJsonProblem('{}', '{ "password": hunter2 }')?.message).not.toContain('hunter2'));
  it.each([['package.json', true], ['a/b.json', true], ['tsconfig.json', false], ['tsconfig.build.json', false], ['.vscode/settings.json', false], ['a.jsonc', false], ['a.ts', false], ['x/jsconfig.json', false]])('is %s: %s', (path, expected) => expect(isJson(path)).toBe(expected));
});

describe('the question of a repair round before acceptance', () => {
  const problem = { path: 'src/a.ts', line: 3, severity: 'error' as const, source: 'ts', code: '2305', message: 'Module has no\nmember' };
  const mask = (text: string): string => text.replaceAll('secret', '[masked]');
  it('names the problems and asks for everything again', () => {
    const prompt = proposedProblemsPrompt({ problems: [problem], files: '', mask });
    expect(prompt).toContain('src/a.ts:3 error ts 2305: Module has no member');
    expect(prompt).toMatch(/not accepted yet[\s\S]*Write all edits again/);
  });
  it('masks what a message quotes', () => {
    expect(proposedProblemsPrompt({ problems: [{ ...problem, message: "Type '\"secret\"'" }], files: '', mask })).toContain('[masked]');
  });
  it('shows files that it was not shown before', () => {
    expect(proposedProblemsPrompt({ problems: [problem], files: '<file>use</file>', mask })).toContain('\n\n<file>use</file>\n\n');
  });
  it('does not list hundreds', () => {
    const prompt = proposedProblemsPrompt({ problems: Array.from({ length: 50 }, (_, line) => ({ ...problem, line })), files: '', mask });
    expect(prompt.match(/error ts/g)).toHaveLength(30);
    expect(prompt).toContain('20 more are left out.');
  });
});
