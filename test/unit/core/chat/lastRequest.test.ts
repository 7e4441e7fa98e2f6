import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { lastRequest } from '../../../../src/core/chat/lastRequest.ts';
import { createSession } from '../../../../src/core/chat/session.ts';

const question = (id: string, parent: string | null): ChatEvent => ({ type: 'message', id, parent, at: 1, role: 'user', body: 'x' });
const answer = (id: string, parent: string): ChatEvent => ({ type: 'answer', id, parent, at: 1 });
const receipt = (id: string, inputTokens: number): ChatEvent => ({ type: 'receipt', id, receipt: { usage: { inputTokens, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 }, priceUsd: 0.01, priceIsEstimate: true, durationMs: 1 } });
const compacted = (id: string, parent: string): ChatEvent => ({ type: 'compacted', id, parent, at: 1, messages: 2, tokensBefore: 100, tokensAfter: 5, body: 'short' });
const turn = [question('u1', null), answer('a1', 'u1'), receipt('a1', 100)];

describe('the size of the last request', () => {
  it.each([
    ['of nothing', [], undefined],
    ['of one answer', turn, [100]],
    ['of the newest answer', [...turn, question('u2', 'a1'), answer('a2', 'u2'), receipt('a2', 130)], [130]],
    ['of the answer before one that failed without a word', [...turn, question('u2', 'a1'), answer('a2', 'u2')], [100, 'u2', 'a2']],
    ['of the last of two requests of a continued answer', [...turn, { type: 'reopened', id: 'a1', at: 2, clear: false }, receipt('a1', 140)], [140]],
    ['of the branch that is shown', [...turn, answer('b1', 'u1'), receipt('b1', 90), { type: 'selected', parent: 'u1', child: 'a1' }], [100]],
    ['after a compaction is not known', [...turn, compacted('n', 'a1')], undefined],
    ['of an answer behind a compaction', [...turn, compacted('n', 'a1'), question('u2', 'n'), answer('a2', 'u2'), receipt('a2', 30)], [30]],
    ['of the history when a compaction is undone at once', [...turn, compacted('n', 'a1'), { type: 'compaction-undone', id: 'n' }], [100, 'n']],
    ['of the history, not of the summary, when it is undone later', [...turn, compacted('n', 'a1'), question('u2', 'n'), answer('a2', 'u2'), receipt('a2', 30), { type: 'compaction-undone', id: 'n' }], [100, 'n', 'u2', 'a2']],
    ['of the first answer after that', [...turn, compacted('n', 'a1'), question('u2', 'n'), answer('a2', 'u2'), receipt('a2', 30), { type: 'compaction-undone', id: 'n' }, question('u3', 'a2'), answer('a3', 'u3'), receipt('a3', 160)], [160]],
  ] as readonly [string, readonly ChatEvent[], readonly (number | string)[] | undefined][])('is that %s', (_name, events, expected) => {
    const session = createSession('s');
    for (const event of events) session.apply(event);
    const last = lastRequest(session);
    expect(last === undefined ? undefined : [last.usage.inputTokens, ...last.since]).toEqual(expected);
  });

  it('leaves the receipt of a continued answer the sum', () => {
    const session = createSession('s');
    for (const event of [...turn, receipt('a1', 140)]) session.apply(event);
    expect(session.head('a1')?.receipt?.usage?.inputTokens).toBe(240);
  });
});
