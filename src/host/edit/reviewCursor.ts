// Where in a review the user is: the pending edit, its file and the hunk at the cursor.
import * as vscode from 'vscode';
import { hunkAt } from '../../core/edit/changeEditing.ts';
import type { Hunk } from '../../core/edit/proposal.ts';
import { openFiles, type EditBoard, type EditRecord, type FileReview } from './editBoard.ts';
import { readProposalUri } from './proposalDocuments.ts';
import { editOfTab } from './reviewTabs.ts';

export interface ReviewPoint {
  readonly record: EditRecord;
  readonly file: FileReview;
  readonly hunk: Hunk | undefined;
}

/** The review in the active editor: its right side, or its left side, which is the file itself. */
export function reviewAt(board: EditBoard, editor: vscode.TextEditor | undefined = vscode.window.activeTextEditor): ReviewPoint | undefined {
  if (editor === undefined) return undefined;
  const line = editor.selection.active.line;
  const reference = readProposalUri(editor.document.uri);
  const uri = reference?.fileUri ?? editor.document.uri.toString();
  const records = board.pending().toReversed().filter((record) => reference === undefined || record.id === reference.editId);
  for (const record of records) {
    const file = openFiles(record).find(({ change }) => change.uri === uri);
    if (file === undefined) continue;
    const hunk = reference === undefined ? (file.change.hunks.find((each) => line < Math.max(each.baseEnd, each.baseStart + 1)) ?? file.change.hunks.at(-1)) : hunkAt(file.change, line);
    return { record, file, hunk };
  }
  return undefined;
}

/** The edit that a command without a place means: the one in the active editor, else the newest that waits. */
export function reviewOrNewest(board: EditBoard): EditRecord | undefined {
  return reviewAt(board)?.record ?? activeDiffRecord(board) ?? board.pending().at(-1);
}

/**
 * The edit that is still coming in where a command would otherwise decide an older one: its diff is in view, or it is the newest and nothing
 * else is in view.
 */
export function streamingInstead(board: EditBoard): EditRecord | undefined {
  const inView = board.get(activeDiffEdit() ?? '');
  if (inView !== undefined) return inView.state === 'streaming' ? inView : undefined;
  return reviewAt(board) === undefined ? board.streaming().at(-1) : undefined;
}

function activeDiffRecord(board: EditBoard): EditRecord | undefined {
  return board.pending().find((record) => record.id === activeDiffEdit());
}

function activeDiffEdit(): string | undefined {
  return editOfTab(vscode.window.tabGroups.activeTabGroup.activeTab);
}
