// The commands of a review: for the keyboard, the editor's toolbar and the tree.
import * as vscode from 'vscode';
import type { Hunk } from '../../core/edit/proposal.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { ReviewActions } from './createEditReviewer.ts';
import { openFiles, type EditBoard } from './editBoard.ts';
import type { EditWriter } from './editWriter.ts';
import { readProposalUri } from './proposalDocuments.ts';
import { reviewAt, reviewOrNewest } from './reviewCursor.ts';
import { openFileReview, openReview } from './reviewTabs.ts';

export interface ReviewCommandDependencies {
  readonly board: EditBoard;
  readonly actions: ReviewActions;
  readonly writer: EditWriter;
}

/** A file of the tree, or a hunk of a link in a hover. */
export interface ReviewTarget {
  readonly editId: string;
  readonly fileUri: string;
  /** Line of the proposed text. */
  readonly line?: number;
}

export function registerReviewCommands({ board, actions, writer }: ReviewCommandDependencies): vscode.Disposable {
  const handlers: Readonly<Record<string, (argument: unknown) => Promise<unknown>>> = {
    [commandIds.acceptEdit]: async (argument) => withFile(argument, (editId, fileUri) => actions.acceptFile(editId, fileUri), (editId) => actions.accept(editId)),
    [commandIds.discardEdit]: async (argument) => withFile(argument, (editId, fileUri) => actions.discardFile(editId, fileUri), (editId) => actions.discard(editId)),
    [commandIds.acceptAllEdits]: async () => forEachPending((editId) => actions.accept(editId)),
    [commandIds.discardAllEdits]: async () => forEachPending((editId) => actions.discard(editId)),
    [commandIds.acceptHunk]: async (argument) => withHunk(argument, async (target, hunk) => {
      if (await actions.acceptHunk(target.editId, target.fileUri, hunk)) await showNext(target);
    }),
    [commandIds.discardHunk]: async (argument) => withHunk(argument, async (target, hunk) => {
      await actions.discardHunk(target.editId, target.fileUri, hunk);
      await showNext(target);
    }),
    [commandIds.nextChange]: () => move(1),
    [commandIds.previousChange]: () => move(-1),
    [commandIds.undoLastEdit]: undoLast,
    [commandIds.redoEdit]: redoLast,
    [commandIds.openReview]: async (argument) => {
      const target = readTarget(argument);
      const record = target === undefined ? reviewOrNewest(board) : board.get(target.editId);
      const file = record === undefined || target === undefined ? undefined : openFiles(record).find(({ change }) => change.uri === target.fileUri);
      if (record === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('There are no changes to review.'));
      else if (file === undefined) await openReview(record);
      else await openFileReview(record, file);
    },
  };
  let undone: string | undefined;
  return vscode.Disposable.from(...Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, handler)));

  async function withFile(argument: unknown, onFile: (editId: string, fileUri: string) => Promise<unknown>, onEdit: (editId: string) => Promise<unknown>): Promise<void> {
    const target = readTarget(argument);
    if (target !== undefined) {
      await onFile(target.editId, target.fileUri);
      return;
    }
    const point = reviewAt(board);
    const record = point?.record ?? reviewOrNewest(board);
    if (record === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('There are no changes to review.'));
    else if (point !== undefined && openFiles(record).length > 1) await onFile(record.id, point.file.change.uri);
    else await onEdit(record.id);
  }

  async function forEachPending(act: (editId: string) => Promise<unknown>): Promise<void> {
    // Oldest first: later edits were made on top of it.
    for (const record of board.pending()) await act(record.id);
  }

  async function withHunk(argument: unknown, act: (target: ReviewTarget, hunk: Hunk) => Promise<void>): Promise<void> {
    const target = readTarget(argument);
    if (target?.line !== undefined) {
      const file = board.get(target.editId)?.files.find(({ change, state }) => state === 'open' && change.uri === target.fileUri);
      const hunk = file?.change.hunks.find((each) => each.newStart === target.line);
      if (hunk !== undefined) await act(target, hunk);
      return;
    }
    const point = reviewAt(board);
    if (point?.hunk !== undefined) await act({ editId: point.record.id, fileUri: point.file.change.uri }, point.hunk);
  }

  /** The next place to decide: in this file, else the next file. */
  async function showNext({ editId, fileUri }: ReviewTarget): Promise<void> {
    const record = board.get(editId);
    if (record?.state !== 'pending') return;
    const same = openFiles(record).find(({ change }) => change.uri === fileUri);
    if (same !== undefined) {
      reveal(same.change.hunks.find((hunk) => hunk.newStart >= currentLine()) ?? same.change.hunks[0]);
      return;
    }
    const [next] = openFiles(record);
    if (next !== undefined) await openFileReview(record, next);
  }

  async function move(step: 1 | -1): Promise<void> {
    const point = reviewAt(board);
    if (point === undefined) {
      const record = board.pending().at(-1);
      if (record !== undefined) await openReview(record);
      return;
    }
    const { record, file } = point;
    const isRightSide = readProposalUri(vscode.window.activeTextEditor?.document.uri ?? vscode.Uri.file('/')) !== undefined;
    const line = currentLine();
    const lineOf = (hunk: Hunk): number => (isRightSide ? hunk.newStart : hunk.baseStart);
    const hunk = step === 1 ? file.change.hunks.find((each) => lineOf(each) > line) : file.change.hunks.findLast((each) => lineOf(each) < line);
    if (hunk !== undefined) {
      reveal(hunk, isRightSide);
      return;
    }
    const files = openFiles(record);
    const next = files[(files.findIndex(({ change }) => change.uri === file.change.uri) + step + files.length) % files.length];
    if (next === undefined || files.length === 1) reveal(step === 1 ? file.change.hunks[0] : file.change.hunks.at(-1), isRightSide);
    else await openFileReview(record, next);
  }

  async function undoLast(): Promise<void> {
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
  }

  async function redoLast(): Promise<void> {
    if (undone === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to redo.'));
    else if (await actions.redo(undone)) undone = undefined;
  }
}

function currentLine(): number {
  return vscode.window.activeTextEditor?.selection.active.line ?? 0;
}

function reveal(hunk: Hunk | undefined, isRightSide = true): void {
  const editor = vscode.window.activeTextEditor;
  if (hunk === undefined || editor === undefined) return;
  const line = Math.min(isRightSide ? hunk.newStart : hunk.baseStart, editor.document.lineCount - 1);
  editor.selection = new vscode.Selection(line, 0, line, 0);
  editor.revealRange(new vscode.Range(line, 0, line + Math.max(1, hunk.newLines.length), 0), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Commands may be called by anyone with anything. */
function readTarget(value: unknown): ReviewTarget | undefined {
  if (typeof value !== 'object' || value === null || !('editId' in value) || !('fileUri' in value)) return undefined;
  const { editId, fileUri } = value;
  if (typeof editId !== 'string' || typeof fileUri !== 'string') return undefined;
  const line = 'line' in value && typeof value.line === 'number' ? value.line : undefined;
  return { editId, fileUri, ...(line === undefined ? {} : { line }) };
}
