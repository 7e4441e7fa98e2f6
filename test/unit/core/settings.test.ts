import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings, parseSettings } from '../../../src/core/settings.ts';
import { english } from '../../../src/core/translate.ts';

const parse = (raw: Readonly<Record<string, unknown>>) => parseSettings(raw, english);

/** One bad value: it is named in exactly one sentence, and everything is as if it had not been set. */
function checkRejected(raw: Readonly<Record<string, unknown>>, ...named: readonly string[]): void {
  const { settings, problems } = parse(raw);
  expect(problems).toHaveLength(1);
  for (const words of named) expect(problems[0]).toContain(words);
  expect(settings).toEqual(defaultSettings);
}

describe('parseSettings', () => {
  it('gives the defaults without a problem when nothing is set', () => {
    expect(parse({})).toEqual({ settings: defaultSettings, problems: [] });
  });

  it('takes every valid value', () => {
    const { settings, problems } = parse({
      baseUrl: 'http://127.0.0.1:4010',
      routes: { refactor: { model: 'claude-opus-4-8', protocol: 'messages', maxTokens: 9000, temperature: 0, thinkingTokens: 0 } },
      exclude: ['**/generated/**'],
      'completion.enabled': false,
      'completion.delayMs': 0,
      'completion.languages': { '*': false, go: true },
      'completion.multiline': 'never',
      'completion.maxAlternatives': 5,
      'network.connectTimeoutMs': 1000,
      'network.firstByteTimeoutMs': 1000,
      'network.idleTimeoutMs': 600_000,
      'network.maxRetries': 0,
      'budget.dailyUsd': 2.5,
      'budget.completionDailyUsd': 0.5,
    });
    expect(problems).toEqual([]);
    expect(settings.routes.refactor).toEqual({ model: 'claude-opus-4-8', protocol: 'messages', maxTokens: 9000, temperature: 0, thinkingTokens: 0 });
    expect(settings.completion).toEqual({ enabled: false, delayMs: 0, languages: { '*': false, go: true }, multiline: 'never', maxAlternatives: 5 });
    expect(settings.budget).toEqual({ dailyUsd: 2.5, completionDailyUsd: 0.5 });
    expect(settings.network.maxRetries).toBe(0);
    expect(settings.exclude).toEqual(['**/generated/**']);
  });

  it('names a bad value and what it has to be', () => {
    checkRejected({ baseUrl: 'runapi' }, 'runapi.baseUrl', 'https://runapi.ai');
    checkRejected({ baseUrl: 7 }, 'runapi.baseUrl');
    checkRejected({ 'completion.delayMs': -1 }, 'runapi.completion.delayMs', '0', '2000');
    checkRejected({ 'completion.delayMs': Number.NaN }, 'runapi.completion.delayMs');
    checkRejected({ 'completion.enabled': 'yes' }, 'runapi.completion.enabled', 'true or false');
    checkRejected({ 'completion.languages': ['go'] }, 'runapi.completion.languages');
    checkRejected({ 'completion.languages': { go: 'on' } }, 'runapi.completion.languages');
    checkRejected({ 'completion.multiline': 'sometimes' }, 'runapi.completion.multiline', 'never');
    checkRejected({ 'budget.dailyUsd': '5' }, 'runapi.budget.dailyUsd');
    checkRejected({ exclude: '**/*.key' }, 'runapi.exclude');
    checkRejected({ routes: [] }, 'runapi.routes');
  });

  it('names an unknown task, an unknown cell and a bad cell of the routes', () => {
    checkRejected({ routes: { refactoring: {} } }, 'refactoring', 'refactor, edit');
    checkRejected({ routes: { chat: 'opus' } }, 'runapi.routes.chat');
    expect(parse({ routes: { chat: { temprature: 1 } } }).problems).toEqual(['runapi.routes.chat has an unknown entry "temprature".']);
    expect(parse({ routes: { chat: { temperature: 1.5 } } }).problems[0]).toContain('runapi.routes.chat.temperature');
    expect(parse({ routes: { chat: { model: 'a b' } } }).problems[0]).toContain('runapi.routes.chat.model');
    expect(parse({ routes: { chat: { maxTokens: 0 } } }).problems[0]).toContain('runapi.routes.chat.maxTokens');
  });

  it('keeps the good cells of a route beside a bad one', () => {
    const { settings } = parse({ routes: { tests: { model: 'claude-haiku-4.5', temperature: 'hot' } } });
    expect(settings.routes.tests).toEqual({ model: 'claude-haiku-4.5' });
  });

  it('never throws and never lets an unlisted value through, whatever it is given', () => {
    const names = ['baseUrl', 'routes', 'exclude', 'completion.enabled', 'completion.delayMs', 'completion.languages', 'completion.multiline', 'network.maxRetries', 'budget.dailyUsd'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), (raw) => {
        const { settings } = parse(raw);
        expect(URL.canParse(settings.baseUrl)).toBe(true);
        expect(settings.completion.delayMs).toBeGreaterThanOrEqual(0);
        expect(['auto', 'never', 'always']).toContain(settings.completion.multiline);
        expect(settings.network.maxRetries).toBeLessThanOrEqual(5);
      }),
      { numRuns: 1000 },
    );
  });
});
