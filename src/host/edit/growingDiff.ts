// Shows an answer's edits in VS Code's diff while they come in.
import * as vscode from 'vscode';
import type { GrowingFile, GrowingView } from './growingFile.ts';
import { emptyUri, proposalScheme, proposalUri, type ProposalDocuments } from './proposalDocuments.ts';
import { openDiff } from './reviewTabs.ts';

export interface GrowingDiffOptions {
  readonly editId: string;
  readonly title: string;
  readonly documents: ProposalDocuments;
  /** A file of the answer came in sight. */
  readonly onFile: (path: string, counts: { readonly added: number; readonly removed: number }) => void;
}

export function createGrowingDiff({ editId, title, documents, onFile }: GrowingDiffOptions): GrowingView {
  const startedFrom = vscode.window.activeTextEditor?.document.uri.toString();
  let shown: string | undefined;
  /** Who has gone on to another file is not pulled away from it: the review opens at the end. */
  const isStillThere = (): boolean => {
    const active = vscode.window.activeTextEditor?.document.uri;
    return active === undefined || active.scheme === proposalScheme || active.toString() === startedFrom;
  };
  return {
    settled: (file) => documents.set(editId, file.uri, file.step.text),
    async writing(file: GrowingFile) {
      documents.set(editId, file.uri, file.step.text);
      onFile(file.path, file.counts());
      if (shown === file.uri || !isStillThere()) return;
      shown = file.uri;
      await openDiff({ original: file.isNew ? emptyUri(file.uri) : vscode.Uri.parse(file.uri, true), modified: proposalUri(editId, file.uri) }, `${file.path}: ${title}`, file.step.line, false);
    },
  };
}
