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
  try {
    if (await isReadOnly(uri)) return vscode.l10n.t('{0} is read-only.', name);
  } catch {
    return vscode.l10n.t('{0} is not there any more. Save it first.', name);
  }
  return undefined;
}

/** VS Code does not tell extensions of a file that its owner may not write: on a disk the mode says it. */
async function isReadOnly(uri: vscode.Uri): Promise<boolean> {
  const { permissions } = await vscode.workspace.fs.stat(uri);
  if (permissions === vscode.FilePermission.Readonly) return true;
  return uri.scheme === 'file' && ((await stat(uri.fsPath)).mode & 0o222) === 0;
}
