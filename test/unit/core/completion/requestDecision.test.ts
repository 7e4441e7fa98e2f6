import { describe, expect, it } from 'vitest';
import { chooseMode, delayOf, type DelayInput } from '../../../../src/core/completion/requestDecision.ts';
import { checkGate, findDisabledReason, isLanguageOn } from '../../../../src/core/completion/eligibility.ts';
import { callAt, defaultSettings, placeAt } from './harness.ts';

function mode(at: string, languageId = 'typescript', setting: 'auto' | 'never' | 'always' = 'auto', trigger: 'automatic' | 'explicit' = 'automatic') {
  return chooseMode(placeAt(at, { languageId }), trigger, setting);
}

describe('a block is asked for', () => {
  it.each([
    ['in an empty body', 'function f() {\n  █\n}', 'typescript'],
    ['in an empty body at the end of the file', 'function f() {\n  █', 'typescript'],
    ['behind the brace', 'function f() {█}', 'typescript'],
    ['in Python', 'def f():\n    █', 'python'],
    ['below a comment', '// Adds both.\n█\n', 'typescript'],
    ['below a doc comment', '/**\n * Adds both.\n */\n█\n', 'typescript'],
  ])('%s', (_, at, languageId) => expect(mode(at, languageId)).toBe('block'));
  it('on the user\'s wish', () => expect(mode('a();\n█', 'typescript', 'auto', 'explicit')).toBe('block'));
  it('at a line\'s start where the setting says always', () => expect(mode('a();\n█', 'typescript', 'always')).toBe('block'));
});

describe('a line is asked for', () => {
  it.each([
    ['within a line', 'const a = █', 'typescript'],
    ['after a statement', 'a();\n█', 'typescript'],
    ['in a body that has code', 'function f() {\n  █\n  a();\n}', 'typescript'],
    ['before other text on the line', 'f(█, b)', 'typescript'],
    ['in prose', 'Things:\n█', 'markdown'],
  ])('%s', (_, at, languageId) => expect(mode(at, languageId)).toBe('line'));
  it('always, where the setting says never', () => expect(mode('function f() {\n  █\n}', 'typescript', 'never', 'explicit')).toBe('line'));
});

describe('the delay', () => {
  const delay = (at: string, more: Partial<DelayInput> = {}) => delayOf({ place: placeAt(at), trigger: 'automatic', afterDeletion: false, afterAccept: false, hasJustDiverged: false, setting: 75, ...more });
  it('is none at a line\'s start', () => expect(delay('  █')).toBe(0));
  it('is none after an accept', () => expect(delay('a();█', { afterAccept: true })).toBe(0));
  it('is none on the user\'s wish', () => expect(delay('a = █', { trigger: 'explicit' })).toBe(0));
  it('is the setting in a line', () => expect(delay('a = █')).toBe(75));
  it('is the setting after a deletion', () => expect(delay('  █', { afterDeletion: true })).toBe(75));
  it('is longer after the first key that leaves an answer', () => expect(delay('a = █', { hasJustDiverged: true })).toBe(275));
});

describe('a place is not asked about', () => {
  const reason = (at: string, more = {}, settings = defaultSettings) => findDisabledReason(callAt(at, more), placeAt(at), settings);
  it('inside a word', () => expect(reason('re█turn')).toBe('inside-word'));
  it('inside a word, but on the user\'s wish', () => expect(reason('re█turn', { trigger: 'explicit' })).toBeUndefined());
  it('in a language that is off, but on the user\'s wish', () => expect([reason('█', { languageId: 'markdown' }), reason('█', { languageId: 'markdown', trigger: 'explicit' })]).toEqual(['language', undefined]));
  it('in a read-only document, also on the user\'s wish', () => expect(reason('█', { readOnly: true, trigger: 'explicit' })).toBe('read-only'));
  it.each([[{ '*': true }, true], [{ '*': false }, false], [{ '*': false, go: true }, true], [{ '*': true, go: false }, false], [{}, true]])('languages %j: %s', (languages, on) =>
    expect(isLanguageOn('go', { ...defaultSettings, languages })).toBe(on));
});

describe('the gate', () => {
  it('is asked when it has no verdict', async () => expect(await checkGate('a', { known: () => undefined, check: async () => ({ open: false, reason: 'excluded' }) })).toBe('excluded'));
  it('is not asked again', async () => expect(await checkGate('a', { known: () => ({ open: true }), check: () => Promise.reject(new Error('asked')) })).toBeUndefined());
});
