// Taking the last action back, and bringing it again.
import * as vscode from 'vscode';
import { commandIds } from '../../shared/commandIds.ts';
import type { ReviewActions } from './createEditReviewer.ts';
import type { EditWriter } from './editWriter.ts';

export function registerUndoCommands({ actions, writer }: { readonly actions: ReviewActions; readonly writer: EditWriter }): vscode.Disposable {
  let undone: string | undefined;
  const redoLast = async (): Promise<void> => {
    if (undone === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to redo.'));
    else if (await actions.redo(undone)) undone = undefined;
  };
  const undoLast = async (): Promise<void> => {
    if ((await writer.lastApplied()) === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to undo.'));
      return;
    }
    const entry = await actions.undoLast();
    if (entry === undefined) return;
    undone = entry.editId;
    const redo = vscode.l10n.t('Redo');
    const picked = await vscode.window.showInformationMessage(vscode.l10n.t('Undone: {0}', entry.title), redo);
    if (picked === redo) await redoLast();
  };
  return vscode.Disposable.from(vscode.commands.registerCommand(commandIds.undoLastEdit, undoLast), vscode.commands.registerCommand(commandIds.redoEdit, redoLast));
}
