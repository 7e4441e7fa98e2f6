// What tokens cost: the live schedule first, then the table of the day this was written, else unknown. Unknown is never zero.
import type { Usage } from '../../shared/chatTypes.ts';
import { identifyModel } from './catalog.ts';

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export interface Prices {
  /** What RunAPI takes; undefined when nobody knows. */
  priceOf(model: string): Price | undefined;
  /** What the model's maker takes. */
  directPriceOf(model: string): Price | undefined;
}

/** Live prices by model id, as core/api/account.ts reads them. */
export type PriceSchedule = ReadonlyMap<string, Partial<Price>>;

export function createPrices(schedule: () => PriceSchedule): Prices {
  return {
    priceOf: (model) => livePrice(schedule(), model) ?? tablePrice(runApiTable, model),
    directPriceOf: (model) => tablePrice(directTable, model),
  };
}

/** In US dollars; not rounded. */
export function costOf(usage: Usage, price: Price): number {
  const total = usage.inputTokens * price.input + usage.outputTokens * price.output
    + usage.cacheReadTokens * price.cacheRead + usage.cacheWriteTokens * price.cacheWrite;
  return total / 1_000_000;
}

function livePrice(schedule: PriceSchedule, model: string): Price | undefined {
  const wanted = identifyModel(model).id;
  const found = schedule.get(model) ?? [...schedule].find(([id]) => identifyModel(id).id === wanted)?.[1];
  if (found?.input === undefined || found.output === undefined) return undefined;
  return priceFrom(found.input, found.output, found);
}

/** Reads cost a tenth of the input, writes (for five minutes) a quarter more, where the schedule does not say. */
function priceFrom(input: number, output: number, cache: Partial<Price> = {}): Price {
  return { input, output, cacheRead: cache.cacheRead ?? input * 0.1, cacheWrite: cache.cacheWrite ?? input * 1.25 };
}

type Table = Readonly<Record<string, readonly [input: number, output: number]>>;

/** runapi.ai's model pages: half of the direct price. */
const runApiTable: Table = {
  'claude-opus-4.8': [7.5, 37.5],
  'claude-sonnet-4.6': [1.5, 7.5],
  'claude-haiku-4.5': [0.5, 2.5],
};

const directTable: Table = {
  'claude-opus-4.8': [15, 75],
  'claude-sonnet-4.6': [3, 15],
  'claude-haiku-4.5': [1, 5],
};

function tablePrice(table: Table, model: string): Price | undefined {
  const row = table[identifyModel(model).id];
  return row && priceFrom(row[0], row[1]);
}
