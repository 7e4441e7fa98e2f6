import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { createSession, type Session } from '../../../../src/core/chat/session.ts';
import { shownIds } from '../../../../src/core/chat/viewFeed.ts';

const user = (id: string, parent: string | null, body = id): ChatEvent => ({ type: 'message', id, parent, at: 1, role: 'user', body });
const answer = (id: string, parent: string): ChatEvent => ({ type: 'answer', id, parent, at: 2 });
const delta = (id: string, body: string, part: 'text' | 'thinking' = 'text'): ChatEvent => ({ type: 'delta', id, part, body });
const receipt = (priceUsd?: number) => ({ priceUsd, priceIsEstimate: true, durationMs: 5 });

function replay(...events: readonly ChatEvent[]): Session {
  const session = createSession('s');
  for (const event of events) session.apply(event);
  return session;
}

describe('the path', () => {
  const check = (name: string, events: readonly ChatEvent[], path: readonly string[]): void => it(name, () => expect(replay(...events).path).toEqual(path));
  const exchange = [user('u1', null), answer('a1', 'u1'), user('u2', 'a1'), answer('a2', 'u2')];

  check('follows the messages', exchange, ['u1', 'a1', 'u2', 'a2']);
  check('shows the newest branch', [...exchange, answer('b1', 'u1')], ['u1', 'b1']);
  check('goes back to a chosen branch with all that follows', [...exchange, answer('b1', 'u1'), { type: 'selected', parent: 'u1', child: 'a1' }], ['u1', 'a1', 'u2', 'a2']);
  check('remembers the choice below a branch', [...exchange, answer('b2', 'u2'), answer('b1', 'u1'), { type: 'selected', parent: 'u1', child: 'a1' }], ['u1', 'a1', 'u2', 'b2']);
  check('branches at the first message', [...exchange, user('v1', null)], ['v1']);
  check('ignores a message whose parent is not there', [user('u1', null), answer('a9', 'lost')], ['u1']);
  check('ignores an id that comes twice', [user('u1', null), user('u1', null, 'other')], ['u1']);
  check('ignores the choice of something that is no branch there', [...exchange, { type: 'selected', parent: 'u1', child: 'u2' }], ['u1', 'a1', 'u2', 'a2']);
  check('is not moved by what another window adds to a hidden branch', [...exchange, answer('b1', 'u1'), { type: 'selected', parent: 'u1', child: 'a1' }, user('x', 'b1')], ['u1', 'a1', 'u2', 'a2']);
  check('has no queued messages', [user('u1', null), { type: 'message', id: 'q', parent: null, at: 1, role: 'user', queued: true, body: 'q' }], ['u1']);
});

