import type { TaskPart, TaskRequest, TaskRunner } from '../../../../src/core/models/taskRunner.ts';
import type { FinishReason, RouteDecision } from '../../../../src/shared/chatTypes.ts';
import { settle } from '../../../helpers/fakeClock.ts';

export interface FakeCall {
  readonly request: TaskRequest;
  readonly signal: AbortSignal;
  /** Parts that the reader has taken. */
  readonly taken: number;
  push(...parts: readonly TaskPart[]): Promise<void>;
  text(...texts: readonly string[]): Promise<void>;
  finish(reason?: FinishReason): Promise<void>;
  fail(error: unknown): Promise<void>;
}

export interface FakeRunner extends TaskRunner {
  readonly calls: readonly FakeCall[];
  readonly last: FakeCall;
}

const models: Readonly<Record<string, string>> = { refactor: 'claude-opus-4.8', title: 'claude-haiku-4.5', commit: 'claude-haiku-4.5' };

/** A model whose answers a test writes part by part. Keeps the promises of TaskRunner: route first, a receipt at the end, also of a failure. */
export function createFakeRunner(): FakeRunner {
  const calls: FakeCall[] = [];
  const route = ({ task, model, reason, maxTokens }: Pick<TaskRequest, 'task' | 'model' | 'reason' | 'maxTokens'>): RouteDecision => ({
    task, model: model ?? models[task] ?? 'claude-sonnet-4.6', protocol: 'messages', maxTokens: maxTokens ?? 8_000, reason: reason ?? `default for ${task}`,
  });
  return {
    calls,
    get last() {
      const call = calls.at(-1);
      if (call === undefined) throw new Error('nothing was asked');
      return call;
    },
    route,
    run: (request, signal) => {
      const queue: ({ readonly part: TaskPart } | { readonly error: unknown } | 'end')[] = [{ part: { type: 'route', route: route(request) } }];
      let wake = (): void => undefined;
      let taken = 0;
      const put = async (...items: typeof queue): Promise<void> => {
        queue.push(...items);
        wake();
        await settle();
      };
      const call: FakeCall = {
        request, signal,
        get taken() { return taken; },
        push: (...parts) => put(...parts.map((part) => ({ part }))),
        text: (...texts) => put(...texts.map((text) => ({ part: { type: 'text-delta' as const, text } }))),
        finish: (reason = 'stop') => put({ part: { type: 'finish', reason } }, { part: { type: 'receipt', receipt: receiptOf(reason) } }, 'end'),
        fail: (error) => put({ part: { type: 'receipt', receipt: receiptOf(undefined) } }, { error }),
      };
      calls.push(call);
      signal.addEventListener('abort', () => void put({ part: { type: 'receipt', receipt: receiptOf(undefined) } }, { error: signal.reason }));
      return (async function* () {
        for (;;) {
          while (queue.length === 0) await new Promise<void>((resolve) => { wake = resolve; });
          const item = queue.shift();
          if (item === undefined || item === 'end') return;
          if ('error' in item) throw item.error;
          taken += 1;
          yield item.part;
        }
      })();
    },
  };
}

function receiptOf(finish: FinishReason | undefined) {
  return { usage: { inputTokens: 100, outputTokens: 20, cacheReadTokens: 0, cacheWriteTokens: 0 }, priceUsd: 0.001, priceIsEstimate: true, durationMs: 900, firstTokenMs: 300, finish };
}
