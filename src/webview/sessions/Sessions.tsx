// The list of conversations: search, open, rename, delete after asking in place, export.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { SessionLine } from './SessionLine.tsx';
import { IconButton } from '../ui/Icon.tsx';
import { useView } from '../view.ts';

const searchPauseMs = 120;

export function Sessions(): JSX.Element {
  const { words, state, port, requests } = useView();
  const [query, setQuery] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const list = (): void => void port.post({ type: 'list-sessions', requestId: requests.sessions.next(), query });
  useEffect(() => search.current?.focus(), []);
  useEffect(() => {
    const timer = setTimeout(list, query === '' ? 0 : searchPauseMs);
    return () => clearTimeout(timer);
  }, [query]);
  const close = (): void => {
    state.screen.value = 'chat';
    state.focusComposer.value += 1;
  };
  return (
    <section
      class="sessions" aria-label={words.text('sessionsTitle')}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
        else moveFocus(event);
      }}
    >
      <header class="sessions-head">
        <IconButton icon="back" label={words.text('sessionsBack')} onClick={close} />
        <h2>{words.text('sessionsTitle')}</h2>
        <IconButton icon="import" label={words.text('sessionsImport')} onClick={() => port.post({ type: 'import-session' })} />
        <IconButton icon="add" label={words.text('sessionNew')} onClick={() => {
          port.post({ type: 'new-session' });
          close();
        }} />
      </header>
      <input
        ref={search} class="search" type="search" placeholder={words.text('sessionsSearch')} aria-label={words.text('sessionsSearch')} value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <SessionItems query={query} onChanged={list} onOpen={close} />
    </section>
  );
}

function SessionItems({ query, onChanged, onOpen }: { readonly query: string; readonly onChanged: () => void; readonly onOpen: () => void }): JSX.Element | null {
  const { words, state } = useView();
  const items = state.sessions.value;
  if (items === undefined) return null;
  if (items.length === 0) return <p class="dim sessions-empty">{words.text(query === '' ? 'sessionsEmpty' : 'sessionsNone')}</p>;
  return (
    <ul class="session-list">
      {items.map((item) => <SessionLine key={item.id} item={item} onChanged={onChanged} onOpen={onOpen} />)}
    </ul>
  );
}

/** Arrow keys walk the list, also from the search box. */
function moveFocus(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  if (!(event.currentTarget instanceof Element)) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('.session-open')];
  const at = lines.findIndex((line) => line.closest('li')?.contains(document.activeElement) === true);
  const next = lines[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
