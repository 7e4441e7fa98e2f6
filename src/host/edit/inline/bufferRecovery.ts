// After a window ended in the middle of an inline edit: the editor brings unsaved buffers back, an answer's lines in them. Where the buffer is
// just what we made of it, it is given back; where somebody typed too, they are asked. Buffers of other windows are left for those.
import * as vscode from 'vscode';
import type { JournalEntry, JournalFile } from '../../../core/edit/journal.ts';
import type { Logger } from '../../../core/logger.ts';
import { processIsAlive } from '../diskRecovery.ts';
import { sha256, type JournalFiles } from '../journalFiles.ts';
import { proposalUri, type ProposalDocuments } from '../proposalDocuments.ts';
import { pathOfUri } from '../workspacePaths.ts';
import { isOfBuffer } from './bufferJournal.ts';
import { linesOf, markSaved } from './inlineBuffer.ts';

export interface BufferRecoveryDependencies {
  readonly journal: JournalFiles;
  readonly documents: ProposalDocuments;
  readonly log: Logger;
}

export async function recoverBuffers({ journal, documents, log }: BufferRecoveryDependencies): Promise<void> {
  for (const entry of await journal.list()) {
    if (entry.state !== 'prepared' || !isOfBuffer(entry) || (entry.owner !== process.pid && processIsAlive(entry.owner)) || !entry.files.every(isRestoredHere)) continue;
    const outcome = await recoverOne(entry, { journal, documents, log });
    log.warn(`edit ${entry.editId}: the window ended before it did; ${outcome}`);
    if (outcome !== 'saved') await journal.settle(entry, 'undone');
  }
}

/** A file outside the folders of this window is its own if its unsaved text came back here. */
function isRestoredHere({ uri }: JournalFile): boolean {
  const parsed = vscode.Uri.parse(uri, true);
  return vscode.workspace.getWorkspaceFolder(parsed) !== undefined || vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === parsed.toString());
}

async function recoverOne(entry: JournalEntry, { journal, documents }: BufferRecoveryDependencies): Promise<'gone' | 'as it was' | 'saved' | 'given back' | 'asked'> {
  const [file] = entry.files;
  const document = file === undefined ? undefined : await openDocument(vscode.Uri.parse(file.uri, true));
  if (file?.before === undefined || document === undefined) return 'gone';
  const before = Buffer.from(await journal.read(entry, file.before)).toString('utf8');
  if (document.getText() === before) return 'as it was';
  const name = pathOfUri(document.uri);
  const isOurs = (await journal.notes(entry)).includes(sha256(Buffer.from(document.getText())));
  if (!document.isDirty) {
    // Only a whole answer can have been saved, and whoever saved it wants it. It stays one that can be undone.
    if (isOurs) await journal.settle(entry, 'applied', new Map([[file.uri, Buffer.from(document.getText())]]));
    return isOurs ? 'saved' : 'gone';
  }
  if (!isOurs) {
    void offerOriginal({ entry, document, before, documents });
    return 'asked';
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, linesOf(document).length, 0), before);
  await vscode.workspace.applyEdit(edit);
  await markSaved(document);
  void vscode.window.showInformationMessage(vscode.l10n.t('The inline edit of {0} was not accepted before the window closed. The text is as it was; Undo brings the edit back.', name));
  return 'given back';
}

interface Offer {
  readonly entry: JournalEntry;
  readonly document: vscode.TextDocument;
  readonly before: string;
  readonly documents: ProposalDocuments;
}

async function offerOriginal({ entry, document, before, documents }: Offer): Promise<void> {
  const compare = vscode.l10n.t('Compare');
  const name = pathOfUri(document.uri);
  const picked = await vscode.window.showWarningMessage(vscode.l10n.t('The window closed during an inline edit of {0}, and the text was changed since.', name), compare);
  if (picked !== compare) return;
  documents.set(entry.id, document.uri.toString(), before);
  await vscode.commands.executeCommand('vscode.diff', proposalUri(entry.id, document.uri.toString()), document.uri, vscode.l10n.t('{0}: before the inline edit', name));
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
