import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { createSession, type Session } from '../../../../src/core/chat/session.ts';
import type { Delta, Transcript, ViewChannel } from '../../../../src/core/chat/viewChannel.ts';
import { feedChanges } from '../../../../src/core/chat/viewFeed.ts';

interface Told {
  readonly session: Session;
  readonly messages: Transcript[];
  readonly deltas: Delta[];
  resyncs: number;
  apply(...events: readonly ChatEvent[]): void;
}

function createHarness(): Told {
  const session = createSession('s');
  const told: Told = {
    session, messages: [], deltas: [], resyncs: 0,
    apply: (...events) => {
      for (const event of events) feedChanges(session, session.apply(event), [channel]);
    },
  };
  // Of a channel only what the feed calls.
  const channel = {
    transcript: (message: Transcript) => { told.messages.push(message); },
    delta: (delta: Delta) => { told.deltas.push(delta); },
    resync: async () => { told.resyncs += 1; },
  } as unknown as ViewChannel;
  return told;
}

const user = (id: string, parent: string | null): ChatEvent => ({ type: 'message', id, parent, at: 1, role: 'user', body: `text of ${id}` });
const answer = (id: string, parent: string): ChatEvent => ({ type: 'answer', id, parent, at: 1 });

describe('what the views are told', () => {
  it('of a new message: the whole of it, at its place', () => {
    const told = createHarness();
    told.apply(user('u', null), answer('a', 'u'));
    expect(told.messages).toMatchObject([{ type: 'message-added', index: 0, message: { id: 'u', text: 'text of u' } }, { type: 'message-added', index: 1, message: { id: 'a', status: 'streaming' } }]);
  });

  it('of a delta: the delta and nothing else', () => {
    const told = createHarness();
    told.apply(user('u', null), answer('a', 'u'));
    told.messages.length = 0;
    told.apply({ type: 'delta', id: 'a', part: 'text', body: 'one' }, { type: 'delta', id: 'a', part: 'thinking', body: 'hm' });
    expect(told.deltas).toEqual([{ messageId: 'a', part: 'text', offset: 0, text: 'one' }, { messageId: 'a', part: 'thinking', offset: 0, text: 'hm' }]);
    expect(told.messages).toEqual([]);
  });

  it('of a change: a patch without text', () => {
    const told = createHarness();
    told.apply(user('u', null), answer('a', 'u'), { type: 'delta', id: 'a', part: 'text', body: 'x'.repeat(100_000) });
    told.messages.length = 0;
    told.apply({ type: 'end', id: 'a', at: 2, status: 'cut', error: { title: 'cut', text: '' }, thinkingMs: 5 });
    expect(told.messages).toMatchObject([{ type: 'message-changed', messageId: 'a', patch: { status: 'cut', error: { title: 'cut' }, thinkingMs: 5 } }]);
    expect(JSON.stringify(told.messages).length).toBeLessThan(300);
  });

  it('of a title and of money', () => {
    const told = createHarness();
    told.apply({ type: 'title', title: 'T', byUser: true }, { type: 'spent', task: 'title', receipt: { priceUsd: 0.5, priceIsEstimate: true, durationMs: 1 } });
    expect(told.messages).toEqual([{ type: 'session-changed', title: 'T', priceUsd: undefined }, { type: 'session-changed', title: 'T', priceUsd: 0.5 }]);
  });

  it('of another branch: what stands there now, with its position', () => {
    const told = createHarness();
    told.apply(user('u', null), answer('a', 'u'), answer('b', 'u'));
    expect(told.messages.at(-1)).toMatchObject({ type: 'messages-replaced', from: 1, total: 2, messages: [{ id: 'b', branch: { index: 1, count: 2 } }] });
    told.apply({ type: 'selected', parent: 'u', child: 'a' });
    expect(told.messages.at(-1)).toMatchObject({ from: 1, messages: [{ id: 'a', branch: { index: 0, count: 2 } }] });
  });

  it('of a long branch, or one that is not loaded: that they have to draw anew', () => {
    const long = createHarness();
    long.apply(user('u', null));
    for (let index = 0; index < 80; index++) long.apply(user(`m${index}`, index === 0 ? 'u' : `m${index - 1}`));
    long.apply(user('other', 'u'), { type: 'selected', parent: 'u', child: 'm0' });
    expect(long.resyncs).toBe(1);

    const unread = createHarness();
    unread.session.applyHead(user('u', null), 10);
    unread.session.applyHead(user('v', 'u'), 10);
    unread.apply(user('w', 'u'), { type: 'selected', parent: 'u', child: 'v' });
    expect(unread.resyncs).toBe(1);
  });

  it('of an answer that starts again: the message without its error', () => {
    const told = createHarness();
    told.apply(user('u', null), answer('a', 'u'), { type: 'end', id: 'a', at: 2, status: 'failed', error: { title: 'failed', text: '' } }, { type: 'reopened', id: 'a', at: 3, clear: true });
    const last = told.messages.at(-1);
    expect(last).toMatchObject({ type: 'messages-replaced', from: 1, messages: [{ id: 'a', status: 'streaming' }] });
    expect(JSON.stringify(last)).not.toContain('failed');
  });

  it('of a queue: it stands behind the answer that streams', () => {
    const told = createHarness();
    told.apply(user('u', null), { ...user('q', null), queued: true } as ChatEvent, answer('a', 'u'));
    expect(told.messages.at(-1)).toMatchObject({ type: 'messages-replaced', from: 1, total: 3, messages: [{ id: 'a' }, { id: 'q', status: 'queued' }] });
    told.apply({ type: 'sent', id: 'q', parent: 'a', at: 2 });
    expect(told.messages.at(-1)).toMatchObject({ type: 'messages-replaced', from: 2, total: 3, messages: [{ id: 'q', status: 'done' }] });
  });
});
