// Puts the edit engine into the editor. The result is the port that chat, tasks and inline edit change files through.
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import type { InlinePrompt } from '../../core/edit/inlinePrompt.ts';
import type { Logger } from '../../core/logger.ts';
import type { TaskRunner } from '../../core/models/taskRunner.ts';
import type { Translate } from '../../core/translate.ts';
import { registerChangesTree } from './changesTree.ts';
import { createEditReviewer } from './createEditReviewer.ts';
import { recoverPrepared } from './diskRecovery.ts';
import { createEditBoard } from './editBoard.ts';
import type { EditReviewer } from './editReviewer.ts';
import { createEditWriter } from './editWriter.ts';
import { createBufferJournal } from './inline/bufferJournal.ts';
import { recoverBuffers } from './inline/bufferRecovery.ts';
import { createInlineBoard } from './inline/inlineBoard.ts';
import { registerInlineEdit } from './inline/registerInlineEdit.ts';
import { createJournalFiles, type JournalFiles } from './journalFiles.ts';
import { createProposalDocuments, type ProposalDocuments } from './proposalDocuments.ts';
import { registerReviewCommands } from './reviewCommands.ts';
import { registerReviewLenses } from './reviewLenses.ts';
import { registerReviewMarks } from './reviewMarks.ts';

export interface EditDependencies {
  readonly runner: TaskRunner;
  readonly gate: FileGate;
  readonly clock: Clock;
  readonly log: Logger;
  readonly translate: Translate;
  /** The extension's own folder on the disk (globalStorageUri): the journal is kept in it. */
  readonly storagePath: string;
  /** Masks secrets in text that goes into a request; what the answer brings back is unmasked before it is matched. */
  readonly redact: (text: string, source: string) => { readonly text: string };
  readonly restore: (text: string, source: string) => string;
  /** What an edit that is asked for costs, as far as it can be told before. */
  readonly estimateUsd: (prompt: InlinePrompt) => number | undefined;
  /** Shows a failure of a request, with its one action. */
  readonly showError: (error: unknown, retry: () => void) => Promise<void>;
}

export interface Edits extends vscode.Disposable {
  readonly reviewer: EditReviewer;
}

export function registerEdits(dependencies: EditDependencies): Edits {
  const { clock, log, translate, storagePath, redact, restore } = dependencies;
  const journal = createJournalFiles(join(storagePath, 'edits'));
  const board = createEditBoard();
  const documents = createProposalDocuments();
  const writer = createEditWriter({ journal, clock, log });
  const actions = createEditReviewer({ board, writer, documents, clock, log, translate, redact, restore });
  const inlineBoard = createInlineBoard();
  const inline = registerInlineEdit({ ...dependencies, board, actions, inline: inlineBoard, journal: createBufferJournal(journal, clock) });
  const disposable = vscode.Disposable.from(
    documents,
    inlineBoard,
    inline,
    registerReviewCommands({ board, actions, writer, inline: inline.actions }),
    registerReviewMarks(board),
    registerReviewLenses(board, translate),
    registerChangesTree(board, translate),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) actions.followText(document.uri.toString(), document.getText());
    }),
  );
  void recover(journal, documents, dependencies);
  return { reviewer: actions, dispose: () => disposable.dispose() };
}

/** A window that was killed in the middle of an apply left its entry open. */
async function recover(journal: JournalFiles, documents: ProposalDocuments, { clock, log }: EditDependencies): Promise<void> {
  try {
    for (const { entry, restored, outcome } of await recoverPrepared(journal)) {
      log.warn(`edit ${entry.editId}: was interrupted, ${restored.length} files restored, ${outcome}`);
      if (restored.length > 0) void vscode.window.showInformationMessage(vscode.l10n.t('An edit was interrupted and taken back: {0}', entry.title));
    }
    await recoverBuffers({ journal, documents, log });
    await journal.prune(clock.date());
  } catch (error) {
    log.error('The journal of edits could not be read.', error);
  }
}
