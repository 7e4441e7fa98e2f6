// The small pure pieces of the tasks, a table each.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrices } from '../../../../src/core/models/price.ts';
import { keepsBrackets } from '../../../../src/core/tasks/bracketCheck.ts';
import { parseCommand } from '../../../../src/core/tasks/commandLine.ts';
import { addCost, addCosts, formatCost } from '../../../../src/core/tasks/costLine.ts';
import { recogniseExact } from '../../../../src/core/tasks/exactRefactorings.ts';
import { explainRequest } from '../../../../src/core/tasks/explain.ts';
import { estimatePrice } from '../../../../src/core/tasks/priceEstimate.ts';
import { curedCount, newProblems, type SeenProblem } from '../../../../src/core/tasks/problemDiff.ts';
import { suggestRefactorings } from '../../../../src/core/tasks/refactorSuggestions.ts';
import type { Smell } from '../../../../src/core/tasks/codeSmells.ts';
import { english } from '../../../../src/core/translate.ts';
import type { Receipt, RouteDecision } from '../../../../src/shared/chatTypes.ts';

describe('brackets', () => {
  const check = (before: string, after: string, expected: boolean, languageId = 'typescript'): void => expect(keepsBrackets(before, after, languageId)).toBe(expected);
  it('are kept by a good edit', () => check('f({ a: [1] });', 'g([{ a: 1 }]);', true));
  it('are lost with a brace', () => check('f() { a(); }', 'f() { a();', false));
  it('are lost when they cross', () => check('f([])', 'f([)]', false));
  it('do not count in strings and comments', () => check('f()', 'f("}") // {', true));
  it('are not asked for where they were unbalanced before', () => check('f(', 'g(', true));
  it('are not asked for in prose or in a new file', () => {
    check('a', 'a :)', true, 'markdown');
    check('', 'f(', true);
  });
});

describe('a command that a person typed', () => {
  const words = (text: string): unknown => {
    const parsed = parseCommand(text);
    return parsed.ok ? parsed.words : parsed.reason;
  };
  it('is split at white space', () => {
    expect(words(' npm  test -- --run ')).toEqual(['npm', 'test', '--', '--run']);
  });
  it('keeps what is quoted', () => {
    expect(words(`a "b c" 'd "e"' "h\\"i" '' x'y'z`)).toEqual(['a', 'b c', 'd "e"', 'h"i', '', 'xyz']);
  });
  it('is refused where a shell would run more', () => {
    for (const text of ['a | b', 'a && b', 'a; b', 'a > b', 'a `b`', 'a $(b)', 'a ${b}', 'a $HOME', 'a\nb']) expect(words(text)).toBe('shell-syntax');
  });
  it('may hold such characters in quotes', () => {
    expect(words(`a '$(b)' "c | d"`)).toEqual(['a', '$(b)', 'c | d']);
  });
  it('is refused when empty or unfinished', () => {
    expect([words(''), words('  '), words('a "b')]).toEqual(['empty', 'empty', 'unclosed-quote']);
  });
  it('gives back words that were quoted', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[^'\n]{1,10}$/), { minLength: 1, maxLength: 5 }), (parts) => {
      expect(words(parts.map((part) => `'${part}'`).join(' '))).toEqual(parts);
    }));
  });
});

