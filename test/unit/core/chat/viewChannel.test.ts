import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createViewChannel, type ViewChannel } from '../../../../src/core/chat/viewChannel.ts';
import type { ChatSnapshot, HostMessage } from '../../../../src/shared/protocol.ts';
import { createFakeClock, settle, type FakeClock } from '../../../helpers/fakeClock.ts';

interface Harness {
  readonly channel: ViewChannel;
  readonly clock: FakeClock;
  readonly posted: HostMessage[];
  readonly deaths: () => number;
}

/** Of a snapshot only the sequence and the title count here. */
function createHarness(prepareSnapshot: () => Promise<void> = async () => undefined): Harness {
  const posted: HostMessage[] = [];
  const clock = createFakeClock();
  let deaths = 0;
  const snapshot = { session: { id: 's', title: 't' }, total: 0, from: 0, messages: [] } as unknown as Omit<ChatSnapshot, 'sequence'>;
  const channel = createViewChannel({ post: (message) => posted.push(message), clock, readSnapshot: () => snapshot, prepareSnapshot, onDead: () => { deaths += 1; } });
  return { channel, clock, posted, deaths: () => deaths };
}

async function opened(): Promise<Harness> {
  const harness = createHarness();
  await harness.channel.open();
  harness.channel.painted(1);
  return harness;
}

const text = (offset: number, length: number) => ({ messageId: 'a', part: 'text' as const, offset, text: 'x'.repeat(length) });
const deltas = ({ posted }: Harness) => posted.filter((message) => message.type === 'message-delta').map((message) => message.text.length);

