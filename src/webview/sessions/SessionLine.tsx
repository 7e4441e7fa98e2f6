import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatAge } from '../format.ts';
import { IconButton } from '../ui/Icon.tsx';
import { useView } from '../view.ts';
import type { SessionSummary } from '../../shared/chatTypes.ts';

export interface SessionLineProps {
  readonly item: SessionSummary;
  readonly onChanged: () => void;
  readonly onOpen: () => void;
}

export function SessionLine({ item, onChanged, onOpen }: SessionLineProps): JSX.Element {
  const [mode, setMode] = useState<'line' | 'rename' | 'delete'>('line');
  const close = (): void => setMode('line');
  switch (mode) {
    case 'rename': return <li class="session"><RenameForm item={item} onClose={close} onChanged={onChanged} /></li>;
    case 'delete': return <li class="session"><DeleteQuestion item={item} onClose={close} onChanged={onChanged} /></li>;
    case 'line': return <Line item={item} onOpen={onOpen} onMode={setMode} />;
  }
}

function Line({ item, onOpen, onMode }: { readonly item: SessionSummary; readonly onOpen: () => void; readonly onMode: (mode: 'rename' | 'delete') => void }): JSX.Element {
  const { words, port, state } = useView();
  const isCurrent = state.session.value.id === item.id;
  const details = [
    formatAge(Date.now() - item.updatedAt, words),
    item.messageCount === 1 ? words.text('sessionMessagesOne') : words.text('sessionMessages', { count: item.messageCount }),
    item.priceUsd === undefined ? undefined : words.price(item.priceUsd),
  ].filter((part) => part !== undefined);
  return (
    <li class={isCurrent ? 'session current' : 'session'}>
      <button
        type="button" class="session-open" aria-current={isCurrent}
        onClick={() => {
          port.post({ type: 'open-session', sessionId: item.id });
          onOpen();
        }}
        onKeyDown={(event) => {
          if (event.key === 'F2') onMode('rename');
          else if (event.key === 'Delete') onMode('delete');
        }}
      >
        <span class="session-title">{item.title === '' ? words.text('sessionNew') : item.title}</span>
        <span class="session-detail">{details.join(' · ')}</span>
      </button>
      <span class="hover-actions" role="group" aria-label={words.text('sessionActions', { title: item.title })}>
        <IconButton icon="edit" label={words.text('sessionRename')} onClick={() => onMode('rename')} />
        <IconButton icon="export" label={words.text('sessionExport')} onClick={() => port.post({ type: 'export-session', sessionId: item.id })} />
        <IconButton icon="trash" label={words.text('sessionDelete')} onClick={() => onMode('delete')} />
      </span>
    </li>
  );
}

interface FormProps {
  readonly item: SessionSummary;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** No form element: the view's sandbox allows no forms. */
function RenameForm({ item, onClose, onChanged }: FormProps): JSX.Element {
  const { words, port } = useView();
  const [title, setTitle] = useState(item.title);
  const rename = (): void => {
    if (title.trim() !== '') port.post({ type: 'rename-session', sessionId: item.id, title: title.trim().slice(0, 200) });
    onClose();
    onChanged();
  };
  return (
    <div class="session-form" onKeyDown={(event) => onFormKey(event, onClose, rename)}>
      <input ref={focusAndSelect} class="search" maxLength={200} value={title} aria-label={words.text('sessionRenameLabel')} onInput={(event) => setTitle(event.currentTarget.value)} />
      <button type="button" class="button" onClick={rename}>{words.text('sessionRename')}</button>
      <button type="button" class="link-button" onClick={onClose}>{words.text('editCancel')}</button>
    </div>
  );
}

function onFormKey(event: KeyboardEvent, onClose: () => void, onEnter: () => void): void {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    onClose();
  } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
    event.preventDefault();
    onEnter();
  }
}

function DeleteQuestion({ item, onClose, onChanged }: FormProps): JSX.Element {
  const { words, port } = useView();
  const remove = (): void => {
    port.post({ type: 'delete-session', sessionId: item.id });
    onClose();
    onChanged();
  };
  return (
    <div
      class="session-form" role="group" aria-label={words.text('sessionDeleteAsk', { title: item.title })}
      onKeyDown={(event) => onFormKey(event, onClose, remove)}
    >
      <span class="session-question">{words.text('sessionDeleteAsk', { title: item.title })}</span>
      <button ref={focusOnce} type="button" class="button" onClick={remove}>{words.text('sessionDelete')}</button>
      <button type="button" class="link-button" onClick={onClose}>{words.text('editCancel')}</button>
    </div>
  );
}

const focused = new WeakSet<HTMLElement>();

function focusOnce(element: HTMLElement | null): void {
  if (element === null || focused.has(element)) return;
  focused.add(element);
  element.focus();
}

function focusAndSelect(element: HTMLInputElement | null): void {
  if (element === null || focused.has(element)) return;
  focusOnce(element);
  element.select();
}
