// The quiet last word of a task: who answered, what it took, what it cost.
import type { Receipt, RouteDecision, TaskId } from '../../shared/chatTypes.ts';
import { displayName } from '../models/catalog.ts';
import { formatTokens, formatUsd } from '../models/formatCost.ts';
import { taskTitle } from '../models/router.ts';
import type { Translate } from '../translate.ts';

export interface TaskCost {
  readonly task: TaskId;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Absent when the price of any request is unknown. */
  readonly priceUsd?: number;
  readonly priceIsEstimate: boolean;
  readonly requests: number;
}

/** Sums the requests of one task: a plan and its edits, the parts of a review, an answer and its repair. */
export function addCost(sum: TaskCost | undefined, route: RouteDecision, receipt: Receipt): TaskCost {
  const usage = receipt.usage;
  const priceUsd = receipt.priceUsd === undefined || (sum !== undefined && sum.priceUsd === undefined) ? undefined : (sum?.priceUsd ?? 0) + receipt.priceUsd;
  return {
    task: route.task,
    model: route.model,
    inputTokens: (sum?.inputTokens ?? 0) + (usage === undefined ? 0 : usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens),
    outputTokens: (sum?.outputTokens ?? 0) + (usage?.outputTokens ?? 0),
    ...(priceUsd === undefined ? {} : { priceUsd }),
    priceIsEstimate: receipt.priceIsEstimate || (sum?.priceIsEstimate ?? false),
    requests: (sum?.requests ?? 0) + 1,
  };
}

/** Two sums of the same task. */
export function addCosts(left: TaskCost | undefined, right: TaskCost | undefined): TaskCost | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  const { priceUsd: leftUsd, ...rest } = left;
  const priceUsd = leftUsd === undefined || right.priceUsd === undefined ? undefined : leftUsd + right.priceUsd;
  return {
    ...rest,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    priceIsEstimate: left.priceIsEstimate || right.priceIsEstimate,
    requests: left.requests + right.requests,
    ...(priceUsd === undefined ? {} : { priceUsd }),
  };
}

/** "Refactor → Opus 4.8 · 2,310 in, 840 out · ≈ $0.049" */
export function formatCost(cost: TaskCost, translate: Translate): string {
  const tokens = translate('{input} in, {output} out', { input: formatTokens(cost.inputTokens), output: formatTokens(cost.outputTokens) });
  const price = cost.priceUsd === undefined ? translate('price unknown') : `${cost.priceIsEstimate ? '≈ ' : ''}${formatUsd(cost.priceUsd)}`;
  const requests = cost.requests > 1 ? ` · ${translate('{count} requests', { count: cost.requests })}` : '';
  return `${taskTitle(cost.task, translate)} → ${displayName(cost.model)} · ${tokens} · ${price}${requests}`;
}
