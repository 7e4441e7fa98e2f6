import type { JSX } from 'preact';
import type { Entry, ShownMessage } from '../state/entry.ts';
import { IconButton } from '../ui/Icon.tsx';
import { useView } from '../view.ts';

export function isBranched({ branch }: ShownMessage): boolean {
  return branch !== undefined && branch.count > 1;
}

/** ‹ 2/3 › where a message was edited or an answer made again. The branch into which an answer is being written stays in sight. */
export function Branches({ entry }: { readonly entry: Entry }): JSX.Element | null {
  const { words, port, state } = useView();
  const isBusy = state.streaming.value;
  const { branch } = entry.shown.value;
  if (branch === undefined || !isBranched(entry.shown.value)) return null;
  const values = { index: branch.index + 1, count: branch.count };
  const select = (index: number): void => void port.post({ type: 'select-branch', messageId: entry.id, index });
  return (
    <span class="branches" role="group" aria-label={words.text('branchLabel', values)}>
      <IconButton icon="chevronLeft" label={words.text('branchPrevious')} disabled={isBusy || branch.index === 0} onClick={() => select(branch.index - 1)} />
      <span class="small">{words.text('branchPosition', values)}</span>
      <IconButton icon="chevronRight" label={words.text('branchNext')} disabled={isBusy || branch.index >= branch.count - 1} onClick={() => select(branch.index + 1)} />
    </span>
  );
}
