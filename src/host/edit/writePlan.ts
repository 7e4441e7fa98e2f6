// Carries out a plan: the journal first, then one workspace edit (one undo step of the editor), then the saves. What fails half-way is taken
// back as a whole.
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { JournalEntry } from '../../core/edit/journal.ts';
import { splitLines } from '../../core/edit/lineText.ts';
import { toTextEdits } from '../../core/edit/textEdits.ts';
import type { Logger } from '../../core/logger.ts';
import { writeFileAtomic } from './atomicFile.ts';
import type { JournalDraftFile, JournalFiles } from './journalFiles.ts';
import { makeOneStep } from './oneStep.ts';
import { leadsOutside, staysUnsaved, type PlannedWrite } from './plannedWrite.ts';
import type { PresentFile } from './presentFile.ts';

export interface WriteRequest {
  readonly entryId: string;
  readonly editId: string;
  readonly title: string;
  readonly createdAt: number;
  readonly writes: readonly PlannedWrite[];
  /** The bytes have to come out exactly: what a formatter does at save is overwritten. An undo wants that. */
  readonly exact: boolean;
}

export interface WriteResult {
  readonly entry: JournalEntry;
  /** Files that saving changed further: a formatter, trimmed white space. */
  readonly changedBySave: readonly vscode.Uri[];
}

export interface WritePlanDependencies {
  readonly journal: JournalFiles;
  readonly log: Logger;
}

/** Throws when nothing could be written; everything is as before then. */
export async function writePlan(request: WriteRequest, { journal, log }: WritePlanDependencies): Promise<WriteResult> {
  const { writes, exact, entryId, editId, title, createdAt } = request;
  const entry = await journal.prepare({ id: entryId, editId, title, createdAt, files: writes.map(toJournal) });
  try {
    await checkPlaces(writes);
    await writeBytesRoute(writes);
    // The editor calls an empty edit a failed one, and `size` does not count files that are made, moved or deleted.
    const needsEditor = writes.some((write) => write.kind !== 'modify' || write.file.route !== 'bytes');
    if (needsEditor && !(await vscode.workspace.applyEdit(toWorkspaceEdit(writes)))) throw new Error('The editor refused the change.');
    await saveAll(writes);
    const differing = await settledDifferences(writes, exact);
    if (exact) for (const { uri, planned } of differing) await writeBytes(uri, planned);
    const after = new Map(exact ? [] : differing.map(({ uri, bytes }) => [uri.toString(), bytes] as const));
    return { entry: await journal.settle(entry, 'applied', after), changedBySave: exact ? [] : differing.map(({ uri }) => uri) };
  } catch (error) {
    log.error(`Edit ${editId}: the write failed and is taken back.`, error);
    await takeBack(writes, log);
    await journal.settle(entry, 'undone');
    throw error;
  }
}

/** What saving made of the files beyond the plan, made one step of the editor's undo with it. */
async function settledDifferences(writes: readonly PlannedWrite[], exact: boolean): Promise<readonly Differing[]> {
  const differing = await differingFromPlan(writes);
  if (exact || differing.length === 0 || !(await makeOneStep(writes))) return differing;
  await saveAll(writes);
  return differingFromPlan(writes);
}

/** Written through a neighbour file where the disk is ours to reach, so that a kill leaves no half file. */
async function writeBytes(uri: vscode.Uri, bytes: Uint8Array, mode?: number): Promise<void> {
  if (uri.scheme === 'file') await writeFileAtomic(uri.fsPath, bytes, { mode });
  else await vscode.workspace.fs.writeFile(uri, bytes);
}

function toJournal(write: PlannedWrite): JournalDraftFile {
  switch (write.kind) {
    case 'create':
      return { uri: write.uri.toString(), before: undefined, after: write.bytes, mode: write.mode };
    case 'delete':
      return { uri: write.file.uri.toString(), before: write.file.bytes, after: undefined, mode: write.file.mode };
    case 'modify':
    case 'rename': {
      const unsaved = staysUnsaved(write.file);
      return {
        uri: write.file.uri.toString(),
        newUri: write.kind === 'rename' ? write.newUri.toString() : undefined,
        before: unsaved ? Buffer.from(write.file.text) : write.file.bytes,
        after: write.bytes, mode: write.file.mode, unsaved,
      };
    }
  }
}

/** A link may have been put in the way since the review (TOCTOU). */
async function checkPlaces(writes: readonly PlannedWrite[]): Promise<void> {
  for (const write of writes) {
    const uris = write.kind === 'create' ? [write.uri] : write.kind === 'rename' ? [write.file.uri, write.newUri] : [write.file.uri];
    for (const uri of uris) {
      if ((await leadsOutside(uri)) !== undefined) throw new Error('A file no longer lies in the workspace.');
    }
  }
}

