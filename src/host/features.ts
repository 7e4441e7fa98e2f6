// Everything that a user sees, put together. Loaded after activation (see extension.ts): reading and running this code takes longer
// than an activation may.
import * as vscode from 'vscode';
import type { ContextSource } from '../core/context/contextSource.ts';
import type { FileGate } from '../core/context/fileGate.ts';
import type { SettingsSource } from '../core/settings.ts';
import { commandIds } from '../shared/commandIds.ts';
import { registerChat } from './chat/registerChat.ts';
import { registerCompletion } from './completion/registerCompletion.ts';
import { registerCostView } from './costView.ts';
import { offerKnownKeys, registerKeyCommands } from './keyCommands.ts';
import { createKeyStore } from './keyStore.ts';
import type { Log } from './log.ts';
import { createModelServices } from './modelServices.ts';
import { systemClock as clock } from './systemClock.ts';
import { translate } from './translate.ts';

export interface FeatureDependencies {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly settings: SettingsSource;
}

/** In the order of their needs: each part is handed what it uses. */
export function startFeatures({ context, log, settings }: FeatureDependencies): vscode.Disposable {
  const { extensionUri, globalState, secrets, workspaceState } = context;
  const storagePath = context.globalStorageUri.fsPath;
  const estimateTokens = (text: string): number => Math.ceil(text.length / 3.5);
  const keys = createKeyStore({ secrets, globalState, environment: process.env, log });
  const models = createModelServices({ settings, keys, clock, log, translate, globalState, storagePath, estimateTokens });
  const { account, ledger, prices, runner } = models;
  const keyCommands = { keys, account, settings, globalState, translate };

  const gate: FileGate = { check: async () => ({ open: true }), known: () => ({ open: true }) };
  const source: ContextSource = {
    collect: (reference) => Promise.reject(new Error(`no context yet: ${reference.kind}`)),
    suggest: async () => [],
    offers: () => [],
    onOffersChange: () => () => undefined,
    referenceOf: async () => undefined,
  };
  const hasKey = async (): Promise<boolean> => (await keys.keyFor(new URL(settings.current().baseUrl).origin)) !== undefined;
  const { disposable: chatPanel } = registerChat({
    extensionUri, storagePath, workspaceState, runner, prices, source, settings,
    models: () => [], estimateTokens, hasKey, onKeyChange: keys.onDidChange, clock, log, translate,
  });
  void offerKnownKeys(keyCommands);

  return vscode.Disposable.from(
    keys,
    models,
    chatPanel,
    registerCompletion({ runner, gate, settings, logger: log, clock, translate, redact: (text) => text, onKeyChange: (listener) => keys.onDidChange(listener) }),
    registerKeyCommands(keyCommands),
    registerCostView({ ledger, account, clock, translate }),
    vscode.commands.registerCommand(commandIds.showLog, () => log.show()),
    vscode.commands.registerCommand(commandIds.openSettings, () => vscode.commands.executeCommand('workbench.action.openSettings', '@ext:runapi.runapi-assistant')),
  );
}
