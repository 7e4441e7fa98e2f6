import type { Clock } from '../../src/core/clock.ts';

export interface FakeClock extends Clock {
  /** Runs what is due within `ms`, in order, with all promises settled between. */
  advance(ms: number): Promise<void>;
  /** The machine slept: the wall clock goes on, timers do not. */
  sleepMachine(ms: number): void;
  readonly pending: number;
}

/** Time that moves only when a test says so. */
export function createFakeClock(startDate = Date.UTC(2026, 10, 25, 12)): FakeClock {
  let now = 0;
  let slept = 0;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const clock: FakeClock = {
    now: () => now,
    date: () => startDate + now + slept,
    after: (ms, callback) => {
      const timer = { at: now + ms, run: callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    sleep: (ms, signal) => new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const cancel = clock.after(ms, resolve);
      signal?.addEventListener('abort', () => {
        cancel();
        reject(signal.reason);
      }, { once: true });
    }),
    advance: async (ms) => {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.run();
        await settle();
      }
      now = end;
      await settle();
    },
    sleepMachine: (ms) => {
      slept += ms;
    },
    get pending() {
      return timers.size;
    },
  };
  return clock;
}

/** Lets every promise that can settle do so, also those behind a turn or two of the event loop. */
export async function settle(turns = 4): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
