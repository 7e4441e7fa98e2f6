// Every call of the engine ends in exactly one of these: in the log, and in the status item's hover as "why there is nothing".
import type { ErrorKind } from '../errors.ts';

/** Where a shown suggestion came from: kept from before, the running request, or one sent for this very call. */
export type ShownSource = 'store' | 'in-flight' | 'request';

/** Settled by the place or the settings; asking again here changes nothing. */
export type DisabledReason =
  | 'off' | 'language' | 'scheme' | 'read-only' | 'several-cursors' | 'inside-word' | 'undo'
  | 'secret-file' | 'ignored' | 'excluded' | 'outside-workspace' | 'untrusted-workspace' | 'too-large' | 'binary' | 'unchecked';

/** Lasts until something happens or a time has passed. */
export type PauseReason = 'snoozed' | 'no-key' | 'insecure-url' | 'key-rejected' | 'credits' | 'budget' | 'rate-limited' | 'overloaded' | 'failing';

export type FilterReason =
  | 'blank' | 'repeats-text-before' | 'repeats-text-after' | 'hidden-characters' | 'indentation' | 'refused' | 'not-in-suggest-widget' | 'line-end';

export type Outcome =
  | { readonly kind: 'shown'; readonly source: ShownSource }
  /** The user typed on before the delay was over. */
  | { readonly kind: 'debounced' }
  /** The user typed on while the running request still covered the place; its answer serves the next call. */
  | { readonly kind: 'covered' }
  /** The user typed on and away from what was asked. */
  | { readonly kind: 'superseded' }
  /** The model had nothing to say here, now or when it was asked before. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'cached-empty' }
  | { readonly kind: 'filtered'; readonly why: FilterReason }
  | { readonly kind: 'disabled'; readonly why: DisabledReason }
  | { readonly kind: 'paused'; readonly why: PauseReason; readonly untilMs?: number }
  | { readonly kind: 'failed'; readonly error: ErrorKind };

/** One word or two for the log: "filtered:blank". */
export function formatOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'shown':
      return `shown:${outcome.source}`;
    case 'filtered':
    case 'disabled':
    case 'paused':
      return `${outcome.kind}:${outcome.why}`;
    case 'failed':
      return `failed:${outcome.error}`;
    case 'debounced':
    case 'covered':
    case 'superseded':
    case 'empty':
    case 'cached-empty':
      return outcome.kind;
    default:
      return outcome satisfies never;
  }
}
