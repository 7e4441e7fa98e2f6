import type { JSX } from 'preact';
import type { Entry, ShownMessage } from '../state/entry.ts';
import { IconButton } from '../ui/Icon.tsx';
import { useView } from '../view.ts';

export function isBranched({ branch }: ShownMessage): boolean {
  return branch !== undefined && branch.count > 1;
}

/** ‹ 2/3 › where a message was edited or an answer made again. */
export function Branches({ entry }: { readonly entry: Entry }): JSX.Element | null {
  const { words, port } = useView();
  const { branch } = entry.shown.value;
  if (branch === undefined || !isBranched(entry.shown.value)) return null;
  const values = { index: branch.index + 1, count: branch.count };
  const select = (index: number): void => void port.post({ type: 'select-branch', messageId: entry.id, index });
  return (
    <span class="branches" role="group" aria-label={words.text('branchLabel', values)}>
      <IconButton icon="chevronLeft" label={words.text('branchPrevious')} disabled={branch.index === 0} onClick={() => select(branch.index - 1)} />
      <span class="small">{words.text('branchPosition', values)}</span>
      <IconButton icon="chevronRight" label={words.text('branchNext')} disabled={branch.index >= branch.count - 1} onClick={() => select(branch.index + 1)} />
    </span>
  );
}
