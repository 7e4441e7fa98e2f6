// One call on its way through the engine: its place, and what follows from it.
import { createCleaningSite, type CleaningSite } from './cleaning/filter.ts';
import type { CompletionCall, CompletionMode } from './completionTypes.ts';
import type { EngineParts } from './engineParts.ts';
import type { Place } from './place.ts';
import { chooseMode } from './requestDecision.ts';

export interface Visit {
  readonly call: CompletionCall;
  readonly place: Place;
  readonly mode: CompletionMode;
  readonly afterAccept: boolean;
  /** At a line's end the next line may be shown already. */
  readonly crossLineEnd: boolean;
  /** Lines that an item may have where one line was asked for: more while suggestions are being taken. */
  readonly reachLines: number;
  readonly site: () => CleaningSite;
  /** A request was sent for this call. */
  asked: boolean;
}

export function createVisit(parts: EngineParts, call: CompletionCall, place: Place): Visit {
  const mode = modeAt(parts, place, call.trigger);
  const afterAccept = parts.typing.lastChange(place.uri) === 'accepted';
  let site: CleaningSite | undefined;
  return {
    call,
    place,
    mode,
    afterAccept,
    crossLineEnd: afterAccept || parts.taken.isHigh() || call.trigger === 'explicit' || (mode === 'block' && place.linePrefix.trim() !== ''),
    reachLines: reachOf(parts.taken.streak()),
    site: () => (site ??= createCleaningSite(place, mode)),
    asked: false,
  };
}

/** Who has taken the last suggestions as they were gets more at once: the limit of a block is the limit here too. */
function reachOf(streak: number): number {
  return streak < 5 ? 1 : Math.min(4, 2 * (streak - 4));
}

export function modeAt({ mechanisms, settings }: EngineParts, place: Place, trigger: CompletionCall['trigger']): CompletionMode {
  return chooseMode(place, trigger, mechanisms.blocks ? settings().multiline : 'never');
}
