// What the user's own wish leads to: a request at once, waited for to its end, with several answers to choose from.
import type { Answer } from './answer.ts';
import type { FoundAnswer } from './answerStore.ts';
import { fitItem } from './cleaning/fitItem.ts';
import type { CompletionItem, CompletionResult } from './completionTypes.ts';
import type { EngineParts } from './engineParts.ts';
import { settleEmpty } from './settleAnswer.ts';
import type { Visit } from './visit.ts';
import { waitForAnswer } from './waiting.ts';

export async function provideExplicit(parts: EngineParts, visit: Visit, signal: AbortSignal): Promise<CompletionResult> {
  const { pauses, store, typing, requester, settings, tally } = parts;
  const pause = pauses.current();
  if (pause !== undefined && pause.why !== 'snoozed') return parts.finish({ kind: 'paused', ...pause });
  const kept = store.find(visit.place, typing.shown()?.answer.id);
  visit.asked = true;
  const answer = requester.ask({ call: visit.call, place: visit.place, mode: visit.mode, alternatives: settings().maxAlternatives, isAhead: false });
  store.add(answer);
  while (answer.open) {
    if ((await waitForAnswer(answer, { signal, clock: parts.clock, deadlineMs: undefined })) === 'aborted') return parts.finish({ kind: 'superseded' });
  }
  const items = textsOf(kept, answer).flatMap((text) => toItem(parts, visit, text));
  const [first] = items;
  if (first === undefined) return settleEmpty(parts, answer, '', visit) ?? parts.finish({ kind: 'empty' });
  typing.show({ uri: visit.place.uri, answer, item: first, at: visit.call.cursor, listed: visit.call.selectedSuggestion, since: '' });
  tally.shown();
  return parts.finish({ kind: 'shown', source: 'request' }, items);
}

/** What was known before stays first, so that nothing on the screen changes under the user's eyes. */
function textsOf(kept: FoundAnswer | undefined, answer: Answer): string[] {
  const known = kept?.relation.kind === 'ahead' && !kept.answer.open ? kept.relation.remaining : '';
  return [...new Set([known, answer.text, ...answer.alternatives])].filter((text) => text !== '');
}

function toItem(parts: EngineParts, visit: Visit, remaining: string): CompletionItem[] {
  const fit = fitItem({ remaining, open: false, isBlock: true, visible: '', impatient: true, crossLineEnd: true, reachLines: 1, site: visit.site(), selected: visit.call.selectedSuggestion });
  return fit === 'wait' || 'rejected' in fit ? [] : [{ id: parts.nextItemId(), ...fit }];
}
