import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useView } from '../view.ts';
import { isLastTurn } from '../state/lastTurn.ts';
import type { ErrorActionId, ErrorCard } from '../../shared/chatTypes.ts';

/** These ask a model. */
const asking: ReadonlySet<ErrorActionId> = new Set<ErrorActionId>(['retry', 'continue', 'pick-model', 'compact']);

/** What happened in bold, whose side and what is kept, one button, details. All of it is text. */
export function ErrorNote({ error, messageId, index }: { readonly error: ErrorCard; readonly messageId: string; readonly index: number }): JSX.Element {
  const view = useView();
  const { words, port, state } = view;
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { details } = error;
  // Compacting before an older question would take all that follows it out of sight.
  const action = error.action?.id === 'compact' && !isLastTurn(view, index) ? undefined : error.action;
  return (
    <div class="error" role="group" aria-label={error.title}>
      <div><b>{error.title}</b> {error.text}</div>
      <div class="actions">
        {action === undefined ? null : <button type="button" class="button" disabled={state.streaming.value && asking.has(action.id)} onClick={() => port.post({ type: 'error-action', messageId, action: action.id })}>{action.label}</button>}
        {details === undefined ? null : (
          <button type="button" class="link-button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>{words.text(isOpen ? 'hideDetails' : 'showDetails')}</button>
        )}
      </div>
      {details === undefined ? null : <pre id={id} class="error-details" hidden={!isOpen}>{details}</pre>}
    </div>
  );
}