describe('an exact refactoring in words', () => {
  const check = (text: string, expected: string | undefined): void => {
    const found = recogniseExact(text);
    expect(found === undefined ? undefined : found.kind === 'rename' ? `${found.from} → ${found.to}` : found.kinds[0]).toBe(expected);
  };
  it('is a rename', () => {
    check('rename foo to bar', 'foo → bar');
    check('Rename the function `fooBar` to `baz`.', 'fooBar → baz');
    check('rename x -> y', 'x → y');
    check('foo를 bar로 바꿔줘', 'foo → bar');
    check('`foo`의 이름을 bar로 변경', 'foo → bar');
  });
  it('is not a rename of the same or of more', () => {
    check('rename foo to foo', undefined);
    check('rename foo to bar and split it', undefined);
    check('rename everything nicely', undefined);
  });
  it('is an extraction, a move, imports, inlining', () => {
    check('extract this into a function', 'refactor.extract.function');
    check('Extract a constant', 'refactor.extract.constant');
    check('extract interface', 'refactor.extract.type');
    check('move to a new file', 'refactor.move.newFile');
    check('organize imports', 'source.organizeImports');
    check('임포트 정리', 'source.organizeImports');
    check('inline this variable', 'refactor.inline');
    check('함수로 추출', 'refactor.extract.function');
  });
  it('is nothing else', () => {
    check('make it faster', undefined);
    check('extract the parser into a function and add tests', undefined);
    check(`extract function ${'x'.repeat(100)}`, undefined);
  });
});

describe('new problems', () => {
  const problem = (message: string, line = 1, parts: Partial<SeenProblem> = {}): SeenProblem => ({ uri: 'file:///a.ts', line, severity: 'error', message, ...parts });
  const check = (before: readonly SeenProblem[], after: readonly SeenProblem[], expected: readonly string[]): void => expect(newProblems(before, after).map(({ message }) => message)).toEqual(expected);
  it('are those that were not there', () => check([problem('a')], [problem('a'), problem('b')], ['b']));
  it('are not those that moved', () => check([problem('a', 1)], [problem('a', 90)], []));
  it('are one more of the same', () => check([problem('a')], [problem('a', 1), problem('a', 2)], ['a']));
  it('are the same in another file or of another kind', () => {
    check([problem('a')], [problem('a', 1, { uri: 'file:///b.ts' })], ['a']);
    check([problem('a')], [problem('a', 1, { code: '7' })], ['a']);
    check([problem('a')], [problem('a', 1, { severity: 'warning' })], ['a']);
  });
  it('do not come from a line number in a message', () => {
    check([problem('declared at line 3')], [problem('declared at line 9')], []);
  });
  it('leave the cured ones to be counted', () => {
    expect(curedCount([problem('a'), problem('b'), problem('b')], [problem('b')])).toBe(2);
  });
});

describe('the cost of a task', () => {
  const route: RouteDecision = { task: 'refactor', model: 'claude-opus-4.8', protocol: 'messages', maxTokens: 1, reason: '' };
  const receipt = (priceUsd: number | undefined, parts: Partial<Receipt> = {}): Receipt => ({ priceIsEstimate: false, durationMs: 1, usage: { inputTokens: 1000, outputTokens: 50, cacheReadTokens: 300, cacheWriteTokens: 10 }, ...(priceUsd === undefined ? {} : { priceUsd }), ...parts });
  it('is one line', () => {
    expect(formatCost(addCost(undefined, route, receipt(0.0491)), english)).toBe('Refactor → Opus 4.8 · 1,310 in, 50 out · $0.049');
  });
  it('says that it is an estimate and how many requests it took', () => {
    const sum = addCost(addCost(undefined, route, receipt(0.01, { priceIsEstimate: true })), route, receipt(0.02));
    expect(formatCost(sum, english)).toBe('Refactor → Opus 4.8 · 2,620 in, 100 out · ≈ $0.030 · 2 requests');
  });
  it('is unknown when one price is, never zero', () => {
    expect(formatCost(addCost(addCost(undefined, route, receipt(undefined)), route, receipt(0.02)), english)).toContain('price unknown');
    expect(formatCost(addCost(addCost(undefined, route, receipt(0.02)), route, receipt(undefined)), english)).toContain('price unknown');
  });
  it('counts a request without usage', () => {
    expect(addCost(undefined, route, { priceIsEstimate: true, durationMs: 1 })).toMatchObject({ inputTokens: 0, requests: 1 });
  });
  it('sums what ran side by side', () => {
    const one = addCost(undefined, route, receipt(0.01));
    expect(addCosts(one, one)).toMatchObject({ priceUsd: 0.02, requests: 2, inputTokens: 2620 });
    expect(addCosts(undefined, one)).toBe(one);
    expect(addCosts(one, addCost(undefined, route, receipt(undefined)))).not.toHaveProperty('priceUsd');
  });
});

