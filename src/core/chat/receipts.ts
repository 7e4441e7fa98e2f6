import type { Receipt, Usage } from '../../shared/chatTypes.ts';

/** An answer that was continued cost several requests: counts and times add up, the first token is that of the first. */
export function joinReceipts(first: Receipt, second: Receipt): Receipt {
  return {
    ...second,
    usage: first.usage === undefined || second.usage === undefined ? (second.usage ?? first.usage) : joinUsage(first.usage, second.usage),
    priceUsd: sum(first.priceUsd, second.priceUsd),
    directUsd: sum(first.directUsd, second.directUsd),
    firstTokenMs: first.firstTokenMs ?? second.firstTokenMs,
    priceIsEstimate: first.priceIsEstimate || second.priceIsEstimate,
    durationMs: first.durationMs + second.durationMs,
  };
}

function joinUsage(first: Usage, second: Usage): Usage {
  return {
    inputTokens: first.inputTokens + second.inputTokens,
    outputTokens: first.outputTokens + second.outputTokens,
    cacheReadTokens: first.cacheReadTokens + second.cacheReadTokens,
    cacheWriteTokens: first.cacheWriteTokens + second.cacheWriteTokens,
    billedUsd: sum(first.billedUsd, second.billedUsd),
  };
}

/** What is unknown adds nothing; unknown throughout stays unknown. */
function sum(first: number | undefined, second: number | undefined): number | undefined {
  return first === undefined && second === undefined ? undefined : (first ?? 0) + (second ?? 0);
}
