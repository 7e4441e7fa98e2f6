// A folder of its own for a host test that edits files, with the real writer and a journal of its own.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createFileChange } from '../../../src/core/edit/fileChange.ts';
import type { FileChange } from '../../../src/core/edit/proposal.ts';
import { createEditWriter, type EditWriter } from '../../../src/host/edit/editWriter.ts';
import { createJournalFiles, type JournalFiles } from '../../../src/host/edit/journalFiles.ts';
import { readPresent } from '../../../src/host/edit/presentFile.ts';
import { systemClock as clock } from '../../../src/host/systemClock.ts';
import type { HostTestContext } from './hostSuite.ts';

export const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Place {
  readonly writer: EditWriter;
  readonly journal: JournalFiles;
  readonly path: (name: string) => string;
  readonly write: (name: string, bytes: Uint8Array | string) => void;
  readonly read: (name: string) => Buffer;
  readonly uri: (name: string) => vscode.Uri;
}

/** A folder of its own inside the workspace for each test. */
export async function inPlace({ folder }: HostTestContext, test: (place: Place) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(folder, 'edit-'));
  const journalRoot = mkdtempSync(join(tmpdir(), 'journal-'));
  const journal = createJournalFiles(journalRoot);
  const path = (name: string): string => join(root, name);
  try {
    await test({
      writer: createEditWriter({ journal, clock, log: silent }),
      journal,
      path,
      write: (name, bytes) => writeFileSync(path(name), bytes),
      read: (name) => readFileSync(path(name)),
      uri: (name) => vscode.Uri.file(path(name)),
    });
  } finally {
    await closeWithoutAsking();
    rmSync(root, { recursive: true, force: true });
    rmSync(journalRoot, { recursive: true, force: true });
  }
}

/** A text that is not saved would make the editor ask, and the dialog would stand in the way of all tests after it. */
async function closeWithoutAsking(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((each) => each.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

export const head = { editId: 'edit', title: 'Test' };

/** The change that replaces one text of the file by another, in the editor's own line ends. */
export async function replacing(uri: vscode.Uri, oldText: string, newText: string): Promise<FileChange> {
  const present = await readPresent(uri);
  if (present.state !== 'present') throw new Error(JSON.stringify(present));
  const { text } = present.file;
  const proposed = text.replace(oldText, () => newText);
  assert.notEqual(proposed, text, 'the text to replace stands in the file');
  return createFileChange({ kind: 'modify', uri: uri.toString(), path: uri.path, original: text, proposed });
}

export async function accepts(place: Place, changes: readonly FileChange[]): Promise<void> {
  const outcome = await place.writer.apply(head, changes);
  assert.equal(outcome.ok, true, JSON.stringify(outcome));
}

export async function undoes(place: Place): Promise<void> {
  const outcome = await place.writer.undo('edit');
  assert.equal(outcome.ok, true, JSON.stringify(outcome));
}
