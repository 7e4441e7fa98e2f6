// The cost view as markdown: what was spent today and lately, on which tasks and models, and what the direct price would have been.
import { taskIds, type TaskId } from '../../shared/chatTypes.ts';
import type { Balance } from '../api/account.ts';
import type { Translate } from '../translate.ts';
import { displayName } from './catalog.ts';
import { formatTokens, formatUsd } from './formatCost.ts';
import { dayOf, type Ledger } from './ledger.ts';
import { addSums, pricePerThousand, type LedgerSum } from './ledgerSum.ts';
import { taskName } from './router.ts';

export interface CostReportInput {
  readonly ledger: Ledger;
  /** Wall clock. */
  readonly now: number;
  /** Absent when RunAPI could not be asked. */
  readonly balance?: Balance;
  readonly translate: Translate;
}

/** A narrow view does not break the line within a price. */
const aboutSign = '≈\u00a0';
/** More days than a month make a table that nobody reads. */
const shownDays = 31;

export function formatCostReport({ ledger, now, balance, translate }: CostReportInput): string {
  const today = dayOf(now);
  const days = newestFirst(ledger.sumBy('day'));
  const sections = [
    `# ${translate('Costs')}`,
    formatBalance(balance, translate),
    section(translate('Today by task'), translate('Task'), named(ledger.sumBy('task', { day: today }), (task) => nameOfTask(task, translate)), translate),
    section(translate('Today by model'), translate('Model'), named(ledger.sumBy('model', { day: today }), (model) => displayName(model).replaceAll(' ', '\u00a0')), translate),
    completionSection(ledger, translate),
    section(translate('By day'), translate('Day'), days, translate),
    section(translate('This month and the last by task'), translate('Task'), named(ledger.sumBy('task'), (task) => nameOfTask(task, translate)), translate),
    footnote(ledger.sum(), translate),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

type Row = readonly [name: string, sum: LedgerSum];

function newestFirst(sums: ReadonlyMap<string, LedgerSum>): readonly Row[] {
  return [...sums].sort(([a], [b]) => b.localeCompare(a)).slice(0, shownDays);
}

function named(sums: ReadonlyMap<string, LedgerSum>, nameOf: (key: string) => string): readonly Row[] {
  return [...sums].map(([key, sum]): Row => [nameOf(key), sum]).sort(([, a], [, b]) => b.priceUsd - a.priceUsd);
}

/** What is paid for a suggestion is paid for the characters that were taken of it. */
function completionSection(ledger: Ledger, translate: Translate): string {
  const days = newestFirst(ledger.sumBy('day', { task: 'complete' }));
  if (days.length === 0) return '';
  const head = [translate('Day'), translate('Requests'), translate('Characters accepted'), translate('Price'), translate('Price per 1,000 characters')];
  const all: Row = [`**${translate('All')}**`, addSums(days.map(([, sum]) => sum))];
  const lines = [...days, all].map(([name, sum]) => [name, formatTokens(sum.requests), formatTokens(sum.acceptedCharacters), formatSum(sum), formatPerThousand(sum)]);
  return table(translate('Inline completion'), head, lines);
}

function formatPerThousand(sum: LedgerSum): string {
  const price = pricePerThousand(sum);
  return price === undefined ? '–' : `${sum.estimates > 0 ? aboutSign : ''}${formatUsd(price)}`;
}

function section(title: string, firstColumn: string, rows: readonly Row[], translate: Translate): string {
  if (rows.length === 0) return `## ${title}\n\n${translate('Nothing was asked.')}`;
  const head = [firstColumn, translate('Requests'), translate('Tokens in'), translate('From cache'), translate('Tokens out'), translate('Price'), translate('Direct price'), translate('Saved')];
  return table(title, head, rows.map(([name, sum]) => [escapeCell(name), ...cells(sum)]));
}

function table(title: string, head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [`## ${title}`, '', row(head), row(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...lines.map(row)].join('\n');
}

function cells(sum: LedgerSum): readonly string[] {
  return [
    formatTokens(sum.requests),
    formatTokens(sum.inputTokens + sum.cacheWriteTokens),
    formatTokens(sum.cacheReadTokens),
    formatTokens(sum.outputTokens),
    formatSum(sum),
    formatUsd(sum.directUsd),
    formatUsd(Math.max(0, sum.directUsd - sum.priceUsd)),
  ];
}

function formatSum(sum: LedgerSum): string {
  const about = sum.estimates > 0 && sum.priceUsd > 0 ? aboutSign : '';
  return `${about}${formatUsd(sum.priceUsd)}${sum.unknownPrices > 0 ? ' + ?' : ''}`;
}

function formatBalance(balance: Balance | undefined, translate: Translate): string {
  if (balance?.balanceCents === undefined) return translate('The balance is not known: RunAPI could not be asked.');
  const spent = balance.spentTodayCents === undefined ? '' : ` ${translate('RunAPI says {spent} were spent today.', { spent: formatUsd(balance.spentTodayCents / 100) })}`;
  return translate('Balance {balance}.', { balance: formatUsd(balance.balanceCents / 100) }) + spent;
}

function footnote(sum: LedgerSum, translate: Translate): string {
  const notes = [
    translate('Prices marked with ≈ are computed from tokens and the price list; the others are what RunAPI says it billed.'),
    sum.unknownPrices > 0 ? translate('Requests without a known price: {count}. They are not in the sums, which are marked with “+ ?”.', { count: sum.unknownPrices }) : '',
  ];
  return notes.filter((note) => note !== '').join(' ');
}

function nameOfTask(task: string, translate: Translate): string {
  const known = taskIds.find((id): id is TaskId => id === task);
  return known === undefined ? task : taskName(known, translate);
}

/** Names come from settings and the gateway. */
function escapeCell(text: string): string {
  return text.replace(/[\\|`*_<>[\]]/g, '\\$&').replace(/[^\S\u00a0]+/g, ' ');
}

function row(columns: readonly string[]): string {
  return `| ${columns.join(' | ')} |`;
}
