// What stands in an empty transcript: without a key the way to one, with a key four things to do with this workspace.
import type { JSX } from 'preact';
import { useView } from '../view.ts';

/** RunAPI's page for keys; the host asks before it opens any address. */
const keyPage = 'https://runapi.ai/api_keys';

export function EmptyState(): JSX.Element {
  const { state } = useView();
  return <div class="empty">{state.key.value === 'present' ? <Starters /> : <KeyQuestion />}</div>;
}

function KeyQuestion(): JSX.Element {
  const { words, port, state } = useView();
  const isRejected = state.key.value === 'rejected';
  return (
    <>
      <h2>{words.text(isRejected ? 'keyRejectedTitle' : 'noKeyTitle')}</h2>
      <p>{words.text(isRejected ? 'keyRejectedText' : 'noKeyText')}</p>
      <div class="actions">
        <button type="button" class="button" onClick={() => port.post({ type: 'set-key' })}>{words.text(isRejected ? 'keyRejectedAction' : 'noKeyAction')}</button>
        <button type="button" class="link-button" onClick={() => port.post({ type: 'open-link', url: keyPage })}>{words.text('noKeyWhere')}</button>
      </div>
    </>
  );
}

function Starters(): JSX.Element {
  const { words, port, state } = useView();
  const starters = state.starters.value;
  return (
    <>
      <h2>{words.text('emptyTitle')}</h2>
      <p>{words.text('emptyText')}</p>
      {starters.length === 0 ? null : (
        <ul class="starters" aria-label={words.text('starters')}>
          {starters.map((starter, index) => (
            <li key={starter.label}>
              <button type="button" class="starter" onClick={() => port.post({ type: 'starter', index })}>
                <span class="starter-label">{starter.label}</span>
                {starter.detail === undefined ? null : <span class="starter-detail">{starter.detail}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
