// The commands of a review: for the keyboard, the editor's toolbar, the tree and the lenses. An inline edit in the active editor comes first.
import * as vscode from 'vscode';
import type { Hunk } from '../../core/edit/proposal.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { ReviewActions } from './createEditReviewer.ts';
import { openFiles, type EditBoard } from './editBoard.ts';
import type { EditWriter } from './editWriter.ts';
import type { InlineActions } from './inline/inlineActions.ts';
import type { InlineEntry } from './inline/inlineBoard.ts';
import { reviewAt, reviewOrNewest, streamingInstead } from './reviewCursor.ts';
import { moveReview, showNextDecision } from './reviewMoves.ts';
import { openFileReview, openReview } from './reviewTabs.ts';
import { readReviewTarget, type ReviewTarget } from './reviewTarget.ts';
import { registerUndoCommands } from './undoCommands.ts';

export interface ReviewCommandDependencies {
  readonly board: EditBoard;
  readonly actions: ReviewActions;
  readonly writer: EditWriter;
  readonly inline: InlineActions;
}

type Handler = (target: ReviewTarget | undefined) => Promise<unknown>;

export function registerReviewCommands(dependencies: ReviewCommandDependencies): vscode.Disposable {
  const { board, actions, inline } = dependencies;
  const inlineFirst = (onInline: (entry: InlineEntry, line: number | undefined) => unknown, otherwise: Handler): Handler => async (target) => {
    const entry = inline.find(target);
    await (entry === undefined ? otherwise(target) : onInline(entry, target?.line));
  };
  const handlers: Readonly<Record<string, Handler>> = {
    [commandIds.acceptEdit]: inlineFirst((entry) => inline.accept(entry), (target) => decideEdit(target, { board, onFile: (editId, fileUri) => actions.acceptFile(editId, fileUri), onEdit: (editId) => actions.accept(editId) })),
    [commandIds.discardEdit]: inlineFirst((entry) => inline.discard(entry), (target) => decideEdit(target, { board, onFile: (editId, fileUri) => actions.discardFile(editId, fileUri), onEdit: (editId) => actions.discard(editId) })),
    [commandIds.acceptAllEdits]: () => forEachPending(dependencies, (editId) => actions.accept(editId), (entry) => inline.accept(entry)),
    [commandIds.discardAllEdits]: () => forEachPending(dependencies, (editId) => actions.discard(editId), (entry) => inline.discard(entry)),
    [commandIds.acceptHunk]: inlineFirst((entry, line) => inline.acceptHunk(entry, line), (target) => decideHunk(target, board, async (place, hunk) => {
      if (await actions.acceptHunk(place.editId, place.fileUri, hunk)) await showNextDecision(board, place);
    })),
    [commandIds.discardHunk]: inlineFirst((entry, line) => inline.discardHunk(entry, line), (target) => decideHunk(target, board, async (place, hunk) => {
      await actions.discardHunk(place.editId, place.fileUri, hunk);
      await showNextDecision(board, place);
    })),
    [commandIds.nextChange]: inlineFirst((entry) => inline.move(entry, 1), () => moveReview(board, 1)),
    [commandIds.previousChange]: inlineFirst((entry) => inline.move(entry, -1), () => moveReview(board, -1)),
    [commandIds.openReview]: (target) => openTarget(target, board),
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([id, handler]) => vscode.commands.registerCommand(id, (argument: unknown) => handler(readReviewTarget(argument)))),
    registerUndoCommands(dependencies),
  );
}

interface EditDecision {
  readonly board: EditBoard;
  readonly onFile: (editId: string, fileUri: string) => Promise<unknown>;
  readonly onEdit: (editId: string) => Promise<unknown>;
}

async function decideEdit(target: ReviewTarget | undefined, { board, onFile, onEdit }: EditDecision): Promise<void> {
  if (target !== undefined) {
    await onFile(target.editId, target.fileUri);
    return;
  }
  if (streamingInstead(board) !== undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The edit is still coming in. It can be accepted or discarded when it is complete.'));
    return;
  }
  const point = reviewAt(board);
  const record = point?.record ?? reviewOrNewest(board);
  if (record === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('There are no changes to review.'));
  else if (point !== undefined && openFiles(record).length > 1) await onFile(record.id, point.file.change.uri);
  else await onEdit(record.id);
}

async function forEachPending({ board, inline }: ReviewCommandDependencies, act: (editId: string) => Promise<unknown>, actInline: (entry: InlineEntry) => Promise<unknown>): Promise<void> {
  // Oldest first: later edits were made on top of it.
  for (const record of board.pending()) await act(record.id);
  for (const entry of inline.pending()) await actInline(entry);
}

async function decideHunk(target: ReviewTarget | undefined, board: EditBoard, act: (target: ReviewTarget, hunk: Hunk) => Promise<void>): Promise<void> {
  if (target?.line !== undefined) {
    const file = board.get(target.editId)?.files.find(({ change, state }) => state === 'open' && change.uri === target.fileUri);
    const hunk = file?.change.hunks.find((each) => each.newStart === target.line);
    if (hunk !== undefined) await act(target, hunk);
    return;
  }
  const point = reviewAt(board);
  if (point?.hunk !== undefined) await act({ editId: point.record.id, fileUri: point.file.change.uri }, point.hunk);
}

async function openTarget(target: ReviewTarget | undefined, board: EditBoard): Promise<void> {
  const record = target === undefined ? reviewOrNewest(board) : board.get(target.editId);
  const file = record === undefined || target === undefined ? undefined : openFiles(record).find(({ change }) => change.uri === target.fileUri);
  if (record === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('There are no changes to review.'));
  else if (file === undefined) await openReview(record);
  else await openFileReview(record, file);
}
