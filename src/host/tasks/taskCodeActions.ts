// The lightbulb: Fix on problems, the other tasks on a selection. Nothing is computed here: the commands do the work when taken.
import * as vscode from 'vscode';
import { commandIds, type CommandId } from '../../shared/commandIds.ts';
import { ownSource } from './verifyEdits.ts';

const schemes = ['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-notebook-cell'];

export function registerTaskCodeActions(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(schemes.map((scheme) => ({ scheme })), { provideCodeActions }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite] });
}

function provideCodeActions(document: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
  const problems = context.diagnostics.filter(isProblem);
  return [...fixes(document, problems), ...(range.isEmpty ? [] : rewrites(document, range))];
}

function isProblem({ source, severity }: vscode.Diagnostic): boolean {
  return source !== ownSource && severity !== vscode.DiagnosticSeverity.Hint;
}

function fixes(document: vscode.TextDocument, problems: readonly vscode.Diagnostic[]): readonly vscode.CodeAction[] {
  const [first] = problems;
  if (first === undefined) return [];
  const range = problems.reduce((all, problem) => all.union(problem.range), first.range);
  const fix = toAction({ title: vscode.l10n.t('Fix with RunAPI'), command: commandIds.fixProblem, kind: vscode.CodeActionKind.QuickFix }, document, range);
  fix.diagnostics = [...problems];
  const explain = toAction({ title: vscode.l10n.t('Explain with RunAPI'), command: commandIds.explainCode, kind: vscode.CodeActionKind.QuickFix }, document, range);
  explain.diagnostics = [...problems];
  const all = vscode.languages.getDiagnostics(document.uri).filter(isProblem);
  if (all.length <= problems.length) return [fix, explain];
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const fixAll = toAction({ title: vscode.l10n.t('Fix all {0} problems of the file with RunAPI', all.length), command: commandIds.fixProblem, kind: vscode.CodeActionKind.QuickFix }, document, whole);
  // Without one VS Code leaves it out of the list of a problem.
  fixAll.diagnostics = [...problems];
  return [fix, fixAll, explain];
}

function rewrites(document: vscode.TextDocument, range: vscode.Range): readonly vscode.CodeAction[] {
  const kind = vscode.CodeActionKind.RefactorRewrite;
  return [
    toAction({ title: vscode.l10n.t('Refactor with RunAPI…'), command: commandIds.refactorCode, kind: kind.append('runapi') }, document, range),
    toAction({ title: vscode.l10n.t('Document with RunAPI'), command: commandIds.documentCode, kind: kind.append('runapi') }, document, range),
    toAction({ title: vscode.l10n.t('Generate tests with RunAPI'), command: commandIds.generateTests, kind: kind.append('runapi') }, document, range),
  ];
}

interface ActionWords {
  readonly title: string;
  readonly command: CommandId;
  readonly kind: vscode.CodeActionKind;
}

function toAction({ title, command, kind }: ActionWords, document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction {
  const action = new vscode.CodeAction(title, kind);
  action.command = { title, command, arguments: [document.uri, range] };
  return action;
}
