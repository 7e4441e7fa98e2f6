// Puts the room of context together: the gate, the masking, the token estimate, changes from git, and the source over all of them.
import * as vscode from 'vscode';
import { createItemBuilder } from '../../core/context/buildItem.ts';
import type { ChangesSource } from '../../core/context/changesSource.ts';
import type { ContextSource } from '../../core/context/contextSource.ts';
import { createRedactor, type Redactor } from '../../core/context/redactSecrets.ts';
import { createTokenEstimator, type TokenEstimator, type TokenFactors } from '../../core/context/tokenEstimate.ts';
import type { Logger } from '../../core/logger.ts';
import type { SettingsSource } from '../../core/settings.ts';
import type { Translate } from '../../core/translate.ts';
import { createChangesSource } from './changesSource.ts';
import { createCodebaseSearch } from './codebaseSearch.ts';
import { createFileCollector } from './collectFiles.ts';
import { createStateCollector } from './collectState.ts';
import { createContextSource } from './contextSource.ts';
import { createFileGate, type WindowGate } from './fileGate.ts';
import { createFileList } from './fileList.ts';
import { createContextSuggester } from './suggestContext.ts';
import { createTerminalWatch } from './terminalWatch.ts';

export interface ContextServices extends vscode.Disposable {
  readonly gate: WindowGate;
  readonly source: ContextSource;
  readonly changes: ChangesSource;
  readonly redactor: Redactor;
  readonly tokens: TokenEstimator;
}

export interface ContextServiceDependencies {
  readonly settings: SettingsSource;
  readonly globalState: vscode.Memento;
  readonly workspaceState: vscode.Memento;
  /** The keys in use: masked wherever they stand, whatever they look like. */
  readonly knownSecrets: () => readonly string[];
  readonly log: Logger;
  readonly translate: Translate;
}

const factorsKey = 'context.tokenFactors';
const seenKey = 'context.seenInstructions';

export function createContextServices({ settings, globalState, workspaceState, knownSecrets, log, translate }: ContextServiceDependencies): ContextServices {
  const gate = createFileGate(settings, log);
  const redactor = createRedactor(knownSecrets);
  const tokens = createStoredEstimator(globalState);
  const builder = createItemBuilder(redactor, (text) => tokens.estimate(text));
  const list = createFileList();
  const codebase = createCodebaseSearch({ files: list, gate, log });
  const terminals = createTerminalWatch();
  const changes = createChangesSource({ gate, redactor, log });
  const files = createFileCollector({ gate, builder, files: list, codebase });
  const state = createStateCollector({ gate, builder, changes, terminals, seen: createSeenInstructions(workspaceState) });
  const source = createContextSource({ files, state, suggester: createContextSuggester(list, translate), builder, gate, log });
  const subscriptions = vscode.Disposable.from(source, codebase, list, terminals, gate);
  return { gate, source, changes, redactor, tokens, dispose: () => subscriptions.dispose() };
}

function createStoredEstimator(globalState: vscode.Memento): TokenEstimator {
  const estimator = createTokenEstimator(globalState.get<TokenFactors>(factorsKey, {}));
  return {
    ...estimator,
    learn(model, texts, actualTokens) {
      estimator.learn(model, texts, actualTokens);
      void globalState.update(factorsKey, estimator.factors());
    },
  };
}

function createSeenInstructions(workspaceState: vscode.Memento): { get(uri: string): string | undefined; set(uri: string, digest: string): void } {
  const seen = new Map(Object.entries(workspaceState.get<Readonly<Record<string, string>>>(seenKey, {})));
  return {
    get: (uri) => seen.get(uri),
    set(uri, digest) {
      seen.set(uri, digest);
      void workspaceState.update(seenKey, Object.fromEntries(seen));
    },
  };
}
