// Whether a document can be changed through the review at all, said before anything is sent and paid for.
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';

export async function sayIfUnchangeable(uri: vscode.Uri): Promise<boolean> {
  const reason = await whyUnchangeable(uri);
  if (reason === undefined) return false;
  void vscode.window.showWarningMessage(reason);
  return true;
}

async function whyUnchangeable(uri: vscode.Uri): Promise<string | undefined> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  if (uri.scheme === 'vscode-notebook-cell') return vscode.l10n.t('Cells of notebooks can be explained and reviewed, but not edited yet. Copy the code into a file.');
  if (uri.scheme === 'untitled') return undefined;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return vscode.l10n.t('{0} is on a read-only file system.', name);
  if (isLocked(uri)) return vscode.l10n.t('{0} is read-only.', name);
  try {
    if (await isReadOnly(uri)) return vscode.l10n.t('{0} is read-only.', name);
  } catch {
    return vscode.l10n.t('{0} is not there any more. Save it first.', name);
  }
  return undefined;
}

/** Kept from being edited by the settings files.readonlyInclude and files.readonlyExclude. */
function isLocked(uri: vscode.Uri): boolean {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (document === undefined || folder === undefined) return false;
  const files = vscode.workspace.getConfiguration('files', uri);
  const matches = (setting: string): boolean => Object.entries(files.get<Readonly<Record<string, boolean>>>(setting, {})).some(([glob, on]) => on && vscode.languages.match({ pattern: new vscode.RelativePattern(folder, glob) }, document) > 0);
  return matches('readonlyInclude') && !matches('readonlyExclude');
}

/** VS Code does not tell extensions of a file that its owner may not write: on a disk the mode says it. */
async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  const { permissions } = await vscode.workspace.fs.stat(uri);
  if (permissions === vscode.FilePermission.Readonly) return true;
  return uri.scheme === 'file' && ((await stat(uri.fsPath)).mode & 0o222) === 0;
}
