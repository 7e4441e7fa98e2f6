// Whether this place is asked about at all.
import type { FileGate } from '../context/fileGate.ts';
import type { CompletionSettings } from '../settings.ts';
import type { CompletionCall } from './completionTypes.ts';
import type { DisabledReason } from './outcome.ts';
import type { Place } from './place.ts';

/** What the place and the settings say; the file's gate is asked separately. */
export function findDisabledReason(call: CompletionCall, place: Place, settings: CompletionSettings): DisabledReason | undefined {
  const automatic = call.trigger === 'automatic';
  if (automatic && !settings.enabled) return 'off';
  if (automatic && !isLanguageOn(call.languageId, settings)) return 'language';
  if (call.readOnly === true) return 'read-only';
  if ((call.cursorCount ?? 1) > 1) return 'several-cursors';
  if (automatic && /^[\p{L}\p{N}_]/u.test(place.lineRest)) return 'inside-word';
  return undefined;
}

export function isLanguageOn(languageId: string, settings: CompletionSettings): boolean {
  return settings.languages[languageId] ?? settings.languages['*'] ?? true;
}

/** Undefined: the file's text may be sent. Asks once and remembers through `known`. */
export async function checkGate(uri: string, gate: FileGate): Promise<DisabledReason | undefined> {
  const verdict = gate.known(uri) ?? (await gate.check(uri));
  return verdict.open ? undefined : verdict.reason;
}