describe('the price said before', () => {
  const prices = createPrices(() => new Map());
  const route = { task: 'fix', model: 'claude-sonnet-4.6', protocol: 'messages', maxTokens: 8000, reason: '' } as const;
  const prompt = { system: 'x'.repeat(400), messages: [{ role: 'user', content: 'y'.repeat(399) }] } as const;
  it('counts the input and guesses the output', () => {
    expect(estimatePrice(prompt, route, prices, (text) => text.length)).toEqual({ inputTokens: 800, usd: (800 * 1.5 + 300 * 7.5) / 1_000_000 });
  });
  it('is absent where no price is known', () => {
    expect(estimatePrice(prompt, { ...route, model: 'unknown-1' }, prices, (text) => text.length)).toEqual({ inputTokens: 800 });
  });
  it('never guesses above the limit', () => {
    expect(estimatePrice(prompt, { ...route, maxTokens: 10 }, prices, (text) => text.length).usd).toBeCloseTo((800 * 1.5 + 10 * 7.5) / 1_000_000, 10);
  });
});

describe('suggestions', () => {
  const smell = (kind: Smell['kind'], parts: Partial<Smell> = {}): Smell => ({ kind, line: 3, count: 9, ...parts });
  const kinds: readonly Smell['kind'][] = ['long-function', 'deep-nesting', 'many-parameters', 'duplicated-lines', 'magic-numbers', 'long-condition', 'else-chain', 'commented-code', 'promise-chain', 'var-declaration', 'any-type', 'long-file'];
  it('have words for every smell', () => {
    for (const kind of kinds) expect(suggestRefactorings([smell(kind)], english)[0]?.instruction).toMatch(/^[A-Z]/);
  });
  it('name the function', () => {
    expect(suggestRefactorings([smell('long-function', { name: 'load' })], english)).toEqual([{ instruction: 'Split load into smaller functions', detail: '9 lines', line: 3 }]);
  });
  it('put what weighs most first', () => {
    expect(suggestRefactorings([smell('var-declaration'), smell('long-function'), smell('magic-numbers')], english).map(({ instruction }) => instruction.split(' ')[0])).toEqual(['Split', 'Name', 'Use']);
  });
  it('say each thing once', () => {
    expect(suggestRefactorings([smell('long-condition', { line: 1 }), smell('long-condition', { line: 2 })], english)).toHaveLength(1);
  });
  it('are six at most', () => {
    expect(suggestRefactorings(kinds.map((kind) => smell(kind)), english)).toHaveLength(6);
  });
});

describe('the question of Explain', () => {
  it('names what it is about', () => {
    expect(explainRequest({ kind: 'file', name: 'src/a.ts', problems: 0 }, english)).toBe('Explain src/a.ts: its purpose, its parts and how they work together.');
    expect(explainRequest({ kind: 'symbol', name: 'load', problems: 0 }, english)).toBe('Explain `load`: what it does, how, and why.');
    expect(explainRequest({ kind: 'selection', name: 'load', problems: 0 }, english)).toContain('the selected part of `load`');
    expect(explainRequest({ kind: 'selection', name: '', problems: 0 }, english)).toContain('the selected code');
  });
  it('asks what one problem means where it is the question', () => {
    expect(explainRequest({ kind: 'selection', name: 'load', problems: 3, problem: 'Type A is no B.' }, english)).toBe('What does this problem mean, and what cures it? Type A is no B.');
  });
  it('asks about problems where there are some', () => {
    expect(explainRequest({ kind: 'symbol', name: 'load', problems: 2 }, english)).toMatch(/What do its problems mean\?$/);
  });
});
