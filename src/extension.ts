import * as vscode from 'vscode';
import { createKeyStore } from './host/keyStore.ts';
import { createLog } from './host/log.ts';
import { createSettingsReader } from './host/settingsReader.ts';
import { translate } from './host/translate.ts';
import { commandIds } from './shared/commandIds.ts';

/** Builds the parts in the order of their needs and hands them on as arguments; every part with a lifetime goes into `subscriptions`. */
export function activate(context: vscode.ExtensionContext): void {
  const { subscriptions, secrets, globalState } = context;
  const log = createLog();
  const settings = createSettingsReader(log, translate);
  const keys = createKeyStore({ secrets, globalState, environment: process.env, log });

  subscriptions.push(
    log,
    settings,
    keys,
    vscode.commands.registerCommand(commandIds.showLog, () => log.show()),
    vscode.commands.registerCommand(commandIds.openSettings, () => vscode.commands.executeCommand('workbench.action.openSettings', '@ext:runapi.runapi-assistant')),
  );
}
