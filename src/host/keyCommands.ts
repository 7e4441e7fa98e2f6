// Setting, checking and removing the key, and the two offers: a key of RunAPI's command line tool, and a key from the environment for a new address.
import * as vscode from 'vscode';
import type { AccountClient } from '../core/api/account.ts';
import { parseBaseUrl } from '../core/api/origin.ts';
import { RunApiError } from '../core/errors.ts';
import type { SettingsSource } from '../core/settings.ts';
import type { Translate } from '../core/translate.ts';
import { commandIds } from '../shared/commandIds.ts';
import { readCliKey } from './cliKey.ts';
import { toErrorLine } from './errorMessages.ts';
import type { KeyStore } from './keyStore.ts';

export interface KeyCommandDependencies {
  readonly keys: KeyStore;
  readonly account: AccountClient;
  readonly settings: SettingsSource;
  readonly globalState: vscode.Memento;
  readonly translate: Translate;
}

const cliOfferState = 'runapi.cliKeyOffered';

export function registerKeyCommands(dependencies: KeyCommandDependencies): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.setKey, () => setKey(dependencies)),
    vscode.commands.registerCommand(commandIds.checkKey, () => checkKey(dependencies)),
    vscode.commands.registerCommand(commandIds.removeKey, () => removeKey(dependencies)),
  );
}

/** Asks at most once per computer for the CLI's key, and once per address for the environment's. Shown when there is no key to use. */
export async function offerKnownKeys(dependencies: KeyCommandDependencies): Promise<void> {
  const { keys, settings, globalState } = dependencies;
  const origin = originOf(settings);
  if (origin === undefined || (await keys.keyFor(origin)) !== undefined) return;
  if (keys.needsConsent(origin)) return await offerEnvironmentKey(keys, origin);
  if (globalState.get(cliOfferState, false)) return;
  const cliKey = await readCliKey(process.env);
  if (cliKey === undefined) return;
  await globalState.update(cliOfferState, true);
  const importKey = vscode.l10n.t('Import');
  const question = vscode.l10n.t("RunAPI's command line tool has a key on this computer. Import it for {0}?", origin);
  if ((await vscode.window.showInformationMessage(question, importKey, vscode.l10n.t('Not now'))) === importKey) await saveKey(dependencies, origin, cliKey);
}

async function offerEnvironmentKey(keys: KeyStore, origin: string): Promise<void> {
  const allow = vscode.l10n.t('Use it');
  const question = vscode.l10n.t('RUNAPI_API_KEY is set. Send that key to {0}?', origin);
  if ((await vscode.window.showWarningMessage(question, allow, vscode.l10n.t('Not now'))) === allow) await keys.allowEnvironmentKey(origin);
}

async function setKey(dependencies: KeyCommandDependencies): Promise<boolean> {
  const origin = originOf(dependencies.settings);
  if (origin === undefined) return await openAddressSetting();
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('RunAPI key for {0}', origin),
    prompt: vscode.l10n.t('Get one at https://runapi.ai/api_keys. It is kept in the secret storage of VS Code and sent to this address only.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (/^\S{8,500}$/.test(value.trim()) || value === '' ? undefined : vscode.l10n.t('A key has no spaces and at least 8 characters.')),
  });
  if (key === undefined || key.trim() === '') return false;
  return await saveKey(dependencies, origin, key.trim());
}

async function saveKey(dependencies: KeyCommandDependencies, origin: string, key: string): Promise<boolean> {
  const { keys, account, translate } = dependencies;
  let greeting = vscode.l10n.t('The key works.');
  try {
    const me = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Checking the key …') }, () => account.me(AbortSignal.timeout(15_000), key));
    greeting = vscode.l10n.t('The key works: {0}.', me.email ?? me.name ?? me.id);
  } catch (error) {
    if (error instanceof RunApiError && (error.kind === 'key-rejected' || error.kind === 'insecure-url')) {
      void vscode.window.showErrorMessage(toErrorLine(error, translate));
      return false;
    }
    const save = vscode.l10n.t('Save anyway');
    if ((await vscode.window.showWarningMessage(vscode.l10n.t('The key could not be checked. {0}', toErrorLine(error, translate)), save)) !== save) return false;
    greeting = vscode.l10n.t('The key is saved.');
  }
  const isStored = await keys.store(origin, key);
  void vscode.window.showInformationMessage(isStored ? greeting : vscode.l10n.t('{0} The secret storage of this computer is not available, so the key is kept until the window closes.', greeting));
  return true;
}

async function checkKey(dependencies: KeyCommandDependencies): Promise<void> {
  const { account, keys, settings, translate } = dependencies;
  try {
    const signal = AbortSignal.timeout(15_000);
    const [me, balance, source] = await Promise.all([account.me(signal), account.balance(signal), keys.source(originOf(settings) ?? '')]);
    const from = source === 'environment' ? vscode.l10n.t('from RUNAPI_API_KEY') : source === 'memory' ? vscode.l10n.t('kept until the window closes') : vscode.l10n.t('from secret storage');
    void vscode.window.showInformationMessage(vscode.l10n.t('The key works ({0}): {1}. Balance ${2}, spent today ${3}.', from, me.email ?? me.name ?? me.id, dollars(balance.balanceCents), dollars(balance.spentTodayCents)));
  } catch (error) {
    const enter = vscode.l10n.t('Enter key');
    if ((await vscode.window.showErrorMessage(toErrorLine(error, translate), enter)) === enter) await setKey(dependencies);
  }
}

async function removeKey({ keys, settings }: KeyCommandDependencies): Promise<void> {
  const origin = originOf(settings);
  if (origin === undefined) return;
  await keys.remove(origin);
  const rest = await keys.source(origin);
  void vscode.window.showInformationMessage(
    rest === 'environment' ? vscode.l10n.t('The stored key is removed. RUNAPI_API_KEY is still set and is used now.') : vscode.l10n.t('The key for {0} is removed.', origin),
  );
}

async function openAddressSetting(): Promise<false> {
  await vscode.commands.executeCommand('workbench.action.openSettings', 'runapi.baseUrl');
  return false;
}

/** As the client asks for it: the same address must never mean two origins. */
export function originOf(settings: SettingsSource): string | undefined {
  const result = parseBaseUrl(settings.current().baseUrl);
  return result.ok ? result.baseUrl.origin : undefined;
}

function dollars(cents: number | undefined): string {
  return cents === undefined ? '?' : (cents / 100).toFixed(2);
}
