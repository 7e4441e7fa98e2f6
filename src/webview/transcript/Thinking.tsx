import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { BodyText } from './BodyText.tsx';
import type { Entry } from '../state/entry.ts';
import { Icon } from '../ui/Icon.tsx';
import { useView } from '../view.ts';

/** Folded, with how long it took; its text is drawn only when it is opened. */
export function Thinking({ entry, index }: { readonly entry: Entry; readonly index: number }): JSX.Element {
  const { words } = useView();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { thinkingMs, status } = entry.shown.value;
  const isThinking = status === 'streaming' && thinkingMs === undefined;
  const label = thinkingMs === undefined ? words.text(isThinking ? 'thinking' : 'thought') : words.text('thoughtFor', { seconds: Math.max(1, Math.round(thinkingMs / 1_000)) });
  return (
    <div class={`thinking${isThinking ? ' now' : ''}${isOpen ? ' open' : ''}`}>
      <button type="button" class="fold" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <span class={isOpen ? 'fold-mark open' : 'fold-mark'}><Icon name="chevronRight" /></span>
        {label}
      </button>
      <div id={id} class="thinking-text" hidden={!isOpen}>{isOpen ? <BodyText entry={entry} part="thinking" index={index} /> : null}</div>
    </div>
  );
}
