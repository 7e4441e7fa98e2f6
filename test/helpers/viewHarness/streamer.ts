// Streams an answer to the view as the host does: through the host's own channel, so that pieces are joined, held back and
// acknowledged as they are there.
import { createViewChannel, type ViewChannel } from '../../../src/core/chat/viewChannel.ts';
import type { Clock } from '../../../src/core/clock.ts';
import type { ChatSnapshot, HostMessage, ViewMessage } from '../../../src/shared/protocol.ts';

export interface StreamOptions {
  readonly messageId: string;
  readonly index: number;
  readonly text: string;
  /** The text is sent so many times in a row: megabytes need not be carried into the page. */
  readonly repeat?: number;
  readonly deltaCharacters: number;
  /** Characters a second; absent means as fast as the flow control allows. */
  readonly charactersPerSecond?: number;
  /** Sends every delta by itself whatever the view has drawn: what a host without flow control would do. */
  readonly ignoreFlow?: boolean;
  readonly firstSequence: number;
}

export interface StreamResult {
  readonly lastSequence: number;
  /** From the moment the last delta was due (or sent) to the paint of it. */
  readonly lateMs: number;
  readonly durationMs: number;
}

interface Streamer {
  stream(options: StreamOptions): Promise<StreamResult>;
}

/** As a turn does before it reads more of the model (core/chat/deskViews.ts). */
const longestBehind = 32_000;
/** The pace of timers in a paced stream; a model's deltas come one by one. */
const tickMs = 25;
/** The host's own work must not stand in for the view's: no more than this many deltas in one task. */
const deltasInTask = 100;

type Post = (message: HostMessage) => void;
type Listeners = Set<(message: ViewMessage) => void>;

export function createStreamer({ post, listeners }: { readonly post: Post; readonly listeners: Listeners }): Streamer {
  return { stream };

  async function stream(options: StreamOptions): Promise<StreamResult> {
    const text = options.text.repeat(options.repeat ?? 1);
    const sink = options.ignoreFlow === true ? createPlainSink(post, options) : await createChannelSink(post, listeners, options);
    const start = performance.now();
    sink.add(options);
    let inTask = 0;
    for (let sent = 0; sent < text.length;) {
      const due = options.charactersPerSecond === undefined ? text.length : Math.min(text.length, Math.floor(((performance.now() - start) / 1_000) * options.charactersPerSecond));
      for (; sent < due; sent = Math.min(due, sent + options.deltaCharacters)) {
        sink.delta(sent, text.slice(sent, Math.min(due, sent + options.deltaCharacters)));
        await sink.room();
        inTask = (inTask + 1) % deltasInTask;
        if (inTask === 0) await new Promise((next) => { setTimeout(next, 0); });
      }
      if (sent < text.length) await new Promise((next) => { setTimeout(next, tickMs); });
    }
    const lastSentAt = performance.now();
    const painted = paintOf(listeners, sink.finish());
    const { sequence, atMs } = await painted;
    sink.close();
    const lastDue = options.charactersPerSecond === undefined ? lastSentAt : start + (text.length / options.charactersPerSecond) * 1_000;
    return { lastSequence: sequence, lateMs: atMs - lastDue, durationMs: atMs - start };
  }
}

interface Sink {
  add(options: StreamOptions): void;
  delta(offset: number, text: string): void;
  /** When more may come. */
  room(): Promise<void>;
  /** The number of the last message. */
  finish(): number;
  close(): void;
}

function firstMessage({ messageId, index }: StreamOptions): Omit<HostMessage & { readonly type: 'message-added' }, 'sequence'> {
  return { type: 'message-added', index, message: { id: messageId, role: 'assistant', text: '', status: 'streaming', createdAt: 0, route: { task: 'chat', model: 'claude-sonnet-4.6', protocol: 'chat_completions', maxTokens: 1, reason: 'measured' } } };
}

/** Each delta is a message. */
function createPlainSink(post: Post, { messageId, firstSequence }: StreamOptions): Sink {
  let sequence = firstSequence - 1;
  const next = (): number => {
    sequence += 1;
    return sequence;
  };
  return {
    add: (options) => post({ ...firstMessage(options), sequence: next() }),
    delta: (offset, text) => post({ type: 'message-delta', sequence: next(), messageId, part: 'text', offset, text }),
    room: () => Promise.resolve(),
    finish: () => {
      post({ type: 'message-changed', sequence: next(), messageId, patch: { status: 'done' } });
      return sequence;
    },
    close: () => {},
  };
}

/** The channel counts from its own snapshot, which is number 1 and is not sent: the view has one. */
async function createChannelSink(post: Post, listeners: Listeners, { messageId, firstSequence }: StreamOptions): Promise<Sink> {
  const shift = firstSequence - 2;
  let last = 1;
  const channel = createViewChannel({
    clock: pageClock,
    post: (message) => {
      if (message.type === 'snapshot' || !('sequence' in message)) return;
      last = message.sequence;
      post({ ...message, sequence: message.sequence + shift });
    },
    // Never drawn: `post` above drops it.
    readSnapshot: () => ({}) as Omit<ChatSnapshot, 'sequence'>,
    prepareSnapshot: () => Promise.resolve(),
    onDead: () => {},
  });
  const onMessage = (message: ViewMessage): void => answer(channel, message, shift);
  listeners.add(onMessage);
  await channel.open();
  channel.painted(1);
  return {
    add: (options) => channel.transcript(firstMessage(options)),
    delta: (offset, text) => channel.delta({ messageId, part: 'text', offset, text }),
    room: () => channel.room(longestBehind),
    finish: () => {
      channel.transcript({ type: 'message-changed', messageId, patch: { status: 'done' } });
      return last + shift;
    },
    close: () => {
      listeners.delete(onMessage);
      channel.dispose();
    },
  };
}

function answer(channel: ViewChannel, message: ViewMessage, shift: number): void {
  if (message.type === 'painted') channel.painted(message.sequence - shift);
  else if (message.type === 'alive') channel.alive(message.sequence - shift);
}

const pageClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => { setTimeout(resolve, ms); }),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

function paintOf(listeners: Listeners, sequence: number): Promise<{ readonly sequence: number; readonly atMs: number }> {
  return new Promise((resolve) => {
    const onMessage = (message: ViewMessage): void => {
      if (message.type !== 'painted' || message.sequence < sequence) return;
      listeners.delete(onMessage);
      resolve({ sequence, atMs: performance.now() });
    };
    listeners.add(onMessage);
  });
}
