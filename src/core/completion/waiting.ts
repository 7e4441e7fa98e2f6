// Waits for the next piece of an answer, for the end of patience, or for the editor to lose interest.
import type { Clock } from '../clock.ts';
import type { Answer } from './answer.ts';

export interface WaitOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** On the clock's `now`. */
  readonly deadlineMs: number | undefined;
}

export function waitForAnswer(answer: Answer, { signal, clock, deadlineMs }: WaitOptions): Promise<'changed' | 'aborted' | 'late'> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve('aborted');
      return;
    }
    const finish = (woke: 'changed' | 'aborted' | 'late'): void => {
      signal.removeEventListener('abort', onAbort);
      stopTimer?.();
      resolve(woke);
    };
    const onAbort = (): void => finish('aborted');
    const stopTimer = deadlineMs === undefined ? undefined : clock.after(Math.max(0, deadlineMs - clock.now()), () => finish('late'));
    signal.addEventListener('abort', onAbort);
    void answer.changed().then(() => finish('changed'));
  });
}
