import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { toComposerState, type ComposerInput } from '../../../../src/core/chat/composer.ts';
import { kindName, refusalText, toChip, toOfferChip, toSuggestion } from '../../../../src/core/chat/contextChip.ts';
import { createSession } from '../../../../src/core/chat/session.ts';
import type { ContextItem, ContextRefusal } from '../../../../src/core/context/contextItem.ts';
import { createPrices } from '../../../../src/core/models/price.ts';
import { taskTitle } from '../../../../src/core/models/router.ts';
import { english } from '../../../../src/core/translate.ts';
import { taskIds } from '../../../../src/shared/chatTypes.ts';
import { createFakeRunner } from './fakeRunner.ts';

function stateOf(events: readonly ChatEvent[], input: Partial<ComposerInput> = {}) {
  const session = createSession('s');
  for (const event of events) session.apply(event);
  return toComposerState({ session, draft: '', chips: [], attachedTokens: 0, historyTokens: 0, ...input }, {
    runner: createFakeRunner(), prices: createPrices(() => new Map()), models: () => ['other-model', 'text-embedding-3-small', 'claude-opus-4.8'], translate: english,
    taskFromText: (text) => ({ task: text.includes('refactor') ? 'refactor' : 'chat' }), estimateTokens: (text) => text.length,
  });
}

describe('the composer', () => {
  it.each([
    [[], '', 'Auto · Sonnet 4.6'],
    [[], 'refactor it', 'Auto · Opus 4.8'],
    [[], '/commit', 'Auto · Haiku 4.5'],
    [[{ type: 'override', task: 'refactor' }], 'hello', 'Refactor · Opus 4.8'],
    [[{ type: 'override', model: 'other-model' }], 'hello', 'Chat · other-model'],
  ] as readonly [readonly ChatEvent[], string, string][])('after %j with "%s" shows %s', (events, draft, label) => {
    expect(stateOf(events, { draft }).routeLabel).toBe(label);
  });

  it('lists Auto, the tasks with their models, then models of their own, each once', () => {
    const { routes } = stateOf([]);
    expect(routes.slice(0, 2)).toMatchObject([{ task: 'auto', model: '', label: 'Auto', selected: true }, { task: 'chat', model: 'claude-sonnet-4.6', label: 'Chat' }]);
    expect(routes.filter(({ task, model }) => task === 'auto' && model !== '').map(({ label }) => label)).toEqual(['Sonnet 4.6', 'Opus 4.8', 'Haiku 4.5', 'other-model']);
  });

  it.each([
    [[{ type: 'override', task: 'fix' }], 'Fix'],
    [[{ type: 'override', model: 'other-model' }], 'other-model'],
    [[{ type: 'override', task: 'fix' }, { type: 'override' }], 'Auto'],
  ] as readonly [readonly ChatEvent[], string][])('after %j marks %s', (events, label) => {
    expect(stateOf(events).routes.filter(({ selected }) => selected).map((route) => route.label)).toEqual([label]);
  });

  it('counts history, attachments and draft, and prices them', () => {
    const state = stateOf([], { draft: 'x'.repeat(100), attachedTokens: 900, historyTokens: 9_000 });
    expect(state.contextTokens).toBe(10_000);
    // 10,000 tokens in at $1.50 and 700 out at $7.50 a million.
    expect(state.expectedUsd).toBeCloseTo(0.015 + 0.005_25);
  });

  it('reckons with the cache of the last answer', () => {
    const answered: readonly ChatEvent[] = [
      { type: 'message', id: 'u', parent: null, at: 1, role: 'user', body: 'x' }, { type: 'answer', id: 'a', parent: 'u', at: 1 },
      { type: 'receipt', id: 'a', receipt: { usage: { inputTokens: 10, outputTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 9_000 }, priceIsEstimate: true, durationMs: 1 } },
    ];
    expect(stateOf(answered, { historyTokens: 10_000 }).expectedUsd).toBeCloseTo((1_000 * 1.5 + 9_000 * 0.15 + 700 * 7.5) / 1_000_000);
  });

  it('knows no price of an unknown model', () => {
    expect(stateOf([{ type: 'override', model: 'other-model' }]).expectedUsd).toBeUndefined();
  });

  it.each([[150_001, true], [150_000, undefined]])('with a history of %s tokens offers compaction: %s', (historyTokens, offered) => {
    expect(stateOf([], { historyTokens }).offersCompaction).toBe(offered);
  });

  it('names every task', () => {
    expect(new Set(taskIds.map((task) => taskTitle(task, english))).size).toBe(taskIds.length);
  });
});

describe('a chip', () => {
  const item: ContextItem = { id: 'i', kind: 'file', reference: { kind: 'file', uri: 'file:///w/src/a.ts' }, name: 'src/a.ts', parts: [], text: 'x', tokens: 7, notes: [] };

  it.each([
    [{}, { label: 'a.ts', detail: 'src', tokens: 7, warning: undefined }],
    [{ range: { startLine: 3, endLine: 9 } }, { label: 'a.ts', detail: 'lines 3–9' }],
    [{ range: { startLine: 3, endLine: 3 } }, { detail: 'line 3' }],
    [{ name: 'a.ts' }, { label: 'a.ts', detail: undefined }],
    [{ kind: 'changes', name: '' }, { label: 'Changes', detail: undefined }],
    [{ kind: 'folder', name: 'src/core/' }, { label: 'core/', detail: 'src' }],
    [{ notes: [{ type: 'masked', count: 2, kinds: ['token'] }, { type: 'hidden-characters', count: 1 }] }, { warning: '2 secrets are masked. 1 character in it cannot be seen.' }],
    [{ notes: [{ type: 'masked', count: 1, kinds: ['token'] }, { type: 'hidden-characters', count: 2 }, { type: 'left-out', count: 1, reason: 'ignored' }] }, { warning: '1 secret is masked. 2 characters in it cannot be seen. 1 file is left out.' }],
    [{ notes: [{ type: 'shortened', keptTokens: 10, ofTokens: 90 }, { type: 'left-out', count: 3, reason: 'ignored' }, { type: 'changed-instructions', path: 'AGENTS.md' }] }, { warning: 'Shortened from 90 to 10 tokens. 3 files are left out. AGENTS.md has changed since it was last used.' }],
    [{ refused: 'binary' }, { warning: 'Not sent: it is not text.' }],
  ] as readonly [Partial<ContextItem>, object][])('of %j', (more, chip) => expect(toChip({ ...item, ...more }, english)).toMatchObject(chip));

  it('has words for every refusal and every kind', () => {
    const refusals: readonly ContextRefusal[] = ['secret-file', 'ignored', 'excluded', 'outside-workspace', 'untrusted-workspace', 'too-large', 'binary', 'not-found', 'empty', 'no-repository', 'no-editor', 'no-terminal', 'failed'];
    expect(new Set(refusals.map((refusal) => refusalText(refusal, english))).size).toBe(refusals.length);
    expect(kindName('open-editors', english)).toBe('Open editors');
  });

  it('of an offer is dashed; a suggestion carries its reference', () => {
    expect(toOfferChip({ reference: { kind: 'selection' }, kind: 'selection', name: 'src/a.ts', range: { startLine: 1, endLine: 2 } }, english)).toEqual({ id: 'offer:selection', kind: 'selection', label: 'a.ts', detail: 'lines 1–2', offered: true });
    expect(toSuggestion({ reference: { kind: 'changes' }, kind: 'changes', name: '', detail: '3 files' }, english)).toEqual({ label: 'Changes', detail: '3 files', insert: '', reference: 'changes' });
  });
});
