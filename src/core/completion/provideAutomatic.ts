// What a key leads to: something kept, the answer that is on its way, or, after a delay, a request.
import type { FoundAnswer } from './answerStore.ts';
import type { CompletionResult } from './completionTypes.ts';
import { checkGate } from './eligibility.ts';
import type { EngineParts } from './engineParts.ts';
import type { Place } from './place.ts';
import { delayOf } from './requestDecision.ts';
import { settleAnswer } from './settleAnswer.ts';
import type { Visit } from './visit.ts';

export interface AutomaticProvider {
  provide(visit: Visit, signal: AbortSignal): Promise<CompletionResult>;
}

export function createAutomaticProvider(parts: EngineParts): AutomaticProvider {
  /** Where an answer last agreed with what was typed. */
  let agreedAt: Place | undefined;
  /** What the request was for that the last one has ended. */
  let leftAt: Place | undefined;
  const find = (visit: Visit): FoundAnswer | undefined => {
    const found = findAllowed(parts, visit);
    if (found !== undefined && found.relation.kind !== 'held') agreedAt = visit.place;
    return found;
  };
  const settle = async (visit: Visit, signal: AbortSignal): Promise<CompletionResult | undefined> => {
    const found = find(visit);
    return found === undefined ? undefined : settleAnswer(parts, found, visit, signal);
  };
  return {
    async provide(visit, signal) {
      const kept = await settle(visit, signal);
      if (kept !== undefined) return kept;
      const reason = reasonNotToAsk(parts, visit);
      if (reason !== undefined) return reason;
      if (!(await waitDelay(parts, { visit, signal, hasJustDiverged: keysPast(agreedAt, visit.place) === 1, isAskedAgain: keysPast(leftAt, visit.place) === 0 }))) return parts.finish({ kind: 'debounced' });
      const arrived = await settle(visit, signal);
      if (arrived !== undefined) return arrived;
      // The file may have been excluded during the delay.
      const closed = parts.gate.known(visit.place.uri)?.open === true ? undefined : await checkGate(visit.place.uri, parts.gate);
      if (closed !== undefined) return parts.finish({ kind: 'disabled', why: closed });
      if (signal.aborted) return parts.finish({ kind: 'debounced' });
      visit.asked = true;
      leftAt = parts.requester.running()?.place;
      parts.store.add(parts.requester.ask({ call: visit.call, place: visit.place, mode: visit.mode, alternatives: 1, isAhead: false }));
      return (await settle(visit, signal)) ?? parts.finish({ kind: 'empty' });
    },
  };
}

/** Less what a measurement does without. */
function findAllowed({ mechanisms, requester, store, typing }: EngineParts, visit: Visit): FoundAnswer | undefined {
  const found = store.find(visit.place, typing.shown()?.answer.id);
  if (found === undefined || visit.asked) return found;
  const isRunning = found.answer === requester.running();
  if (isRunning ? !mechanisms.handOver : !mechanisms.store) return undefined;
  const isReadAhead = found.answer.mode === 'line' && found.relation.since.includes('\n');
  return isReadAhead && !mechanisms.readAhead ? undefined : found;
}

function reasonNotToAsk(parts: EngineParts, visit: Visit): CompletionResult | undefined {
  const pause = parts.pauses.current();
  if (pause !== undefined) return parts.finish({ kind: 'paused', ...pause });
  return parts.typing.lastChange(visit.place.uri) === 'undone' ? parts.finish({ kind: 'disabled', why: 'undo' }) : undefined;
}

/** A request that the last key left would be sent again when the key is taken back; one that was ended so is, when the user rests there. */
const takeBackMs = 500;

interface Delay {
  readonly visit: Visit;
  readonly signal: AbortSignal;
  readonly hasJustDiverged: boolean;
  /** The key that left the place was taken back. */
  readonly isAskedAgain: boolean;
}

/** False: the user typed on. */
async function waitDelay(parts: EngineParts, { visit, signal, hasJustDiverged, isAskedAgain }: Delay): Promise<boolean> {
  const { typing, mechanisms, settings, requester, clock } = parts;
  const { uri } = visit.place;
  const own = delayOf({
    place: visit.place,
    trigger: visit.call.trigger,
    afterDeletion: typing.lastChange(uri) === 'deleted',
    afterAccept: visit.afterAccept,
    hasJustDiverged: mechanisms.patience && hasJustDiverged,
    setting: settings().delayMs,
  });
  const isUnderWay = mechanisms.patience && hasJustDiverged && requester.running() !== undefined;
  const delay = Math.max(own, isUnderWay || isAskedAgain ? takeBackMs : 0, mechanisms.earlyStart ? 0 : settings().delayMs, restraintOf(requester.endedEarly()));
  const left = delay - (typing.sinceLastChangeMs(uri) ?? 0);
  if (left <= 0) return !signal.aborted;
  return clock.sleep(left, signal).then(() => true, () => false);
}

/** Within a line; undefined elsewhere. */
function keysPast(before: Place | undefined, now: Place): number | undefined {
  return before === undefined || before.uri !== now.uri || before.line !== now.line ? undefined : now.character - before.character;
}

/** Someone who jumps about faster than answers come gets fewer requests, not more that are all thrown away. */
function restraintOf(endedEarly: number): number {
  return endedEarly < 2 ? 0 : Math.min(1000, 100 * 2 ** (endedEarly - 2));
}
