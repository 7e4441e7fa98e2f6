// The place to write: chips, text with completion and history, route, price, send or stop.
import type { JSX } from 'preact';
import { useId, useMemo, useRef } from 'preact/hooks';
import { ComposerChips } from './ComposerChips.tsx';
import { ComposerFoot } from './ComposerFoot.tsx';
import { takeKey } from './composerKeys.ts';
import { createDraftKeeper } from './draftKeeper.ts';
import { createSentHistory } from './sentHistory.ts';
import { optionId, SuggestionList } from './SuggestionList.tsx';
import { takeTransfer } from './takeTransfer.ts';
import { readBox, useTextBox, writeBox } from './textBox.ts';
import { useDropZone } from './useDropZone.ts';
import { useSuggestions } from './useSuggestions.ts';
import { Icon } from '../ui/Icon.tsx';
import { useView, type View } from '../view.ts';

export function Composer(): JSX.Element {
  const view = useView();
  const { state, words } = view;
  const listId = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const history = useMemo(createSentHistory, []);
  const keeper = useMemo(() => createDraftKeeper(view), []);
  const isDropping = useDropZone((event) => takeTransfer(view, event.dataTransfer, event));
  const read = () => readBox(box);
  const suggestions = useSuggestions({ read, write });
  useTextBox(box, state);

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
        onKeyDown={(event) => takeKey(event, { view, suggestions, history, read, write, send })} onBlur={suggestions.close}
        onPaste={(event) => takeTransfer(view, event.clipboardData, event)}
      />
      <ComposerFoot canSend={state.draft.value.trim() !== '' || carriesMore(state)} onSend={send} />
      {isDropping ? <div class="drop-hint" aria-hidden="true"><Icon name="add" />{words.text('dropHere')}</div> : null}
    </div>
  );

  function write(next: string, caret: number): void {
    if (writeBox(box, next, caret)) change(next);
  }

  function change(next: string): void {
    state.draft.value = next;
    keeper.changed(next);
  }

  function send(): void {
    const message = read().text.trim();
    if (message === '' && !carriesMore(state)) return;
    suggestions.close();
    if (!view.port.post({ type: 'send', text: message })) return;
    if (message !== '') history.add(message);
    write('', 0);
    view.scroller.jumpToLatest();
    keeper.sent();
  }
}

/** Without a word: a screenshot says enough, and what a stop left in the queue is sent on. */
function carriesMore({ composer, streaming }: View['state']): boolean {
  const { chips, queued } = composer.value;
  return chips.some((chip) => chip.offered !== true && chip.warning === undefined) || (queued > 0 && !streaming.value);
}
