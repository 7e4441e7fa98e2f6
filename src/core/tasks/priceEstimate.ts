// What a request will cost, said before it is sent: its input is counted, its output guessed from what tasks of its kind answer.
import type { Prices } from '../models/price.ts';
import type { RouteDecision } from '../../shared/chatTypes.ts';
import type { TaskPrompt } from './taskPrompt.ts';

export interface PriceEstimate {
  readonly inputTokens: number;
  /** Absent when the model's price is unknown. */
  readonly usd?: number;
}

/** Edits come to about a quarter of what was shown, reviews to less; a plan is short. */
const outputShare = 0.25;
const leastOutputTokens = 300;

export function estimatePrice(prompt: TaskPrompt, route: RouteDecision, prices: Prices, estimateTokens: (text: string) => number): PriceEstimate {
  const inputTokens = estimateTokens(promptText(prompt));
  const usd = estimateUsd(inputTokens, route, prices);
  return { inputTokens, ...(usd === undefined ? {} : { usd }) };
}

/** Undefined when the model's price is unknown. */
export function estimateUsd(inputTokens: number, route: RouteDecision, prices: Prices): number | undefined {
  const price = prices.priceOf(route.model);
  if (price === undefined) return undefined;
  const outputTokens = Math.min(route.maxTokens, Math.max(leastOutputTokens, inputTokens * outputShare));
  return (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
}

export function promptText({ system, messages }: TaskPrompt): string {
  const texts = messages.map(({ content }) => (typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')));
  return [system, ...texts].join('\n');
}
