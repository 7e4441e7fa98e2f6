// The limits of one request: connect, first byte, silence, no content, total. Time counts only while someone waits for the network,
// so a reader that takes its time (back-pressure) never looks like a stalled server.
import type { Clock } from '../clock.ts';
import { RunApiError, type ErrorDetails } from '../errors.ts';
import type { NetworkSettings } from '../settings.ts';

export interface TimeLimits {
  /** Headers were sent: from here on the first-byte limit counts. */
  connected(): void;
  /** A read begins. */
  waiting(): void;
  /** A read ended with bytes, or with the end of the answer. */
  received(): void;
  /** The bytes held something for the user; keep-alive pings do not count. */
  content(): void;
  stop(): void;
}

interface TimeLimitsOptions {
  readonly clock: Clock;
  readonly network: NetworkSettings;
  /** Without it nothing tells when the connection stands, and only the first-byte limit counts. */
  readonly seesConnect: boolean;
  readonly details: Pick<ErrorDetails, 'origin' | 'model'>;
  readonly onLimit: (error: RunApiError) => void;
}

/** Pings hold the silence limit off at most this many times its length: 5 min with the default of 60 s. */
const pingFactor = 5;
/** Longer than any answer that max_tokens allows at 20 tokens/s; ends servers that send a byte now and then for ever. */
const totalLimitMs = 45 * 60_000;
/** Timers look in at least this often, which is how a sleep of the machine is noticed. */
const longestTickMs = 5_000;
/** A timer that comes this late means that the process or the machine slept. */
const sleepGapMs = 20_000;
/** After a sleep the socket gets this long to show that it is alive. */
const graceAfterSleepMs = 5_000;

export function createTimeLimits(options: TimeLimitsOptions): TimeLimits {
  const { clock, network } = options;
  const startedAt = clock.now();
  let phase: 'connect' | 'first-byte' | 'body' = options.seesConnect ? 'connect' : 'first-byte';
  let waitingSince: number | undefined = startedAt;
  let waitedWithoutContentMs = 0;
  let slept = false;
  let tick = { dueAt: 0, dueDate: 0 };
  let cancelTimer = (): void => undefined;

  const fail = (kind: 'timeout' | 'stalled' | 'interrupted'): void => options.onLimit(new RunApiError({ kind, retryable: true, phase, ...options.details }));
  const limitMs = (): number => slept ? graceAfterSleepMs : phase === 'connect' ? network.connectTimeoutMs : phase === 'first-byte' ? network.firstByteTimeoutMs : network.idleTimeoutMs;
  const waitedMs = (): number => (waitingSince === undefined ? 0 : clock.now() - waitingSince);

  const check = (): void => {
    const late = Math.max(clock.now() - tick.dueAt, clock.date() - tick.dueDate);
    if (late > sleepGapMs && waitingSince !== undefined) {
      slept = true;
      waitingSince = clock.now();
    }
    if (clock.now() - startedAt >= totalLimitMs && !slept) fail('stalled');
    else if (waitedMs() >= limitMs()) fail(slept ? 'interrupted' : phase === 'body' ? 'stalled' : 'timeout');
    else if (phase === 'body' && waitedWithoutContentMs + waitedMs() >= network.idleTimeoutMs * pingFactor) fail('stalled');
    else arm();
  };
  const arm = (): void => {
    const ms = Math.max(1, Math.min(longestTickMs, waitingSince === undefined ? longestTickMs : limitMs() - waitedMs()));
    tick = { dueAt: clock.now() + ms, dueDate: clock.date() + ms };
    cancelTimer = clock.after(ms, check);
  };
  const enter = (next: typeof phase): void => {
    phase = next;
    waitingSince = clock.now();
    cancelTimer();
    arm();
  };
  arm();

  return {
    connected: () => {
      if (phase === 'connect') enter('first-byte');
    },
    waiting: () => {
      waitingSince = clock.now();
      if (tick.dueAt - waitingSince <= limitMs()) return;
      cancelTimer();
      arm();
    },
    received: () => {
      waitedWithoutContentMs += waitedMs();
      waitingSince = undefined;
      slept = false;
      phase = 'body';
    },
    content: () => {
      waitedWithoutContentMs = 0;
    },
    stop: () => cancelTimer(),
  };
}
