// A clock that stands still until it is told to go on: a replay of an hour takes seconds and gives the same counts each time.
import type { Clock } from '../../../src/core/clock.ts';

export interface VirtualClock extends Clock {
  /** Runs everything due until then, in order, and lets promises settle in between. */
  advanceTo(timeMs: number): Promise<void>;
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

export function createVirtualClock(): VirtualClock {
  let nowMs = 0;
  let order = 0;
  const timers: Timer[] = [];
  const after = (ms: number, callback: () => void): (() => void) => {
    const timer = { atMs: nowMs + Math.max(0, ms), order: order++, callback };
    let index = timers.length;
    while (index > 0 && isLater(timers[index - 1], timer)) index--;
    timers.splice(index, 0, timer);
    return () => {
      const at = timers.indexOf(timer);
      if (at >= 0) timers.splice(at, 1);
    };
  };
  return {
    now: () => nowMs,
    date: () => 1_700_000_000_000 + nowMs,
    after,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const abort = (): void => {
          stop();
          reject(signal?.reason);
        };
        const stop = after(ms, () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        });
        signal?.addEventListener('abort', abort, { once: true });
      }),
    async advanceTo(timeMs) {
      await settle();
      for (let timer = timers[0]; timer !== undefined && timer.atMs <= timeMs; timer = timers[0]) {
        timers.shift();
        nowMs = timer.atMs;
        timer.callback();
        await settle();
      }
      nowMs = Math.max(nowMs, timeMs);
    },
  };
}

/** Sorted by time, then by who came first. */
function isLater(a: Timer | undefined, b: Timer): boolean {
  return a !== undefined && (a.atMs > b.atMs || (a.atMs === b.atMs && a.order > b.order));
}

/** All promises that can go on have gone on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
