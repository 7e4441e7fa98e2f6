// The one way out of the view, and the small memory that survives a reload of it.
import type { HostMessage, ViewMessage } from '../shared/protocol.ts';

export interface HostPort {
  /** False when the message holds more text than the host takes: it was not sent. */
  post(message: ViewMessage): boolean;
  onMessage(listener: (message: HostMessage) => void): void;
  readonly memory: ViewMemory | undefined;
  remember(memory: ViewMemory): void;
}

/** Kept by the editor for this view. Never a key, never an answer. */
export interface ViewMemory {
  readonly sessionId: string;
  readonly draft: string;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** What the host takes of one text (src/shared/protocol.ts, which the view cannot import). */
export const maxTextCharacters = 2_000_000;

export function createHostPort(onTooLong: (message: ViewMessage) => void): HostPort {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      if ('text' in message && message.text.length > maxTextCharacters) {
        onTooLong(message);
        return false;
      }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the editor's function, not a window's
      api.postMessage(message);
      return true;
    },
    onMessage: (listener) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isHostMessage(event.data)) listener(event.data);
      });
    },
    memory: parseMemory(api.getState()),
    remember: (memory) => api.setState(memory),
  };
}

/** The host is our own code: its messages are told from those of the editor's frame, not validated. */
function isHostMessage(value: unknown): value is HostMessage {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function parseMemory(value: unknown): ViewMemory | undefined {
  if (typeof value !== 'object' || value === null || !('sessionId' in value) || !('draft' in value)) return undefined;
  const { sessionId, draft } = value;
  return typeof sessionId === 'string' && typeof draft === 'string' ? { sessionId, draft } : undefined;
}
