// The way back out of a write that failed half-way: only what was begun is touched, and what somebody typed or wrote meanwhile stays.
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { rebase } from '../../core/edit/rebase.ts';
import type { Logger } from '../../core/logger.ts';
import { textAfter, type PlannedWrite } from './plannedWrite.ts';
import { readOrNothing, sameBytes, writeBytes } from './writeBytes.ts';

/** How far a plan came. */
export interface Reached {
  /** Writes that may have changed their file or its text. */
  readonly begun: Set<PlannedWrite>;
  /** Writes whose text the editor saved: what is on the disk is ours, whatever a formatter made of it. */
  readonly saved: Set<PlannedWrite>;
}

/** Best effort, file by file: one that cannot be restored must not keep the others from it. */
export async function takeBack({ begun, saved }: Reached, log: Logger): Promise<void> {
  for (const write of [...begun].toReversed()) {
    try {
      await takeBackOne(write, saved.has(write));
    } catch (error) {
      log.error('A file could not be taken back; its original is in the journal.', error);
    }
  }
}

async function takeBackOne(write: PlannedWrite, wasWritten: boolean): Promise<void> {
  if (write.kind === 'create') {
    const bytes = await readOrNothing(write.uri);
    if (bytes !== undefined && sameBytes(bytes, write.bytes)) await vscode.workspace.fs.delete(write.uri);
    return;
  }
  const { file } = write;
  if (write.kind === 'rename' && (await readOrNothing(file.uri)) === undefined) await vscode.workspace.fs.rename(write.newUri, file.uri);
  const isSavedAgain = await restoreText(write, wasWritten);
  if (file.bytes === undefined || !file.wasSaved) return;
  const present = await readOrNothing(file.uri);
  if (present === undefined && file.uri.scheme === 'file') await vscode.workspace.fs.createDirectory(vscode.Uri.file(dirname(file.uri.fsPath)));
  const isOurs = present === undefined || wasWritten || isSavedAgain || isStartOf(present, write);
  if (isOurs && !sameBytes(present, file.bytes)) await writeBytes(file.uri, file.bytes, file.mode);
}

/** A write of ours that was ended half-way, or not at all. */
function isStartOf(present: Uint8Array, write: PlannedWrite): boolean {
  return write.kind !== 'delete' && sameBytes(present, write.bytes.subarray(0, present.length));
}

/** Whether the text was saved with it. */
async function restoreText(write: Exclude<PlannedWrite, { kind: 'create' }>, wasWritten: boolean): Promise<boolean> {
  const { file } = write;
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === file.uri.toString());
  if (document === undefined || document.getText() === file.text) return false;
  // A saved text that differs from the plan is what a formatter made of it.
  const text = wasWritten && !document.isDirty ? file.text : textWithout(write, document.getText());
  if (text !== document.getText()) {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(file.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
  }
  // What was typed meanwhile is the user's to save.
  return file.wasSaved && document.isDirty && document.getText() === file.text && (await document.save());
}

/** The text without our lines; with all of it where what was typed meanwhile touches them. */
function textWithout(write: Exclude<PlannedWrite, { kind: 'create' }>, present: string): string {
  const planned = write.kind === 'delete' ? write.file.text : textAfter(write.file, write.changes);
  if (present === planned) return write.file.text;
  const back = rebase({ base: planned, current: present, proposed: write.file.text });
  return back.ok ? back.proposed : present;
}
