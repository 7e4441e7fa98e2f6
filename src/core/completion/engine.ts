// The inline completion engine. It asks rarely and early and keeps what it paid for: requests outlive the calls they were sent for, and
// one that still covers the cursor serves every later call. It knows no editor: see completionTypes.ts for what drives it.
import type { Clock } from '../clock.ts';
import type { FileGate } from '../context/fileGate.ts';
import type { Logger } from '../logger.ts';
import type { CompletionSettings } from '../settings.ts';
import { createCleaningSite } from './cleaning/filter.ts';
import { fitItem, type FitOutput } from './cleaning/fitItem.ts';
import type { Answer } from './answer.ts';
import { createAnswerStore, type FoundAnswer } from './answerStore.ts';
import type { CompletionCall, CompletionContextSource, CompletionItem, CompletionModel, CompletionResult, DocumentChange } from './completionTypes.ts';
import { afterAccepting } from './afterAccepting.ts';
import { checkGate, findDisabledReason } from './eligibility.ts';
import { formatOutcome, type Outcome, type ShownSource } from './outcome.ts';
import { allMechanisms, type Mechanisms } from './mechanisms.ts';
import { createPauses, type Pause } from './pauses.ts';
import { readPlace, type Place } from './place.ts';
import { relate } from './relation.ts';
import { chooseMode, delayOf } from './requestDecision.ts';
import { createRequester } from './requester.ts';
import { createTakenRate } from './takenRate.ts';
import { createTally, type CompletionTally } from './tally.ts';
import { createTypingTracker } from './typing.ts';
import { waitForAnswer } from './waiting.ts';

export interface CompletionEngineDependencies {
  readonly clock: Clock;
  readonly model: CompletionModel;
  readonly context: CompletionContextSource;
  readonly gate: FileGate;
  readonly settings: () => CompletionSettings;
  readonly logger: Logger;
  /** Masks secrets in what is sent. */
  readonly redact: (text: string) => string;
  /** The file as the user knows it: a path within the workspace. */
  readonly displayPath: (uri: string) => string;
  /** For measurements: what to do without. */
  readonly mechanisms?: Partial<Mechanisms>;
}

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
  /** Something changed that may end a pause: a key, a setting, the user's wish. */
  resume(): void;
  state(): CompletionEngineState;
  /** The result ends the listening. */
  onChange(listener: () => void): () => void;
  dispose(): void;
}

/** A block that is still arriving is cut to its whole lines this long after its first token: who waits, types on. */
const blockPatienceMs = 200;

