// In the diff: the keys beside the hunk at the cursor, and what the menus need to know of where the user is.
import * as vscode from 'vscode';
import { openFiles, type EditBoard } from './editBoard.ts';
import { proposalScheme } from './proposalDocuments.ts';
import { reviewAt } from './reviewCursor.ts';
import { reviewKeys } from './reviewKeys.ts';
import { isFilesReview } from './reviewTabs.ts';

export function registerReviewMarks(board: EditBoard): vscode.Disposable {
  const hint = vscode.window.createTextEditorDecorationType({ after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 3em', fontStyle: 'normal' }, isWholeLine: true });
  const refresh = (): void => {
    for (const editor of vscode.window.visibleTextEditors) drawHint(editor, hint, board);
    for (const [key, value] of contextKeys(board)) void vscode.commands.executeCommand('setContext', key, value);
  };
  return vscode.Disposable.from(
    hint,
    { dispose: board.onDidChange(refresh) },
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => drawHint(textEditor, hint, board)),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.window.onDidChangeVisibleTextEditors(refresh),
    vscode.window.tabGroups.onDidChangeTabs(refresh),
    vscode.workspace.onDidChangeTextDocument(({ document }) => document.uri.scheme === proposalScheme && refresh()),
  );
}

function contextKeys(board: EditBoard): readonly (readonly [string, boolean])[] {
  return [
    ['runapi.reviewPending', board.pending().length > 0],
    ['runapi.reviewHere', reviewAt(board) !== undefined],
    ['runapi.reviewFiles', showsFiles(board)],
  ];
}

/** Whether the multi-file editor in view is one of ours. */
function showsFiles(board: EditBoard): boolean {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return tab !== undefined && !(tab.input instanceof vscode.TabInputTextDiff) && board.pending().some((record) => openFiles(record).length > 0 && isFilesReview(tab, record));
}

function drawHint(editor: vscode.TextEditor, hint: vscode.TextEditorDecorationType, board: EditBoard): void {
  if (editor.document.uri.scheme !== proposalScheme) return;
  const point = reviewAt(board, editor);
  const { hunk, file } = point ?? {};
  if (hunk === undefined || file === undefined) {
    editor.setDecorations(hint, []);
    return;
  }
  const line = Math.min(hunk.newStart, editor.document.lineCount - 1);
  const index = file.change.hunks.indexOf(hunk) + 1;
  const text = vscode.l10n.t('Change {0} of {1} · Accept {2} · Discard {3}', index, file.change.hunks.length, reviewKeys.accept, reviewKeys.discard);
  const found = point?.record.checks.find(({ owner }) => owner === 'verification');
  const contentText = found === undefined ? text : `${text} · ${found.text}`;
  editor.setDecorations(hint, [{ range: editor.document.lineAt(line).range, renderOptions: { after: { contentText } } }]);
}
