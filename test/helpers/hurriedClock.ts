import type { Clock } from '../../src/core/clock.ts';
import { systemClock } from '../../src/host/systemClock.ts';

export interface HurriedClock extends Clock {
  /** The waits that were asked for, in their own milliseconds. */
  readonly sleeps: readonly number[];
}

/**
 * Real time that runs `factor` times as fast: the product's limits of a minute are over in a moment, against real sockets. With
 * `sleepsOnly` the limits stay as long as they are, so that a busy machine never trips over one that a test is not about.
 */
export function createHurriedClock(factor: number, { sleepsOnly = false } = {}): HurriedClock {
  const limitFactor = sleepsOnly ? 1 : factor;
  const sleeps: number[] = [];
  const start = systemClock.now();
  return {
    sleeps,
    now: () => (systemClock.now() - start) * limitFactor,
    date: () => systemClock.date(),
    sleep: (ms, signal) => {
      sleeps.push(ms);
      return systemClock.sleep(ms / factor, signal);
    },
    after: (ms, callback) => systemClock.after(ms / limitFactor, callback),
  };
}
