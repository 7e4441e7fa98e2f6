// Short forms of what messages carry: model and task names, receipts, sizes.
import type { Receipt, TaskId } from '../shared/chatTypes.ts';
import type { ViewStringKey } from '../shared/viewStrings.ts';
import type { Words } from './words.ts';

/** "claude-opus-4.8" → "Opus 4.8", "claude-haiku-4-5-20251001" → "Haiku 4.5"; other ids stay as they are. */
export function formatModel(id: string): string {
  const match = /^(?:.*\/)?claude-([a-z]+)-(\d+)(?:[.-](\d{1,2}))?(?:-\d{8})?$/.exec(id);
  if (match === null) return id.slice(0, 80);
  const [, family = '', major = '', minor] = match;
  return `${family.charAt(0).toUpperCase()}${family.slice(1)} ${minor === undefined ? major : `${major}.${minor}`}`;
}

const taskKeys: Readonly<Record<TaskId, ViewStringKey>> = {
  complete: 'taskComplete', chat: 'taskChat', explain: 'taskExplain', refactor: 'taskRefactor', edit: 'taskEdit', review: 'taskReview',
  tests: 'taskTests', fix: 'taskFix', document: 'taskDocument', commit: 'taskCommit', rename: 'taskRename', title: 'taskTitle', compact: 'taskCompact',
};

export function formatTask(task: TaskId, words: Words): string {
  return words.text(taskKeys[task]);
}

export interface ReceiptPart {
  readonly text: string;
  readonly title?: string;
  /** Left out of a narrow panel. */
  readonly minor: boolean;
}

export function formatReceipt(receipt: Receipt, words: Words): readonly ReceiptPart[] {
  const parts: ReceiptPart[] = [];
  const { usage } = receipt;
  if (usage === undefined && receipt.priceUsd === 0) return [{ text: words.text('receiptNotBilled'), minor: false }];
  if (usage !== undefined) {
    parts.push({ text: words.text('receiptIn', { count: usage.inputTokens + usage.cacheWriteTokens }), minor: false });
    if (usage.cacheReadTokens > 0) parts.push({ text: words.text('receiptCached', { count: usage.cacheReadTokens }), minor: true });
    parts.push({ text: words.text('receiptOut', { count: usage.outputTokens }), minor: false });
  }
  parts.push(formatPrice(receipt, words));
  const saved = savedUsd(receipt);
  if (saved !== undefined) parts.push({ text: words.text('receiptSaved', { price: words.price(saved) }), minor: true });
  if (receipt.firstTokenMs !== undefined) parts.push({ text: words.text('receiptFirstToken', { seconds: words.seconds(receipt.firstTokenMs) }), minor: true });
  return parts;
}

function formatPrice(receipt: Receipt, words: Words): ReceiptPart {
  if (receipt.priceUsd === undefined) return { text: words.text('receiptPriceUnknown'), minor: false };
  const title = words.text(receipt.priceIsEstimate ? 'receiptEstimate' : 'receiptBilled');
  const price = words.price(receipt.priceUsd);
  return { text: receipt.priceIsEstimate ? words.text('expectedPrice', { price }) : price, title, minor: false };
}

/** Less than a hundredth of a cent is not worth a word. */
function savedUsd(receipt: Receipt): number | undefined {
  if (receipt.priceUsd === undefined || receipt.directUsd === undefined) return undefined;
  const saved = receipt.directUsd - receipt.priceUsd;
  return saved >= 0.0001 ? saved : undefined;
}

/** "410", "1.2k", "36k". */
export function formatTokens(tokens: number, words: Words): string {
  if (tokens < 1_000) return words.count(tokens);
  return tokens < 9_950 ? `${(Math.round(tokens / 100) / 10).toString()}k` : `${words.count(Math.round(tokens / 1_000))}k`;
}

export function formatAge(elapsedMs: number, words: Words): string {
  const minutes = Math.floor(elapsedMs / 60_000);
  if (minutes < 1) return words.text('timeNow');
  if (minutes < 60) return words.text('timeMinutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? words.text('timeHours', { count: hours }) : words.text('timeDays', { count: Math.floor(hours / 24) });
}
