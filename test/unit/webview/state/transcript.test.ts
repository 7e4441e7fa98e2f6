import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSequenceCheck, newPartOfDelta } from '../../../../src/webview/state/sequence.ts';
import { createTranscript, type Transcript } from '../../../../src/webview/state/transcript.ts';
import type { ChatMessageView } from '../../../../src/shared/chatTypes.ts';
import type { ChatSnapshot, HostMessage } from '../../../../src/shared/protocol.ts';

const message = (id: string, text = '', status: ChatMessageView['status'] = 'done'): ChatMessageView => ({ id, role: 'assistant', text, status, createdAt: 0 });
const snapshot = (messages: readonly ChatMessageView[], more: Partial<ChatSnapshot> = {}): ChatSnapshot => ({
  sequence: 10, session: { id: 's', title: '' }, total: messages.length, from: 0, messages, draft: '', key: 'present', starters: [], restricted: false,
  composer: { chips: [], routeLabel: '', routeReason: '', routes: [], contextTokens: 0, contextLimit: 0, queued: 0 }, ...more,
});
const delta = (sequence: number, offset: number, text: string, part: 'text' | 'thinking' = 'text'): HostMessage => ({ type: 'message-delta', sequence, messageId: 'a', part, offset, text });

function setUp(initial?: ChatSnapshot): { readonly transcript: Transcript; readonly heard: string[] } {
  const heard: string[] = [];
  const transcript = createTranscript({
    onStructure: () => heard.push('structure'),
    onText: (entry, part, text) => heard.push(`${entry.id} ${part} ${text}`),
    onStatus: (entry) => heard.push(`${entry.id} ${entry.shown.value.status}`),
  });
  if (initial !== undefined) transcript.load(initial);
  return { transcript, heard };
}

describe('numbers', () => {
  it('are taken in order, once, and a hole is seen', () => {
    const numbers = createSequenceCheck();
    expect(numbers.check(1)).toBe('gap');
    numbers.reset(5);
    expect([numbers.check(5), numbers.check(6), numbers.check(6), numbers.check(8), numbers.last]).toEqual(['seen', 'next', 'seen', 'gap', 6]);
  });
  it('a delta gives what is new of it', () => {
    expect(newPartOfDelta(5, 5, 'abc')).toBe('abc');
    expect(newPartOfDelta(5, 3, 'abc')).toBe('c');
    expect(newPartOfDelta(5, 0, 'abc')).toBe('');
    expect(newPartOfDelta(5, 6, 'abc')).toBeUndefined();
  });
});

describe('deltas', () => {
  it('grow a message and are told', () => {
    const { transcript, heard } = setUp(snapshot([message('a', 'ab', 'streaming')]));
    expect(transcript.apply(delta(11, 2, 'cd'))).toBe(true);
    expect(transcript.at(0)?.text).toBe('abcd');
    expect(heard).toEqual(['structure', 'a text cd']);
  });
  it('that come twice change nothing', () => {
    const { transcript } = setUp(snapshot([message('a', 'ab', 'streaming')]));
    transcript.apply(delta(11, 2, 'cd'));
    expect(transcript.apply(delta(11, 2, 'cd'))).toBe(true);
    expect(transcript.apply(delta(12, 1, 'bcde'))).toBe(true);
    expect(transcript.at(0)?.text).toBe('abcde');
  });
  it('after a hole ask for a snapshot', () => {
    const { transcript } = setUp(snapshot([message('a', 'ab', 'streaming')]));
    expect(transcript.apply(delta(12, 2, 'cd'))).toBe(false);
    expect(transcript.apply(delta(11, 7, 'cd'))).toBe(false);
    expect(transcript.at(0)?.text).toBe('ab');
  });
  it('before the first snapshot ask for one', () => {
    expect(setUp().transcript.apply(delta(1, 0, 'a'))).toBe(false);
  });
  it('for a message that is not loaded are no hole', () => {
    const { transcript } = setUp(snapshot([], { total: 3 }));
    expect(transcript.apply(delta(11, 400, 'x'))).toBe(true);
    expect(transcript.sequence).toBe(11);
  });
  it('of thinking show that there is thinking, and end a wait', () => {
    const { transcript } = setUp(snapshot([message('a', '', 'streaming')]));
    transcript.apply({ type: 'message-changed', sequence: 11, messageId: 'a', patch: { waiting: 'Waiting 7 s' } });
    expect(transcript.at(0)?.shown.value.waiting).toBe('Waiting 7 s');
    transcript.apply(delta(12, 0, 'hm', 'thinking'));
    expect(transcript.at(0)?.shown.value).toMatchObject({ hasThinking: true });
    expect(transcript.at(0)?.shown.value.waiting).toBeUndefined();
    expect(transcript.at(0)?.thinking).toBe('hm');
  });
});

