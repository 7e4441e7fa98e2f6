// Carries out a plan: the journal first, then one workspace edit (one undo step of the editor), then the saves. What fails half-way is taken
// back as a whole; what changed since the plan was made is found before the first write, and nothing is written then.
import { chmod } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { JournalEntry } from '../../core/edit/journal.ts';
import type { EditProblem } from '../../core/edit/proposal.ts';
import type { Logger } from '../../core/logger.ts';
import type { JournalDraftFile, JournalFiles } from './journalFiles.ts';
import { makeOneStep } from './oneStep.ts';
import { changesFiles, toWorkspaceEdit } from './planEdit.ts';
import { staysUnsaved, type PlannedWrite } from './plannedWrite.ts';
import { movedInEditor, movedOnDisk } from './stillAsPlanned.ts';
import { takeBack, type Reached } from './takeBack.ts';
import { sameBytes, writeBytes } from './writeBytes.ts';

export interface WriteRequest {
  readonly entryId: string;
  readonly editId: string;
  readonly title: string;
  readonly createdAt: number;
  readonly writes: readonly PlannedWrite[];
  /** The bytes have to come out exactly: what a formatter does at save is overwritten. An undo wants that. */
  readonly exact: boolean;
}

export type WriteResult =
  | {
    readonly ok: true;
    readonly entry: JournalEntry;
    /** Files that saving changed further: a formatter, trimmed white space. */
    readonly changedBySave: readonly vscode.Uri[];
  }
  /** Nothing was written. */
  | { readonly ok: false; readonly problems: readonly EditProblem[] };

export interface WritePlanDependencies {
  readonly journal: JournalFiles;
  readonly log: Logger;
}

/** Throws when the writing failed; everything is as before then. */
export async function writePlan(request: WriteRequest, { journal, log }: WritePlanDependencies): Promise<WriteResult> {
  const { writes, exact, entryId, editId, title, createdAt } = request;
  const entry = await journal.prepare({ id: entryId, editId, title, createdAt, files: writes.map(toJournal) });
  const reached: Reached = { begun: new Set(), saved: new Set() };
  try {
    const problems = [...(await movedOnDisk(writes)), ...movedInEditor(writes)];
    // No await in between: what was just looked at is what the edit is made for.
    if (problems.length > 0 || !(await applyInEditor(writes, reached))) {
      await journal.settle(entry, 'undone');
      return { ok: false, problems: problems.length > 0 ? problems : movedInEditor(writes) };
    }
    await writeBytesRoute(writes, reached);
    await setModes(writes);
    await saveAll(writes, reached);
    const differing = await settledDifferences(writes, { exact, reached });
    if (exact) for (const { uri, planned } of differing) await writeBytes(uri, planned);
    const after = new Map(exact ? [] : differing.map(({ uri, bytes }) => [uri.toString(), bytes] as const));
    return { ok: true, entry: await journal.settle(entry, 'applied', after), changedBySave: exact ? [] : differing.map(({ uri }) => uri) };
  } catch (error) {
    log.error(`Edit ${editId}: the write failed and is taken back.`, error);
    await takeBack(reached, log);
    await journal.settle(entry, 'undone');
    throw error;
  }
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

/** False when the editor refused because somebody typed in this moment: it holds the versions against each other itself. */
async function applyInEditor(writes: readonly PlannedWrite[], { begun }: Reached): Promise<boolean> {
  const edit = toWorkspaceEdit(writes);
  const hasFileSteps = writes.some(changesFiles);
  // The editor calls an empty edit a failed one, and `size` does not count files that are made, moved or deleted.
  if (!hasFileSteps && edit.size === 0) return true;
  const inEditor = writes.filter((write) => changesFiles(write) || write.file.route !== 'bytes');
  // Texts alone are changed all or none; steps on files may have been taken before a later one failed.
  if (hasFileSteps) for (const write of inEditor) begun.add(write);
  const isApplied = await vscode.workspace.applyEdit(edit);
  if (isApplied) for (const write of inEditor) begun.add(write);
  else if (hasFileSteps || movedInEditor(writes).length === 0) throw new Error('The editor refused the change.');
  return isApplied;
}

async function writeBytesRoute(writes: readonly PlannedWrite[], { begun }: Reached): Promise<void> {
  for (const write of writes) {
    if (write.kind !== 'modify' || write.file.route !== 'bytes') continue;
    if (!sameBytes(await vscode.workspace.fs.readFile(write.file.uri), write.file.bytes)) throw new Error('A file was changed by somebody else.');
    begun.add(write);
    await writeBytes(write.file.uri, write.bytes, write.file.mode);
  }
}

/** The editor makes files with the mode of new ones: a script that comes back is to run again. */
async function setModes(writes: readonly PlannedWrite[]): Promise<void> {
  for (const write of writes) {
    if (write.kind === 'create' && write.mode !== undefined && write.uri.scheme === 'file') await chmod(write.uri.fsPath, write.mode & 0o7777);
  }
}

async function saveAll(writes: readonly PlannedWrite[], { saved }: Reached): Promise<void> {
  for (const write of writes) {
    if (write.kind === 'rename' && write.file.route === 'bytes') await writeBytes(write.newUri, write.bytes, write.file.mode);
    if ((write.kind !== 'modify' && write.kind !== 'rename') || write.file.route !== 'editor') continue;
    // A text that the user had not saved stays unsaved.
    if (staysUnsaved(write.file)) continue;
    const uri = write.kind === 'rename' ? write.newUri : write.file.uri;
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document?.isDirty === true && !(await document.save())) throw new Error('A file could not be saved.');
    saved.add(write);
  }
}

interface Differing {
  readonly uri: vscode.Uri;
  readonly planned: Uint8Array;
  readonly bytes: Uint8Array;
}

/** What saving made of the files beyond the plan, made one step of the editor's undo with it. */
async function settledDifferences(writes: readonly PlannedWrite[], { exact, reached }: { readonly exact: boolean; readonly reached: Reached }): Promise<readonly Differing[]> {
  const differing = await differingFromPlan(writes);
  if (exact || differing.length === 0 || !(await makeOneStep(writes))) return differing;
  await saveAll(writes, reached);
  return differingFromPlan(writes);
}

async function differingFromPlan(writes: readonly PlannedWrite[]): Promise<readonly Differing[]> {
  const differing: Differing[] = [];
  for (const write of writes) {
    if (write.kind === 'delete' || (write.kind !== 'create' && staysUnsaved(write.file))) continue;
    const uri = write.kind === 'create' ? write.uri : write.kind === 'rename' ? write.newUri : write.file.uri;
    const bytes = await vscode.workspace.fs.readFile(uri);
    if (!sameBytes(bytes, write.bytes)) differing.push({ uri, planned: write.bytes, bytes });
  }
  return differing;
}
