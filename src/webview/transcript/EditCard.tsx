// Changes that an answer proposes: files with counts, what the checks found, one primary action.
import type { JSX } from 'preact';
import { useView } from '../view.ts';
import type { EditSummary } from '../../shared/chatTypes.ts';
import type { ViewStringKey } from '../../shared/viewStrings.ts';
import { Icon } from '../ui/Icon.tsx';

const stateKeys: Readonly<Record<EditSummary['state'], ViewStringKey | undefined>> = {
  streaming: 'editStreaming', pending: undefined, accepted: 'editAccepted', discarded: 'editDiscarded', refused: 'editRefused',
};

export function EditCard({ edit }: { readonly edit: EditSummary }): JSX.Element {
  const { words } = useView();
  const stateKey = stateKeys[edit.state];
  return (
    <div class="edit-card" role="group" aria-label={edit.files.length === 1 ? words.text('editFilesOne') : words.text('editFiles', { count: edit.files.length })}>
      <ul class="edit-files">
        {edit.files.map((file) => <FileLine key={file.path} file={file} />)}
      </ul>
      {edit.note === undefined ? null : <div class="edit-note">{edit.note}</div>}
      <div class="edit-foot">
        {stateKey === undefined ? null : <span class="dim">{words.text(stateKey)}</span>}
        <EditActions edit={edit} />
      </div>
      <Checks edit={edit} />
    </div>
  );
}

function FileLine({ file }: { readonly file: EditSummary['files'][number] }): JSX.Element {
  const { words, port } = useView();
  return (
    <li>
      <button type="button" class="edit-path" title={words.text('openFile', { path: file.path })} onClick={() => port.post({ type: 'open-file', path: file.path })}>{file.path}</button>
      <span class="added" aria-label={file.added === 1 ? words.text('linesAddedOne') : words.text('linesAdded', { count: file.added })} role="img">+{words.count(file.added)}</span>
      <span class="removed" aria-label={file.removed === 1 ? words.text('linesRemovedOne') : words.text('linesRemoved', { count: file.removed })} role="img">−{words.count(file.removed)}</span>
    </li>
  );
}

function EditActions({ edit }: { readonly edit: EditSummary }): JSX.Element | null {
  const { words, port } = useView();
  const act = (action: 'review' | 'accept' | 'discard' | 'undo' | 'repair') => () => port.post({ type: 'edit-action', editId: edit.id, action });
  if (edit.state === 'accepted') return <button type="button" class="link-button" onClick={act('undo')}>{words.text('undo')}</button>;
  if (edit.state === 'refused') return <button type="button" class="button secondary" onClick={act('repair')}>{words.text('editRepair')}</button>;
  if (edit.state !== 'pending') return null;
  return (
    <>
      <button type="button" class="button" onClick={act('review')}>{words.text('editReview')}</button>
      <button type="button" class="link-button" onClick={act('accept')}>{words.text('editAccept')}</button>
      <button type="button" class="link-button" onClick={act('discard')}>{words.text('editDiscard')}</button>
    </>
  );
}

function Checks({ edit }: { readonly edit: EditSummary }): JSX.Element | null {
  const { words, port } = useView();
  const checks = edit.checks ?? [];
  if (checks.length === 0) return null;
  const hasFailure = edit.state === 'pending' && checks.some((check) => !check.ok);
  return (
    <ul class="checks">
      {checks.map((check) => (
        <li key={check.text} class={check.ok ? 'check-ok' : 'check-bad'}>
          <Icon name={check.ok ? 'check' : 'warning'} />
          {check.text}
        </li>
      ))}
      {hasFailure ? <li><button type="button" class="link-button" onClick={() => port.post({ type: 'edit-action', editId: edit.id, action: 'repair' })}>{words.text('editRepair')}</button></li> : null}
    </ul>
  );
}
