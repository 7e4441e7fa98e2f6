import type { Clock } from '../clock.ts';

const tickMs = 5_000;
/** A busy machine delays a timer by seconds; nothing but sleep (or SIGSTOP) delays it by this much. */
const gapMs = 20_000;
/** A connection that outlived the sleep delivers within this time. */
const graceMs = 3_000;

/**
 * Calls `onGone` when the computer slept and nothing came for a moment after it woke: the connection is dead then, though no socket says so.
 * `lastSign` is the wall clock of the last sign of life. The result ends the watch.
 */
export function watchSleep(clock: Clock, lastSign: () => number, onGone: () => void): () => void {
  let cancel = (): void => undefined;
  const tick = (): void => {
    const expected = clock.date() + tickMs;
    cancel = clock.after(tickMs, () => {
      const wokeAt = clock.date();
      if (wokeAt - expected < gapMs) return tick();
      cancel = clock.after(graceMs, () => {
        if (lastSign() < wokeAt) onGone();
        else tick();
      });
    });
  };
  tick();
  return () => cancel();
}
