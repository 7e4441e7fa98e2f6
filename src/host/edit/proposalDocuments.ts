// The right side of a review: documents that hold the proposed text of a file, read-only, in the file's own language.
import * as vscode from 'vscode';

export const proposalScheme = 'runapi-edit';

export interface ProposalDocuments extends vscode.Disposable {
  /** Shows this text for the file of an edit; the editor changes only the lines that differ. */
  set(editId: string, fileUri: string, text: string): void;
  drop(editId: string): void;
}

export interface ProposalReference {
  readonly editId: string;
  readonly fileUri: string;
}

export function createProposalDocuments(): ProposalDocuments {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const registration = vscode.workspace.registerTextDocumentContentProvider(proposalScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(keyOf(uri)) ?? '',
  });
  return {
    set(editId, fileUri, text) {
      const uri = proposalUri(editId, fileUri);
      if (texts.get(keyOf(uri)) === text) return;
      texts.set(keyOf(uri), text);
      changed.fire(uri);
    },
    drop(editId) {
      for (const key of texts.keys()) if (key.startsWith(`${editId}\n`)) texts.delete(key);
    },
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}

/** The file's own path, so that the tab and the language are right; the rest is in the query. */
export function proposalUri(editId: string, fileUri: string): vscode.Uri {
  const file = vscode.Uri.parse(fileUri, true);
  return vscode.Uri.from({ scheme: proposalScheme, path: file.path.startsWith('/') ? file.path : `/${file.path}`, query: JSON.stringify({ editId, fileUri }) });
}

/** An empty side: a file that does not exist yet or no longer. */
export function emptyUri(fileUri: string): vscode.Uri {
  return proposalUri('empty', fileUri);
}

export function readProposalUri(uri: vscode.Uri): ProposalReference | undefined {
  if (uri.scheme !== proposalScheme) return undefined;
  try {
    const value: unknown = JSON.parse(uri.query);
    if (typeof value !== 'object' || value === null || !('editId' in value) || !('fileUri' in value)) return undefined;
    const { editId, fileUri } = value;
    return typeof editId === 'string' && typeof fileUri === 'string' ? { editId, fileUri } : undefined;
  } catch {
    return undefined;
  }
}

function keyOf(uri: vscode.Uri): string {
  const reference = readProposalUri(uri);
  return reference === undefined ? '' : `${reference.editId}\n${reference.fileUri}`;
}
