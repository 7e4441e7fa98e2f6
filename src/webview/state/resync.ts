// Asks for a snapshot once, and again when none comes: the host may be starting, or may have lost the request.
import type { Resync } from '../view.ts';

const retryMs = 3_000;

export function createResync(later: (task: () => void, delayMs: number) => void, ask: () => void): Resync {
  let round = 0;
  let isWaiting = false;
  return {
    begin: () => {
      if (isWaiting) return false;
      isWaiting = true;
      watch(round);
      return true;
    },
    end: () => {
      isWaiting = false;
      round += 1;
    },
  };

  function watch(started: number): void {
    later(() => {
      if (!isWaiting || round !== started) return;
      ask();
      watch(started);
    }, retryMs);
  }
}
