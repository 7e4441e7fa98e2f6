// The completion list of the composer: when it opens, what it asks for, how keys move in it, what a choice does.
import { useEffect, useState } from 'preact/hooks';
import { findTrigger, replaceTrigger, type Trigger } from './trigger.ts';
import { useView } from '../view.ts';
import type { ComposerSuggestion } from '../../shared/chatTypes.ts';

export interface Suggestions {
  readonly isOpen: boolean;
  readonly items: readonly ComposerSuggestion[];
  readonly active: number;
  /** The text or the caret changed. */
  readonly update: (text: string, caret: number) => void;
  readonly close: () => void;
  readonly pick: (item: ComposerSuggestion) => void;
  /** True when the key was for the list. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

export interface SuggestionsOptions {
  readonly read: () => { readonly text: string; readonly caret: number };
  readonly write: (text: string, caret: number) => void;
}

export function useSuggestions({ read, write }: SuggestionsOptions): Suggestions {
  const { port, state, requests, words } = useView();
  const [found, setFound] = useState<Trigger | undefined>(undefined);
  const [active, setActive] = useState(0);
  const items = state.suggestions.value;
  const list = items ?? [];
  const isOpen = found !== undefined && items !== undefined;
  useEffect(() => {
    if (!isOpen) return;
    setActive(0);
    state.announcement.value = list.length === 1 ? words.text('suggestionsCountOne') : words.text(list.length === 0 ? 'suggestionsNone' : 'suggestionsCount', { count: list.length });
  }, [items]);

  return { isOpen, items: list, active: Math.min(active, Math.max(0, list.length - 1)), update, close, pick, onKey };

  function update(text: string, caret: number): void {
    const next = findTrigger(text, caret);
    if (next === undefined) {
      close();
      return;
    }
    if (found?.query === next.query && found.trigger === next.trigger && found.start === next.start) return;
    setFound(next);
    port.post({ type: 'suggest', requestId: requests.suggest.next(), trigger: next.trigger, query: next.query });
  }

  function close(): void {
    if (found === undefined) return;
    setFound(undefined);
    requests.suggest.next();
    state.suggestions.value = undefined;
  }

  function pick(item: ComposerSuggestion): void {
    if (found === undefined) return;
    const { text, caret } = replaceTrigger(read().text, found, item.reference === undefined ? item.insert : '');
    write(text, caret);
    close();
    if (item.reference !== undefined) port.post({ type: 'add-context', reference: item.reference });
  }

  function onKey(event: KeyboardEvent): boolean {
    if (!isOpen) return false;
    if (event.key === 'Escape') {
      close();
      return true;
    }
    if (list.length === 0) return false;
    const item = list[Math.min(active, list.length - 1)];
    if (event.key === 'ArrowDown') setActive((active + 1) % list.length);
    else if (event.key === 'ArrowUp') setActive((active - 1 + list.length) % list.length);
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') {
      if (item !== undefined) pick(item);
    } else return false;
    return true;
  }
}
