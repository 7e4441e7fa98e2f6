import { RunApiError } from '../../core/errors.ts';
import type { Translate } from '../../core/translate.ts';
import type { ErrorCard, FinishReason } from '../../shared/chatTypes.ts';
import { actionLabel, toErrorCard } from '../errorMessages.ts';

/** Where a part has arrived, going on beats asking again. */
export function errorCard(error: unknown, kept: boolean, translate: Translate): ErrorCard {
  const card = toErrorCard(error, translate, kept);
  return kept && card.action?.id === 'retry' ? { ...card, action: { id: 'continue', label: actionLabel('continue', translate) } } : card;
}

/** The card of an answer that ended without a failure, but not complete. */
export function finishCard(reason: FinishReason, hasText: boolean, translate: Translate): ErrorCard {
  const kept = hasText ? translate('What arrived is kept.') : '';
  const action = { id: 'continue' as const, label: actionLabel('continue', translate) };
  switch (reason) {
    case 'length': return { title: translate('The answer was cut at its length limit.'), text: kept, action };
    case 'content-filter': return { title: translate('A content filter ended the answer.'), text: kept, action: { id: 'pick-model', label: actionLabel('pick-model', translate) } };
    case 'refusal': return toErrorCard(new RunApiError({ kind: 'refusal', retryable: false }), translate, hasText);
    case 'tool-calls': return { title: translate('The model wanted to use a tool that it was not given.'), text: kept, action };
    case 'stop':
    case 'pause':
    case 'error':
    case 'other': return { title: translate('The answer ended early.'), text: kept, action };
  }
}

/** "Waiting 7 s: RunAPI limits how often it can be asked" in short. */
export function waitingText({ waitMs, kind }: { readonly waitMs: number; readonly kind: string }, translate: Translate): string {
  return translate('Waiting {seconds} s: {reason}', { seconds: Math.max(1, Math.ceil(waitMs / 1000)), reason: reasonOf(kind, translate) });
}

function reasonOf(kind: string, translate: Translate): string {
  switch (kind) {
    case 'rate-limit': return translate('too many requests');
    case 'overloaded': return translate('the model is overloaded');
    case 'dns':
    case 'refused':
    case 'network': return translate('the connection failed');
    case 'timeout': return translate('no answer in time');
    default: return translate('RunAPI had an error of its own');
  }
}
