// Streams an answer to the view as the host does: deltas with sequence and offset, joined while too much is on the way.
import type { HostMessage, ViewMessage } from '../../../src/shared/protocol.ts';

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

/** As in src/core/chat/viewChannel.ts. */
const onTheWayLimit = 8_000;

export function createStreamer({ post, listeners }: { readonly post: (message: HostMessage) => void; readonly listeners: Set<(message: ViewMessage) => void> }): Streamer {
  return { stream };

  function stream(options: StreamOptions): Promise<StreamResult> {
    const { messageId, index, deltaCharacters } = options;
    const text = options.text.repeat(options.repeat ?? 1);
    let sequence = options.firstSequence;
    let sent = 0;
    let onTheWay: { readonly sequence: number; readonly length: number }[] = [];
    const start = performance.now();
    let lastSentAt = start;
    post({ type: 'message-added', sequence, index, message: { id: messageId, role: 'assistant', text: '', status: 'streaming', createdAt: 0, route: { task: 'chat', model: 'claude-sonnet-4.6', protocol: 'chat_completions', maxTokens: 1, reason: 'measured' } } });

    return new Promise((resolve) => {
      listeners.add(onMessage);
      pump();

      function pump(): void {
        const due = options.charactersPerSecond === undefined ? text.length : Math.min(text.length, Math.floor(((performance.now() - start) / 1_000) * options.charactersPerSecond));
        // The host's own work must not stand in for the view's: no more than a few messages in one task.
        for (let batch = 0; batch < 50 && sent < due && mayContinue(); batch += 1) send(due);
        if (sent < text.length) setTimeout(pump, options.ignoreFlow === true ? 0 : options.charactersPerSecond === undefined ? 4 : 25);
      }

      function mayContinue(): boolean {
        return options.ignoreFlow === true || onTheWay.reduce((sum, item) => sum + item.length, 0) < onTheWayLimit;
      }

      function send(due: number): void {
        // Deltas that are due together are joined once the view lags, as the host does.
        const length = options.ignoreFlow === true || onTheWay.length === 0 ? deltaCharacters : Math.max(deltaCharacters, Math.min(due - sent, onTheWayLimit));
        const piece = text.slice(sent, Math.min(due, sent + length));
        sequence += 1;
        onTheWay.push({ sequence, length: piece.length });
        post({ type: 'message-delta', sequence, messageId, part: 'text', offset: sent, text: piece });
        sent += piece.length;
        lastSentAt = performance.now();
        if (sent === text.length) finish();
      }

      function finish(): void {
        sequence += 1;
        post({ type: 'message-changed', sequence, messageId, patch: { status: 'done' } });
      }

      function onMessage(message: ViewMessage): void {
        if (message.type !== 'painted') return;
        onTheWay = onTheWay.filter((item) => item.sequence > message.sequence);
        if (sent < text.length || message.sequence < sequence) return;
        listeners.delete(onMessage);
        const end = performance.now();
        const lastDue = options.charactersPerSecond === undefined ? lastSentAt : start + (text.length / options.charactersPerSecond) * 1_000;
        resolve({ lastSequence: sequence, lateMs: end - lastDue, durationMs: end - start });
      }
    });
  }
}
