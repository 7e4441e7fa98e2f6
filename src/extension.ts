import * as vscode from 'vscode';
import type { ContextSource } from './core/context/contextSource.ts';
import type { FileGate } from './core/context/fileGate.ts';
import { registerChat } from './host/chat/registerChat.ts';
import { registerCompletion } from './host/completion/registerCompletion.ts';
import { registerCostView } from './host/costView.ts';
import { offerKnownKeys, registerKeyCommands } from './host/keyCommands.ts';
import { createKeyStore } from './host/keyStore.ts';
import { createLog } from './host/log.ts';
import { createModelServices } from './host/modelServices.ts';
import { createSettingsReader } from './host/settingsReader.ts';
import { systemClock as clock } from './host/systemClock.ts';
import { translate } from './host/translate.ts';
import { commandIds } from './shared/commandIds.ts';

/** Builds the parts in the order of their needs and hands them on as arguments; every part with a lifetime goes into `subscriptions`. */
export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions, secrets, globalState } = context;
  const storagePath = context.globalStorageUri.fsPath;
  const log = createLog();
  const settings = createSettingsReader(log, translate);
  const keys = createKeyStore({ secrets, globalState, environment: process.env, log });
  const estimateTokens = (text: string): number => Math.ceil(text.length / 3.5);
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
    extensionUri: context.extensionUri, storagePath, workspaceState: context.workspaceState, runner, prices, source, settings,
    models: () => [], estimateTokens, hasKey, onKeyChange: keys.onDidChange, clock, log, translate,
  });

  subscriptions.push(
    log,
    settings,
    keys,
    models,
    chatPanel,
    registerCompletion({ runner, gate, settings, logger: log, clock, translate, redact: (text) => text, onKeyChange: (listener) => keys.onDidChange(listener) }),
    registerKeyCommands(keyCommands),
    registerCostView({ ledger, account, clock, translate }),
    vscode.commands.registerCommand(commandIds.showLog, () => log.show()),
    vscode.commands.registerCommand(commandIds.openSettings, () => vscode.commands.executeCommand('workbench.action.openSettings', '@ext:runapi.runapi-assistant')),
  );
  void offerKnownKeys(keyCommands);
}
