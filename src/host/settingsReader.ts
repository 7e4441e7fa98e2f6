import * as vscode from 'vscode';
import type { Logger } from '../core/logger.ts';
import { parseSettings, type Settings, type SettingsSource } from '../core/settings.ts';
import type { Translate } from '../core/translate.ts';

/**
 * Reads `runapi.*`. Only the user's own values count for settings of scope application; VS Code sees to that for what the manifest
 * declares so, and a workspace can only add to `runapi.exclude`. Each problem is named once until it changes.
 */
export function createSettingsReader(log: Logger, translate: Translate): SettingsSource & vscode.Disposable {
  const listeners = new Set<() => void>();
  let settings: Settings | undefined;
  let shownProblems = '';

  const read = (): Settings => {
    const parsed = parseSettings(rawSettings(), translate);
    showProblems(parsed.problems);
    return parsed.settings;
  };
  const showProblems = (problems: readonly string[]): void => {
    const text = problems.join(' ');
    if (text === shownProblems) return;
    shownProblems = text;
    if (text === '') return;
    log.warn(`settings: ${text}`);
    const openSettings = vscode.l10n.t('Open settings');
    void vscode.window.showWarningMessage(text, openSettings).then((choice) => {
      if (choice === openSettings) void vscode.commands.executeCommand('workbench.action.openSettings', 'runapi.');
    });
  };
  const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration('runapi')) return;
    settings = undefined;
    for (const listener of listeners) listener();
  });

  return {
    current: () => (settings ??= read()),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => subscription.dispose(),
  };
}

function rawSettings(): Readonly<Record<string, unknown>> {
  const configuration = vscode.workspace.getConfiguration('runapi');
  const names = [
    'baseUrl', 'routes',
    'completion.enabled', 'completion.delayMs', 'completion.languages', 'completion.multiline', 'completion.maxAlternatives',
    'network.connectTimeoutMs', 'network.firstByteTimeoutMs', 'network.idleTimeoutMs', 'network.maxRetries',
    'budget.dailyUsd', 'budget.completionDailyUsd',
  ];
  return { ...Object.fromEntries(names.map((name) => [name, configuration.get(name)])), exclude: allExcludes(configuration) };
}

/** A workspace may add patterns but never take the user's away, so the levels are joined instead of one winning. */
function allExcludes(configuration: vscode.WorkspaceConfiguration): unknown {
  const levels = configuration.inspect<unknown>('exclude');
  const lists = [levels?.globalValue, levels?.workspaceValue, levels?.workspaceFolderValue].filter((value) => value !== undefined);
  return lists.every((list) => Array.isArray(list)) ? lists.flat() : lists[0];
}
