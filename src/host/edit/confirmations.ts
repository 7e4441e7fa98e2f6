// What has to be asked before a write: protected files one by one, with the reason, and text that would be lost. Doing nothing means no.
import * as vscode from 'vscode';
import { describeProtection, describeWarning } from '../../core/edit/problemWords.ts';
import type { FileChange } from '../../core/edit/proposal.ts';
import type { Translate } from '../../core/translate.ts';

/** The changes that may be written: without each that is to be left unchanged; none when the asking was ended. */
export async function confirmChanges(changes: readonly FileChange[], translate: Translate): Promise<readonly FileChange[]> {
  const confirmed: FileChange[] = [];
  for (const change of changes) {
    const answer = await confirmOne(change, translate);
    if (answer === undefined) return [];
    if (answer) confirmed.push(change);
  }
  return confirmed;
}

async function confirmOne(change: FileChange, translate: Translate): Promise<boolean | undefined> {
  for (const { question, detail } of questionsOf(change, translate)) {
    const answer = await ask(question, detail);
    if (answer !== true) return answer;
  }
  return true;
}

interface Question {
  readonly question: string;
  readonly detail: string;
}

function questionsOf(change: FileChange, translate: Translate): readonly Question[] {
  const { path, kind, protection, warnings } = change;
  const loss = warnings.filter((warning) => warning.kind === 'drops-most' || warning.kind === 'invisible');
  return [
    ...(protection === undefined ? [] : [{ question: vscode.l10n.t('Change the protected file {0}?', path), detail: [describeProtection(protection, translate), countsOf(change)].join('\n') }]),
    ...(kind === 'delete' ? [{ question: vscode.l10n.t('Delete {0}?', path), detail: vscode.l10n.t('Undo brings the file back.') }] : []),
    ...(loss.length === 0 ? [] : [{ question: vscode.l10n.t('Apply the change to {0}?', path), detail: loss.map((warning) => describeWarning(warning, translate)).join('\n') }]),
  ];
}

function countsOf({ counts }: FileChange): string {
  return vscode.l10n.t('Lines added: {0}. Lines removed: {1}.', counts.added, counts.removed);
}

/** Undefined when the dialog was closed: no answer to this question, and no wish for a next one. */
async function ask(question: string, detail: string): Promise<boolean | undefined> {
  // The first button has the focus and is what Enter presses: it does nothing. Marked as the close button it would come last, and the
  // focus would be on the one that writes.
  const no = vscode.l10n.t('Leave unchanged');
  const yes = vscode.l10n.t('Apply');
  const picked = await vscode.window.showWarningMessage(question, { modal: true, detail }, no, yes);
  return picked === undefined ? undefined : picked === yes;
}
