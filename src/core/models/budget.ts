// The daily limits, held before a request is sent. Costs that nobody knows cannot count.
import type { TaskId } from '../../shared/chatTypes.ts';
import type { Clock } from '../clock.ts';
import { RunApiError } from '../errors.ts';
import type { SettingsSource } from '../settings.ts';
import { dayOf, type Ledger } from './ledger.ts';

export interface Budget {
  /** Throws a RunApiError of kind `budget` when the day's limit is reached, or this request's input alone would pass it. */
  check(task: TaskId, expectedUsd: number): Promise<void>;
}

interface BudgetDependencies {
  readonly ledger: Ledger;
  readonly settings: SettingsSource;
  readonly clock: Clock;
}

/** Other windows spend too; their lines are read at most this often, as completion asks many times a minute. */
const refreshMs = 2_000;

export function createBudget({ ledger, settings, clock }: BudgetDependencies): Budget {
  let refreshedAt = Number.NEGATIVE_INFINITY;
  return {
    check: async (task, expectedUsd) => {
      const { dailyUsd, completionDailyUsd } = settings.current().budget;
      const ownLimit = task === 'complete' ? completionDailyUsd : 0;
      if (dailyUsd <= 0 && ownLimit <= 0) return;
      if (clock.now() - refreshedAt >= refreshMs) {
        refreshedAt = clock.now();
        await ledger.refresh();
      }
      const day = dayOf(clock.date());
      const isSpent = passes(ledger.sum({ day }).priceUsd + expectedUsd, dailyUsd) || passes(ledger.sum({ day, task }).priceUsd + expectedUsd, ownLimit);
      if (isSpent) throw new RunApiError({ kind: 'budget', retryable: false });
    },
  };
}

function passes(usd: number, limit: number): boolean {
  return limit > 0 && usd >= limit;
}
