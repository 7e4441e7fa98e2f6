import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../shared/commandIds.ts';
import type { FindingsView } from './findingsView.ts';
import { ownSource } from './verifyEdits.ts';

/** The lightbulb on a finding: apply its suggested edit, where it has one, or dismiss it. */
export function registerFindingActions(view: FindingsView): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider({ pattern: '**' }, { provideCodeActions: (_document, _range, { diagnostics }) => diagnostics.filter(({ source }) => source === ownSource).flatMap((diagnostic) => actionsFor(diagnostic, view)) }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}

/** The code of a finding's diagnostic is its id. */
function actionsFor(diagnostic: vscode.Diagnostic, view: FindingsView): readonly vscode.CodeAction[] {
  const toAction = (title: string, command: CommandId): vscode.CodeAction => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { title, command, arguments: [diagnostic.code] };
    action.diagnostics = [diagnostic];
    return action;
  };
  const hasEdit = view.find(diagnostic.code)?.finding.suggestion !== undefined;
  return [...(hasEdit ? [toAction(vscode.l10n.t('Apply the suggestion'), commandIds.applyFinding)] : []), toAction(vscode.l10n.t('Dismiss the finding'), commandIds.dismissFinding)];
}
