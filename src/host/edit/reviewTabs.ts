// Opens and closes the review: VS Code's diff for one file, its multi-file changes editor for several.
import * as vscode from 'vscode';
import { openFiles, type EditRecord, type FileReview } from './editBoard.ts';
import { emptyUri, proposalUri, readProposalUri } from './proposalDocuments.ts';

export interface ReviewSides {
  readonly original: vscode.Uri;
  readonly modified: vscode.Uri;
}

export async function openReview(record: EditRecord): Promise<void> {
  const files = openFiles(record);
  const [only] = files;
  if (only === undefined) return;
  if (files.length === 1) {
    await openFileReview(record, only);
    return;
  }
  await vscode.commands.executeCommand('vscode.changes', record.title, files.map((file) => {
    const { original, modified } = sidesOf(record.id, file);
    return [vscode.Uri.parse(file.change.uri, true), original, modified];
  }));
}

export async function openFileReview(record: EditRecord, file: FileReview): Promise<void> {
  const { original, modified } = sidesOf(record.id, file);
  const [first] = file.change.hunks;
  const line = first === undefined ? 0 : first.newStart;
  await openDiff({ original, modified }, `${file.change.newPath ?? file.change.path}: ${record.title}`, line);
}

/** `pinned` false: a stream that goes on to another file takes the same tab. */
export async function openDiff({ original, modified }: ReviewSides, title: string, line: number, pinned = true): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', original, modified, title, { preview: !pinned, preserveFocus: !pinned, selection: new vscode.Range(line, 0, line, 0) });
}

function sidesOf(editId: string, { change }: FileReview): ReviewSides {
  return {
    original: change.kind === 'create' ? emptyUri(change.uri) : vscode.Uri.parse(change.uri, true),
    modified: proposalUri(editId, change.uri),
  };
}

/** Closes the diffs of an edit, or of one of its files, and the multi-file editor when nothing is left to review. */
export async function closeReview(record: EditRecord, fileUri?: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => {
    if (!(tab.input instanceof vscode.TabInputTextDiff)) return fileUri === undefined && isFilesReview(tab, record);
    const reference = readProposalUri(tab.input.modified);
    return reference?.editId === record.id && (fileUri === undefined || reference.fileUri === fileUri);
  });
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
}

/** The edit that a diff or a multi-file editor shows. */
export function editOfTab(tab: vscode.Tab | undefined): string | undefined {
  if (tab === undefined) return undefined;
  const modified = tab.input instanceof vscode.TabInputTextDiff ? [tab.input.modified] : modifiedSides(tab.input);
  return modified.map((uri) => readProposalUri(uri)?.editId).find((editId) => editId !== undefined);
}

/** Versions of the editor that tell nothing about the input of a multi-file editor tell its title, which is ours. */
export function isFilesReview(tab: vscode.Tab, record: EditRecord): boolean {
  return editOfTab(tab) === record.id || (tab.input === undefined && tab.label.startsWith(record.title));
}

/** The input of a multi-file editor has no class in the API yet: looked at as data. */
function modifiedSides(input: unknown): readonly vscode.Uri[] {
  if (typeof input !== 'object' || input === null || !('textDiffs' in input) || !Array.isArray(input.textDiffs)) return [];
  return input.textDiffs.flatMap((each: unknown) => (typeof each === 'object' && each !== null && 'modified' in each && each.modified instanceof vscode.Uri ? [each.modified] : []));
}
