// The way to one chat view. Numbers what it sends, joins deltas while the view draws, and knows how far behind the view is: `room`
// resolves when more may come. A view that is gone or dead never holds a stream.
import type { Clock } from '../clock.ts';
import type { ChatSnapshot, HostMessage } from '../../shared/protocol.ts';

/** A message of the transcript without its number, which the channel gives. */
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
/** Each drawing costs workbench and view 6 to 8 ms of main thread, whatever it adds: text at the pace of a model is drawn six times a second. */
const joinMs = 175;
/** About eight lines do not wait for more. */
const joinLength = 400;

interface ChannelState {
  readonly dependencies: ViewChannelDependencies;
  sequence: number;
  isOpen: boolean;
  /** What the view must have when it answers the last beat: messages arrive in order. */
  beatSequence: number;
  /** Counts openings and snapshots, so that one that was overtaken is not sent. */
  generation: number;
  isPreparing: boolean;
  pending: Delta | undefined;
  onTheWay: readonly { readonly sequence: number; readonly length: number }[];
  waiters: readonly (() => void)[];
  stopHeart: () => void;
  lastDeltaAt: number;
  /** Set while a small piece waits for more. */
  stopJoining: (() => void) | undefined;
  lastSign: number;
}

export function createViewChannel(dependencies: ViewChannelDependencies): ViewChannel {
  const state: ChannelState = {
    dependencies, sequence: 0, isOpen: false, beatSequence: 0, generation: 0, isPreparing: false, pending: undefined, onTheWay: [], waiters: [],
    stopHeart: () => undefined, lastDeltaAt: -Infinity, stopJoining: undefined, lastSign: dependencies.clock.now(),
  };
  return {
    get isOpen() { return state.isOpen; },
    open: () => open(state),
    close: () => close(state),
    transcript: (message) => sendTranscript(state, message),
    delta: (delta) => takeDelta(state, delta),
    post: (message) => {
      if (state.isOpen) dependencies.post(message);
    },
    resync: async () => {
      if (state.isOpen) await sendSnapshot(state);
    },
    painted: (drawn) => takePainted(state, drawn),
    alive: (known) => takeAlive(state, known),
    room: (limit) => waitForRoom(state, limit),
    dispose: () => close(state),
  };
}

async function open(state: ChannelState): Promise<void> {
  close(state);
  state.isOpen = true;
  state.beatSequence = 0;
  state.lastSign = state.dependencies.clock.now();
  beat(state);
  await sendSnapshot(state);
}

function close(state: ChannelState): void {
  state.isOpen = false;
  state.generation += 1;
  forget(state);
  state.stopHeart();
}

/** What is on its way or waits is of no use any more; whoever waits for room is free. */
function forget(state: ChannelState): void {
  dropPending(state);
  state.onTheWay = [];
  wake(state);
}

async function sendSnapshot(state: ChannelState): Promise<void> {
  state.generation += 1;
  const { generation, dependencies } = state;
  state.isPreparing = true;
  forget(state);
  await dependencies.prepareSnapshot();
  if (generation !== state.generation || !state.isOpen) return;
  state.isPreparing = false;
  const sequence = nextSequence(state, 1);
  dependencies.post({ type: 'snapshot', snapshot: { ...dependencies.readSnapshot(), sequence } });
}

function nextSequence(state: ChannelState, length: number): number {
  state.sequence += 1;
  state.onTheWay = [...state.onTheWay, { sequence: state.sequence, length }];
  return state.sequence;
}

/** While a snapshot is prepared nothing else is sent: the snapshot will have it. */
function sendTranscript(state: ChannelState, message: Transcript): void {
  if (!state.isOpen || state.isPreparing) return;
  sendPending(state);
  state.sequence += 1;
  state.dependencies.post({ ...message, sequence: state.sequence });
}

function takeDelta(state: ChannelState, delta: Delta): void {
  if (!state.isOpen || state.isPreparing) return;
  const { pending } = state;
  if (pending !== undefined && pending.messageId === delta.messageId && pending.part === delta.part) {
    state.pending = { ...pending, text: pending.text + delta.text };
  } else {
    sendPending(state);
    state.pending = delta;
  }
  if (state.onTheWay.length === 0) sendWhenJoined(state);
}

/** Held back here, not in the view, what is drawn is as new as it can be. */
function sendWhenJoined(state: ChannelState): void {
  const { pending, dependencies: { clock } } = state;
  if (pending === undefined) return;
  const early = state.lastDeltaAt + joinMs - clock.now();
  if (early <= 0 || pending.text.length >= joinLength) return sendPending(state);
  state.stopJoining ??= clock.after(early, () => sendPending(state));
}

function sendPending(state: ChannelState): void {
  const { pending } = state;
  if (pending === undefined) return;
  dropPending(state);
  state.lastDeltaAt = state.dependencies.clock.now();
  state.dependencies.post({ type: 'message-delta', sequence: nextSequence(state, pending.text.length), ...pending });
}

function dropPending(state: ChannelState): void {
  state.pending = undefined;
  state.stopJoining?.();
  state.stopJoining = undefined;
}

function takePainted(state: ChannelState, drawn: number): void {
  state.lastSign = state.dependencies.clock.now();
  state.onTheWay = state.onTheWay.filter((item) => item.sequence > drawn);
  if (sentLength(state) < onTheWayLength && state.onTheWay.length < 2) sendWhenJoined(state);
  wake(state);
}

function takeAlive(state: ChannelState, known: number): void {
  state.lastSign = state.dependencies.clock.now();
  if (known < state.beatSequence && state.isOpen && !state.isPreparing) void sendSnapshot(state);
}

function beat(state: ChannelState): void {
  const { clock, post, onDead } = state.dependencies;
  state.stopHeart = clock.after(heartbeatMs, () => {
    if (clock.now() - state.lastSign > deadAfterMs) {
      close(state);
      return onDead();
    }
    // A `painted` that was lost must not hold text back.
    sendPending(state);
    state.beatSequence = state.sequence;
    post({ type: 'heartbeat', sequence: state.sequence });
    beat(state);
  });
}

async function waitForRoom(state: ChannelState, limit: number): Promise<void> {
  const { clock } = state.dependencies;
  const end = clock.now() + patienceMs;
  while (behind(state) >= limit && clock.now() < end) {
    await new Promise<void>((resolve) => {
      const cancel = clock.after(end - clock.now(), resolve);
      state.waiters = [...state.waiters, () => {
        cancel();
        resolve();
      }];
    });
  }
}

function wake(state: ChannelState): void {
  const { waiters } = state;
  state.waiters = [];
  for (const waiter of waiters) waiter();
}

function behind(state: ChannelState): number {
  return state.isOpen ? sentLength(state) + (state.pending?.text.length ?? 0) : 0;
}

function sentLength({ onTheWay }: ChannelState): number {
  return onTheWay.reduce((sum, item) => sum + item.length, 0);
}
