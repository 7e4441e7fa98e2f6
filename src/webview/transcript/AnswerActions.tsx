import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Branches, isBranched } from './Branches.tsx';
import { formatModel } from '../format.ts';
import type { Entry } from '../state/entry.ts';
import { IconButton } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useView } from '../view.ts';

const copiedShownMs = 1_500;

/** While an answer is written here, no other one can be asked for. Shown on hover and focus, in a place that is always kept. */
export function AnswerActions({ entry }: { readonly entry: Entry }): JSX.Element {
  const { words, port, state } = useView();
  const [isCopied, setCopied] = useState(false);
  const models = [...new Set(state.composer.value.routes.map((route) => route.model))].filter((model) => model !== '');
  const isBusy = state.streaming.value;
  const copy = (): void => {
    port.post({ type: 'copy-message', messageId: entry.id });
    setCopied(true);
    setTimeout(() => setCopied(false), copiedShownMs);
  };
  return (
    <div class={isBranched(entry.shown.value) ? 'answer-actions inline' : 'answer-actions'} role="group" aria-label={words.text('messageActions')}>
      <Branches entry={entry} />
      <span class="hover-actions">
        <IconButton icon={isCopied ? 'check' : 'copy'} label={words.text(isCopied ? 'copied' : 'copyMessage')} onClick={copy} />
        <IconButton icon="refresh" label={words.text('regenerate')} disabled={isBusy} onClick={() => port.post({ type: 'regenerate', messageId: entry.id })} />
        {models.length === 0 ? null : (
          <Menu
            label={words.text('regenerateWith')} buttonClass="icon-button" icon="swap" disabled={isBusy}
            items={models.map((model) => ({ id: model, label: formatModel(model), detail: model, onSelect: () => port.post({ type: 'regenerate', messageId: entry.id, model }) }))}
          />
        )}
        <IconButton icon="request" label={words.text('showRequest')} onClick={() => port.post({ type: 'show-request', messageId: entry.id })} />
      </span>
    </div>
  );
}
