import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { BodyText } from './BodyText.tsx';
import { formatTokens } from '../format.ts';
import type { Entry } from '../state/entry.ts';
import { useView } from '../view.ts';

/** A line between turns: what happened to the conversation itself. A compaction shows its summary and can be taken back. */
export function Notice({ entry }: { readonly entry: Entry }): JSX.Element {
  const { words, port } = useView();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { compaction } = entry.shown.value;
  if (compaction === undefined) return <div class="notice" role="note">{entry.text}</div>;
  const sizes = { count: compaction.messages, before: formatTokens(compaction.tokensBefore, words), after: formatTokens(compaction.tokensAfter, words) };
  return (
    <div class="notice" role="note">
      <div>{words.text(compaction.undone ? 'noticeCompactionUndone' : 'noticeCompacted', sizes)}</div>
      {compaction.undone ? null : (
        <div class="actions">
          <button type="button" class="link-button" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>{words.text(isOpen ? 'noticeHide' : 'noticeShow')}</button>
          <button type="button" class="link-button" onClick={() => port.post({ type: 'undo-compact', messageId: entry.id })}>{words.text('undo')}</button>
        </div>
      )}
      <div id={id} class="notice-text" hidden={!isOpen}>{isOpen ? <BodyText entry={entry} part="text" index={0} /> : null}</div>
    </div>
  );
}
