import * as vscode from 'vscode';
import type { TaskId } from '../../shared/chatTypes.ts';

/** A task as the title of what it changes names it. */
export function taskTitle(task: TaskId): string {
  switch (task) {
    case 'complete': return vscode.l10n.t('Complete');
    case 'chat': return vscode.l10n.t('Chat');
    case 'explain': return vscode.l10n.t('Explain');
    case 'refactor': return vscode.l10n.t('Refactor');
    case 'edit': return vscode.l10n.t('Edit');
    case 'review': return vscode.l10n.t('Review');
    case 'tests': return vscode.l10n.t('Tests');
    case 'fix': return vscode.l10n.t('Fix');
    case 'document': return vscode.l10n.t('Document');
    case 'commit': return vscode.l10n.t('Commit message');
    case 'rename': return vscode.l10n.t('Names');
    case 'title': return vscode.l10n.t('Title');
    case 'compact': return vscode.l10n.t('Compact');
  }
}
