import type { JSX } from 'preact';
import { formatTokens } from '../format.ts';
import { useView } from '../view.ts';

/** A thin line over the composer: how much of the model's window is used. */
export function ContextMeter(): JSX.Element | null {
  const { state, words } = useView();
  const { contextTokens, contextLimit } = state.composer.value;
  if (contextLimit <= 0) return null;
  const share = Math.min(1, contextTokens / contextLimit);
  const label = words.text('contextMeter', { used: formatTokens(contextTokens, words), limit: formatTokens(contextLimit, words) });
  return (
    <div class="meter" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={contextLimit} aria-valuenow={Math.min(contextTokens, contextLimit)} title={label}>
      <div class={share >= 0.8 ? 'meter-fill high' : 'meter-fill'} style={{ width: share < 0.01 ? '0' : `${share * 100}%` }} />
    </div>
  );
}
