// Tells when a request of the global fetch is on the wire, so that the wait for a connection has a limit of its own. Node's fetch
// reports on the channels of undici (https://nodejs.org/api/diagnostics_channel.html, https://undici.nodejs.org/#/docs/api/DiagnosticsChannel).
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

export interface ConnectionWatch {
  /** Runs `start`; calls `onConnected` once its headers are sent, or at once where this fetch does not report. */
  observe(start: () => Promise<Response>, onConnected: () => void): Promise<Response>;
  dispose(): void;
}

interface Watched {
  isCreated: boolean;
  readonly onConnected: () => void;
}

/** A fetch that reports does so as soon as it is called; after this it is one that never will. */
const reportWithinMs = 250;

export function createConnectionWatch(): ConnectionWatch {
  const current = new AsyncLocalStorage<Watched>();
  const requests = new WeakMap<object, Watched>();
  const created = (message: unknown): void => {
    const watched = current.getStore();
    const request = requestOf(message);
    if (watched === undefined || request === undefined) return;
    watched.isCreated = true;
    requests.set(request, watched);
  };
  const sent = (message: unknown): void => {
    const request = requestOf(message);
    if (request !== undefined) requests.get(request)?.onConnected();
  };
  subscribe('undici:request:create', created);
  subscribe('undici:client:sendHeaders', sent);

  return {
    observe: async (start, onConnected) => {
      const watched: Watched = { isCreated: false, onConnected };
      const timer = setTimeout(() => {
        if (!watched.isCreated) onConnected();
      }, reportWithinMs);
      try {
        return await current.run(watched, start);
      } finally {
        clearTimeout(timer);
      }
    },
    dispose: () => {
      unsubscribe('undici:request:create', created);
      unsubscribe('undici:client:sendHeaders', sent);
    },
  };
}

function requestOf(message: unknown): object | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message)) return undefined;
  return typeof message.request === 'object' && message.request !== null ? message.request : undefined;
}
