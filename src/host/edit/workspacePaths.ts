// How files are named to a model and how its names become files: relative to the workspace folder, with the folder's name first when there
// are several. A name that could mean two files means none.
import * as vscode from 'vscode';
import { folderLabels } from '../../core/edit/folderLabels.ts';
import { checkPath } from '../../core/edit/pathSafety.ts';
import type { EditProblemKind } from '../../core/edit/proposal.ts';

export type PathResult = { readonly ok: true; readonly uri: vscode.Uri; readonly path: string } | { readonly ok: false; readonly kind: EditProblemKind; readonly detail?: string; readonly places?: readonly vscode.Uri[] };

export function pathOfUri(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return uri.scheme === 'untitled' ? uri.path : (uri.path.split('/').at(-1) ?? uri.path);
  const relative = uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
  const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  return `${several ? `${labelOfFolder(folder)}/` : ''}${relative}${uri.fragment === '' || uri.scheme === 'file' ? '' : `#${uri.fragment}`}`;
}

/** Whether a file lies in one of the folders of this window or is open in it. Others are the business of other windows. */
export function isOfThisWindow(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined || vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
}

/** What a folder of the workspace is called in paths, when there are several. */
export function labelOfFolder(folder: vscode.WorkspaceFolder): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return labelled(folders).find((each) => each.folder.uri.toString() === folder.uri.toString())?.label ?? folder.name;
}

function labelled(folders: readonly vscode.WorkspaceFolder[]): readonly { readonly folder: vscode.WorkspaceFolder; readonly label: string }[] {
  const labels = folderLabels(folders.map(({ name, uri }) => ({ name, path: uri.path })));
  return folders.map((folder, index) => ({ folder, label: labels[index] ?? folder.name }));
}

/** `places` of a failure: the files that the path could mean. */
export async function resolvePath(path: string): Promise<PathResult> {
  const verdict = checkPath(path);
  if (!verdict.ok) return { ok: false, kind: 'bad-path', detail: verdict.reason };
  const folders = vscode.workspace.workspaceFolders ?? [];
  const candidates = candidatesIn(folders, verdict.segments);
  const existing = await keepExisting(candidates);
  const [only] = existing.length === 1 ? existing : existing.length === 0 && candidates.length === 1 ? candidates : [];
  if (only === undefined) return { ok: false, kind: folders.length === 0 ? 'outside-scope' : 'no-path', detail: path, places: existing };
  return { ok: true, uri: only, path: pathOfUri(only) };
}

/** With several folders a path begins with the name of one; without it any folder that has the file will do, if only one has. */
function candidatesIn(folders: readonly vscode.WorkspaceFolder[], segments: readonly string[]): readonly vscode.Uri[] {
  const path = segments.join('/');
  const named = folders.length > 1 ? labelled(folders).filter(({ label }) => path.startsWith(`${label}/`)) : [];
  if (named.length > 0) return named.map(({ folder, label }) => vscode.Uri.joinPath(folder.uri, path.slice(label.length + 1)));
  return folders.map((folder) => vscode.Uri.joinPath(folder.uri, ...segments));
}

async function keepExisting(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const exist = await Promise.all(uris.map((uri) => fileExists(uri)));
  return uris.filter((_, index) => exist[index]);
}

export async function fileExists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
