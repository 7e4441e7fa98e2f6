import type { JSX } from 'preact';
import { useView } from '../view.ts';

/** Under the meter when it is high: the way to make room. Not while an answer is written, which cannot be compacted. */
export function CompactionOffer(): JSX.Element | null {
  const { state, words, port } = useView();
  const { offersCompaction, contextTokens, contextLimit } = state.composer.value;
  if (offersCompaction !== true || state.streaming.value) return null;
  const percent = Math.min(100, Math.round((contextTokens / contextLimit) * 100));
  return (
    <div class="compaction-offer">
      <span role="status">{words.text('compactOffer', { percent })}</span>
      <button type="button" class="link-button" onClick={() => port.post({ type: 'compact' })}>{words.text('compact')}</button>
    </div>
  );
}
