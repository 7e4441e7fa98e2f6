// Writing what was accepted and taking it back, with the words for the user when it did not work out.
import * as vscode from 'vscode';
import { describeProblem } from '../../core/edit/problemWords.ts';
import type { JournalEntry } from '../../core/edit/journal.ts';
import type { FileChange } from '../../core/edit/proposal.ts';
import type { Logger } from '../../core/logger.ts';
import type { Translate } from '../../core/translate.ts';
import { confirmChanges } from './confirmations.ts';
import type { EditRecord } from './editBoard.ts';
import type { EditWriter } from './editWriter.ts';
import type { WriteOutcome } from './writeOutcome.ts';
import { pathOfUri } from './workspacePaths.ts';

export interface ReviewWrites {
  /** What was written: all that the user agreed to, or nothing after they were told why. */
  write(record: EditRecord, changes: readonly FileChange[]): Promise<readonly FileChange[]>;
  undo(editId: string): Promise<boolean>;
  /** `passOver` undoes the one before; offered when this one cannot be undone. */
  undoEntry(entry: JournalEntry, passOver?: () => Promise<void>): Promise<boolean>;
  redo(editId: string): Promise<boolean>;
}

const statusMs = 10_000;

export function createReviewWrites({ writer, log, translate }: { readonly writer: EditWriter; readonly log: Logger; readonly translate: Translate }): ReviewWrites {
  const attempt = async (editId: string, work: () => Promise<WriteOutcome>, passOver?: () => Promise<void>): Promise<boolean> => {
    try {
      const outcome = await work();
      if (outcome.ok) sayFormatted(outcome.changedBySave);
      else void saySo(vscode.window.showWarningMessage, failureWords(outcome, translate), passOver);
      return outcome.ok;
    } catch (error) {
      log.error(`edit ${editId}: could not be written`, error);
      void saySo(vscode.window.showErrorMessage, vscode.l10n.t('The change could not be written. All files are as they were.'), passOver);
      return false;
    }
  };
  return {
    async write(record, changes) {
      const confirmed = await confirmChanges(changes, translate);
      if (confirmed.length === 0) return [];
      return (await attempt(record.id, () => writer.apply({ editId: record.id, title: record.title }, confirmed))) ? confirmed : [];
    },
    undo: (editId) => attempt(editId, () => writer.undo(editId)),
    undoEntry: (entry, passOver) => attempt(entry.editId, () => writer.undoEntry(entry), passOver),
    redo: (editId) => attempt(editId, () => writer.redo(editId)),
  };
}

function sayFormatted(uris: readonly vscode.Uri[]): void {
  for (const uri of uris) vscode.window.setStatusBarMessage(vscode.l10n.t('Saving also formatted {0}. Undo takes both back.', pathOfUri(uri)), statusMs);
}

function failureWords({ problems, isPartly }: Extract<WriteOutcome, { ok: false }>, translate: Translate): string {
  const words = problems.map((problem) => describeProblem(problem, translate)).join(' ');
  if (isPartly === true) return vscode.l10n.t('Only a part was undone. {0}', words);
  return vscode.l10n.t('Nothing was changed. {0}', words === '' ? vscode.l10n.t('There is nothing to undo.') : words);
}

async function saySo(show: (message: string, ...items: readonly string[]) => Thenable<string | undefined>, words: string, passOver: (() => Promise<void>) | undefined): Promise<void> {
  const before = passOver === undefined ? undefined : vscode.l10n.t('Undo the one before');
  const picked = await show(plainNotification(words), ...(before === undefined ? [] : [before]));
  if (picked !== undefined && picked === before) await passOver?.();
}

/** Notifications turn markdown links into buttons: text that comes from an answer must not. */
export function plainNotification(text: string): string {
  return text.replace(/\]\(/g, '] (');
}
