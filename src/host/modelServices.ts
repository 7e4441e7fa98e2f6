// Builds what asks the models: client, router, prices, ledger, budget, and the runner over them.
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { createAccountClient, type AccountClient } from '../core/api/account.ts';
import type { HttpDependencies } from '../core/api/http.ts';
import { createModelClient } from '../core/api/httpModelClient.ts';
import type { Memory } from '../core/api/quirks.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import { createBudget } from '../core/models/budget.ts';
import { capabilitiesOf } from '../core/models/catalog.ts';
import { createLedger, type Ledger } from '../core/models/ledger.ts';
import { createPrices, type Prices } from '../core/models/price.ts';
import { createRouter } from '../core/models/router.ts';
import { createTaskRunner } from '../core/models/routedTaskRunner.ts';
import type { TaskRunner } from '../core/models/taskRunner.ts';
import type { SettingsSource } from '../core/settings.ts';
import type { Translate } from '../core/translate.ts';
import { createConnectionWatch } from './connectionWatch.ts';
import type { KeyStore } from './keyStore.ts';
import { createLedgerFiles } from './ledgerFiles.ts';

export interface ModelServices extends vscode.Disposable {
  readonly account: AccountClient;
  readonly runner: TaskRunner;
  readonly ledger: Ledger;
  readonly prices: Prices;
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
  readonly estimateTokens: (text: string, model: string) => number;
}

/** Prices change a few times a year; a window that stays open for days sees the new ones the same day. */
const pricesAreFreshMs = 6 * 60 * 60 * 1000;

export function createModelServices(dependencies: ModelServiceDependencies): ModelServices {
  const { settings, keys, clock, log, translate, estimateTokens } = dependencies;
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
    estimateTokens,
  });
  return { account, ledger, prices, runner: withFreshPrices(runner, account, clock, log), dispose: () => watch.dispose() };
}

/** Asks for prices with the first request, so that a window in which nothing is done sends nothing. */
function withFreshPrices(runner: TaskRunner, account: AccountClient, clock: Clock, log: Logger): TaskRunner {
  let refreshedAt = Number.NEGATIVE_INFINITY;
  const refresh = (): void => {
    if (clock.now() - refreshedAt < pricesAreFreshMs) return;
    refreshedAt = clock.now();
    account.refreshPrices(AbortSignal.timeout(30_000)).catch((error: unknown) => log.info(`live prices are not available: ${error instanceof Error ? error.message : 'unknown'}`));
  };
  return {
    route: (request) => runner.route(request),
    run: (request, signal) => {
      refresh();
      return runner.run(request, signal);
    },
  };
}

function createMemory(state: vscode.Memento): Memory {
  return { get: (key) => state.get(`runapi.memory.${key}`), set: (key, value) => void state.update(`runapi.memory.${key}`, value) };
}
