// The place to write: chips, text with completion and history, route, price, send or stop.
import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { ComposerChips } from './ComposerChips.tsx';
import { ComposerFoot } from './ComposerFoot.tsx';
import { createDraftKeeper } from './draftKeeper.ts';
import { fitTextarea } from './fitTextarea.ts';
import { sendImage } from './images.ts';
import { createSentHistory } from './sentHistory.ts';
import { optionId, SuggestionList } from './SuggestionList.tsx';
import { imagesOf, urisOf } from './transfer.ts';
import { useDropZone } from './useDropZone.ts';
import { useSuggestions } from './useSuggestions.ts';
import { Icon } from '../ui/Icon.tsx';
import { useView } from '../view.ts';

export function Composer(): JSX.Element {
  const view = useView();
  const { state, words, port } = view;
  const listId = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const history = useMemo(createSentHistory, []);
  const keeper = useMemo(() => createDraftKeeper(view), []);
  const isDropping = useDropZone((event) => takeTransfer(event.dataTransfer, event));
  const suggestions = useSuggestions({ read, write });
  const text = state.draft.value;

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    // Set only when it differs: setting the value moves the caret and breaks a composition.
    if (element.value !== text) element.value = text;
    fitTextarea(element);
  }, [text]);
  useEffect(() => {
    if (state.focusComposer.value > 0) box.current?.focus();
  }, [state.focusComposer.value]);
  useEffect(() => {
    const onResize = (): void => {
      if (box.current !== null) fitTextarea(box.current);
    };
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, []);

  return (
    <div class={isDropping ? 'composer dropping' : 'composer'}>
      {suggestions.isOpen ? <SuggestionList id={listId} items={suggestions.items} active={suggestions.active} onPick={suggestions.pick} /> : null}
      <ComposerChips />
      <textarea
        ref={box} class="composer-text" rows={1} spellcheck={false} aria-label={words.text('composerLabel')} aria-haspopup="listbox" aria-autocomplete="list"
        aria-controls={suggestions.isOpen ? listId : undefined} aria-activedescendant={suggestions.isOpen && suggestions.items.length > 0 ? optionId(listId, suggestions.active) : undefined}
        placeholder={words.text(state.streaming.value ? 'composerPlaceholderQueue' : 'composerPlaceholder')}
        onInput={(event) => {
          change(event.currentTarget.value);
          suggestions.update(event.currentTarget.value, event.currentTarget.selectionStart);
        }}
        onSelect={(event) => {
          if (suggestions.isOpen) suggestions.update(event.currentTarget.value, event.currentTarget.selectionStart);
        }}
        onKeyDown={onKeyDown} onBlur={suggestions.close}
        onPaste={(event) => takeTransfer(event.clipboardData, event)}
      />
      <ComposerFoot canSend={text.trim() !== '' || carriesMore()} onSend={send} />
      {isDropping ? <div class="drop-hint" aria-hidden="true"><Icon name="add" />{words.text('dropHere')}</div> : null}
    </div>
  );

  function read(): { readonly text: string; readonly caret: number } {
    return { text: box.current?.value ?? '', caret: box.current?.selectionStart ?? 0 };
  }

  function write(next: string, caret: number): void {
    const element = box.current;
    if (element === null) return;
    element.value = next;
    element.setSelectionRange(caret, caret);
    element.focus();
    change(next);
  }

  function change(next: string): void {
    state.draft.value = next;
    keeper.changed(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While a syllable or a candidate is being composed, keys belong to the input method; 229 is its key in older engines.
    if (event.isComposing || event.keyCode === 229) return;
    if (suggestions.onKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && state.streaming.value) {
      port.post({ type: 'stop' });
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const past = history.move(read().text, event.key === 'ArrowUp' ? 'up' : 'down');
      if (past === undefined) return;
      event.preventDefault();
      write(past, past.length);
    }
  }

  /** Without a word: a screenshot says enough, and what a stop left in the queue is sent on. */
  function carriesMore(): boolean {
    const { chips, queued } = state.composer.value;
    return chips.some((chip) => chip.offered !== true && chip.warning === undefined) || (queued > 0 && !state.streaming.value);
  }

  function send(): void {
    const message = read().text.trim();
    if (message === '' && !carriesMore()) return;
    if (message !== '') history.add(message);
    suggestions.close();
    port.post({ type: 'send', text: message });
    write('', 0);
    keeper.sent();
    view.scroller.jumpToLatest();
  }

  function takeTransfer(transfer: DataTransfer | null, event: Event): void {
    const images = imagesOf(transfer);
    const uris = images.length > 0 || event.type === 'paste' ? [] : urisOf(transfer);
    if (images.length === 0 && uris.length === 0) return;
    event.preventDefault();
    if (uris.length > 0) port.post({ type: 'drop-files', uris: [...uris] });
    // A pasted picture has a name that the browser made up.
    for (const image of images) void sendImage(view, image, event.type === 'paste' ? '' : image.name);
  }
}
