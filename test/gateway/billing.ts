// What each request costs, the balance that pays for it, and the prompt cache.
import { createHash } from 'node:crypto';
import type { AnswerUsage } from './answer.ts';
import type { CatalogueModel } from './catalogue.ts';
import type { CachePrefix, ModelCall } from './modelCall.ts';

export interface LedgerEntry {
  readonly requestId: string;
  readonly atMs: number;
  readonly model: string;
  readonly protocol: ModelCall['protocol'];
  readonly usage: Required<AnswerUsage>;
  readonly costUsd: number;
  /** The client went away before the end: the input and what was written are billed. */
  readonly aborted: boolean;
}

export interface Billing {
  readonly ledger: readonly LedgerEntry[];
  balanceCents(): number;
  spentCents(): number;
  setBalance(cents: number): void;
  charge(entry: LedgerEntry): void;
  /** Reads and writes of the prompt cache that this call causes. */
  cache(call: ModelCall): Required<Pick<AnswerUsage, 'cacheReadTokens' | 'cacheWriteTokens'>>;
  clear(): void;
}

export function createBilling(startCents: number): Billing {
  const ledger: LedgerEntry[] = [];
  const cached = new Set<string>();
  let balance = startCents;
  let spent = 0;
  return {
    ledger,
    balanceCents: () => balance,
    spentCents: () => spent,
    setBalance: (cents) => { balance = cents; },
    charge(entry) {
      ledger.push(entry);
      balance -= entry.costUsd * 100;
      spent += entry.costUsd * 100;
    },
    cache: (call) => readCache(call, cached),
    clear() {
      ledger.length = 0;
      cached.clear();
    },
  };
}

export const cacheReadFactor = 0.1;
export const cacheWriteFactor = 1.25;

export function costUsd(model: CatalogueModel, usage: Required<AnswerUsage>): number {
  const input = usage.inputTokens + usage.cacheReadTokens * cacheReadFactor + usage.cacheWriteTokens * cacheWriteFactor;
  return (input * model.inputUsd + usage.outputTokens * model.outputUsd) / 1e6;
}

function readCache(call: ModelCall, cached: Set<string>): { readonly cacheReadTokens: number; readonly cacheWriteTokens: number } {
  const usable = call.cachePrefixes.filter((prefix) => prefix.tokens >= call.model.cacheMinimumTokens);
  const read = usable.findLast((prefix) => cached.has(keyOf(call.model, prefix)))?.tokens ?? 0;
  const written = usable.at(-1)?.tokens ?? 0;
  for (const prefix of usable) cached.add(keyOf(call.model, prefix));
  const limit = call.inputTokens;
  return { cacheReadTokens: Math.min(read, limit), cacheWriteTokens: Math.max(0, Math.min(written, limit) - read) };
}

function keyOf(model: CatalogueModel, prefix: CachePrefix): string {
  return createHash('sha256').update(`${model.id}\0${prefix.text}`).digest('base64');
}
