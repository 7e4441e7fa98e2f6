// When nothing is asked for a while: the user's snooze, the gateway's refusals, and a growing distance after failures.
import type { Clock } from '../clock.ts';
import type { RunApiError } from '../errors.ts';
import type { PauseReason } from './outcome.ts';

export interface Pause {
  readonly why: PauseReason;
  /** On the clock's `now`; absent: until something changes. */
  readonly untilMs?: number;
}

export interface Pauses {
  current(): Pause | undefined;
  snooze(durationMs: number): void;
  /** Ends the snooze, or any pause that waits for a change: a new key, new settings, credits added. */
  resume(): void;
  failed(error: RunApiError): void;
  succeeded(): void;
}

const firstBackOffMs = 5_000;
const longestBackOffMs = 5 * 60_000;
/** One lost answer is chance; from the third on it is a state. */
const failuresBeforeBackOff = 3;

export function createPauses(clock: Clock): Pauses {
  let pause: Pause | undefined;
  let snoozedUntilMs = 0;
  let failures = 0;
  let backOffs = 0;
  const backOff = (why: PauseReason, askedMs: number | undefined): void => {
    const ownMs = Math.min(longestBackOffMs, firstBackOffMs * 2 ** backOffs);
    backOffs++;
    pause = { why, untilMs: clock.now() + Math.min(longestBackOffMs, Math.max(askedMs ?? 0, ownMs)) };
  };
  return {
    current() {
      if (clock.now() < snoozedUntilMs) return { why: 'snoozed', untilMs: snoozedUntilMs };
      if (pause?.untilMs !== undefined && clock.now() >= pause.untilMs) pause = undefined;
      return pause;
    },
    snooze(durationMs) {
      snoozedUntilMs = clock.now() + durationMs;
    },
    resume() {
      snoozedUntilMs = 0;
      pause = undefined;
      failures = 0;
      backOffs = 0;
    },
    failed(error) {
      failures++;
      const lasting = lastingReason(error.kind);
      if (lasting !== undefined) pause = { why: lasting };
      else if (error.kind === 'rate-limit') backOff('rate-limited', error.retryAfterMs);
      else if (error.kind === 'overloaded') backOff('overloaded', error.retryAfterMs);
      else if (failures >= failuresBeforeBackOff) backOff('failing', error.retryAfterMs);
    },
    succeeded() {
      failures = 0;
      backOffs = 0;
    },
  };
}

/** States that waiting does not end. */
function lastingReason(kind: RunApiError['kind']): PauseReason | undefined {
  switch (kind) {
    case 'no-key':
    case 'untrusted-origin':
    case 'insecure-url':
      return 'no-key';
    case 'key-rejected':
    case 'forbidden':
      return 'key-rejected';
    case 'credits':
      return 'credits';
    case 'budget':
      return 'budget';
    default:
      return undefined;
  }
}
