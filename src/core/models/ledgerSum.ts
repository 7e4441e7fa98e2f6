// Sums over lines of the ledger.
import type { Usage } from '../../shared/chatTypes.ts';

export interface LedgerSum {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly priceUsd: number;
  /** What those requests whose price is known would have cost directly. */
  readonly directUsd: number;
  readonly estimates: number;
  /** Requests that `priceUsd` leaves out. */
  readonly unknownPrices: number;
  /** Of suggestions: what of them went into documents. */
  readonly acceptedCharacters: number;
}

export interface RequestCost {
  readonly usage: Usage;
  /** Absent when nobody knows the price. */
  readonly priceUsd?: number;
  readonly priceIsEstimate: boolean;
  readonly directUsd?: number;
}

export const emptySum: LedgerSum = {
  requests: 0, inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, priceUsd: 0, directUsd: 0, estimates: 0, unknownPrices: 0, acceptedCharacters: 0,
};

export function sumOfRequest({ usage, priceUsd, priceIsEstimate, directUsd }: RequestCost): LedgerSum {
  const isKnown = priceUsd !== undefined;
  return {
    ...emptySum,
    requests: 1,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    cacheReadTokens: usage.cacheReadTokens,
    cacheWriteTokens: usage.cacheWriteTokens,
    priceUsd: priceUsd ?? 0,
    directUsd: isKnown ? (directUsd ?? priceUsd) : 0,
    estimates: isKnown && priceIsEstimate ? 1 : 0,
    unknownPrices: isKnown ? 0 : 1,
  };
}

export function addSums(sums: readonly LedgerSum[]): LedgerSum {
  return sums.reduce((a, b) => ({
    requests: a.requests + b.requests,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    priceUsd: a.priceUsd + b.priceUsd,
    directUsd: a.directUsd + b.directUsd,
    estimates: a.estimates + b.estimates,
    unknownPrices: a.unknownPrices + b.unknownPrices,
    acceptedCharacters: a.acceptedCharacters + b.acceptedCharacters,
  }), emptySum);
}

/** US dollars for a thousand characters; undefined where none were accepted. */
export function pricePerThousand({ priceUsd, acceptedCharacters }: LedgerSum): number | undefined {
  return acceptedCharacters === 0 ? undefined : (priceUsd / acceptedCharacters) * 1000;
}
