// What the user's own wish leads to: a request at once, waited for to its end, with several answers to choose from. The editor asks in this
// way also when the next of them is wanted, or when the pointer comes near: what is there, or on its way, is not asked for again.
import type { Answer } from './answer.ts';
import type { FoundAnswer } from './answerStore.ts';
import { fitItem } from './cleaning/fitItem.ts';
import type { CompletionItem, CompletionResult } from './completionTypes.ts';
import type { EngineParts } from './engineParts.ts';
import type { ShownSource } from './outcome.ts';
import type { Place } from './place.ts';
import { relate } from './relation.ts';
import { settleEmpty } from './settleAnswer.ts';
import type { Visit } from './visit.ts';
import { waitForAnswer } from './waiting.ts';

export interface ExplicitProvider {
  provide(visit: Visit, signal: AbortSignal): Promise<CompletionResult>;
}

/** The last answer that was wished for. */
interface Wished {
  readonly answer: Answer;
  readonly alternatives: number;
  /** What was on the screen already, and stays first. */
  readonly known: string;
}

export function createExplicitProvider(parts: EngineParts): ExplicitProvider {
  const { pauses, store, typing, requester, settings } = parts;
  let last: Wished | undefined;
  const ask = (visit: Visit): Wished => {
    const kept = store.find(visit.place, typing.shown()?.answer.id);
    const alternatives = settings().maxAlternatives;
    const answer = requester.ask({ call: visit.call, place: visit.place, mode: visit.mode, alternatives, isAhead: false });
    store.add(answer);
    return { answer, alternatives, known: remainingOf(kept) };
  };
  return {
    async provide(visit, signal) {
      const isThere = last !== undefined && last.alternatives >= settings().maxAlternatives && serves(parts, last, visit);
      const pause = pauses.current();
      if (!isThere && pause !== undefined && pause.why !== 'snoozed') return parts.finish({ kind: 'paused', ...pause });
      const wished = isThere && last !== undefined ? last : ask(visit);
      const source = isThere ? (wished.answer.open ? 'in-flight' : 'store') : 'request';
      last = wished;
      visit.asked = source !== 'store';
      while (wished.answer.open) {
        if ((await waitForAnswer(wished.answer, { signal, clock: parts.clock, deadlineMs: undefined })) === 'aborted') return parts.finish({ kind: 'superseded' });
      }
      return showAll(parts, visit, wished, source);
    },
  };
}

/** It was asked for here and nothing went wrong with it; or the user has typed on, and there is still a choice. */
function serves({ requester }: EngineParts, wished: Wished, { place }: Visit): boolean {
  const { answer } = wished;
  const relation = relate(answer, place);
  if (answer.error !== undefined || relation.kind !== 'ahead' || (answer.open && requester.running() !== answer)) return false;
  return relation.since === '' || (!answer.open && textsAt(wished, place).length > 1);
}

/** What each of the answers says next. */
function textsAt({ answer, known }: Wished, now: Place): string[] {
  const relations = [known, answer.text, ...answer.alternatives].map((text) => relate({ place: answer.place, text, open: false }, now));
  return [...new Set(relations.map((relation) => (relation.kind === 'ahead' ? relation.remaining : '')))].filter((text) => text !== '');
}

function showAll(parts: EngineParts, visit: Visit, wished: Wished, source: ShownSource): CompletionResult {
  const { answer } = wished;
  const items = textsAt(wished, visit.place).flatMap((text) => toItem(parts, visit, text));
  const [first] = items;
  if (first === undefined) return settleEmpty(parts, answer, '', visit) ?? parts.finish({ kind: 'empty' });
  const relation = relate(answer, visit.place);
  const since = relation.kind === 'ahead' ? relation.since : '';
  parts.typing.show({ uri: visit.place.uri, answer, item: first, at: visit.call.cursor, listed: visit.call.selectedSuggestion, since });
  parts.tally.shown();
  return parts.finish({ kind: 'shown', source }, items);
}

/** What was known before stays first, so that nothing on the screen changes under the user's eyes. */
function remainingOf(kept: FoundAnswer | undefined): string {
  return kept?.relation.kind === 'ahead' && !kept.answer.open ? kept.relation.remaining : '';
}

function toItem(parts: EngineParts, visit: Visit, remaining: string): CompletionItem[] {
  const fit = fitItem({ remaining, open: false, isBlock: true, visible: '', impatient: true, crossLineEnd: true, reachLines: 1, site: visit.site(), selected: visit.call.selectedSuggestion });
  return fit === 'wait' || 'rejected' in fit ? [] : [{ id: parts.nextItemId(), ...fit }];
}
