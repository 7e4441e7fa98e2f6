// Asks the host for messages that are in sight and not in the view, and lets go of those that are far from it.
import { missingRanges, type MessageWindow } from './windowing.ts';
import type { HostPort } from '../hostPort.ts';
import type { Transcript } from '../state/transcript.ts';

export interface MessageLoading {
  load(window: MessageWindow): void;
  received(from: number, count: number): void;
  /** What was asked for will not come. */
  forget(): void;
}

export interface MessageLoadingOptions {
  readonly transcript: () => Transcript;
  readonly port: HostPort;
}

const messagesPerRequest = 50;
/** Texts kept beyond the window; about 2 MB of usual messages. */
const keptAround = 200;

export function createMessageLoading(options: MessageLoadingOptions): MessageLoading {
  const requested = new Set<number>();
  let requests = 0;
  return {
    load: (window) => {
      const transcript = options.transcript();
      const missing = missingRanges(window, (index) => transcript.at(index) !== undefined || requested.has(index), messagesPerRequest);
      for (const { from, count } of missing) {
        // More than is asked for on both sides, so that the next turn of the wheel finds it there.
        const start = Math.max(0, Math.min(from, from + count - messagesPerRequest / 2));
        const size = Math.min(messagesPerRequest, transcript.total - start);
        for (let index = start; index < start + size; index += 1) requested.add(index);
        requests += 1;
        options.port.post({ type: 'read-messages', requestId: requests, from: start, count: size });
      }
      if (window.last > 0) transcript.keepOnly(window.first - keptAround, window.last + keptAround);
    },
    received: (from, count) => {
      for (let index = from; index < from + count; index += 1) requested.delete(index);
    },
    forget: () => requested.clear(),
  };
}
