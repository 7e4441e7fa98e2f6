import * as vscode from 'vscode';
import { parseWebLink } from '../../core/chat/webLink.ts';
import { resolveWorkspaceFile } from './workspaceFiles.ts';

/** Opens a web address after showing where it really leads; everything else stays text. */
export async function openLink(url: string): Promise<void> {
  const link = parseWebLink(url);
  if (link === undefined) return void vscode.window.showWarningMessage(vscode.l10n.t('Only web addresses are opened from the chat.'));
  const open = vscode.l10n.t('Open');
  const copy = vscode.l10n.t('Copy');
  const question = vscode.l10n.t('Open a page of {0}?', link.host);
  const answer = await vscode.window.showInformationMessage(question, { modal: true, detail: link.shown }, open, copy);
  if (answer === open) await vscode.env.openExternal(vscode.Uri.parse(link.href, true));
  if (answer === copy) await vscode.env.clipboard.writeText(link.href);
}

/** Shows a file of the workspace; `line` counts from 1. */
export async function openWorkspaceFile(path: string, line: number | undefined): Promise<void> {
  const uri = await resolveWorkspaceFile(path);
  if (uri === undefined) return void vscode.window.showWarningMessage(vscode.l10n.t('{0} is not a file of this workspace.', path));
  const position = line === undefined ? undefined : new vscode.Position(Math.max(0, line - 1), 0);
  try {
    await vscode.window.showTextDocument(uri, { preview: true, selection: position === undefined ? undefined : new vscode.Range(position, position) });
  } catch {
    void vscode.window.showWarningMessage(vscode.l10n.t('{0} was not found.', path));
  }
}