export function createCompletionEngine(dependencies: CompletionEngineDependencies): CompletionEngine {
  const { clock, gate, settings, logger } = dependencies;
  const mechanisms = { ...allMechanisms, ...dependencies.mechanisms };
  const pauses = createPauses(clock);
  const tally = createTally(clock);
  const store = createAnswerStore();
  const taken = createTakenRate();
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const typing = createTypingTracker({ clock, onAccepted: (answer, characters) => {
    tally.accepted(answer.id, characters);
    taken.accepted();
  } });
  const requester = createRequester({ ...dependencies, pauses, tally, onChange: changed });
  /** Where an answer last agreed with what was typed. */
  let covered: Place | undefined;
  let nextItemId = 1;
  let lastOutcome: Outcome | undefined;

  const finish = (outcome: Outcome, items: readonly CompletionItem[] = []): CompletionResult => {
    lastOutcome = outcome;
    changed();
    return { items, outcome };
  };

  const createItem = (fit: Exclude<FitOutput, 'wait' | { rejected: unknown }>): CompletionItem => ({ id: nextItemId++, ...fit });

  const show = (visit: Visit, found: FoundAnswer, fit: Exclude<FitOutput, 'wait' | { rejected: unknown }>, source: ShownSource): CompletionResult => {
    const item = createItem(fit);
    const since = found.relation.since;
    if (visibleRest(found.answer, found.relation) === '') taken.shown();
    typing.show({ uri: found.answer.place.uri, answer: found.answer, item, since });
    tally.shown();
    if (isLastOf(found, item)) askAhead(visit, item);
    return finish({ kind: 'shown', source }, [item]);
  };

  /** While suggestions are being taken, the one after the last known is asked for before this one is. */
  const askAhead = (visit: Visit, item: CompletionItem): void => {
    if (!mechanisms.askAhead || !taken.isHigh() || requester.running() !== undefined || pauses.current() !== undefined) return;
    const call = afterAccepting(visit.call, item);
    const place = readPlace(call);
    if (store.find(place) !== undefined) return;
    const mode = chooseMode(place, 'automatic', mechanisms.blocks ? settings().multiline : 'never');
    store.add(requester.ask({ call, place, mode, alternatives: 1, isAhead: true }));
  };

  /** Undefined: the answer turned out to be of no use here. */
  const settle = async (first: FoundAnswer, visit: Visit, signal: AbortSignal): Promise<CompletionResult | undefined> => {
    let relation = first.relation;
    const { answer } = first;
    const source = visit.asked ? 'request' : answer.open ? 'in-flight' : 'store';
    for (;;) {
      if (relation.kind === 'held') return finish({ kind: 'filtered', why: 'indentation' });
      const remaining = relation.kind === 'ahead' ? relation.remaining : '';
      if (remaining !== '') {
        const deadline = answer.firstTokenAt === undefined ? Infinity : answer.firstTokenAt + blockPatienceMs;
        const fit = fitItem({
          remaining, open: answer.open, isBlock: answer.mode === 'block', visible: visibleRest(answer, relation), impatient: clock.now() >= deadline, crossLineEnd: visit.crossLineEnd, site: visit.site(), selected: visit.call.selectedSuggestion,
        });
        if (fit !== 'wait') return 'rejected' in fit ? finish({ kind: 'filtered', why: fit.rejected }) : show(visit, { answer, relation }, fit, source);
      } else if (!answer.open) {
        return settleEmpty(answer, relation.since, visit);
      }
      const woke = await waitForAnswer(answer, { signal, clock, deadlineMs: deadlineOf(answer) });
      if (woke === 'aborted') return finish({ kind: relate(answer, visit.place).kind === 'diverged' ? 'superseded' : 'covered' });
      const next = relate(answer, visit.place);
      if (next.kind === 'diverged') return undefined;
      relation = next;
    }
  };

  /** What is left on the screen of a suggestion that the user types into, or deletes back in. */
  const visibleRest = (answer: Answer, relation: FoundAnswer['relation']): string => {
    const shown = typing.shown();
    if (shown?.answer !== answer) return '';
    const { since } = relation;
    const whole = shown.since + shown.item.text.slice(shown.item.replaceBefore);
    return whole.startsWith(since) ? whole.slice(since.length) : '';
  };

  const settleEmpty = (answer: Answer, since: string, visit: Visit): CompletionResult | undefined => {
    if (answer.error !== undefined) return visit.asked ? finish({ kind: 'failed', error: answer.error.kind }) : undefined;
    if (since !== '') return undefined;
    if (answer.rejected !== undefined) return finish({ kind: 'filtered', why: answer.rejected });
    return finish({ kind: visit.asked ? 'empty' : 'cached-empty' });
  };

  const deadlineOf = (answer: Answer): number | undefined =>
    answer.firstTokenAt === undefined || clock.now() >= answer.firstTokenAt + blockPatienceMs ? undefined : answer.firstTokenAt + blockPatienceMs;

  const provideAutomatic = async (visit: Visit, signal: AbortSignal): Promise<CompletionResult> => {
    let waited = false;
    for (;;) {
      const found = findAnswer(visit);
      const result = found === undefined ? undefined : await settle(found, visit, signal);
      if (result !== undefined) return result;
      if (signal.aborted) return finish({ kind: 'debounced' });
      if (visit.asked) return finish({ kind: 'empty' });
      const pause = pauses.current();
      if (pause !== undefined) return finish({ kind: 'paused', ...pause });
      if (typing.lastChange(visit.place.uri) === 'undone') return finish({ kind: 'disabled', why: 'undo' });
      if (!waited) {
        waited = true;
        if (!(await waitDelay(visit, signal))) return finish({ kind: 'debounced' });
        continue;
      }
      visit.asked = true;
      store.add(requester.ask({ call: visit.call, place: visit.place, mode: visit.mode, alternatives: 1, isAhead: false }));
    }
  };

  const hasJustDiverged = (visit: Visit): boolean => covered !== undefined && covered.uri === visit.place.uri && covered.line === visit.place.line && visit.place.character - covered.character === 1;

  const findAnswer = (visit: Visit): FoundAnswer | undefined => {
    const found = store.find(visit.place, typing.shown()?.answer.id);
    if (found !== undefined && found.relation.kind !== 'held') covered = visit.place;
    if (found === undefined || visit.asked) return found;
    if (!mechanisms.store && found.answer !== requester.running()) return undefined;
    if (!mechanisms.handOver && found.answer === requester.running()) return undefined;
    return !mechanisms.readAhead && found.relation.since.includes('\n') && found.answer.mode === 'line' ? undefined : found;
  };

  const waitDelay = async (visit: Visit, signal: AbortSignal): Promise<boolean> => {
    const due = delayOf({
      place: visit.place, trigger: visit.call.trigger, afterDeletion: typing.lastChange(visit.place.uri) === 'deleted', afterAccept: visit.afterAccept,
      hasJustDiverged: mechanisms.patience && hasJustDiverged(visit), setting: settings().delayMs,
    });
    const delay = Math.max(due, mechanisms.earlyStart ? 0 : settings().delayMs, restraintOf(requester.endedEarly()));
    const left = delay - (typing.sinceLastChangeMs(visit.place.uri) ?? 0);
    if (left <= 0) return !signal.aborted;
    return clock.sleep(left, signal).then(() => true, () => false);
  };

  const provideExplicit = async (visit: Visit, signal: AbortSignal): Promise<CompletionResult> => {
    const pause = pauses.current();
    if (pause !== undefined && pause.why !== 'snoozed') return finish({ kind: 'paused', ...pause });
    const kept = store.find(visit.place, typing.shown()?.answer.id);
    visit.asked = true;
    const answer = requester.ask({ call: visit.call, place: visit.place, mode: visit.mode, alternatives: settings().maxAlternatives, isAhead: false });
    store.add(answer);
    while (answer.open) {
      if ((await waitForAnswer(answer, { signal, clock, deadlineMs: undefined })) === 'aborted') return finish({ kind: 'superseded' });
    }
    const texts = [kept?.relation.kind === 'ahead' && !kept.answer.open ? kept.relation.remaining : '', answer.text, ...answer.alternatives];
    const items = texts.filter((text, index) => text !== '' && texts.indexOf(text) === index).map((remaining) =>
      fitItem({ remaining, open: false, isBlock: true, visible: '', impatient: true, crossLineEnd: true, site: visit.site(), selected: visit.call.selectedSuggestion }));
    const fits = items.filter((fit): fit is Exclude<FitOutput, 'wait' | { rejected: unknown }> => fit !== 'wait' && !('rejected' in fit));
    if (fits.length === 0) return settleEmpty(answer, '', visit) ?? finish({ kind: 'empty' });
    const shown = fits.map(createItem);
    const first = shown[0];
    if (first !== undefined) typing.show({ uri: visit.place.uri, answer, item: first, since: '' });
    tally.shown();
    return finish({ kind: 'shown', source: 'request' }, shown);
  };

  const createVisit = (call: CompletionCall, place: Place): Visit => {
    const mode = chooseMode(place, call.trigger, mechanisms.blocks ? settings().multiline : 'never');
    const afterAccept = typing.lastChange(place.uri) === 'accepted';
    let site: ReturnType<typeof createCleaningSite> | undefined;
    return {
      call, place, mode, afterAccept, asked: false,
      crossLineEnd: afterAccept || taken.isHigh() || call.trigger === 'explicit' || (mode === 'block' && place.linePrefix.trim() !== ''),
      site: () => (site ??= createCleaningSite(place, mode)),
    };
  };

  const provide = async (call: CompletionCall, signal: AbortSignal): Promise<CompletionResult> => {
    const place = readPlace(call);
    const disabled = findDisabledReason(call, place, settings());
    if (disabled !== undefined) return finish({ kind: 'disabled', why: disabled });
    const closed = gate.known(call.uri)?.open === true ? undefined : await checkGate(call.uri, gate);
    if (closed !== undefined) return finish({ kind: 'disabled', why: closed });
    const pause = pauses.current();
    if (pause?.why === 'snoozed' && call.trigger === 'automatic') return finish({ kind: 'paused', ...pause });
    const visit = createVisit(call, place);
    return call.trigger === 'explicit' ? provideExplicit(visit, signal) : provideAutomatic(visit, signal);
  };

  return {
    async provide(call, signal) {
      const startedAt = clock.now();
      const result = await provide(call, signal);
      logger.debug(`completion ${formatOutcome(result.outcome)} after ${Math.round(clock.now() - startedAt)} ms`);
      return result;
    },
    documentChanged: (change) => typing.changed(change),
    cursorMoved(call) {
      if (requester.running() !== undefined) requester.cancelUnlessCovering(readPlace(call));
    },
    accepted(itemId) {
      typing.acceptedByCommand(itemId);
      changed();
    },
    documentClosed(uri) {
      store.forget(uri);
      typing.forget(uri);
      requester.cancelFor(uri);
    },
    snooze(durationMs) {
      pauses.snooze(durationMs);
      changed();
    },
    resume() {
      pauses.resume();
      changed();
    },
    state: () => ({ busy: requester.running() !== undefined, outcome: lastOutcome, pause: pauses.current(), tally: tally.today() }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      requester.dispose();
      listeners.clear();
      store.clear();
    },
  };
}

/** Someone who jumps about faster than answers come gets fewer requests, not more that are all thrown away. */
function restraintOf(endedEarly: number): number {
  return endedEarly < 2 ? 0 : Math.min(1000, 100 * 2 ** (endedEarly - 2));
}

/** The item holds all that is known of what comes next. */
function isLastOf({ answer, relation }: FoundAnswer, item: CompletionItem): boolean {
  return !answer.open && relation.kind === 'ahead' && relation.remaining.trimEnd().length <= item.text.length;
}

/** One call on its way through the engine. */
interface Visit {
  readonly call: CompletionCall;
  readonly place: Place;
  readonly mode: ReturnType<typeof chooseMode>;
  readonly afterAccept: boolean;
  readonly crossLineEnd: boolean;
  readonly site: () => ReturnType<typeof createCleaningSite>;
  /** A request was sent for this call. */
  asked: boolean;
}

