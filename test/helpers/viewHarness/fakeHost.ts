// The extension host as the chat view sees it, inside the page: answers requests from a store, streams under the same flow
// control as the real one, keeps what the view sent. Bundled for the page by viewServer.ts.
import type { ChatMessageView } from '../../../src/shared/chatTypes.ts';
import type { ChatSnapshot, HostMessage, ViewMessage } from '../../../src/shared/protocol.ts';
import { createStreamer, type StreamOptions, type StreamResult } from './streamer.ts';
import { syntheticMessage } from './syntheticMessage.ts';

export interface FakeHost {
  readonly sent: ViewMessage[];
  memory: unknown;
  post(message: HostMessage): void;
  /** Answers `ready` and `resync` with this; messages outside it are made up by index. */
  snapshot: ChatSnapshot | undefined;
  /** When set, messages are made up for every index instead of being read from the snapshot. */
  syntheticCharacters: number | undefined;
  /** Time that the host takes to answer a request for messages. */
  readDelayMs: number;
  stream(options: StreamOptions): Promise<StreamResult>;
  /** performance.now() at which the last snapshot was posted. */
  snapshotPostedAt: number;
}

declare global {
  interface Window {
    host: FakeHost;
    acquireVsCodeApi: () => unknown;
  }
}

const listeners = new Set<(message: ViewMessage) => void>();
const streamer = createStreamer({ post, listeners });

const host: FakeHost = {
  sent: [],
  memory: undefined,
  post,
  snapshot: undefined,
  syntheticCharacters: undefined,
  readDelayMs: 5,
  stream: (options) => streamer.stream(options),
  snapshotPostedAt: 0,
};
window.host = host;
window.acquireVsCodeApi = () => ({
  // As in the editor: the message is copied and comes later.
  postMessage: (message: ViewMessage) => {
    const copy = structuredClone(message);
    setTimeout(() => receive(copy), 0);
  },
  getState: () => host.memory,
  setState: (state: unknown) => {
    host.memory = state;
  },
});

function post(message: HostMessage): void {
  window.postMessage(message, '*');
}

function receive(message: ViewMessage): void {
  host.sent.push(message);
  for (const listener of listeners) listener(message);
  if (message.type === 'ready' || message.type === 'resync') postSnapshot();
  if (message.type === 'read-messages') setTimeout(() => answer(message.requestId, message.from, message.count), host.readDelayMs);
}

function postSnapshot(): void {
  if (host.snapshot === undefined) return;
  host.snapshotPostedAt = performance.now();
  post({ type: 'snapshot', snapshot: host.snapshot });
}

function answer(requestId: number, from: number, count: number): void {
  const messages: ChatMessageView[] = [];
  for (let index = from; index < from + count; index += 1) {
    const message = messageAt(index);
    if (message !== undefined) messages.push(message);
  }
  post({ type: 'messages', requestId, from, messages });
}

function messageAt(index: number): ChatMessageView | undefined {
  const { snapshot, syntheticCharacters } = host;
  if (snapshot === undefined || index >= snapshot.total) return undefined;
  return syntheticCharacters === undefined ? snapshot.messages[index - snapshot.from] : syntheticMessage(index, syntheticCharacters);
}
