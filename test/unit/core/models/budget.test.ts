import { describe, expect, it } from 'vitest';
import { createBudget } from '../../../../src/core/models/budget.ts';
import { createLedger } from '../../../../src/core/models/ledger.ts';
import type { LedgerEntry } from '../../../../src/core/models/ledgerLine.ts';
import type { BudgetSettings } from '../../../../src/core/settings.ts';
import type { TaskId } from '../../../../src/shared/chatTypes.ts';
import { collectingLogger, fixedSettings } from '../../../helpers/clientHarness.ts';
import { createFakeClock } from '../../../helpers/fakeClock.ts';

const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 };

function open(budget: Partial<BudgetSettings>) {
  const clock = createFakeClock();
  let text = '';
  let reads = 0;
  const storage = {
    append: (_file: string, line: string) => {
      text += line;
      return Promise.resolve();
    },
    readFrom: (file: string, offset: number) => {
      reads += 1;
      return Promise.resolve(file.startsWith('costs-2026-11') ? text.slice(offset) : '');
    },
  };
  const newLedger = (seed: number) => createLedger({ storage, logger: collectingLogger([]), random: () => seed, date: () => clock.date() });
  const ledger = newLedger(0.1);
  const settings = fixedSettings({ budget: { dailyUsd: 0, completionDailyUsd: 0, ...budget } });
  const spend = (task: TaskId, priceUsd: number | undefined, on = ledger, at = clock.date()): void => on.record({ at, task, model: 'm', usage, priceIsEstimate: false, ...(priceUsd !== undefined && { priceUsd }) } satisfies LedgerEntry);
  return { clock, spend, newLedger, reads: () => reads, budget: createBudget({ ledger, settings, clock }) };
}

const spent = { kind: 'budget', retryable: false };

describe('the budget', () => {
  it('without limits asks and reads nothing', async () => {
    const { budget, spend, reads } = open({});
    spend('chat', 1000);
    await budget.check('chat', 1000);
    expect(reads()).toBe(0);
  });

  it('holds what all requests cost in a day', async () => {
    const { budget, spend } = open({ dailyUsd: 1 });
    spend('chat', 0.6);
    await budget.check('review', 0);
    spend('complete', 0.4);
    await expect(budget.check('review', 0)).rejects.toMatchObject(spent);
    await expect(budget.check('complete', 0)).rejects.toMatchObject(spent);
  });

  it('holds completion on its own', async () => {
    const { budget, spend } = open({ completionDailyUsd: 0.1 });
    spend('chat', 5);
    await budget.check('complete', 0);
    spend('complete', 0.1);
    await expect(budget.check('complete', 0)).rejects.toMatchObject(spent);
    await budget.check('chat', 0);
  });

  it('counts what the request itself will cost at least', async () => {
    const { budget, spend } = open({ dailyUsd: 1 });
    spend('chat', 0.5);
    await budget.check('chat', 0.49);
    await expect(budget.check('chat', 0.5)).rejects.toMatchObject(spent);
  });

  it('starts anew the next day, and cannot count what nobody knows', async () => {
    const { budget, spend, clock } = open({ dailyUsd: 1 });
    spend('chat', 1, undefined, clock.date() - 86_400_000);
    spend('chat', undefined);
    await budget.check('chat', 0);
    spend('chat', 1);
    await expect(budget.check('chat', 0)).rejects.toMatchObject(spent);
    await clock.advance(24 * 3_600_000);
    await budget.check('chat', 0);
  });

  it('sees what other windows spent, without reading the disk for each key stroke', async () => {
    const { budget, spend, clock, newLedger, reads } = open({ dailyUsd: 1 });
    await budget.check('complete', 0);
    const before = reads();
    for (let strokes = 0; strokes < 50; strokes += 1) await budget.check('complete', 0);
    expect(reads()).toBe(before);
    const other = newLedger(0.2);
    spend('chat', 2, other);
    await other.flush();
    await clock.advance(2_000);
    await expect(budget.check('complete', 0)).rejects.toMatchObject(spent);
  });
});
