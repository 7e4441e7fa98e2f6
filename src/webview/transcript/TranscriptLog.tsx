// The transcript: a window of messages between two spacers, in a log that a screen reader can walk but is not read aloud as it
// grows; what is worth saying goes through the announcer.
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { onTranscriptClick, onTranscriptKey } from './actions.ts';
import { MessageRow } from './MessageRow.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useView } from '../view.ts';

export function TranscriptLog(): JSX.Element {
  const view = useView();
  const { scroller, transcript, state, words } = view;
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => (log.current === null ? undefined : scroller.attach(log.current)), []);
  // Read so that a change of which messages there are draws again.
  void state.structure.value;
  const { first, last } = scroller.window.value;
  const { before, after } = scroller.spacers();
  const rows = [];
  for (let index = first; index < last; index += 1) {
    const entry = transcript.at(index);
    rows.push(<MessageRow key={entry?.id ?? `at ${index}`} index={index} entry={entry} />);
  }
  return (
    <div class="transcript">
      <div
        ref={log} class="log" role="log" aria-label={words.text('transcriptLabel')} aria-live="off" aria-busy={state.streaming.value} tabIndex={0}
        onClick={(event) => onTranscriptClick(view, event)} onKeyDown={(event) => onTranscriptKey(view, event)}
      >
        <div class="spacer" style={{ height: `${before}px` }} />
        {rows}
        <div class="spacer" style={{ height: `${after}px` }} />
      </div>
      <JumpToLatest />
    </div>
  );
}

function JumpToLatest(): JSX.Element | null {
  const { scroller, words, transcript, state } = useView();
  void state.structure.value;
  if (scroller.following.value || transcript.total === 0) return null;
  const label = words.text('jumpToLatest');
  return (
    <button type="button" class="jump" onClick={() => scroller.jumpToLatest()}>
      <Icon name="down" />
      {label}
    </button>
  );
}
