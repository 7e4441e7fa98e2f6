// A proposal as the type check needs it: paths with their texts, and the way back from a path to what a person sees.
import { tmpdir } from 'node:os';
import * as vscode from 'vscode';
import type { FileChange } from '../../core/edit/proposal.ts';
import type { CheckRequest, OverlayFile } from './checkMessages.ts';
import { isScript } from './scriptPath.ts';

export interface ProposedFiles {
  readonly question: Pick<CheckRequest, 'roots' | 'unsaved' | 'changes' | 'dependents'>;
  /** Undefined for a file that was not part of the question. */
  readonly changeAt: (path: string) => FileChange | undefined;
  readonly uriOf: (path: string) => vscode.Uri;
  /** A file that goes elsewhere had its problems before at the old path. */
  readonly movedTo: (path: string) => string;
}

export function toProposedFiles(changes: readonly FileChange[], dependents: readonly vscode.Uri[]): ProposedFiles {
  const roots = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => toPath(uri) ?? '');
  const byPath = new Map<string, FileChange>();
  const uris = new Map<string, vscode.Uri>();
  const moves = new Map<string, string>();
  const overlay: OverlayFile[] = [];
  const originals: OverlayFile[] = [];
  for (const change of changes) {
    const uri = vscode.Uri.parse(change.uri, true);
    const path = toPath(uri);
    const target = change.newUri === undefined ? path : toPath(vscode.Uri.parse(change.newUri, true));
    if (path === undefined || target === undefined) continue;
    if (path !== target) {
      overlay.push({ path, text: undefined });
      moves.set(path, target);
    }
    overlay.push({ path: target, text: change.kind === 'delete' ? undefined : change.proposed });
    // What the change was made for is the state before, whatever shows it by now.
    if (change.kind !== 'create') originals.push({ path, text: change.original });
    byPath.set(target, change).set(path, change);
    uris.set(target, vscode.Uri.parse(change.newUri ?? change.uri, true)).set(path, uri);
  }
  return {
    question: { roots, changes: overlay, unsaved: [...unsavedTexts(), ...originals], dependents: dependents.flatMap((uri) => toPath(uri) ?? []) },
    changeAt: (path) => byPath.get(path),
    uriOf: (path) => uris.get(path) ?? vscode.Uri.file(path),
    movedTo: (path) => moves.get(path) ?? path,
  };
}

function unsavedTexts(): readonly OverlayFile[] {
  return vscode.workspace.textDocuments.filter((document) => document.isDirty || document.isUntitled).flatMap((document) => {
    const path = toPath(document.uri);
    return path !== undefined && (isScript(path) || path.endsWith('.json')) ? [{ path, text: document.getText() }] : [];
  });
}

const untitledEndings: Readonly<Record<string, string>> = { typescript: 'ts', typescriptreact: 'tsx', javascript: 'js', javascriptreact: 'jsx' };

/** With forward slashes. A document that was never saved gets a path where no configuration and no other file is. */
function toPath(uri: vscode.Uri): string | undefined {
  if (uri.scheme === 'file') return uri.fsPath.replaceAll('\\', '/');
  if (uri.scheme !== 'untitled') return undefined;
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  const ending = untitledEndings[document?.languageId ?? ''];
  return ending === undefined ? undefined : `${tmpdir().replaceAll('\\', '/')}/runapi-untitled/${uri.path.replace(/[^\w-]/g, '_')}.${ending}`;
}
