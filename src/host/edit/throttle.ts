// Work that follows a stream: at most once in a while, never twice at the same time, and not after the end.
import type { Clock } from '../../core/clock.ts';

export interface DiffThrottle {
  request(): void;
  /** Resolves when work that runs has ended. */
  stop(): Promise<void>;
}

export function startDiffThrottle(clock: Clock, everyMs: number, work: () => Promise<void>, onError: (error: unknown) => void): DiffThrottle {
  let cancelTimer: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;

  const run = (): void => {
    cancelTimer = undefined;
    wanted = false;
    running = work().catch(onError).finally(() => {
      running = undefined;
      if (wanted && !stopped) schedule();
    });
  };
  const schedule = (): void => {
    cancelTimer ??= clock.after(everyMs, run);
  };

  return {
    request() {
      if (stopped) return;
      wanted = true;
      if (running === undefined) schedule();
    },
    async stop() {
      stopped = true;
      cancelTimer?.();
      await running;
    },
  };
}
