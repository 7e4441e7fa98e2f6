// What has to be asked before a write: protected files one by one, with the reason, and text that would be lost. Doing nothing means no.
import * as vscode from 'vscode';
import { describeProtection, describeWarning } from '../../core/edit/problemWords.ts';
import type { FileChange } from '../../core/edit/proposal.ts';
import type { Translate } from '../../core/translate.ts';

/** The changes that may be written; undefined when the user wants none of them. */
export async function confirmChanges(changes: readonly FileChange[], translate: Translate): Promise<readonly FileChange[] | undefined> {
  for (const change of changes) {
    if (change.protection !== undefined && !(await ask(vscode.l10n.t('Change the protected file {0}?', change.path), [describeProtection(change.protection, translate), countsOf(change)].join('\n')))) return undefined;
    if (change.kind === 'delete' && !(await ask(vscode.l10n.t('Delete {0}?', change.path), vscode.l10n.t('Undo brings the file back.')))) return undefined;
    const loss = change.warnings.filter((warning) => warning.kind === 'drops-most' || warning.kind === 'invisible');
    if (loss.length > 0 && !(await ask(vscode.l10n.t('Apply the change to {0}?', change.path), loss.map((warning) => describeWarning(warning, translate)).join('\n')))) return undefined;
  }
  return changes;
}

function countsOf({ counts }: FileChange): string {
  return vscode.l10n.t('{0} lines added, {1} removed.', counts.added, counts.removed);
}

async function ask(question: string, detail: string): Promise<boolean> {
  // The first button has the focus and is what Enter presses: it does nothing. Marked as the close button it would come last, and the
  // focus would be on the one that writes.
  const no = vscode.l10n.t('Leave unchanged');
  const yes = vscode.l10n.t('Apply');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, no, yes)) === yes;
}
