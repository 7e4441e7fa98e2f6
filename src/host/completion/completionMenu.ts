// What the status item opens, and the commands behind it.
import * as vscode from 'vscode';
import type { CompletionEngine } from '../../core/completion/engine.ts';
import { isLanguageOn } from '../../core/completion/eligibility.ts';
import type { LedgerSum } from '../../core/models/ledgerSum.ts';
import type { SettingsSource } from '../../core/settings.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { OutcomeWords } from './outcomeWords.ts';

export interface CompletionMenuDependencies {
  readonly engine: CompletionEngine;
  readonly settings: SettingsSource;
  readonly words: OutcomeWords;
  readonly today: () => LedgerSum;
}

interface MenuEntry extends vscode.QuickPickItem {
  readonly run?: () => unknown;
}

export function registerCompletionCommands(dependencies: CompletionMenuDependencies): vscode.Disposable {
  const { engine, settings } = dependencies;
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.triggerCompletion, () => vscode.commands.executeCommand('editor.action.inlineSuggest.trigger')),
    vscode.commands.registerCommand(commandIds.toggleCompletion, () => setEnabled(!settings.current().completion.enabled)),
    vscode.commands.registerCommand(commandIds.snoozeCompletion, () => chooseSnooze(engine)),
    vscode.commands.registerCommand(commandIds.showCompletionMenu, () => showMenu(dependencies)),
  );
}

async function showMenu(dependencies: CompletionMenuDependencies): Promise<void> {
  const { engine, words } = dependencies;
  const chosen = await vscode.window.showQuickPick(entriesOf(dependencies), {
    title: vscode.l10n.t('RunAPI completion'),
    placeHolder: words.reason(engine.state()) ?? words.today(dependencies.today()),
  });
  await chosen?.run?.();
}

function entriesOf({ engine, settings }: CompletionMenuDependencies): MenuEntry[] {
  const { completion } = settings.current();
  const state = engine.state();
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  const settingsQuery = state.pause?.why === 'insecure-url' ? '@id:runapi.baseUrl' : '@ext:runapi.runapi-assistant completion';
  const separator: MenuEntry = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [
    ...pauseEntries(engine, state.pause?.why),
    { label: completion.enabled ? vscode.l10n.t('Turn off') : vscode.l10n.t('Turn on'), iconPath: icon('circle-slash'), run: () => setEnabled(!completion.enabled) },
    ...(languageId === undefined ? [] : [languageEntry(languageId, settings)]),
    separator,
    { label: vscode.l10n.t('Suggest now'), description: 'Alt+\\', iconPath: icon('sparkle'), run: () => vscode.commands.executeCommand(commandIds.triggerCompletion) },
    { label: vscode.l10n.t('Open settings'), iconPath: icon('gear'), run: () => vscode.commands.executeCommand('workbench.action.openSettings', settingsQuery) },
    { label: vscode.l10n.t('Show costs'), iconPath: icon('graph'), run: () => vscode.commands.executeCommand(commandIds.showCosts) },
    { label: vscode.l10n.t('Show log'), iconPath: icon('output'), run: () => vscode.commands.executeCommand(commandIds.showLog) },
  ];
}

function pauseEntries(engine: CompletionEngine, why: string | undefined): MenuEntry[] {
  if (why === 'snoozed') return [{ label: vscode.l10n.t('End the snooze'), iconPath: icon('bell'), run: () => engine.endSnooze() }];
  const snooze: MenuEntry = { label: vscode.l10n.t('Snooze…'), iconPath: icon('bell-slash'), run: () => chooseSnooze(engine) };
  if (why === undefined) return [snooze];
  const setKey: MenuEntry = { label: vscode.l10n.t('Set key'), iconPath: icon('key'), run: () => vscode.commands.executeCommand(commandIds.setKey) };
  const retry: MenuEntry = { label: vscode.l10n.t('Try again'), iconPath: icon('refresh'), run: () => engine.resume() };
  return why === 'key-rejected' || why === 'no-key' ? [setKey, retry, snooze] : [retry, snooze];
}

function languageEntry(languageId: string, settings: SettingsSource): MenuEntry {
  const isOn = isLanguageOn(languageId, settings.current().completion);
  return {
    label: isOn ? vscode.l10n.t('Turn off for {language}', { language: languageId }) : vscode.l10n.t('Turn on for {language}', { language: languageId }),
    iconPath: icon('code'),
    run: () => setLanguage(languageId, !isOn),
  };
}

function icon(id: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id);
}

async function chooseSnooze(engine: CompletionEngine): Promise<void> {
  const minutes = [5, 15, 30, 60, 240];
  const entries = minutes.map((count) => ({ label: vscode.l10n.t('{count} minutes', { count }), count }));
  const chosen = await vscode.window.showQuickPick(entries, { title: vscode.l10n.t('Snooze inline completion') });
  if (chosen !== undefined) engine.snooze(chosen.count * 60_000);
}

async function setEnabled(enabled: boolean): Promise<void> {
  await vscode.workspace.getConfiguration('runapi.completion').update('enabled', enabled, vscode.ConfigurationTarget.Global);
}

async function setLanguage(languageId: string, enabled: boolean): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('runapi.completion');
  const own = configuration.inspect<Readonly<Record<string, boolean>>>('languages')?.globalValue ?? {};
  await configuration.update('languages', { ...own, [languageId]: enabled }, vscode.ConfigurationTarget.Global);
}
