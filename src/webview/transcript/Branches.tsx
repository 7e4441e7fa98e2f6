import type { JSX } from 'preact';
import type { Entry } from '../state/transcript.ts';
import { IconButton } from '../ui/Icon.tsx';
import { useView } from '../view.ts';

/** ‹ 2/3 › where a message was edited or an answer made again. */
export function Branches({ entry }: { readonly entry: Entry }): JSX.Element | null {
  const { words, port } = useView();
  const { branch } = entry.shown.value;
  if (branch === undefined || branch.count < 2) return null;
  const values = { index: branch.index + 1, count: branch.count };
  const select = (index: number): void => port.post({ type: 'select-branch', messageId: entry.id, index });
  return (
    <span class="branches" role="group" aria-label={words.text('branchLabel', values)}>
      <IconButton icon="chevronLeft" label={words.text('branchPrevious')} disabled={branch.index === 0} onClick={() => select(branch.index - 1)} />
      <span class="small">{words.text('branchPosition', values)}</span>
      <IconButton icon="chevronRight" label={words.text('branchNext')} disabled={branch.index >= branch.count - 1} onClick={() => select(branch.index + 1)} />
    </span>
  );
}