describe('any cut of a stream, with repeats', () => {
  it('gives the same text', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 60 }), fc.array(fc.nat(60), { maxLength: 6 }), fc.array(fc.boolean(), { maxLength: 12 }), (text, cuts, repeats) => {
      const { transcript } = setUp(snapshot([message('a', '', 'streaming')]));
      const places = [...new Set([0, ...cuts.filter((cut) => cut < text.length), text.length])].sort((a, b) => a - b);
      let sequence = 10;
      places.slice(1).forEach((end, index) => {
        const start = places[index] ?? 0;
        sequence += 1;
        transcript.apply(delta(sequence, start, text.slice(start, end)));
        if (repeats[index] === true) transcript.apply(delta(sequence, start, text.slice(start, end)));
      });
      expect(transcript.at(0)?.text).toBe(text);
    }), { seed: 5 });
  });
});

describe('structure', () => {
  it('grows by a message', () => {
    const { transcript } = setUp(snapshot([message('a')]));
    transcript.apply({ type: 'message-added', sequence: 11, index: 1, message: message('b') });
    expect(transcript.total).toBe(2);
    expect(transcript.indexOf('b')).toBe(1);
  });
  it('is replaced from a place on', () => {
    const { transcript } = setUp(snapshot([message('a'), message('b'), message('c')]));
    transcript.apply({ type: 'messages-replaced', sequence: 11, from: 1, total: 2, messages: [message('d', 'new')] });
    expect(transcript.total).toBe(2);
    expect(transcript.at(1)?.text).toBe('new');
    expect(transcript.at(2)).toBeUndefined();
    expect(transcript.indexOf('c')).toBeUndefined();
  });
  it('is filled by ranges, which keep what is there', () => {
    const { transcript } = setUp(snapshot([message('c', 'kept')], { total: 3, from: 2 }));
    const kept = transcript.at(2);
    transcript.apply({ type: 'messages', requestId: 1, from: 0, messages: [message('a'), message('b'), message('c', 'old')] });
    expect(transcript.at(0)?.id).toBe('a');
    expect(transcript.at(2)).toBe(kept);
  });
  it('forgets what is far, but not what still changes', () => {
    const { transcript } = setUp(snapshot([message('a'), message('b', '', 'streaming'), message('c')]));
    transcript.keepOnly(2, 2);
    expect(transcript.at(0)).toBeUndefined();
    expect(transcript.at(1)?.id).toBe('b');
  });
});

describe('changes of a message', () => {
  it('are told when the status is another', () => {
    const { transcript, heard } = setUp(snapshot([message('a', 'x', 'streaming')]));
    transcript.apply({ type: 'message-changed', sequence: 11, messageId: 'a', patch: { thinkingMs: 100 } });
    transcript.apply({ type: 'message-changed', sequence: 12, messageId: 'a', patch: { status: 'done' } });
    expect(heard).toEqual(['structure', 'a done']);
  });
  it('going on takes away the error of before', () => {
    const { transcript } = setUp(snapshot([{ ...message('a', 'x', 'cut'), error: { title: 'Cut', text: '' } }]));
    transcript.apply({ type: 'message-changed', sequence: 11, messageId: 'a', patch: { status: 'streaming' } });
    expect(transcript.at(0)?.shown.value.error).toBeUndefined();
  });
});
