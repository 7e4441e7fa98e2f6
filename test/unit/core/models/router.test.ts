import { describe, expect, it } from 'vitest';
import { createRouter, defaultRoutes, taskName, type RouteRequest } from '../../../../src/core/models/router.ts';
import type { Settings } from '../../../../src/core/settings.ts';
import { english } from '../../../../src/core/translate.ts';
import { taskIds, type RouteDecision } from '../../../../src/shared/chatTypes.ts';
import { fixedSettings } from '../../../helpers/clientHarness.ts';

function check(request: RouteRequest, routes: Settings['routes'], expected: Partial<RouteDecision>): void {
  expect(createRouter({ settings: fixedSettings({ routes }), translate: english }).route(request)).toEqual({ task: request.task, ...expected });
}

describe('the default routes', () => {
  it.each(taskIds)('have one for %s, with an explicit limit', (task) => {
    const route = createRouter({ settings: fixedSettings({}), translate: english }).route({ task });
    expect(route).toEqual({ task, ...defaultRoutes[task], reason: `default for ${taskName(task, english)}` });
    expect(route.maxTokens).toBeGreaterThan(0);
  });

  it('give large work to Opus, everyday work to Sonnet, what must be quick to Haiku', () => {
    const models = Object.groupBy(taskIds, (task) => defaultRoutes[task].model);
    expect(models).toEqual({
      'claude-opus-4.8': ['refactor'],
      'claude-sonnet-4.6': ['chat', 'explain', 'edit', 'review', 'tests', 'fix', 'document', 'compact'],
      'claude-haiku-4.5': ['complete', 'commit', 'rename', 'title'],
    });
  });

  it('never have temperature beside thinking, and think only over the messages protocol', () => {
    for (const route of Object.values(defaultRoutes)) {
      if (route.thinkingTokens === undefined) continue;
      expect(route).not.toHaveProperty('temperature');
      expect(route.protocol).toBe('messages');
      expect(route.thinkingTokens).toBeLessThan(route.maxTokens);
    }
  });
});

describe('a route', () => {
  const opus = { model: 'claude-opus-4.8', protocol: 'messages' as const, maxTokens: 32_000, thinkingTokens: 8_000 };

  it.each<[string, RouteRequest, Settings['routes'], Partial<RouteDecision>]>([
    ['keeps the cells that no setting names', { task: 'refactor' }, { refactor: { maxTokens: 9_000 } }, { ...opus, maxTokens: 9_000, reason: 'default for refactoring' }],
    ['takes the model of the settings, and says so', { task: 'title' }, { title: { model: 'claude-sonnet-4.6' } }, { model: 'claude-sonnet-4.6', protocol: 'chat_completions', maxTokens: 40, temperature: 0.2, reason: 'set in runapi.routes' }],
    ['takes each cell', { task: 'review' }, { review: { model: 'claude-opus-4-8', protocol: 'messages', maxTokens: 5, temperature: 1, thinkingTokens: 0 } }, { model: 'claude-opus-4-8', protocol: 'messages', maxTokens: 5, temperature: 1, reason: 'set in runapi.routes' }],
    ['turns thinking off with 0', { task: 'refactor' }, { refactor: { thinkingTokens: 0 } }, { model: opus.model, protocol: 'messages', maxTokens: 32_000, reason: 'default for refactoring' }],
    ['thinks over messages when it was told to think', { task: 'review' }, { review: { thinkingTokens: 4_000 } }, { model: 'claude-sonnet-4.6', protocol: 'messages', maxTokens: 8_000, thinkingTokens: 4_000, reason: 'default for reviews' }],
    ['keeps the protocol that was set, with thinking too', { task: 'refactor' }, { refactor: { protocol: 'chat_completions' } }, { ...opus, protocol: 'chat_completions', reason: 'default for refactoring' }],
    ['is overridden for one request', { task: 'chat', model: 'claude-opus-4.8', reason: 'set by /model' }, { chat: { model: 'claude-haiku-4.5' } }, { model: 'claude-opus-4.8', protocol: 'messages', maxTokens: 8_000, reason: 'set by /model' }],
    ['is overridden without a reason', { task: 'explain', model: 'claude-opus-4.8' }, {}, { model: 'claude-opus-4.8', protocol: 'chat_completions', maxTokens: 4_000, reason: 'chosen for this request' }],
    ['keeps a reason of its own', { task: 'tests', reason: 'you asked for tests of code' }, {}, { ...defaultRoutes.tests, reason: 'you asked for tests of code' }],
    ['asks models of other makers in the common format', { task: 'chat', model: 'gpt-5.2' }, {}, { model: 'gpt-5.2', protocol: 'chat_completions', maxTokens: 8_000, reason: 'chosen for this request' }],
    ['bounds the limit by what the model can write', { task: 'refactor', model: 'claude-3-haiku' }, {}, { model: 'claude-3-haiku', protocol: 'messages', maxTokens: 4_096, reason: 'chosen for this request' }],
    ['is lowered by a request', { task: 'complete', maxTokens: 64 }, {}, { ...defaultRoutes.complete, maxTokens: 64, reason: 'default for completion' }],
    ['is never raised by a request', { task: 'complete', maxTokens: 5_000 }, {}, { ...defaultRoutes.complete, reason: 'default for completion' }],
    ['has at least one token', { task: 'complete', maxTokens: -3 }, {}, { ...defaultRoutes.complete, maxTokens: 1, reason: 'default for completion' }],
  ])('%s', (_name, ...row) => check(...row));

  it('sees a changed setting at once', () => {
    let routes: Settings['routes'] = {};
    const router = createRouter({ settings: { current: () => ({ ...fixedSettings({}).current(), routes }), onChange: () => () => undefined }, translate: english });
    expect(router.route({ task: 'chat' }).model).toBe('claude-sonnet-4.6');
    routes = { chat: { model: 'other' } };
    expect(router.route({ task: 'chat' }).model).toBe('other');
  });
});
