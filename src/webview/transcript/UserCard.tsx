// What the user sent: what went along, the text as it was typed, and the way to change it and send it again.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Branches, isBranched } from './Branches.tsx';
import { SentChips } from './SentChips.tsx';
import { fitTextarea } from '../composer/fitTextarea.ts';
import type { Entry } from '../state/entry.ts';
import { IconButton } from '../ui/Icon.tsx';
import { useView } from '../view.ts';

export function UserCard({ entry }: { readonly entry: Entry }): JSX.Element {
  const { words, port } = useView();
  const [isEditing, setEditing] = useState(false);
  const message = entry.shown.value;
  const isQueued = message.status === 'queued';
  return (
    <article class={isEditing ? 'user editing' : 'user'} aria-label={words.text('youSaid')}>
      <SentChips chips={message.chips ?? []} messageId={entry.id} />
      {isEditing ? <EditBox entry={entry} onClose={() => setEditing(false)} /> : <UserText text={entry.text} />}
      {isEditing ? null : (
        <div class={`user-actions${isQueued || isBranched(message) ? ' inline' : ''}${isQueued ? ' waits' : ''}`}>
          {isQueued ? <span class="dim small queued">{words.text('queuedLabel')}</span> : null}
          <Branches entry={entry} />
          <span class="hover-actions">
            {isQueued
              ? <IconButton icon="close" label={words.text('unqueue')} onClick={() => port.post({ type: 'unqueue', messageId: entry.id })} />
              : <IconButton icon="edit" label={words.text('editMessage')} onClick={() => setEditing(true)} />}
          </span>
        </div>
      )}
    </article>
  );
}

/** Text nodes of a bounded size, so that a pasted file of 10 MB is not one line to lay out. */
const chunkCharacters = 4_000;
/** What a card shows at first. */
const shownCharacters = 20_000;

function UserText({ text }: { readonly text: string }): JSX.Element {
  const { words } = useView();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? text : text.slice(0, shownCharacters);
  const chunks = [];
  for (let at = 0; at < shown.length; at += chunkCharacters) chunks.push(shown.slice(at, at + chunkCharacters));
  return (
    <div class="user-text">
      {chunks.length > 1 ? chunks.map((chunk, index) => <span key={index} class="plain-chunk">{chunk}</span>) : shown}
      {text.length > shown.length ? <button type="button" class="link-button" onClick={() => setWhole(true)}>{words.text('showAll', { count: text.length })}</button> : null}
    </div>
  );
}

function EditBox({ entry, onClose }: { readonly entry: Entry; readonly onClose: () => void }): JSX.Element {
  const { words, port } = useView();
  const box = useRef<HTMLTextAreaElement>(null);
  const send = (): void => {
    const text = box.current?.value.trim() ?? '';
    if (text !== '' && port.post({ type: 'edit-message', messageId: entry.id, text })) onClose();
  };
  return (
    <div class="edit-box">
      <textarea
        ref={(element) => {
          if (element === null || element === box.current) return;
          box.current = element;
          fitTextarea(element);
          element.focus();
          element.setSelectionRange(element.value.length, element.value.length);
        }}
        aria-label={words.text('editLabel')} defaultValue={entry.text} rows={1}
        onInput={(event) => fitTextarea(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.isComposing || event.keyCode === 229) return;
          if (event.key === 'Escape') onClose();
          else if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            send();
          }
        }}
      />
      <div class="actions">
        <button type="button" class="button" onClick={send}>{words.text('editSend')}</button>
        <button type="button" class="link-button" onClick={onClose}>{words.text('editCancel')}</button>
      </div>
    </div>
  );
}