describe('a view channel', () => {
  it('begins with a snapshot and numbers what follows', async () => {
    const { channel, posted } = await opened();
    channel.transcript({ type: 'session-changed', title: 'new' });
    channel.delta(text(0, 3));
    expect(posted.map((message) => ('sequence' in message ? message.sequence : message.type === 'snapshot' ? message.snapshot.sequence : 0))).toEqual([1, 2, 3]);
  });

  it('sends nothing to a view that is not open', () => {
    const { channel, posted } = createHarness();
    channel.delta(text(0, 3));
    channel.transcript({ type: 'session-changed', title: 'new' });
    channel.post({ type: 'focus-composer' });
    expect(posted).toEqual([]);
  });

  it('joins deltas while the view draws, and sends them at its answer', async () => {
    const harness = await opened();
    for (let offset = 0; offset < 5; offset++) harness.channel.delta(text(offset, 1));
    await harness.clock.advance(200);
    expect(deltas(harness)).toEqual([1]);
    harness.channel.painted(2);
    expect(deltas(harness)).toEqual([1, 4]);
  });

  it('keeps a small piece until 175 ms after the last one, so that slow streams are drawn six times a second', async () => {
    const harness = await opened();
    harness.channel.delta(text(0, 1));
    harness.channel.painted(2);
    harness.channel.delta(text(1, 1));
    await harness.clock.advance(174);
    harness.channel.delta(text(2, 1));
    expect(deltas(harness)).toEqual([1]);
    await harness.clock.advance(1);
    expect(deltas(harness)).toEqual([1, 2]);
  });

  it('does not keep a large piece', async () => {
    const harness = await opened();
    harness.channel.delta(text(0, 1));
    harness.channel.delta(text(1, 400));
    harness.channel.painted(2);
    expect(deltas(harness)).toEqual([1, 400]);
    harness.channel.painted(3);
    harness.channel.delta(text(401, 399));
    harness.channel.delta(text(800, 1));
    expect(deltas(harness)).toEqual([1, 400, 400]);
  });

  it('sends a kept piece before the end of its message, once', async () => {
    const harness = await opened();
    harness.channel.delta(text(0, 1));
    harness.channel.painted(2);
    harness.channel.delta(text(1, 1));
    harness.channel.transcript({ type: 'message-changed', messageId: 'a', patch: { status: 'done' } });
    await harness.clock.advance(1_000);
    expect(harness.posted.map((message) => message.type)).toEqual(['snapshot', 'message-delta', 'message-delta', 'message-changed']);
  });

  it.each([
    ['a view that closes', ({ channel }: Harness) => channel.close()],
    ['a view that is drawn anew', ({ channel }: Harness) => void channel.resync()],
  ])('forgets a kept piece with %s', async (_name, act) => {
    const harness = await opened();
    harness.channel.delta(text(0, 1));
    harness.channel.painted(2);
    harness.channel.delta(text(1, 1));
    act(harness);
    await harness.clock.advance(1_000);
    expect(deltas(harness)).toEqual([1]);
  });

  it('keeps the order of deltas and other messages', async () => {
    const harness = await opened();
    harness.channel.delta(text(0, 1));
    harness.channel.delta(text(1, 1));
    harness.channel.transcript({ type: 'message-changed', messageId: 'a', patch: { status: 'done' } });
    expect(harness.posted.map((message) => message.type)).toEqual(['snapshot', 'message-delta', 'message-delta', 'message-changed']);
  });

  it('does not join text with thinking, nor one message with another', async () => {
    const harness = await opened();
    harness.channel.delta(text(0, 1));
    harness.channel.delta(text(1, 1));
    harness.channel.delta({ ...text(0, 1), part: 'thinking' });
    harness.channel.delta({ ...text(0, 1), messageId: 'b' });
    harness.channel.painted(4);
    await harness.clock.advance(175);
    expect(harness.posted.filter((message) => message.type === 'message-delta').map(({ messageId, part }) => `${messageId} ${part}`)).toEqual(['a text', 'a text', 'a thinking', 'b text']);
  });

  it('holds back a stream that the view cannot draw, and lets it go on when it has', async () => {
    const harness = await opened();
    harness.channel.delta(text(0, 60));
    harness.channel.delta(text(60, 60));
    let isFree = false;
    void harness.channel.room(100).then(() => { isFree = true; });
    await settle();
    expect(isFree).toBe(false);
    harness.channel.painted(2);
    await settle();
    expect(isFree).toBe(true);
  });

  it.each([
    ['a hidden view', ({ channel }: Harness) => channel.close()],
    ['a view that is drawn anew', ({ channel }: Harness) => void channel.resync()],
  ])('is not held back by %s', async (_name, act) => {
    const harness = await opened();
    harness.channel.delta(text(0, 500));
    let isFree = false;
    void harness.channel.room(100).then(() => { isFree = true; });
    act(harness);
    await settle();
    expect(isFree).toBe(true);
  });

  it('is held back by a silent view for two seconds at most', async () => {
    const harness = await opened();
    harness.channel.delta(text(0, 500));
    let isFree = false;
    void harness.channel.room(100).then(() => { isFree = true; });
    await harness.clock.advance(1_900);
    expect(isFree).toBe(false);
    await harness.clock.advance(200);
    expect(isFree).toBe(true);
  });

  it('drops what changes while a snapshot is prepared: the snapshot has it', async () => {
    let prepared = (): void => undefined;
    const harness = createHarness(() => new Promise((resolve) => { prepared = resolve; }));
    void harness.channel.open();
    harness.channel.delta(text(0, 3));
    harness.channel.transcript({ type: 'session-changed', title: 'new' });
    prepared();
    await settle();
    harness.channel.delta(text(3, 3));
    expect(harness.posted.map((message) => message.type)).toEqual(['snapshot']);
    harness.channel.painted(1);
    expect(harness.posted.map((message) => message.type)).toEqual(['snapshot', 'message-delta']);
  });

  it('sends one snapshot for two wishes at once', async () => {
    const harness = await opened();
    await Promise.all([harness.channel.resync(), harness.channel.resync()]);
    expect(harness.posted.filter((message) => message.type === 'snapshot')).toHaveLength(2);
  });
});

