// An answer: its route, its thinking, its text, what it changed, what went wrong, what it cost.
import type { JSX } from 'preact';
import { AnswerActions } from './AnswerActions.tsx';
import { BodyText } from './BodyText.tsx';
import { EditCard } from './EditCard.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { ReceiptLine } from './ReceiptLine.tsx';
import { Thinking } from './Thinking.tsx';
import { formatModel, formatTask } from '../format.ts';
import type { Entry } from '../state/entry.ts';
import { useView } from '../view.ts';
import type { MessageStatus, RouteDecision } from '../../shared/chatTypes.ts';
import type { ViewStringKey } from '../../shared/viewStrings.ts';

export function Answer({ entry, index }: { readonly entry: Entry; readonly index: number }): JSX.Element {
  const { words } = useView();
  const message = entry.shown.value;
  const isOver = message.status !== 'streaming' && message.status !== 'queued';
  const heading = message.route === undefined ? words.text('answerHeadingPlain') : words.text('answerHeading', { model: formatModel(message.route.model) });
  return (
    <article class={message.waiting === undefined ? 'answer' : 'answer waits'} aria-label={heading} aria-busy={message.status === 'streaming'}>
      <h2 class="visually-hidden">{heading}</h2>
      {message.route === undefined ? null : <RouteLine route={message.route} />}
      {message.hasThinking ? <Thinking entry={entry} index={index} /> : null}
      <BodyText entry={entry} part="text" index={index} />
      {message.waiting === undefined ? null : <div class="dim small waiting" role="status">{message.waiting}</div>}
      {message.edit === undefined ? null : <EditCard edit={message.edit} />}
      {message.error === undefined ? <EndNote entry={entry} status={message.status} /> : <ErrorNote error={message.error} messageId={entry.id} index={index} />}
      {isOver && message.receipt !== undefined ? <ReceiptLine receipt={message.receipt} /> : null}
      {isOver ? <AnswerActions entry={entry} /> : null}
    </article>
  );
}

function RouteLine({ route }: { readonly route: RouteDecision }): JSX.Element {
  const { words } = useView();
  return (
    <div class="route" title={`${route.model}: ${route.reason}`}>
      <span class="dot" aria-hidden="true" />
      <span class="route-names">
        <b>{formatTask(route.task, words)}</b>
        <span aria-hidden="true"> → </span>
        <b>{formatModel(route.model)}</b>
      </span>
      <span class="route-reason">· {route.reason}</span>
    </div>
  );
}

/** Why an answer is not complete though nothing failed, and how to go on. */
function EndNote({ entry, status }: { readonly entry: Entry; readonly status: MessageStatus }): JSX.Element | null {
  const { words, port, state } = useView();
  const note = endNote(status, entry.shown.value.receipt?.finish);
  if (note === undefined) return null;
  return (
    <div class="end-note">
      <span class="dim">{words.text(note.key)}</span>
      {note.canContinue ? <button type="button" class="link-button" disabled={state.streaming.value} onClick={() => port.post({ type: 'continue', messageId: entry.id })}>{words.text('continueAnswer')}</button> : null}
    </div>
  );
}

function endNote(status: MessageStatus, finish: string | undefined): { readonly key: ViewStringKey; readonly canContinue: boolean } | undefined {
  if (status === 'stopped') return { key: 'stoppedNote', canContinue: true };
  if (status === 'streaming' || status === 'queued') return undefined;
  if (finish === 'length') return { key: 'lengthNote', canContinue: true };
  if (finish === 'content-filter') return { key: 'filterNote', canContinue: false };
  return finish === 'refusal' ? { key: 'refusalNote', canContinue: false } : undefined;
}
