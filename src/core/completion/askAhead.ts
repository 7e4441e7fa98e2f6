// While suggestions are being taken, the one after the last known is asked for before this one is.
import { afterAccepting } from './afterAccepting.ts';
import type { CompletionItem } from './completionTypes.ts';
import type { EngineParts } from './engineParts.ts';
import { readPlace } from './place.ts';
import { modeAt, type Visit } from './visit.ts';

export function askAhead(parts: EngineParts, visit: Visit, item: CompletionItem): void {
  const { mechanisms, taken, requester, pauses, store, gate } = parts;
  if (!mechanisms.askAhead || !taken.isHigh() || requester.running() !== undefined || pauses.current() !== undefined) return;
  const call = afterAccepting(visit.call, item);
  if (gate.known(call.uri)?.open !== true) return;
  const place = readPlace(call);
  if (store.find(place) !== undefined) return;
  store.add(requester.ask({ call, place, mode: modeAt(parts, place, 'automatic'), alternatives: 1, isAhead: true }));
}
