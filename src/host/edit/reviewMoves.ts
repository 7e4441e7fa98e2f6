// Going from change to change in a review, and from file to file at its ends.
import * as vscode from 'vscode';
import type { Hunk } from '../../core/edit/proposal.ts';
import { openFiles, type EditBoard } from './editBoard.ts';
import { readProposalUri } from './proposalDocuments.ts';
import { reviewAt } from './reviewCursor.ts';
import { openFileReview, openReview } from './reviewTabs.ts';
import type { ReviewTarget } from './reviewTarget.ts';

/** The next place to decide: in this file, else the next file. */
export async function showNextDecision(board: EditBoard, { editId, fileUri }: ReviewTarget): Promise<void> {
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

export async function moveReview(board: EditBoard, step: 1 | -1): Promise<void> {
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
