// One place in the transcript: a user's card, an answer, a notice, or the outline of a message that is being loaded.
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Answer } from './Answer.tsx';
import { Notice } from './Notice.tsx';
import { UserCard } from './UserCard.tsx';
import type { Entry } from '../state/entry.ts';
import { useView } from '../view.ts';

export interface MessageRowProps {
  readonly index: number;
  readonly entry: Entry | undefined;
}

export function MessageRow({ index, entry }: MessageRowProps): JSX.Element {
  const { scroller } = useView();
  const row = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (row.current === null ? undefined : scroller.attachRow(row.current, index)), [index]);
  if (entry === undefined) return <Outline height={scroller.heights.get(index)} />;
  return (
    <div ref={row} class="row" data-message={entry.id}>
      <Message entry={entry} index={index} />
    </div>
  );
}

function Message({ entry, index }: { readonly entry: Entry; readonly index: number }): JSX.Element {
  const { role } = entry.shown.value;
  switch (role) {
    case 'user': return <UserCard entry={entry} />;
    case 'assistant': return <Answer entry={entry} index={index} />;
    case 'notice': return <Notice entry={entry} />;
  }
}

function Outline({ height }: { readonly height: number }): JSX.Element {
  const { words } = useView();
  return (
    <div class="row outline" style={{ height: `${height}px` }} role="img" aria-label={words.text('loadingMessage')}>
      <div class="outline-lines" />
    </div>
  );
}
