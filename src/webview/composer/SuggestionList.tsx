import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useView } from '../view.ts';
import type { ComposerSuggestion } from '../../shared/chatTypes.ts';

export interface SuggestionListProps {
  readonly id: string;
  readonly items: readonly ComposerSuggestion[];
  readonly active: number;
  readonly onPick: (item: ComposerSuggestion) => void;
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** Above the composer; the focus stays in the text, which names the active option. */
export function SuggestionList({ id, items, active, onPick }: SuggestionListProps): JSX.Element {
  const { words } = useView();
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active, items]);
  if (items.length === 0) return <div class="suggestions empty" id={id}>{words.text('suggestionsNone')}</div>;
  return (
    <ul ref={list} class="suggestions" role="listbox" id={id} aria-label={words.text('suggestionsLabel')}>
      {items.map((item, index) => (
        <li
          key={`${item.label} ${item.reference ?? item.insert}`} id={optionId(id, index)} role="option" aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(item);
          }}
        >
          <span class="suggestion-label">{item.label}</span>
          {item.detail === undefined ? null : <span class="suggestion-detail">{item.detail}</span>}
        </li>
      ))}
    </ul>
  );
}
