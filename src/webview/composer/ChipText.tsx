import type { JSX } from 'preact';
import { formatTokens } from '../format.ts';
import { Icon } from '../ui/Icon.tsx';
import { useView } from '../view.ts';
import type { ContextChip } from '../../shared/chatTypes.ts';

/** "retry.ts lines 12–48 · 410" */
export function ChipText({ chip }: { readonly chip: ContextChip }): JSX.Element {
  const { words } = useView();
  const detail = [chip.detail, chip.tokens === undefined ? undefined : formatTokens(chip.tokens, words)].filter((part) => part !== undefined && part !== '');
  return (
    <>
      {chip.warning === undefined ? null : <span class="chip-warning" title={chip.warning} role="img" aria-label={chip.warning}><Icon name="warning" /></span>}
      {chip.thumbnail === undefined ? null : <img class="chip-picture" src={chip.thumbnail} alt="" />}
      <span class="chip-label">{chip.label}</span>
      {detail.length === 0 ? null : <span class="chip-detail">{detail.join(' · ')}</span>}
    </>
  );
}
