// Whether a document can be changed through the review at all, said before anything is sent and paid for.
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
    const { permissions } = await vscode.workspace.fs.stat(uri);
    if (permissions === vscode.FilePermission.Readonly) return vscode.l10n.t('{0} is read-only.', name);
  } catch {
    return vscode.l10n.t('{0} is not there any more. Save it first.', name);
  }
  return undefined;
}