async function writeBytesRoute(writes: readonly PlannedWrite[]): Promise<void> {
  for (const write of writes) {
    if (write.kind === 'modify' && write.file.route === 'bytes') await writeBytes(write.file.uri, write.bytes, write.file.mode);
  }
}

function toWorkspaceEdit(writes: readonly PlannedWrite[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const write of writes) {
    switch (write.kind) {
      case 'create':
        edit.createFile(write.uri, { contents: write.bytes, overwrite: false, ignoreIfExists: false });
        break;
      case 'delete':
        edit.deleteFile(write.file.uri, { ignoreIfNotExists: false });
        break;
      case 'modify':
        if (write.file.route !== 'bytes') addTextEdits(edit, write);
        break;
      case 'rename':
        if (write.file.route !== 'bytes') addTextEdits(edit, write);
        edit.renameFile(write.file.uri, write.newUri, { overwrite: false, ignoreIfExists: false });
        break;
    }
  }
  return edit;
}

function addTextEdits(edit: vscode.WorkspaceEdit, { file, changes }: Extract<PlannedWrite, { kind: 'modify' | 'rename' }>): void {
  const lineEnd = file.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  for (const { start, end, text } of toTextEdits(splitLines(file.text).lines, changes, lineEnd)) {
    edit.replace(file.uri, new vscode.Range(start.line, start.character, end.line, end.character), text);
  }
}

async function saveAll(writes: readonly PlannedWrite[]): Promise<void> {
  for (const write of writes) {
    if (write.kind === 'rename' && write.file.route === 'bytes') await writeBytes(write.newUri, write.bytes, write.file.mode);
    if ((write.kind !== 'modify' && write.kind !== 'rename') || write.file.route !== 'editor') continue;
    // A text that the user had not saved stays unsaved.
    if (staysUnsaved(write.file)) continue;
    const uri = write.kind === 'rename' ? write.newUri : write.file.uri;
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document?.isDirty === true && !(await document.save())) throw new Error('A file could not be saved.');
  }
}

interface Differing {
  readonly uri: vscode.Uri;
  readonly planned: Uint8Array;
  readonly bytes: Uint8Array;
}

async function differingFromPlan(writes: readonly PlannedWrite[]): Promise<readonly Differing[]> {
  const differing: Differing[] = [];
  for (const write of writes) {
    if (write.kind === 'delete' || (write.kind !== 'create' && staysUnsaved(write.file))) continue;
    const uri = write.kind === 'create' ? write.uri : write.kind === 'rename' ? write.newUri : write.file.uri;
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (Buffer.compare(bytes, write.bytes) !== 0) differing.push({ uri, planned: write.bytes, bytes });
  }
  return differing;
}

/** Best effort, file by file: one that cannot be restored must not keep the others from it. */
async function takeBack(writes: readonly PlannedWrite[], log: Logger): Promise<void> {
  for (const write of writes.toReversed()) {
    try {
      await takeBackOne(write);
    } catch (error) {
      log.error('A file could not be taken back; its original is in the journal.', error);
    }
  }
}

async function takeBackOne(write: PlannedWrite): Promise<void> {
  if (write.kind === 'create') {
    const bytes = await readOrNothing(write.uri);
    if (bytes !== undefined && Buffer.compare(bytes, write.bytes) === 0) await vscode.workspace.fs.delete(write.uri);
    return;
  }
  const { file } = write;
  if (write.kind === 'rename' && (await readOrNothing(file.uri)) === undefined) await vscode.workspace.fs.rename(write.newUri, file.uri);
  await restoreText(file);
  if (file.bytes === undefined || !file.wasSaved) return;
  const present = await readOrNothing(file.uri);
  if (present === undefined && file.uri.scheme === 'file') await vscode.workspace.fs.createDirectory(vscode.Uri.file(dirname(file.uri.fsPath)));
  if (present === undefined || Buffer.compare(present, file.bytes) !== 0) await writeBytes(file.uri, file.bytes, file.mode);
}

async function restoreText(file: PresentFile): Promise<void> {
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === file.uri.toString());
  if (document === undefined || document.getText() === file.text) return;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(file.uri, new vscode.Range(0, 0, document.lineCount, 0), file.text);
  await vscode.workspace.applyEdit(edit);
  if (file.wasSaved && document.isDirty) await document.save();
}

async function readOrNothing(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}