describe('a session', () => {
  it('counts the price of answers, continued answers and side tasks; unknown prices add nothing', () => {
    const session = replay(user('u', null), answer('a', 'u'));
    expect(session.priceUsd).toBeUndefined();
    session.apply({ type: 'receipt', id: 'a', receipt: receipt() });
    expect(session.priceUsd).toBeUndefined();
    session.apply({ type: 'receipt', id: 'a', receipt: receipt(0.5) });
    session.apply({ type: 'receipt', id: 'a', receipt: receipt(0.25) });
    session.apply({ type: 'spent', task: 'title', receipt: receipt(0.125) });
    expect(session.priceUsd).toBe(0.875);
    expect(session.head('a')?.receipt).toMatchObject({ priceUsd: 0.75, durationMs: 15 });
  });

  it('keeps text and thinking apart and gives the place of each delta', () => {
    const session = replay(user('u', null), answer('a', 'u'));
    expect(session.apply(delta('a', 'hm', 'thinking'))).toEqual([{ type: 'delta', id: 'a', part: 'thinking', offset: 0, text: 'hm' }]);
    expect(session.apply(delta('a', 'one'))).toEqual([{ type: 'delta', id: 'a', part: 'text', offset: 0, text: 'one' }]);
    expect(session.apply(delta('a', 'two'))).toEqual([{ type: 'delta', id: 'a', part: 'text', offset: 3, text: 'two' }]);
    expect(session.body('a')).toMatchObject({ text: 'onetwo', thinking: 'hm' });
  });

  it('knows sizes and no text of what was read without it', () => {
    const session = createSession('s');
    session.applyHead(user('u', null), 5_000);
    session.applyHead(answer('a', 'u'), 60);
    session.applyHead(delta('a', 'text'), 700);
    expect([session.body('u'), session.body('a')]).toEqual([undefined, undefined]);
    expect(session.head('u')?.size).toBe(5_000);
    expect(session.head('a')?.size).toBe(700);
  });

  it('closes answers that nobody finishes', () => {
    const session = replay(user('u', null), answer('a', 'u'), delta('a', 'half'));
    session.closeUnfinished({ title: 'cut', text: '' });
    expect(session.head('a')).toMatchObject({ status: 'cut', error: { title: 'cut' } });
  });

  it('marks a compaction as undone', () => {
    const session = replay(user('u', null), { type: 'compacted', id: 'c', parent: 'u', at: 3, messages: 1, tokensBefore: 10, tokensAfter: 2, body: 'summary' });
    expect(session.head('c')?.compaction).toEqual({ messages: 1, tokensBefore: 10, tokensAfter: 2, undone: false });
    expect(session.apply({ type: 'compaction-undone', id: 'c' })).toEqual([{ type: 'changed', id: 'c' }]);
    expect(session.head('c')?.compaction?.undone).toBe(true);
  });

  it('counts branches of the same role as alternatives, notices as none', () => {
    const session = replay(user('u', null), answer('a', 'u'), { type: 'message', id: 'n', parent: 'u', at: 1, role: 'notice', body: 'note' }, answer('b', 'u'));
    expect(session.alternatives('b')).toEqual(['a', 'b']);
    expect(session.alternatives('n')).toEqual(['n']);
    expect(session.wayTo('a')).toEqual(['u', 'a']);
  });

  it('does not show changes of hidden branches', () => {
    const session = replay(user('u', null), answer('a', 'u'), answer('b', 'u'));
    expect(session.apply(delta('a', 'late'))).toEqual([]);
    expect(session.apply({ type: 'end', id: 'a', at: 9, status: 'done' })).toEqual([]);
    expect(session.body('a')?.text).toBe('late');
  });
});

// Any events in any order: what two windows, torn lines and old versions can leave in a file.
const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const parent = fc.option(name, { nil: null });
const anyEvent: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ type: fc.constant('message' as const), id: name, parent, at: fc.nat(9), role: fc.constant('user' as const), queued: fc.option(fc.constant(true), { nil: undefined }), body: fc.string() }),
  fc.record({ type: fc.constant('answer' as const), id: name, parent: name, at: fc.nat(9) }),
  fc.record({ type: fc.constant('delta' as const), id: name, part: fc.constant('text' as const), body: fc.string({ minLength: 1 }) }),
  fc.record({ type: fc.constant('sent' as const), id: name, parent, at: fc.nat(9) }),
  fc.record({ type: fc.constant('unqueued' as const), id: name }),
  fc.record({ type: fc.constant('selected' as const), parent, child: name }),
  fc.record({ type: fc.constant('end' as const), id: name, at: fc.nat(9), status: fc.constant('done' as const) }),
  fc.record({ type: fc.constant('reopened' as const), id: name, at: fc.nat(9), clear: fc.boolean() }),
);

describe('for any events in any order', () => {
  it('the path is a chain without a message twice, and the queue stays outside of it', () => {
    fc.assert(fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      const session = replay(...events);
      expect(new Set(shownIds(session)).size).toBe(shownIds(session).length);
      for (const [index, id] of session.path.entries()) expect(session.head(id)?.parent).toBe(session.path[index - 1] ?? null);
    }), { numRuns: 400 });
  });

  it('what is told of changes is enough to draw the same transcript', () => {
    fc.assert(fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      const session = createSession('s');
      let drawn: { id: string; text: string }[] = [];
      const read = (from: number) => shownIds(session).slice(from).map((id) => ({ id, text: session.body(id)?.text ?? '' }));
      for (const event of events) {
        for (const change of session.apply(event)) {
          if (change.type === 'added') {
            expect(change.index).toBe(drawn.length);
            drawn.push({ id: change.id, text: session.body(change.id)?.text ?? '' });
          }
          if (change.type === 'replaced') drawn = [...drawn.slice(0, change.from), ...read(change.from)];
          if (change.type === 'delta') {
            const message = drawn.find(({ id }) => id === change.id);
            expect(message?.text.length).toBe(change.offset);
            if (message !== undefined) message.text += change.text;
          }
        }
        expect(drawn).toEqual(read(0));
      }
    }), { numRuns: 400 });
  });
});
