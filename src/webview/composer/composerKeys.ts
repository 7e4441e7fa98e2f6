// What a key does in the composer: it moves in the completion list, sends, stops, or walks through what was sent.
import type { SentHistory } from './sentHistory.ts';
import type { Suggestions } from './useSuggestions.ts';
import type { View } from '../view.ts';

export interface ComposerKeys {
  readonly view: View;
  readonly suggestions: Suggestions;
  readonly history: SentHistory;
  readonly read: () => { readonly text: string };
  readonly write: (text: string, caret: number) => void;
  readonly send: () => void;
}

export function takeKey(event: KeyboardEvent, { view, suggestions, history, read, write, send }: ComposerKeys): void {
  // While a syllable or a candidate is being composed, keys belong to the input method; 229 is its key in older engines.
  if (event.isComposing || event.keyCode === 229) return;
  if (suggestions.onKey(event)) {
    event.preventDefault();
    event.stopPropagation();
  } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    send();
  } else if (event.key === 'Escape' && view.state.streaming.value) {
    view.port.post({ type: 'stop' });
  } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    const past = history.move(read().text, event.key === 'ArrowUp' ? 'up' : 'down');
    if (past === undefined) return;
    event.preventDefault();
    write(past, past.length);
  }
}
