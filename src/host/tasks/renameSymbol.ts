// The symbol at the cursor as the language service knows it, and its renaming in every file: exact, or not at all.
import * as vscode from 'vscode';
import type { EditReviewer, ReadyChange } from '../edit/editReviewer.ts';

export interface NamedSymbol {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  readonly name: string;
}

/** Undefined when the user has been told why there is none. */
export async function findSymbol(editor: vscode.TextEditor | undefined): Promise<NamedSymbol | undefined> {
  if (editor === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a file first.'));
    return undefined;
  }
  const { document } = editor;
  const position = editor.selection.active;
  try {
    const found = await vscode.commands.executeCommand<{ readonly range: vscode.Range; readonly placeholder: string } | undefined>('vscode.prepareRename', document.uri, position);
    if (found !== undefined) return { document, range: found.range, name: document.getText(found.range) };
  } catch {
    // The service says no: a keyword, a comment, a name of a library.
  }
  void vscode.window.showInformationMessage(vscode.l10n.t('Nothing that can be renamed is at the cursor.'));
  return undefined;
}

export async function applyRename({ document, range, name }: NamedSymbol, to: string): Promise<boolean> {
  const edit = await askRename(document.uri, range.start, to);
  if (edit === undefined) return false;
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) return false;
  vscode.window.setStatusBarMessage(vscode.l10n.t('Renamed {0} to {1}. Files: {2}', name, to, edit.size), 8000);
  return true;
}

/** Every place in the review first: there it is checked, taken file by file, and undone like every other change. */
export async function reviewRename({ document, range, name }: NamedSymbol, to: string, reviewer: EditReviewer): Promise<void> {
  const edit = await askRename(document.uri, range.start, to);
  if (edit === undefined) return;
  const changes: ReadyChange[] = [];
  for (const [uri, edits] of edit.entries()) changes.push({ kind: 'write', uri: uri.toString(), text: withEdits(await vscode.workspace.openTextDocument(uri), edits) });
  await reviewer.propose({ task: 'rename', title: vscode.l10n.t('Rename {0} to {1}', name, to), changes });
}

/** From the last place to the first: an edit moves only what comes after it. */
function withEdits(document: vscode.TextDocument, edits: readonly vscode.TextEdit[]): string {
  return edits.toSorted((left, right) => right.range.start.compareTo(left.range.start)).reduce((text, { range, newText }) => text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end)), document.getText());
}

async function askRename(uri: vscode.Uri, position: vscode.Position, to: string): Promise<vscode.WorkspaceEdit | undefined> {
  let reason = '';
  try {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>('vscode.executeDocumentRenameProvider', uri, position, to);
    if (edit !== undefined && edit.size > 0) return edit;
  } catch (error) {
    reason = error instanceof Error ? error.message : '';
  }
  void vscode.window.showWarningMessage(reason === '' ? vscode.l10n.t('The language service did not rename it.') : vscode.l10n.t('The language service did not rename it: {0}', reason));
  return undefined;
}
