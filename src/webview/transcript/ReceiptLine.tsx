import type { JSX } from 'preact';
import { formatReceipt } from '../format.ts';
import { useView } from '../view.ts';
import type { Receipt } from '../../shared/chatTypes.ts';

/** "1,240 in · 380 out · $0.024 · saves $0.024 · first token 1.2 s" */
export function ReceiptLine({ receipt }: { readonly receipt: Receipt }): JSX.Element {
  const { words } = useView();
  const titles = [words.text('receiptDuration', { seconds: words.seconds(receipt.durationMs) })];
  if (receipt.requestId !== undefined) titles.push(words.text('receiptRequest', { id: receipt.requestId }));
  return (
    <div class="receipt" title={titles.join('\n')}>
      {formatReceipt(receipt, words).map((part, index) => (
        <span key={index} class={part.minor ? 'minor' : ''} title={part.title}>
          {index > 0 ? <span aria-hidden="true"> · </span> : null}
          {part.text}
        </span>
      ))}
    </div>
  );
}
