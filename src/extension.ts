import type * as vscode from 'vscode';
import { deferCommands } from './host/deferredCommands.ts';
import type { Features } from './host/features.ts';
import { createLog } from './host/log.ts';
import { createSettingsReader } from './host/settingsReader.ts';
import { translate } from './host/translate.ts';
import { commandIds } from './shared/commandIds.ts';

/** VS Code calls `deactivate` without arguments, so this one thing is kept outside. */
let running: Features | undefined;

/** What another extension, or a test, gets when it asks for this one. */
export interface ExtensionApi {
  /** Resolves when every feature is registered. */
  whenReady(): Promise<void>;
}

/** Returns at once: the features are loaded when the editor has drawn, or when the first command asks for them. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const log = createLog();
  const settings = createSettingsReader(log, translate);
  context.subscriptions.push(log, settings);

  let loading: Promise<void> | undefined;
  const load = (): Promise<void> => (loading ??= loadFeatures());
  const commands = deferCommands(Object.values(commandIds), load);
  const loadFeatures = async (): Promise<void> => {
    const { startFeatures } = await import('./host/features.ts');
    commands.dispose();
    running = startFeatures({ context, log, settings });
    context.subscriptions.push(running);
  };
  const timer = setTimeout(() => void load().catch((error: unknown) => log.error('the features could not be started', error)), 0);
  context.subscriptions.push(commands, { dispose: () => clearTimeout(timer) });
  return { whenReady: load };
}

/** VS Code waits for this when a window closes or reloads. */
export async function deactivate(): Promise<void> {
  await running?.close();
}
