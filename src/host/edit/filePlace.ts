// Where a file, or a new one, would really be written: asked before the review and again right before the write, as links may change in between.
import * as vscode from 'vscode';
import { realPlaceOf, type RealPlace } from './realPlace.ts';
import { pathOfUri } from './workspacePaths.ts';

export type FilePlace =
  | {
    readonly ok: true;
    /** The real path on the disk; undefined where there is no disk of ours. */
    readonly place: string | undefined;
    /** That path relative to the workspace, where links make it another one than the visible one. */
    readonly realPath?: string;
  }
  | Extract<RealPlace, { ok: false }>;

export async function filePlaceOf(uri: vscode.Uri): Promise<FilePlace> {
  if (uri.scheme !== 'file') return { ok: true, place: undefined };
  const found = await realPlaceOf(uri.fsPath, rootsFor(uri));
  if (!found.ok) return found;
  return { ok: true, place: found.path, ...(found.inRoot === pathOfUri(uri) ? {} : { realPath: found.inRoot }) };
}

/** A file outside the workspace is edited only if the user has it open. */
function rootsFor(uri: vscode.Uri): readonly string[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file').map((folder) => folder.uri.fsPath);
  const isOpenOutside = vscode.workspace.getWorkspaceFolder(uri) === undefined && vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
  return isOpenOutside ? [...folders, vscode.Uri.joinPath(uri, '..').fsPath] : folders;
}
