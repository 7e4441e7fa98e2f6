// One request's life: cancelled by its parent, failed by a time limit, closed when its reader has enough. Promises of `fetch` that
// ignore the signal are left behind, so that cancelling never waits for the network.

export interface RequestScope {
  readonly signal: AbortSignal;
  /** Ends the request; whoever waits in `race` gets the error. */
  fail(error: unknown): void;
  /** At most one at a time: rejects when the scope ends before the work does. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Lets go of the parent and of the socket. */
  close(): void;
}

export function createRequestScope(parent: AbortSignal): RequestScope {
  const controller = new AbortController();
  let rejectCurrent: ((reason: unknown) => void) | undefined;
  const end = (reason: unknown): void => {
    parent.removeEventListener('abort', onParentAbort);
    if (controller.signal.aborted) return;
    controller.abort(reason);
    rejectCurrent?.(reason);
  };
  const onParentAbort = (): void => end(parent.reason);
  if (parent.aborted) end(parent.reason);
  else parent.addEventListener('abort', onParentAbort, { once: true });

  return {
    signal: controller.signal,
    fail: end,
    // Not Promise.race: against a promise that lives as long as the request it would keep a reaction for each chunk.
    race: (work) => new Promise((resolve, reject) => {
      if (controller.signal.aborted) {
        work.catch(() => undefined);
        reject(controller.signal.reason);
        return;
      }
      rejectCurrent = reject;
      work.then(resolve, reject);
    }),
    close: () => end(new DOMException('The reader has enough.', 'AbortError')),
  };
}
