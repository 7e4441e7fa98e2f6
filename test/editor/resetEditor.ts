import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Gateway } from '../gateway/gateway.ts';
import type { HostClient, VsCode } from './hostClient.ts';
import type { Workspace } from './workspace.ts';

export interface ResetOptions {
  readonly page: Page;
  readonly host: HostClient;
  readonly gateway: Gateway;
  readonly workspace: Workspace;
  readonly settingsFile: string;
  /** As they were at the start. */
  readonly settings: Settings;
}

type Settings = Readonly<Record<string, unknown>>;

/** Puts an editor back between two tests without starting it anew. */
export async function resetEditor({ page, host, gateway, workspace, settingsFile, settings }: ResetOptions): Promise<void> {
  const hadNotifications = (await page.locator('.notification-toast-container').count()) > 0;
  await page.keyboard.press('Escape');
  await withDialogsDeclined(page, host.evaluate(closeEverything));
  await workspace.restore();
  await restoreSettings(host, settingsFile, settings);
  gateway.reset();
  if (hadNotifications) await sleep(notificationPauseMs);
}

/** VS Code shows no more than three notifications in 800 ms; a further one goes to the bell only, where no test looks. */
const notificationPauseMs = 900;

/** Closing what is dirty may still ask: nothing is kept. */
async function withDialogsDeclined(page: Page, work: Promise<void>): Promise<void> {
  const button = page.locator('.monaco-dialog-box').getByRole('button', { name: /^(Don't Save|Cancel)$/ }).first();
  const done = work.then(() => true);
  while (!(await Promise.race([done, sleep(200, false)]))) {
    if (await button.isVisible()) await button.click({ timeout: 1000 }).catch(() => undefined);
  }
}

async function closeEverything(vscode: VsCode): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty, isClosed }) => isDirty && !isClosed)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('workbench.action.closePanel');
  await vscode.commands.executeCommand('notifications.clearAll');
}

/** Sets back what a test changed: through VS Code, because it reads the file again only after a while. */
async function restoreSettings(host: HostClient, file: string, settings: Settings): Promise<void> {
  // VS Code keeps an object there.
  const now = JSON.parse(await readFile(file, 'utf8')) as Settings;
  const changed = [...new Set([...Object.keys(now), ...Object.keys(settings)])].filter((key) => JSON.stringify(now[key]) !== JSON.stringify(settings[key]));
  for (const key of changed) {
    await host.evaluate((vscode, setting) => vscode.workspace.getConfiguration().update(setting.key, setting.value, vscode.ConfigurationTarget.Global), { key, value: settings[key] });
  }
}
