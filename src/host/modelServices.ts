// Builds what asks the models: client, router, prices, ledger, budget, and the runner over them.
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { createAccountClient, type AccountClient } from '../core/api/account.ts';
import type { HttpDependencies } from '../core/api/http.ts';
import { createModelClient, createWireOf } from '../core/api/httpModelClient.ts';
import type { Memory } from '../core/api/quirks.ts';
import type { WireOf } from '../core/api/wireRequest.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import { createBudget } from '../core/models/budget.ts';
import { capabilitiesOf } from '../core/models/catalog.ts';
import { createLedger, type Ledger } from '../core/models/ledger.ts';
import { createPrices, type Prices } from '../core/models/price.ts';
import { createRouter } from '../core/models/router.ts';
import { createTaskRunner } from '../core/models/routedTaskRunner.ts';
import type { TaskRequest, TaskRunner } from '../core/models/taskRunner.ts';
import type { TokenEstimator } from '../core/context/tokenEstimate.ts';
import type { SettingsSource } from '../core/settings.ts';
import type { Translate } from '../core/translate.ts';
import type { Receipt } from '../shared/chatTypes.ts';
import { createConnectionWatch } from './connectionWatch.ts';
import type { KeyStore } from './keyStore.ts';
import { createLedgerFiles } from './ledgerFiles.ts';

export interface ModelServices extends vscode.Disposable {
  readonly account: AccountClient;
  readonly runner: TaskRunner;
  readonly ledger: Ledger;
  readonly prices: Prices;
  readonly wireOf: WireOf;
  /** Ids that RunAPI listed; empty before the first request. */
  knownModels(): readonly string[];
}

export interface ModelServiceDependencies {
  readonly settings: SettingsSource;
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly translate: Translate;
  readonly globalState: vscode.Memento;
  /** Folder of this extension's own files. */
  readonly storagePath: string;
  readonly tokens: TokenEstimator;
}

/** Prices and models change a few times a year; a window that stays open for days sees the new ones the same day. */
const listsAreFreshMs = 6 * 60 * 60 * 1000;

export function createModelServices(dependencies: ModelServiceDependencies): ModelServices {
  const { settings, keys, clock, log, translate, tokens } = dependencies;
  const watch = createConnectionWatch();
  const http: HttpDependencies = {
    // Looked up at each call: VS Code replaces the global fetch with one that knows proxies and certificates.
    fetch: (address, init) => globalThis.fetch(address, init),
    clock,
    settings,
    keyFor: (origin) => keys.keyFor(origin),
    observeConnection: (start, onConnected) => watch.observe(start, onConnected),
  };
  const memory = createMemory(dependencies.globalState);
  const random = (): number => Math.random();
  const account = createAccountClient({ ...http, random, memory });
  const prices = createPrices(() => account.knownPrices());
  const ledger = createLedger({ storage: createLedgerFiles(join(dependencies.storagePath, 'costs')), logger: log, random, date: () => clock.date() });
  const runner = createTaskRunner({
    client: createModelClient({ ...http, random, logger: log, memory, capabilities: capabilitiesOf }),
    router: createRouter({ settings, translate }),
    prices,
    ledger,
    budget: createBudget({ ledger, settings, clock }),
    clock,
    logger: log,
    estimateTokens: (text, model) => tokens.estimate(text, model),
  });
  const lists = createAccountLists(account, clock, log);
  return { account, ledger, prices, wireOf: createWireOf({ memory, settings, capabilities: capabilitiesOf }), knownModels: () => lists.models(), runner: watchRuns(runner, () => lists.refresh(), tokens), dispose: () => watch.dispose() };
}

interface AccountLists {
  /** Asks for prices and models when they are old. Called with each request, so that a window in which nothing is done sends nothing. */
  refresh(): void;
  models(): readonly string[];
}

function createAccountLists(account: AccountClient, clock: Clock, log: Logger): AccountLists {
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let models: readonly string[] = [];
  return {
    models: () => models,
    refresh: () => {
      if (clock.now() - refreshedAt < listsAreFreshMs) return;
      refreshedAt = clock.now();
      const signal = AbortSignal.timeout(30_000);
      const note = (name: string) => (error: unknown) => log.info(`${name} are not available: ${error instanceof Error ? error.message : 'unknown'}`);
      account.refreshPrices(signal).catch(note('live prices'));
      account.models(signal).then((ids) => (models = ids), note('models'));
    },
  };
}

/** What every request does besides: fresh lists before it, and a better token estimate after it. */
function watchRuns(runner: TaskRunner, refresh: () => void, tokens: TokenEstimator): TaskRunner {
  return {
    route: (request) => runner.route(request),
    run: async function* (request, signal) {
      refresh();
      let model = '';
      for await (const part of runner.run(request, signal)) {
        if (part.type === 'route') model = part.route.model;
        if (part.type === 'receipt' && request.task !== 'complete') learnFrom(part.receipt, { model, request, tokens });
        yield part;
      }
    },
  };
}

function learnFrom({ usage, finish }: Receipt, { model, request, tokens }: { readonly model: string; readonly request: TaskRequest; readonly tokens: TokenEstimator }): void {
  if (usage === undefined || finish === undefined) return;
  const contents = request.messages.flatMap(({ content }) => (typeof content === 'string' ? [content] : content.map((part) => (part.type === 'text' ? part.text : undefined))));
  // An image or a tool call has tokens that no text accounts for.
  if (contents.some((text) => text === undefined) || request.tools !== undefined) return;
  tokens.learn(model, [request.system, ...contents.filter((text) => text !== undefined)], usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens);
}

function createMemory(state: vscode.Memento): Memory {
  return { get: (key) => state.get(`runapi.memory.${key}`), set: (key, value) => void state.update(`runapi.memory.${key}`, value) };
}
