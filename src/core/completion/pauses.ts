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
  endSnooze(): void;
  /** Ends any other pause: there may be a new key, new settings, new credits. The snooze is the user's and stays. */
  resume(): void;
  failed(error: RunApiError): void;
  succeeded(): void;
}

const firstBackOffMs = 5_000;
const longestBackOffMs = 5 * 60_000;
/** Nobody tells when credits were added; a request that is refused costs nothing. */
const creditsProbeMs = 5 * 60_000;
/** One lost answer is chance; from the third on it is a state. */
const failuresBeforeBackOff = 3;

/** Ends at a time of the wall clock: the machine may sleep through it. */
interface DatedPause {
  readonly why: PauseReason;
  readonly untilDateMs: number;
}

export function createPauses(clock: Clock): Pauses {
  let pause: Pause | DatedPause | undefined;
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
      if (pause === undefined) return undefined;
      const current = 'untilDateMs' in pause ? { why: pause.why, untilMs: clock.now() + pause.untilDateMs - clock.date() } : pause;
      if (current.untilMs === undefined || clock.now() < current.untilMs) return current;
      pause = undefined;
      return undefined;
    },
    snooze(durationMs) {
      snoozedUntilMs = clock.now() + durationMs;
    },
    endSnooze() {
      snoozedUntilMs = 0;
    },
    resume() {
      pause = undefined;
      failures = 0;
      backOffs = 0;
    },
    failed(error) {
      failures++;
      const lasting = lastingReason(error.kind);
      if (lasting !== undefined) pause = { why: lasting };
      else if (error.kind === 'credits') pause = { why: 'credits', untilMs: clock.now() + creditsProbeMs };
      else if (error.kind === 'budget') pause = { why: 'budget', untilDateMs: nextMidnight(clock.date()) };
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
      return 'no-key';
    case 'insecure-url':
      return 'insecure-url';
    case 'key-rejected':
    case 'forbidden':
      return 'key-rejected';
    default:
      return undefined;
  }
}

/** The limit is one of a day, as the user's clock has it. */
function nextMidnight(dateMs: number): number {
  const date = new Date(dateMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}
