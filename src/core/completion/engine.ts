// The inline completion engine. It asks rarely and early and keeps what it paid for: requests outlive the calls they were sent for, and
// one that still covers the cursor serves every later call. It knows no editor: see completionTypes.ts for what drives it.
import type { Logger } from '../logger.ts';
import type { CompletionCall, CompletionResult, DocumentChange } from './completionTypes.ts';
import { checkGate, findDisabledReason } from './eligibility.ts';
import type { CompletionEngineDependencies } from './engineDependencies.ts';
import { createEngineParts, type EngineParts } from './engineParts.ts';
import { formatOutcome, type Outcome } from './outcome.ts';
import type { Pause } from './pauses.ts';
import { readPlace } from './place.ts';
import { createAutomaticProvider, type AutomaticProvider } from './provideAutomatic.ts';
import { createExplicitProvider, type ExplicitProvider } from './provideExplicit.ts';
import type { CompletionTally } from './tally.ts';
import { createVisit } from './visit.ts';

export interface CompletionEngineState {
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  readonly pause: Pause | undefined;
  readonly tally: CompletionTally;
}

export interface CompletionEngine {
  /**
   * What to show at the call's place. Aborting `signal` ends the waiting, never the request: its answer serves later calls.
   * Never rejects.
   */
  provide(call: CompletionCall, signal: AbortSignal): Promise<CompletionResult>;
  /** Every change of a document, before the call that follows it. */
  documentChanged(change: DocumentChange): void;
  /** The cursor is somewhere else without a change of text: what runs for the old place is ended. */
  cursorMoved(call: CompletionCall): void;
  /** An item was accepted as a whole. Accepted words and lines are seen in `documentChanged`. */
  accepted(itemId: number): void;
  documentClosed(uri: string): void;
  snooze(durationMs: number): void;
  endSnooze(): void;
  /** Something changed that may end another pause: a key, a setting, the user's wish. */
  resume(): void;
  state(): CompletionEngineState;
  /** The result ends the listening. */
  onChange(listener: () => void): () => void;
  dispose(): void;
}

export function createCompletionEngine(dependencies: CompletionEngineDependencies): CompletionEngine {
  const parts = createEngineParts(dependencies);
  const providers = { automatic: createAutomaticProvider(parts), explicit: createExplicitProvider(parts) };
  const { clock, requester, typing, pauses, store, tally } = parts;
  const log = createOutcomeLog(parts.logger);
  return {
    async provide(call, signal) {
      const startedAt = clock.now();
      const result = await provideOne(parts, providers, call, signal);
      log(result.outcome, clock.now() - startedAt);
      return result;
    },
    documentChanged: (change) => typing.changed(change),
    cursorMoved(call) {
      if (requester.running() !== undefined) requester.cancelUnlessCovering(readPlace(call));
    },
    accepted(itemId) {
      typing.acceptedByCommand(itemId);
      parts.changed();
    },
    documentClosed(uri) {
      store.forget(uri);
      typing.forget(uri);
      requester.cancelFor(uri);
    },
    snooze(durationMs) {
      pauses.snooze(durationMs);
      parts.changed();
    },
    endSnooze() {
      pauses.endSnooze();
      parts.changed();
    },
    resume() {
      pauses.resume();
      parts.changed();
    },
    state: () => ({ busy: requester.running() !== undefined, outcome: parts.lastOutcome(), pause: pauses.current(), tally: tally.today() }),
    onChange: (listener) => parts.onChange(listener),
    dispose() {
      requester.dispose();
      store.clear();
    },
  };
}

/** Why there is nothing stands in the log once; what every key came to, where details are wanted. */
function createOutcomeLog(logger: Logger): (outcome: Outcome, tookMs: number) => void {
  let last = '';
  return (outcome, tookMs) => {
    const name = formatOutcome(outcome);
    const isNews = /^(?:shown|filtered|disabled|paused|failed)/.test(name) && name !== last;
    if (isNews) last = name;
    logger[isNews && outcome.kind !== 'shown' ? 'info' : 'debug'](`completion ${name} after ${Math.round(tookMs)} ms`);
  };
}

interface Providers {
  readonly automatic: AutomaticProvider;
  readonly explicit: ExplicitProvider;
}

async function provideOne(parts: EngineParts, providers: Providers, call: CompletionCall, signal: AbortSignal): Promise<CompletionResult> {
  const place = readPlace(call);
  const disabled = findDisabledReason(call, place, parts.settings());
  if (disabled !== undefined) return parts.finish({ kind: 'disabled', why: disabled });
  // Without a wait where the verdict is known: the typing path has no timer on it.
  const closed = parts.gate.known(call.uri)?.open === true ? undefined : await checkGate(call.uri, parts.gate);
  if (closed !== undefined) return parts.finish({ kind: 'disabled', why: closed });
  const pause = parts.pauses.current();
  if (pause?.why === 'snoozed' && call.trigger === 'automatic') return parts.finish({ kind: 'paused', ...pause });
  const visit = createVisit(parts, call, place);
  return providers[call.trigger].provide(visit, signal);
}
