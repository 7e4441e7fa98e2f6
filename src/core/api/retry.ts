// When a failed request is sent again: only before its first token, a few times, never where waiting cannot help.
import type { Clock } from '../clock.ts';
import { RunApiError } from '../errors.ts';
import type { StreamPart } from './modelClient.ts';

export type RetryDecision = { readonly retry: true; readonly waitMs: number } | { readonly retry: false };

export interface RetryState {
  /** How many retries there were. */
  readonly retries: number;
  readonly maxRetries: number;
  /** 0 to 1. */
  readonly random: number;
}

/** A longer wait is the user's to decide: the error says how long. */
const longestWaitMs = 60_000;
const firstWaitMs = 500;
const longestBackoffMs = 8_000;
/** Keeps many windows that failed together from coming back together. */
const jitterShare = 0.25;

export function decideRetry(error: unknown, state: RetryState): RetryDecision {
  if (!(error instanceof RunApiError) || !isWorthRetrying(error) || state.retries >= state.maxRetries) return { retry: false };
  if (error.retryAfterMs !== undefined) return error.retryAfterMs <= longestWaitMs ? { retry: true, waitMs: error.retryAfterMs } : { retry: false };
  const backoffMs = Math.min(longestBackoffMs, firstWaitMs * 2 ** state.retries);
  return { retry: true, waitMs: Math.round(backoffMs * (1 - jitterShare * state.random)) };
}

/** A request that was accepted and then not answered for a minute has its input billed already: asking again is the user's choice. */
function isWorthRetrying(error: RunApiError): boolean {
  const isSilence = error.kind === 'stalled' || (error.kind === 'timeout' && error.status === undefined && error.phase === 'first-byte');
  return error.retryable && !isSilence;
}

export interface RetryDependencies {
  readonly clock: Clock;
  readonly random: () => number;
  readonly maxRetries: () => number;
}

/** Runs `attempt` until it gives its first delta or is not worth it any more. Waits are parts too, so that they can be shown. */
export async function* withRetries(
  dependencies: RetryDependencies,
  attempt: () => AsyncIterable<StreamPart>,
  signal: AbortSignal,
): AsyncGenerator<StreamPart, void, undefined> {
  for (let retries = 0; ; retries += 1) {
    let hasBegun = false;
    try {
      for await (const part of attempt()) {
        hasBegun ||= isAnswer(part);
        yield part;
      }
      return;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const decision = hasBegun ? undefined : decideRetry(error, { retries, maxRetries: dependencies.maxRetries(), random: dependencies.random() });
      if (!decision?.retry) throw error;
      yield { type: 'retry-wait', attempt: retries + 1, waitMs: decision.waitMs, kind: error instanceof RunApiError ? error.kind : 'internal' };
      await dependencies.clock.sleep(decision.waitMs, signal);
    }
  }
}

/** The same policy for a call that gives all or nothing. */
export async function callWithRetries<T>(dependencies: RetryDependencies, call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await call();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const decision = decideRetry(error, { retries, maxRetries: dependencies.maxRetries(), random: dependencies.random() });
      if (!decision.retry) throw error;
      await dependencies.clock.sleep(decision.waitMs, signal);
    }
  }
}

/** What the user may have seen already. */
function isAnswer(part: StreamPart): boolean {
  return part.type !== 'retry-wait' && part.type !== 'response-start' && part.type !== 'usage';
}
