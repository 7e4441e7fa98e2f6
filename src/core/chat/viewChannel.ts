// The way to one chat view. Numbers what it sends, joins deltas while the view draws, and knows how far behind the view is: `room`
// resolves when more may come. A view that is gone or dead never holds a stream.
import type { Clock } from '../clock.ts';
import type { ChatSnapshot, HostMessage } from '../../shared/protocol.ts';

/** A message without its number, which the channel gives. */
export type Transcript = Exclude<HostMessage, { type: 'snapshot' | 'heartbeat' | 'message-delta' }> extends infer M ? (M extends { sequence: number } ? Omit<M, 'sequence'> : never) : never;

export interface Delta {
  readonly messageId: string;
  readonly part: 'text' | 'thinking';
  readonly offset: number;
  readonly text: string;
}

export interface ViewChannelDependencies {
  readonly post: (message: HostMessage) => void;
  readonly clock: Clock;
  /** Called without pause between reading the state and sending it. */
  readonly readSnapshot: () => Omit<ChatSnapshot, 'sequence'>;
  /** Loads what the snapshot shows. */
  readonly prepareSnapshot: () => Promise<void>;
  /** The view does not answer any more: it has to be loaded again. */
  readonly onDead: () => void;
}

export interface ViewChannel {
  /** The view has (re)loaded and asks for everything. */
  open(): Promise<void>;
  /** The view is hidden or disposed: nothing is sent until it opens again. */
  close(): void;
  readonly isOpen: boolean;
  /** Characters sent or waiting that the view has not drawn. */
  readonly behind: number;
  transcript(message: Transcript): void;
  delta(delta: Delta): void;
  /** For messages that are no part of the transcript. */
  post(message: HostMessage): void;
  /** Draws everything anew, for changes that are too large to tell. */
  resync(): Promise<void>;
  painted(sequence: number): void;
  alive(sequence: number): void;
  /** Resolves when the view is less than `limit` characters behind, does not show, or does not answer. */
  room(limit: number): Promise<void>;
  dispose(): void;
}

const heartbeatMs = 5_000;
/** Two beats without an answer, and some patience for a busy main thread. */
const deadAfterMs = 12_000;
/** A view that has not drawn for this long is busy or about to be declared dead: the stream goes on and is kept for it. */
const patienceMs = 2_000;
/** While this much is on the way, more is joined instead of sent. */
const onTheWayLength = 8_000;

export function createViewChannel({ post, clock, readSnapshot, prepareSnapshot, onDead }: ViewChannelDependencies): ViewChannel {
  let sequence = 0;
  let isOpen = false;
  /** What the view must have when it answers the last beat: messages arrive in order. */
  let beatSequence = 0;
  let generation = 0;
  let isPreparing = false;
  let pending: Delta | undefined;
  let onTheWay: { readonly sequence: number; readonly length: number }[] = [];
  let waiters: (() => void)[] = [];
  let stopHeart = (): void => undefined;
  let lastSign = clock.now();

  const sentLength = (): number => onTheWay.reduce((sum, item) => sum + item.length, 0);
  const behind = (): number => (isOpen ? sentLength() + (pending?.text.length ?? 0) : 0);
  const wake = (): void => {
    const woken = waiters;
    waiters = [];
    for (const waiter of woken) waiter();
  };

  const sendPending = (): void => {
    if (pending === undefined) return;
    sequence += 1;
    onTheWay.push({ sequence, length: pending.text.length });
    post({ type: 'message-delta', sequence, ...pending });
    pending = undefined;
  };

  const sendSnapshot = async (): Promise<void> => {
    generation += 1;
    const mine = generation;
    isPreparing = true;
    pending = undefined;
    onTheWay = [];
    wake();
    await prepareSnapshot();
    if (mine !== generation || !isOpen) return;
    isPreparing = false;
    sequence += 1;
    onTheWay.push({ sequence, length: 1 });
    post({ type: 'snapshot', snapshot: { ...readSnapshot(), sequence } });
  };

  const beat = (): void => {
    stopHeart = clock.after(heartbeatMs, () => {
      if (clock.now() - lastSign > deadAfterMs) {
        close();
        onDead();
        return;
      }
      sendPending();
      beatSequence = sequence;
      post({ type: 'heartbeat', sequence });
      beat();
    });
  };

  const close = (): void => {
    isOpen = false;
    generation += 1;
    pending = undefined;
    onTheWay = [];
    stopHeart();
    wake();
  };

  return {
    get isOpen() { return isOpen; },
    get behind() { return behind(); },
    open: async () => {
      close();
      isOpen = true;
      beatSequence = 0;
      lastSign = clock.now();
      beat();
      await sendSnapshot();
    },
    close,
    transcript: (message) => {
      if (!isOpen || isPreparing) return;
      sendPending();
      sequence += 1;
      post({ ...message, sequence });
    },
    delta: (delta) => {
      if (!isOpen || isPreparing) return;
      if (pending !== undefined && pending.messageId === delta.messageId && pending.part === delta.part) pending = { ...pending, text: pending.text + delta.text };
      else {
        sendPending();
        pending = delta;
      }
      if (onTheWay.length === 0) sendPending();
    },
    post: (message) => {
      if (isOpen) post(message);
    },
    resync: async () => {
      if (isOpen) await sendSnapshot();
    },
    painted: (drawn) => {
      lastSign = clock.now();
      onTheWay = onTheWay.filter((item) => item.sequence > drawn);
      if (sentLength() < onTheWayLength && onTheWay.length < 2) sendPending();
      wake();
    },
    alive: (known) => {
      lastSign = clock.now();
      if (known < beatSequence && isOpen && !isPreparing) void sendSnapshot();
    },
    room: async (limit) => {
      const startedAt = clock.now();
      while (behind() >= limit && clock.now() - startedAt < patienceMs) {
        await new Promise<void>((resolve) => {
          waiters.push(resolve);
          const cancel = clock.after(patienceMs - (clock.now() - startedAt), resolve);
          waiters.push(cancel);
        });
      }
    },
    dispose: close,
  };
}