describe('the heartbeat', () => {
  it('comes every five seconds with the last number', async () => {
    const harness = await opened();
    harness.channel.transcript({ type: 'session-changed', title: 'new' });
    await harness.clock.advance(5_000);
    expect(harness.posted.at(-1)).toEqual({ type: 'heartbeat', sequence: 2 });
  });

  it('brings a view that missed something a snapshot', async () => {
    const harness = await opened();
    harness.channel.transcript({ type: 'session-changed', title: 'new' });
    await harness.clock.advance(5_000);
    harness.channel.alive(1);
    await settle();
    expect(harness.posted.at(-1)?.type).toBe('snapshot');
  });

  it('is content with a view that is at the number of the beat, though more was sent since', async () => {
    const harness = await opened();
    await harness.clock.advance(5_000);
    harness.channel.transcript({ type: 'session-changed', title: 'new' });
    harness.channel.alive(1);
    await settle();
    expect(harness.posted.at(-1)?.type).toBe('session-changed');
  });

  it('declares a view dead that answers nothing, once, and beats no more', async () => {
    const harness = await opened();
    await harness.clock.advance(60_000);
    expect(harness.deaths()).toBe(1);
    expect(harness.channel.isOpen).toBe(false);
    expect(harness.clock.pending).toBe(0);
  });

  it('leaves a view alone that answers', async () => {
    const harness = await opened();
    for (let second = 0; second < 60; second += 5) {
      await harness.clock.advance(5_000);
      harness.channel.alive(1);
    }
    expect(harness.deaths()).toBe(0);
  });

  it('stops with the view', async () => {
    const harness = await opened();
    harness.channel.close();
    await harness.clock.advance(60_000);
    expect(harness.deaths()).toBe(0);
    expect(harness.clock.pending).toBe(0);
  });
});

describe('whatever a view loses or delays', () => {
  type Step = { readonly kind: 'delta' | 'change' | 'paint' | 'lose' | 'resync' | 'wait'; readonly length: number };
  const step: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom('delta', 'delta', 'change', 'paint', 'lose', 'resync', 'wait'), length: fc.integer({ min: 1, max: 9_000 }) });

  it('it ends with the whole text after one beat', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      let truth = '';
      const inbox: HostMessage[] = [];
      const clock = createFakeClock();
      const channel = createViewChannel({
        post: (message) => inbox.push(message), clock, prepareSnapshot: async () => undefined, onDead: () => undefined,
        readSnapshot: () => ({ messages: [{ text: truth }] }) as unknown as Omit<ChatSnapshot, 'sequence'>,
      });
      const view = createModelView(channel);
      await channel.open();
      for (const { kind, length } of steps) {
        if (kind === 'delta') {
          channel.delta({ messageId: 'a', part: 'text', offset: truth.length, text: 'x'.repeat(length) });
          truth += 'x'.repeat(length);
        }
        if (kind === 'change') channel.transcript({ type: 'session-changed', title: 'new' });
        if (kind === 'paint') await view.take(inbox.splice(0));
        if (kind === 'lose') inbox.splice(0);
        if (kind === 'resync') void channel.resync();
        if (kind === 'wait') await clock.advance(length / 10);
        await settle();
      }
      for (let beat = 0; beat < 4; beat++) {
        await view.take(inbox.splice(0));
        await clock.advance(5_000);
      }
      await view.take(inbox.splice(0));
      await view.take(inbox.splice(0));
      expect(view.text().length).toBe(truth.length);
      channel.dispose();
    }), { numRuns: 60 });
  });
});

/** The view's side of the protocol, at its simplest. */
function createModelView(channel: ViewChannel) {
  let sequence = 0;
  let shown = '';
  const takeOne = (message: HostMessage): void => {
    if (message.type === 'snapshot') {
      sequence = message.snapshot.sequence;
      shown = message.snapshot.messages[0]?.text ?? '';
      channel.painted(sequence);
    } else if (message.type === 'heartbeat') {
      channel.alive(sequence);
    } else if ('sequence' in message) {
      if (message.sequence !== sequence + 1) return void channel.resync();
      sequence = message.sequence;
      if (message.type === 'message-delta') shown += message.text;
      channel.painted(sequence);
    }
  };
  return {
    text: () => shown,
    take: async (messages: readonly HostMessage[]) => {
      for (const message of messages) takeOne(message);
      await settle();
    },
  };
}
