// A path that a model wrote, as a file of this workspace: never anything outside, whatever the path says.
import * as vscode from 'vscode';
import { parseRelativePath } from '../../core/chat/relativePath.ts';
import { labelOfFolder } from '../edit/workspacePaths.ts';

/** Undefined for a path that leaves the workspace, or where no folder is open. The file need not exist. */
export async function resolveWorkspaceFile(path: string): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const inside = folders.map((folder) => relativeTo(folder, path)).find((relative) => relative !== undefined) ?? path;
  const segments = parseRelativePath(inside);
  if (segments === undefined) return undefined;
  const plain = segments.join('/');
  const named = folders.length > 1 ? folders.find((folder) => plain.startsWith(`${labelOfFolder(folder)}/`)) : undefined;
  if (named !== undefined) return vscode.Uri.joinPath(named.uri, plain.slice(labelOfFolder(named).length + 1));
  for (const folder of folders) {
    const uri = vscode.Uri.joinPath(folder.uri, ...segments);
    if (await Promise.resolve(vscode.workspace.fs.stat(uri)).then(() => true, () => false)) return uri;
  }
  return folders[0] === undefined ? undefined : vscode.Uri.joinPath(folders[0].uri, ...segments);
}

/** An absolute path is fine where it lies in a folder of the workspace. */
function relativeTo(folder: vscode.WorkspaceFolder, path: string): string | undefined {
  const root = folder.uri.fsPath;
  const plain = path.replace(/^file:\/\//, '');
  return plain.startsWith(`${root}/`) || plain.startsWith(`${root}\\`) ? plain.slice(root.length + 1) : undefined;
}
