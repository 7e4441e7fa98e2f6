// Taking the last action back, and bringing it again.
import * as vscode from 'vscode';
import { commandIds } from '../../shared/commandIds.ts';
import type { ReviewActions } from './createEditReviewer.ts';
import type { EditWriter } from './editWriter.ts';

export function registerUndoCommands({ actions, writer }: { readonly actions: ReviewActions; readonly writer: EditWriter }): vscode.Disposable {
  /** Of the undo that is done, or under way: a redo right behind it means that one. */
  let undone: Promise<string | undefined> = Promise.resolve(undefined);
  const redoLast = async (): Promise<void> => {
    const editId = await undone;
    if (editId === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to redo.'));
    else if (await actions.redo(editId)) undone = Promise.resolve(undefined);
  };
  const undoLast = async (passed: readonly string[]): Promise<void> => {
    if ((await writer.lastHere(passed)) === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to undo.'));
      return;
    }
    const before = undone;
    const undoing = actions.undoLast(passed, (entryId) => undoLast([...passed, entryId]));
    undone = undoing.then((entry) => entry?.editId ?? before, () => before);
    const entry = await undoing;
    if (entry === undefined) return;
    const redo = vscode.l10n.t('Redo');
    const picked = await vscode.window.showInformationMessage(vscode.l10n.t('Undone: {0}', entry.title), redo);
    if (picked === redo) await redoLast();
  };
  return vscode.Disposable.from(vscode.commands.registerCommand(commandIds.undoLastEdit, () => undoLast([])), vscode.commands.registerCommand(commandIds.redoEdit, redoLast));
}
