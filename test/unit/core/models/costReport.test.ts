import { describe, expect, it } from 'vitest';
import { formatCostReport } from '../../../../src/core/models/costReport.ts';
import { createLedger, type Ledger } from '../../../../src/core/models/ledger.ts';
import type { LedgerEntry } from '../../../../src/core/models/ledgerLine.ts';
import { english } from '../../../../src/core/translate.ts';

const now = new Date(2026, 10, 25, 12).getTime();
const dayMs = 24 * 60 * 60 * 1000;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

function ledgerWith(...entries: readonly Partial<LedgerEntry>[]): Ledger {
  const ledger = createLedger({ storage: { append: async () => undefined, readFrom: async () => '' }, logger: silent, random: () => 0.5, date: () => now });
  for (const entry of entries) ledger.record({ ...sample, ...entry });
  return ledger;
}

const sample: LedgerEntry = {
  at: now,
  task: 'chat',
  model: 'claude-sonnet-4.6',
  usage: { inputTokens: 1200, outputTokens: 300, cacheReadTokens: 4000, cacheWriteTokens: 50 },
  priceUsd: 0.02,
  priceIsEstimate: false,
  directUsd: 0.04,
};

const report = (ledger: Ledger): string => formatCostReport({ ledger, now, translate: english });

/** The cells of the first table row that begins with `name`. */
function rowOf(text: string, name: string): readonly string[] {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`| ${name} |`));
  return (line ?? '').split('|').map((cell) => cell.trim()).slice(1, -1);
}

describe('formatCostReport', () => {
  it('shows tokens, price, direct price and saving of each task', () => {
    expect(rowOf(report(ledgerWith({}, {})), 'chat')).toEqual(['chat', '2', '2,500', '8,000', '600', '$0.040', '$0.080', '$0.040']);
  });

  it('names models as people do', () => {
    expect(rowOf(report(ledgerWith({ model: 'claude-haiku-4-5-20251001' })), 'Haiku\u00a04.5')[1]).toBe('1');
  });

  it('marks sums that hold an estimate', () => {
    expect(rowOf(report(ledgerWith({ priceIsEstimate: true })), 'chat')[5]).toBe('≈\u00a0$0.020');
  });

  it('says which requests have no known price instead of counting them as free', () => {
    const { priceUsd: _price, directUsd: _direct, ...unpriced } = sample;
    const ledger = ledgerWith({});
    ledger.record(unpriced);
    expect(rowOf(report(ledger), 'chat')[5]).toBe('$0.020 + ?');
    expect(report(ledger)).toContain('Requests without a known price: 1.');
  });

  it('keeps today apart from other days and lists the newest first', () => {
    const text = report(ledgerWith({ at: now - 2 * dayMs, task: 'review' }, { task: 'tests' }));
    const [today = '', byDay = ''] = text.split('## By day');
    expect(today).toContain('| tests |');
    expect(today).not.toContain('| reviews |');
    expect(byDay.indexOf('2026-11-25')).toBeLessThan(byDay.indexOf('2026-11-23'));
  });

  it('puts the dearest first', () => {
    const text = report(ledgerWith({ task: 'tests', priceUsd: 0.01 }, { task: 'refactor', priceUsd: 0.5 }));
    expect(text.indexOf('| refactoring |')).toBeLessThan(text.indexOf('| tests |'));
  });

  it('says what a thousand accepted characters cost, by day and in all', () => {
    const ledger = ledgerWith({ task: 'complete', priceUsd: 0.03 }, { task: 'complete', priceUsd: 0.01, at: now - dayMs, priceIsEstimate: true });
    ledger.recordAccepted({ at: now, task: 'complete', acceptedCharacters: 1500 });
    const text = report(ledger).split('## Inline completion')[1]?.split('## By day')[0] ?? '';
    expect(rowOf(text, '2026-11-25')).toEqual(['2026-11-25', '1', '1,500', '$0.030', '$0.020']);
    expect(rowOf(text, '2026-11-24')).toEqual(['2026-11-24', '1', '0', '≈\u00a0$0.010', '–']);
    expect(rowOf(text, '**All**')).toEqual(['**All**', '2', '1,500', '≈\u00a0$0.040', '≈\u00a0$0.027']);
  });

  it('shows completion by the day for a month, the newest first', () => {
    const ledger = ledgerWith(...Array.from({ length: 40 }, (_, index) => ({ task: 'complete' as const, at: now - index * dayMs })));
    const rows = (report(ledger).split('## Inline completion')[1]?.split('## By day')[0] ?? '').split('\n').filter((line) => line.startsWith('| 20'));
    expect(rows).toHaveLength(31);
    expect(rows[0]).toContain('2026-11-25');
  });

  it('counts other tasks under no price of a character', () => {
    const ledger = ledgerWith({ task: 'complete', priceUsd: 0.03 }, { task: 'chat', priceUsd: 5 });
    ledger.recordAccepted({ at: now, task: 'complete', acceptedCharacters: 1000 });
    expect(rowOf(report(ledger).split('## Inline completion')[1] ?? '', '2026-11-25')[4]).toBe('$0.030');
  });

  it('leaves completion out where there was none', () => {
    expect(report(ledgerWith({}))).not.toContain('Inline completion');
  });

  it('has words for an empty day and an unknown balance', () => {
    expect(report(ledgerWith())).toContain('Nothing was asked.');
    expect(report(ledgerWith())).toContain('The balance is not known');
  });

  it('shows the balance in dollars', () => {
    const text = formatCostReport({ ledger: ledgerWith(), now, balance: { balanceCents: 1234, spentTodayCents: 56 }, translate: english });
    expect(text).toContain('Balance $12.34. RunAPI says $0.56 were spent today.');
  });

  it('lets no model name break out of its cell', () => {
    const text = report(ledgerWith({ model: 'x|y`<img src=a>' }));
    expect(text).toContain(`${String.raw`| x\|y\`\<img`}\u00a0${String.raw`src=a\> |`}`);
  });
});
