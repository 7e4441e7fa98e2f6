import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { useView } from '../view.ts';
import type { ErrorCard } from '../../shared/chatTypes.ts';

/** What happened in bold, whose side and what is kept, one button, details. All of it is text. */
export function ErrorNote({ error, messageId }: { readonly error: ErrorCard; readonly messageId: string }): JSX.Element {
  const { words, port } = useView();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { action, details } = error;
  return (
    <div class="error" role="group" aria-label={error.title}>
      <div><b>{error.title}</b> {error.text}</div>
      <div class="actions">
        {action === undefined ? null : <button type="button" class="button" onClick={() => port.post({ type: 'error-action', messageId, action: action.id })}>{action.label}</button>}
        {details === undefined ? null : (
          <button type="button" class="link-button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>{words.text(isOpen ? 'hideDetails' : 'showDetails')}</button>
        )}
      </div>
      {details === undefined ? null : <pre id={id} class="error-details" hidden={!isOpen}>{details}</pre>}
    </div>
  );
}
