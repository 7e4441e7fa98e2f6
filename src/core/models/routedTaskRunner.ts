// The TaskRunner of the product: route, budget, request, receipt, ledger line.
import type { RouteDecision } from '../../shared/chatTypes.ts';
import type { ModelClient } from '../api/modelClient.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Budget } from './budget.ts';
import type { Ledger } from './ledger.ts';
import { costOf, type Prices } from './price.ts';
import { createReceiptMeter, type ReceiptMeter } from './receiptMeter.ts';
import type { Router } from './router.ts';
import type { TaskPart, TaskRequest, TaskRunner } from './taskRunner.ts';

export interface TaskRunnerDependencies {
  readonly client: ModelClient;
  readonly router: Router;
  readonly prices: Prices;
  readonly ledger: Ledger;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A guess at the tokens of a text, for requests whose usage the gateway never told. */
  readonly estimateTokens: (text: string, model: string) => number;
}

export function createTaskRunner(dependencies: TaskRunnerDependencies): TaskRunner {
  return {
    route: (request) => dependencies.router.route(request),
    run: (request, signal) => runTask(dependencies, request, signal),
  };
}

async function* runTask(dependencies: TaskRunnerDependencies, request: TaskRequest, signal: AbortSignal): AsyncGenerator<TaskPart, void, undefined> {
  const { client, clock, budget, prices } = dependencies;
  signal.throwIfAborted();
  const route = dependencies.router.route(request);
  yield { type: 'route', route };
  const meter = createReceiptMeter({ request, route, prices, startedAt: clock.now(), estimateTokens: dependencies.estimateTokens });
  const close = createCloser(dependencies, route, meter);
  try {
    const price = prices.priceOf(route.model);
    await budget.check(request.task, price ? costOf(meter.expectedUsage(), price) : 0);
    meter.sent();
    for await (const part of client.stream(toModelRequest(request, route), signal)) {
      meter.note(part, clock.now());
      yield part;
    }
    yield { type: 'receipt', receipt: close(undefined) };
  } catch (error) {
    yield { type: 'receipt', receipt: close(error) };
    throw error;
  } finally {
    // A consumer that stopped reading still has its request on the bill.
    close(undefined);
  }
}

/** Writes the ledger line once; later calls give the same receipt. */
function createCloser({ clock, ledger, logger }: TaskRunnerDependencies, route: RouteDecision, meter: ReceiptMeter) {
  let receipt: ReturnType<ReceiptMeter['receipt']> | undefined;
  return (error: unknown) => {
    if (receipt) return receipt;
    receipt = meter.receipt(clock.now(), error);
    const { usage, priceUsd, priceIsEstimate, directUsd } = receipt;
    if (usage) {
      ledger.record({
        at: clock.date(),
        task: route.task,
        model: route.model,
        usage,
        priceIsEstimate,
        ...(priceUsd !== undefined && { priceUsd }),
        ...(directUsd !== undefined && { directUsd }),
      });
    }
    logger.info(`${route.task}: ${route.model}, ${usage?.inputTokens ?? 0} in, ${usage?.outputTokens ?? 0} out, ${Math.round(receipt.durationMs)} ms, ${receipt.finish ?? 'no finish'}, request ${receipt.requestId ?? 'without id'}`);
    return receipt;
  };
}

function toModelRequest(request: TaskRequest, route: RouteDecision) {
  return {
    protocol: route.protocol,
    model: route.model,
    system: request.system,
    messages: request.messages,
    maxTokens: route.maxTokens,
    ...(route.temperature !== undefined && { temperature: route.temperature }),
    ...(route.thinkingTokens !== undefined && { thinkingTokens: route.thinkingTokens }),
    ...(request.stopSequences !== undefined && { stopSequences: request.stopSequences }),
    ...(request.tools !== undefined && { tools: request.tools }),
  };
}
