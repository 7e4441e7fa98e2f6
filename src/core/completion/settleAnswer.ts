// From an answer that was found for a place to what the call gets: an item as soon as enough of it has come, or why there is none.
import type { Answer } from './answer.ts';
import type { FoundAnswer } from './answerStore.ts';
import { askAhead } from './askAhead.ts';
import { fitItem, type FitOutput } from './cleaning/fitItem.ts';
import type { CompletionItem, CompletionResult } from './completionTypes.ts';
import type { EngineParts } from './engineParts.ts';
import type { ShownSource } from './outcome.ts';
import { relate } from './relation.ts';
import type { Visit } from './visit.ts';
import { waitForAnswer } from './waiting.ts';

/** A block that is still arriving is cut to its whole lines this long after its first token: who waits, types on. */
const blockPatienceMs = 200;

export type Fit = Exclude<FitOutput, 'wait' | { readonly rejected: unknown }>;

/** Undefined: the answer turned out to be of no use here. */
export async function settleAnswer(parts: EngineParts, first: FoundAnswer, visit: Visit, signal: AbortSignal): Promise<CompletionResult | undefined> {
  const { answer } = first;
  const source = visit.asked ? 'request' : answer.open ? 'in-flight' : 'store';
  for (let found = first; ;) {
    const result = settleNow(parts, found, visit, source);
    if (result !== 'wait') return result;
    const woke = await waitForAnswer(answer, { signal, clock: parts.clock, deadlineMs: deadlineOf(parts, answer) });
    const relation = relate(answer, visit.place);
    if (woke === 'aborted') return parts.finish({ kind: relation.kind === 'diverged' ? 'superseded' : 'covered' });
    if (relation.kind === 'diverged') return undefined;
    found = { answer, relation };
  }
}

function settleNow(parts: EngineParts, found: FoundAnswer, visit: Visit, source: ShownSource): CompletionResult | undefined | 'wait' {
  const { answer, relation } = found;
  if (relation.kind === 'held') return parts.finish({ kind: 'filtered', why: 'indentation' });
  const remaining = relation.kind === 'ahead' ? relation.remaining : '';
  if (remaining === '') return answer.open ? 'wait' : settleEmpty(parts, answer, relation.since, visit);
  const fit = fitItem({
    remaining,
    open: answer.open,
    isBlock: answer.mode === 'block',
    visible: visibleRest(parts, found),
    impatient: answer.firstTokenAt !== undefined && parts.clock.now() >= answer.firstTokenAt + blockPatienceMs,
    crossLineEnd: visit.crossLineEnd,
    reachLines: visit.reachLines,
    site: visit.site(),
    selected: visit.call.selectedSuggestion,
  });
  if (fit === 'wait') return fit;
  return 'rejected' in fit ? parts.finish({ kind: 'filtered', why: fit.rejected }) : show(parts, { found, fit, visit, source });
}

/** The answer is over and has nothing for this place. */
export function settleEmpty(parts: EngineParts, answer: Answer, since: string, visit: Visit): CompletionResult | undefined {
  if (answer.error !== undefined) return visit.asked ? parts.finish({ kind: 'failed', error: answer.error.kind }) : undefined;
  if (since !== '') return undefined;
  if (answer.rejected !== undefined) return parts.finish({ kind: 'filtered', why: answer.rejected });
  return parts.finish({ kind: visit.asked ? 'empty' : 'cached-empty' });
}

interface Showing {
  readonly found: FoundAnswer;
  readonly fit: Fit;
  readonly visit: Visit;
  readonly source: ShownSource;
}

function show(parts: EngineParts, { found, fit, visit, source }: Showing): CompletionResult {
  const item: CompletionItem = { id: parts.nextItemId(), ...fit };
  if (visibleRest(parts, found) === '') parts.taken.shown();
  parts.typing.show({ uri: found.answer.place.uri, answer: found.answer, item, at: visit.call.cursor, listed: visit.call.selectedSuggestion, since: found.relation.since });
  parts.tally.shown();
  if (isLastOf(found, item)) askAhead(parts, visit, item);
  return parts.finish({ kind: 'shown', source }, [item]);
}

/** The item holds all that is known of what comes next. */
function isLastOf({ answer, relation }: FoundAnswer, item: CompletionItem): boolean {
  return !answer.open && relation.kind === 'ahead' && relation.remaining.trimEnd().length <= item.text.length;
}

/** What is left on the screen of a suggestion that the user types into, or deletes back in. */
function visibleRest({ typing }: EngineParts, { answer, relation }: FoundAnswer): string {
  const shown = typing.shown();
  if (shown?.answer !== answer || relation.kind !== 'ahead') return '';
  const whole = shown.since + shown.item.text.slice(shown.item.replaceBefore);
  if (whole.startsWith(relation.since)) return whole.slice(relation.since.length);
  return restAfterSpace(whole, relation.since, relation.remaining);
}

/** As above where the editor has set the white space of the lines in between. */
function restAfterSpace(whole: string, since: string, remaining: string): string {
  const typed = since.replaceAll(/\s/g, '');
  let at = 0;
  for (const character of typed) {
    while (/\s/.test(whole[at] ?? '')) at++;
    if (whole[at] !== character) return '';
    at++;
  }
  const left = whole.slice(at).trimStart();
  const code = remaining.trimStart();
  return left !== '' && code.startsWith(left) ? remaining.slice(0, remaining.length - code.length) + left : '';
}

function deadlineOf({ clock }: EngineParts, { firstTokenAt }: Answer): number | undefined {
  return firstTokenAt === undefined || clock.now() >= firstTokenAt + blockPatienceMs ? undefined : firstTokenAt + blockPatienceMs;
}
