// Everything that a user sees, put together. Loaded after activation (see extension.ts): reading and running this code takes longer
// than an activation may.
import * as vscode from 'vscode';
import { editFormatInstructions } from '../core/edit/instructions.ts';
import type { SettingsSource } from '../core/settings.ts';
import { estimatePrice } from '../core/tasks/priceEstimate.ts';
import { commandIds } from '../shared/commandIds.ts';
import { registerChat } from './chat/registerChat.ts';
import { registerCompletion } from './completion/registerCompletion.ts';
import { createContextServices } from './context/contextServices.ts';
import { registerCostView } from './costView.ts';
import { registerEdits } from './edit/registerEdits.ts';
import { offerKnownKeys, originOf, registerKeyCommands } from './keyCommands.ts';
import { createKeyStore } from './keyStore.ts';
import type { Log } from './log.ts';
import { createModelServices } from './modelServices.ts';
import { systemClock as clock } from './systemClock.ts';
import { registerTasks } from './tasks/registerTasks.ts';
import { showFailure } from './tasks/showFailure.ts';
import { translate } from './translate.ts';

export interface FeatureDependencies {
  readonly context: vscode.ExtensionContext;
  readonly log: Log;
  readonly settings: SettingsSource;
}

export interface Features extends vscode.Disposable {
  /** Ends streams and writes what is pending. */
  close(): Promise<void>;
}

/** In the order of their needs: each part is handed what it uses. */
export function startFeatures({ context, log, settings }: FeatureDependencies): Features {
  const { extensionUri, globalState, secrets, workspaceState } = context;
  const storagePath = context.globalStorageUri.fsPath;
  const keys = createKeyStore({ secrets, globalState, environment: process.env, log });
  const contexts = createContextServices({ settings, globalState, workspaceState, knownSecrets: () => keys.seen(), log, translate });
  const { changes, gate, redactor, source, tokens } = contexts;
  const estimateTokens = (text: string): number => tokens.estimate(text);
  const models = createModelServices({ settings, keys, clock, log, translate, globalState, storagePath, tokens });
  const { account, ledger, prices, runner } = models;
  const keyCommands = { keys, account, settings, globalState, translate };

  const edits = registerEdits({
    runner, gate, clock, log, translate, storagePath,
    redact: (text, scope) => redactor.redact(text, scope),
    restore: (text, scope) => redactor.restore(text, scope),
    estimateUsd: (prompt) => estimatePrice(prompt, runner.route({ task: 'edit' }), prices, estimateTokens).usd,
    showError: (error, retry) => showFailure(error, { translate, log, retry }),
  });
  const { reviewer } = edits;
  const panel = registerChat({
    extensionUri, storagePath, workspaceState, runner, prices, source, gate, redactor, settings, reviewer, estimateTokens, clock, log, translate,
    editFormat: () => editFormatInstructions({ allowsOtherFiles: true, inFences: true }),
    models: () => models.knownModels(),
    wireOf: (request) => models.wireOf(request),
    hasKey: async () => (await keys.keyFor(originOf(settings) ?? '')) !== undefined,
    onKeyChange: keys.onDidChange,
  });
  void offerKnownKeys(keyCommands);

  const parts = vscode.Disposable.from(
    keys,
    contexts,
    models,
    edits,
    panel.disposable,
    registerCompletion({ runner, ledger, gate, settings, logger: log, clock, translate, findSecrets: (text) => redactor.mask(text, 'completion'), onKeyChange: (listener) => keys.onDidChange(listener) }),
    registerTasks({ extensionUri, runner, reviewer, context: source, changes, redactor, chat: panel.chat, prices, estimateTokens, memory: workspaceState, clock, log, translate }),
    registerKeyCommands(keyCommands),
    registerCostView({ ledger, account, clock, translate }),
    vscode.commands.registerCommand(commandIds.showLog, () => log.show()),
    vscode.commands.registerCommand(commandIds.openSettings, () => vscode.commands.executeCommand('workbench.action.openSettings', '@ext:runapi.runapi-assistant')),
  );
  return { close: () => panel.close(), dispose: () => parts.dispose() };
}
