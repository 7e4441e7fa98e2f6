import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Gateway } from '../gateway/gateway.ts';
import type { HostClient } from './hostClient.ts';
import type { Workspace } from './workspace.ts';

export interface ResetOptions {
  readonly page: Page;
  readonly host: HostClient;
  readonly gateway: Gateway;
  readonly workspace: Workspace;
  readonly settingsFile: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Puts an editor back between two tests without starting it anew. */
export async function resetEditor({ page, host, gateway, workspace, settingsFile, settings }: ResetOptions): Promise<void> {
  await page.keyboard.press('Escape');
  await host.evaluate(closeEverything);
  await workspace.restore();
  await writeFile(settingsFile, JSON.stringify(settings, undefined, 2));
  gateway.reset();
}

async function closeEverything(vscode: typeof import('vscode')): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty, isClosed }) => isDirty && !isClosed)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('workbench.action.closePanel');
  await vscode.commands.executeCommand('notifications.clearAll');
}
