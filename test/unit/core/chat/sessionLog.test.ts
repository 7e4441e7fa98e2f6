import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { emptyBody, foldBody, holdsBody } from '../../../../src/core/chat/messageBody.ts';
import { createSession } from '../../../../src/core/chat/session.ts';
import { createSessionLog } from '../../../../src/core/chat/sessionLog.ts';

const user: ChatEvent = { type: 'message', id: 'u', parent: null, at: 1, role: 'user', body: 'question' };

function createHarness() {
  const written: ChatEvent[] = [];
  const read: string[][] = [];
  const session = createSession('s');
  const log = createSessionLog(session, {
    write: (event) => { written.push(event); },
    read: async (ids) => {
      read.push([...ids]);
      return new Map(ids.filter((id) => id !== 'lost').map((id) => [id, { ...emptyBody, text: `text of ${id}` }]));
    },
    flush: async () => undefined,
  });
  return { session, log, written, read };
}

describe('a session log', () => {
  it('writes first, then changes, then tells', () => {
    const { session, log, written } = createHarness();
    const told: string[] = [];
    log.onChange((changes) => told.push(`${written.length} written, ${session.path.length} shown, ${changes[0]?.type}`));
    log.append(user);
    expect(told).toEqual(['1 written, 1 shown, added']);
  });

  it('tells nothing of what nobody sees', () => {
    const { log } = createHarness();
    let told = 0;
    log.onChange(() => { told += 1; });
    log.append({ type: 'override', task: 'fix' });
    expect(told).toBe(0);
  });

  it('does not write what another window has written', () => {
    const { session, log, written } = createHarness();
    log.applyForeign(user);
    expect(written).toEqual([]);
    expect(session.path).toEqual(['u']);
  });

  it('tells nobody who has left', () => {
    const { log } = createHarness();
    let told = 0;
    const stop = log.onChange(() => { told += 1; });
    stop();
    log.append(user);
    expect(told).toBe(0);
  });

  it('reads texts that are missing, once, and only of messages that exist', async () => {
    const { session, log, read } = createHarness();
    for (const id of ['a', 'lost']) session.applyHead({ ...user, id, parent: session.path.at(-1) ?? null }, 10);
    log.append({ ...user, id: 'here', parent: 'lost' });
    await log.load(['a', 'lost', 'here', 'nothing']);
    await log.load(['a', 'lost', 'here']);
    expect(read).toEqual([['a', 'lost']]);
    expect(session.body('a')?.text).toBe('text of a');
    expect(session.body('lost')).toEqual(emptyBody);
    expect(session.body('here')?.text).toBe('question');
  });
});

describe('a body', () => {
  const check = (name: string, events: readonly ChatEvent[], expected: object): void => it(name, () => {
    expect(events.every(holdsBody)).toBe(true);
    expect(events.reduce(foldBody, emptyBody)).toMatchObject(expected);
  });
  const delta = (body: string, part: 'text' | 'thinking' = 'text'): ChatEvent => ({ type: 'delta', id: 'a', part, body });

  check('is what a message says', [user], { text: 'question' });
  check('grows by deltas', [delta('hm', 'thinking'), delta('one '), delta('two')], { text: 'one two', thinking: 'hm' });
  check('keeps its text when an answer goes on', [delta('one '), { type: 'reopened', id: 'a', at: 1, clear: false }, delta('two')], { text: 'one two' });
  check('starts again when an answer does', [delta('one '), { type: 'reopened', id: 'a', at: 1, clear: true }, delta('two')], { text: 'two' });
  check('collects context in order', [user, { type: 'context', id: 'u', chip: 'x', name: 'x', body: '1' }, { type: 'context', id: 'u', chip: 'y', mediaType: 'image/png', body: '2' }], { context: [{ chipId: 'x', text: '1' }, { chipId: 'y', mediaType: 'image/png', name: '' }] });
  check('is the summary of a compaction', [{ type: 'compacted', id: 'n', parent: 'a', at: 1, messages: 1, tokensBefore: 1, tokensAfter: 1, body: 'short' }], { text: 'short' });

  it.each([{ type: 'title', title: 't', byUser: true }, { type: 'end', id: 'a', at: 1, status: 'done' }, { type: 'answer', id: 'a', parent: 'u', at: 1 }] as readonly ChatEvent[])('is not made from %j', (event) => {
    expect(holdsBody(event)).toBe(false);
    expect(foldBody(emptyBody, event)).toBe(emptyBody);
  });
});
