// Outcomes and pauses of the engine in words for people.
import type { CompletionEngineState } from '../../core/completion/engine.ts';
import type { DisabledReason, FilterReason, Outcome, PauseReason } from '../../core/completion/outcome.ts';
import type { Pause } from '../../core/completion/pauses.ts';
import type { Clock } from '../../core/clock.ts';
import { formatTokens, formatUsd } from '../../core/models/formatCost.ts';
import { pricePerThousand, type LedgerSum } from '../../core/models/ledgerSum.ts';
import type { Translate } from '../../core/translate.ts';

export interface OutcomeWords {
  /** The status item's hover: plain text, several lines. */
  hover(state: CompletionEngineState, more: { readonly isOn: boolean; readonly today: LedgerSum }): string;
  /** Why there is no suggestion; undefined where there is one, or one is on its way. */
  reason(state: CompletionEngineState): string | undefined;
  today(sum: LedgerSum): string;
}

/** `formatTime` writes a wall clock time as the user does. */
export function createOutcomeWords(t: Translate, clock: Clock, formatTime: (atMs: number) => string): OutcomeWords {
  const ofPause = ({ why, untilMs = clock.now() }: Pause): string => pauseText(why, formatTime(clock.date() + untilMs - clock.now()), t);
  const reason = ({ pause, outcome }: CompletionEngineState): string | undefined => {
    if (pause !== undefined) return ofPause(pause);
    return outcome === undefined ? undefined : ofOutcome(outcome, t);
  };
  const today = (sum: LedgerSum): string => todayText(sum, t);
  return {
    reason,
    today,
    hover(state, more) {
      const head = more.isOn ? t('RunAPI completion is on.') : t('RunAPI completion is off.');
      return [head, more.isOn ? reason(state) : undefined, today(more.today)].filter((line) => line !== undefined).join('\n');
    },
  };
}

function ofOutcome(outcome: Outcome, t: Translate): string | undefined {
  switch (outcome.kind) {
    case 'shown':
    case 'debounced':
    case 'covered':
    case 'superseded':
    // A pause that is over is no reason any more; one that is not stands in the state.
    case 'paused':
      return undefined;
    case 'empty':
    case 'cached-empty':
      return t('The model had nothing to add here.');
    case 'filtered':
      return filterText(outcome.why, t);
    case 'disabled':
      return disabledText(outcome.why, t);
    case 'failed':
      return t('The last request failed ({kind}). Details are in the log.', { kind: outcome.error });
    default:
      return outcome satisfies never;
  }
}

/** A time stays true while it is read; "7 s left" does not. */
function pauseText(why: PauseReason, time: string, t: Translate): string {
  switch (why) {
    case 'snoozed': return t('Snoozed until {time}.', { time });
    case 'no-key': return t('No key is set: set one to get suggestions.');
    case 'key-rejected': return t('RunAPI rejected the key. Suggestions are paused until another one is set.');
    case 'insecure-url': return t('The address in the settings is not safe: suggestions need https.');
    case 'credits': return t('The RunAPI account is out of credits. Suggestions are tried again at {time}.', { time });
    case 'budget': return t('The daily limit that you set is used up. Suggestions go on at midnight, or with a higher limit.');
    case 'rate-limited': return t('RunAPI limits the rate of requests. Suggestions are paused until {time}.', { time });
    case 'overloaded': return t('The model is overloaded. Suggestions are paused until {time}.', { time });
    case 'failing': return t('Several requests failed in a row. Suggestions are paused until {time}.', { time });
    default: return why satisfies never;
  }
}

function disabledText(why: DisabledReason, t: Translate): string {
  switch (why) {
    case 'off': return t('Turned off in the settings.');
    case 'language': return t('Turned off for this language.');
    case 'scheme': return t('Not offered in this kind of document.');
    case 'read-only': return t('This document is read-only.');
    case 'several-cursors': return t('Not offered with several cursors.');
    case 'inside-word': return t('Not offered inside a word. Ask with "Suggest Completion Now".');
    case 'undo': return t('Not asked after an undo.');
    case 'secret-file': return t('This file may hold secrets: nothing of it is sent.');
    case 'ignored': return t('This file is ignored: nothing of it is sent.');
    case 'excluded': return t('This file is excluded in the settings: nothing of it is sent.');
    case 'outside-workspace': return t('This file is outside the workspace: nothing of it is sent.');
    case 'untrusted-workspace': return t('The workspace is not trusted: nothing of it is sent.');
    case 'too-large': return t('This file is too large.');
    case 'binary': return t('This file is not text.');
    case 'unchecked': return t('This file is being checked.');
    default: return why satisfies never;
  }
}

function filterText(why: FilterReason, t: Translate): string {
  switch (why) {
    case 'blank': return t('The model had nothing to add here.');
    case 'repeats-text-before': return t('The suggestion repeated the text before the cursor.');
    case 'repeats-text-after': return t('The suggestion repeated the text after the cursor.');
    case 'hidden-characters': return t('The suggestion had hidden characters and is not shown.');
    case 'indentation': return t('The suggestion does not fit the indentation here.');
    case 'refused': return t('The model declined to answer.');
    case 'not-in-suggest-widget': return t('The suggestion disagrees with the selected entry of the list.');
    case 'line-end': return t('The next line is ready: press Enter.');
    default: return why satisfies never;
  }
}

function todayText(sum: LedgerSum, t: Translate): string {
  const counts = t('Today: {requests} requests, {characters} characters accepted', { requests: formatTokens(sum.requests), characters: formatTokens(sum.acceptedCharacters) });
  if (sum.requests === sum.unknownPrices) return counts;
  const cost = `${counts}, ${sum.estimates > 0 ? '≈ ' : ''}${formatUsd(sum.priceUsd)}`;
  const price = pricePerThousand(sum);
  return price === undefined ? cost : `${cost} (${t('{price} per 1,000 characters', { price: formatUsd(price) })})`;
}
