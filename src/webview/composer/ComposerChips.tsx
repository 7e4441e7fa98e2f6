import type { JSX } from 'preact';
import { ChipText } from './ChipText.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useView } from '../view.ts';
import type { Words } from '../words.ts';
import type { ContextChip } from '../../shared/chatTypes.ts';

/** What goes along with the next message; what is merely offered is dashed and not sent until it is taken. */
export function ComposerChips(): JSX.Element | null {
  const { state, words } = useView();
  const { chips } = state.composer.value;
  if (chips.length === 0) return null;
  return (
    <ul class="chips composer-chips" aria-label={words.text('contextChips')}>
      {chips.map((chip) => <li key={chip.id}>{chip.offered === true ? <OfferedChip chip={chip} /> : <TakenChip chip={chip} />}</li>)}
    </ul>
  );
}

function TakenChip({ chip }: { readonly chip: ContextChip }): JSX.Element {
  const { words, port } = useView();
  const remove = (): void => void port.post({ type: 'remove-context', chipId: chip.id });
  return (
    <span class={chip.warning === undefined ? 'chip' : 'chip warned'}>
      <button
        type="button" class="chip-open" title={tooltip(chip, words.text('chipOpen', { name: chip.label }), sizeOf(chip, words))}
        onClick={() => port.post({ type: 'open-context', chipId: chip.id })}
        onKeyDown={(event) => {
          if (event.key === 'Delete' || event.key === 'Backspace') remove();
        }}
      >
        <ChipText chip={chip} />
      </button>
      <button type="button" class="chip-remove" title={words.text('chipRemove', { name: chip.label })} aria-label={words.text('chipRemove', { name: chip.label })} onClick={remove}>
        <Icon name="close" />
      </button>
    </span>
  );
}

function OfferedChip({ chip }: { readonly chip: ContextChip }): JSX.Element {
  const { words, port } = useView();
  return (
    <button type="button" class="chip offered" title={words.text('chipTake', { name: chip.label })} onClick={() => port.post({ type: 'take-offer', chipId: chip.id })}>
      <Icon name="add" />
      <ChipText chip={chip} />
    </button>
  );
}

function sizeOf({ tokens }: ContextChip, words: Words): string {
  if (tokens === undefined) return '';
  return tokens === 1 ? words.text('chipTokensOne') : words.text('chipTokens', { count: tokens });
}

function tooltip(chip: ContextChip, action: string, size: string): string {
  return [action, size, chip.warning ?? ''].filter((part) => part !== '').join('\n');
}
