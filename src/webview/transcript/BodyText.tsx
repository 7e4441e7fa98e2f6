// The place where a message's markdown is drawn. What is inside belongs to the drawing, not to preact.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Entry } from '../state/entry.ts';
import { useView } from '../view.ts';

export interface BodyTextProps {
  readonly entry: Entry;
  readonly part: 'text' | 'thinking';
  readonly index: number;
}

export function BodyText({ entry, part, index }: BodyTextProps): JSX.Element {
  const { bodies, scroller } = useView();
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    // A snapshot brings a new entry for a message that is drawn already.
    element.replaceChildren();
    reserve(element, entry, part, scroller.heights.get(index));
    return bodies.attach(entry, part, { element, priority: scroller.distance(index), onDrawn: () => release(element) });
  }, [entry]);
  return <div ref={root} class="body" />;
}

/** Until a finished message is drawn, its place is kept, so that nothing jumps while it fills. */
function reserve(element: HTMLElement, entry: Entry, part: 'text' | 'thinking', height: number): void {
  if (part !== 'text' || entry.text === '' || entry.shown.peek().status === 'streaming') return;
  element.style.minHeight = `${Math.max(0, height - 80)}px`;
  element.closest('.row')?.setAttribute('data-pending', '');
}

function release(element: HTMLElement): void {
  if (element.style.minHeight === '') return;
  element.style.minHeight = '';
  element.closest('.row')?.removeAttribute('data-pending');
}
