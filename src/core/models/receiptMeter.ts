// Adds up one request as its parts pass by. What the gateway did not say is estimated and marked so: a closed connection still
// bills the input and what was written until then.
import type { FinishReason, Receipt, RouteDecision, Usage } from '../../shared/chatTypes.ts';
import type { ModelContent, StreamPart } from '../api/modelClient.ts';
import { RunApiError, type ErrorKind } from '../errors.ts';
import { costOf, type Prices } from './price.ts';
import type { TaskRequest } from './taskRunner.ts';

export interface ReceiptMeter {
  /** What the input will be, before it is sent. */
  expectedUsage(): Usage;
  /** From now on the request may be billed. */
  sent(): void;
  note(part: StreamPart, now: number): void;
  receipt(now: number, error: unknown): Receipt;
}

interface MeterOptions {
  readonly request: TaskRequest;
  readonly route: RouteDecision;
  readonly prices: Prices;
  readonly startedAt: number;
  readonly estimateTokens: (text: string, model: string) => number;
}

export function createReceiptMeter(options: MeterOptions): ReceiptMeter {
  const { route, prices, startedAt } = options;
  let isSent = false;
  let usage: Usage | undefined;
  let written = '';
  let firstTokenMs: number | undefined;
  let requestId: string | undefined;
  let finish: FinishReason | undefined;
  let expected: Usage | undefined;

  const expectedUsage = (): Usage => (expected ??= { inputTokens: inputTokens(options), outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 });
  const finalUsage = (error: unknown): { readonly usage?: Usage; readonly isGuess: boolean } => {
    const isWhole = usage !== undefined && finish !== undefined && (isTold(usage) || usage.billedUsd !== undefined);
    if (isWhole) return { usage, isGuess: false };
    if (!isSent || isUnbilled(error)) return { isGuess: false };
    const known = usage && isTold(usage) ? usage : expectedUsage();
    return { usage: { ...known, outputTokens: Math.max(known.outputTokens, usage?.outputTokens ?? 0, options.estimateTokens(written, route.model)) }, isGuess: true };
  };

  return {
    expectedUsage,
    sent: () => {
      isSent = true;
    },
    note: (part, now) => {
      switch (part.type) {
        case 'usage': usage = part.usage; break;
        case 'response-start': requestId = part.requestId; break;
        case 'finish': finish = part.reason; break;
        case 'text-delta': case 'thinking-delta':
          firstTokenMs ??= now - startedAt;
          written += part.text;
          break;
        case 'tool-call-delta': written += part.json; break;
        case 'tool-call-start': firstTokenMs ??= now - startedAt; break;
        case 'retry-wait': case 'thinking-signature': break;
      }
    },
    receipt: (now, error) => {
      const final = finalUsage(error);
      const price = prices.priceOf(route.model);
      const direct = prices.directPriceOf(route.model);
      const billed = final.isGuess ? undefined : final.usage?.billedUsd;
      const priceUsd = final.usage === undefined ? 0 : (billed ?? (price && costOf(final.usage, price)));
      const id = requestId ?? (error instanceof RunApiError ? error.requestId : undefined);
      return {
        durationMs: now - startedAt,
        priceIsEstimate: final.usage !== undefined && billed === undefined,
        ...(final.usage && { usage: final.usage }),
        ...(priceUsd !== undefined && { priceUsd }),
        ...(final.usage && direct && { directUsd: costOf(final.usage, direct) }),
        ...(firstTokenMs !== undefined && { firstTokenMs }),
        ...(id !== undefined && { requestId: id }),
        ...(finish !== undefined && { finish }),
      };
    },
  };
}

/** Some gateways write zeros where they do not count; no request has no input. */
function isTold(usage: Usage): boolean {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens > 0;
}

/** A request that never arrived, or was turned away with a status, costs nothing. */
function isUnbilled(error: unknown): boolean {
  if (!(error instanceof RunApiError)) return false;
  return unbilledKinds.has(error.kind) || error.phase === 'connect' || (error.phase === 'first-byte' && error.status !== undefined);
}

const unbilledKinds: ReadonlySet<ErrorKind> = new Set(['dns', 'refused', 'proxy', 'tls', 'no-key', 'key-rejected', 'credits', 'budget', 'insecure-url', 'untrusted-origin', 'redirect']);

function inputTokens({ request, route, estimateTokens }: MeterOptions): number {
  const texts = [request.system, ...request.messages.flatMap((message) => (typeof message.content === 'string' ? [message.content] : message.content.map(textOf)))];
  return texts.reduce((sum, text) => sum + estimateTokens(text, route.model), 0) + imageTokens(request);
}

function textOf(part: ModelContent): string {
  switch (part.type) {
    case 'text': case 'tool-result': return part.text;
    case 'tool-call': return JSON.stringify(part.input ?? {});
    case 'image': return '';
  }
}

/** RunAPI's own count_tokens guesses the same for an image. */
const tokensPerImage = 512;

function imageTokens(request: TaskRequest): number {
  return request.messages.reduce((sum, { content }) => sum + (typeof content === 'string' ? 0 : content.filter((part) => part.type === 'image').length * tokensPerImage), 0);
}
