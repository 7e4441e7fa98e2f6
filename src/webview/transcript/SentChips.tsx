import type { JSX } from 'preact';
import type { ContextChip } from '../../shared/chatTypes.ts';
import { ChipText } from '../composer/ChipText.tsx';
import { useView } from '../view.ts';

/** What went along with a message: can be opened, no longer removed. */
export function SentChips({ chips, messageId }: { readonly chips: readonly ContextChip[]; readonly messageId: string }): JSX.Element | null {
  const { words, port } = useView();
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label={words.text('contextChips')}>
      {chips.map((chip) => (
        <li key={chip.id}>
          <button type="button" class="chip" title={words.text('chipOpen', { name: chip.label })} onClick={() => port.post({ type: 'open-context', chipId: chip.id, messageId })}>
            <ChipText chip={chip} />
          </button>
        </li>
      ))}
    </ul>
  );
}
