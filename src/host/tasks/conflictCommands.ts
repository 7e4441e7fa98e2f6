// Help with merge conflicts: an entry above each conflict and in the lightbulb; the resolution goes through the review.
import * as vscode from 'vscode';
import { findConflicts, hasConflict, type Conflict } from '../../core/tasks/conflictMarkers.ts';
import { formatCost } from '../../core/tasks/costLine.ts';
import { mergeConflictPrompt, parseConflictAnswer } from '../../core/tasks/mergeConflict.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { TaskDependencies } from './dependencies.ts';
import { sayIfUnchangeable } from './editDocument.ts';
import { collectGuidance } from './guidance.ts';
import { collectFile, replyLanguage, sayRefusal } from './materials.ts';
import type { RunningTask, RunningTasks } from './runningTasks.ts';
import { isCancelled, showFailure } from './showFailure.ts';
import { streamAnswer } from './streamAnswer.ts';

export function registerConflictCommands(dependencies: TaskDependencies, running: RunningTasks): vscode.Disposable {
  const selector = ['file', 'untitled', 'vscode-remote', 'vscode-vfs'].map((scheme) => ({ scheme }));
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.resolveConflict, (uri?: unknown, line?: unknown) => resolve({ uri, line }, dependencies, running)),
    vscode.languages.registerCodeLensProvider(selector, { provideCodeLenses: (document) => conflictsOf(document).map(({ startLine }) => new vscode.CodeLens(new vscode.Range(startLine, 0, startLine, 0), toCommand(document, startLine))) }),
    vscode.languages.registerCodeActionsProvider(selector, { provideCodeActions: (document, range) => conflictsOf(document).filter((conflict) => contains(conflict, range.start.line)).map((conflict) => toAction(document, conflict)) }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
  );
}

function conflictsOf(document: vscode.TextDocument): readonly Conflict[] {
  const text = document.getText();
  return hasConflict(text) ? findConflicts(text.split(/\r\n|\r|\n/)) : [];
}

function contains({ startLine, endLine }: Conflict, line: number): boolean {
  return line >= startLine && line < endLine;
}

function toCommand(document: vscode.TextDocument, startLine: number): vscode.Command {
  return { title: vscode.l10n.t('Resolve with RunAPI'), command: commandIds.resolveConflict, arguments: [document.uri, startLine] };
}

function toAction(document: vscode.TextDocument, { startLine }: Conflict): vscode.CodeAction {
  const action = new vscode.CodeAction(vscode.l10n.t('Resolve with RunAPI'), vscode.CodeActionKind.QuickFix);
  action.command = toCommand(document, startLine);
  return action;
}

async function resolve(wish: { readonly uri: unknown; readonly line: unknown }, dependencies: TaskDependencies, running: RunningTasks): Promise<void> {
  const { translate, log } = dependencies;
  const editor = vscode.window.activeTextEditor;
  const document = wish.uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(wish.uri) : editor?.document;
  if (document === undefined || (await sayIfUnchangeable(document.uri))) return;
  // From here to the lines that are expected nothing is awaited: a line number is true for one version of a document only.
  const line = typeof wish.line === 'number' ? wish.line : (editor?.selection.active.line ?? 0);
  const conflicts = conflictsOf(document);
  const conflict = conflicts.find((candidate) => contains(candidate, line)) ?? conflicts.find((candidate) => candidate.startLine >= line) ?? conflicts[0];
  if (conflict === undefined) {
    void vscode.window.showInformationMessage(translate('There is no merge conflict in this file.'));
    return;
  }
  const task = running.start(translate('Resolve conflict'), { uri: document.uri, line: conflict.startLine });
  try {
    await resolveOne(document, conflict, task, dependencies);
  } catch (error) {
    if (!isCancelled(error, task.signal)) await showFailure(error, { translate, log, retry: () => void resolve({ uri: document.uri, line: conflict.startLine }, dependencies, running) });
  } finally {
    task.end();
  }
}

const budgetTokens = 12_000;

async function resolveOne(document: vscode.TextDocument, conflict: Conflict, task: RunningTask, dependencies: TaskDependencies): Promise<void> {
  const { reviewer, runner, translate } = dependencies;
  const uri = document.uri.toString();
  const path = reviewer.pathOf(uri);
  const focus = { startLine: conflict.startLine + 1, endLine: conflict.endLine };
  const expected = linesOf(document, conflict.startLine, conflict.endLine);
  const surroundings = await collectFile({ document, focus, budgetTokens }, dependencies, task.signal);
  if (!surroundings.ok) {
    sayRefusal(surroundings.reason, document.uri, translate);
    return;
  }
  const alone = await dependencies.context.collect({ kind: 'file', uri, range: focus }, budgetTokens, task.signal);
  const guidance = await collectGuidance(document.uri, dependencies, task.signal);
  if (linesOf(document, conflict.startLine, conflict.endLine) !== expected) {
    void vscode.window.showWarningMessage(translate('The file changed meanwhile. Nothing was changed.'));
    return;
  }
  const prompt = mergeConflictPrompt({ context: surroundings.text, guidance: guidance.text, replyLanguage: replyLanguage(), path, conflict: alone.text });
  const answer = await streamAnswer({ task: 'fix', prompt }, { runner, running: task, translate });
  const parsed = answer.finish === 'stop' ? parseConflictAnswer(answer.text) : undefined;
  if (parsed === undefined) {
    void vscode.window.showWarningMessage(translate('The answer holds no usable resolution. Nothing was changed.'));
    return;
  }
  const title = translate('Resolve conflict: {path}', { path });
  const place = await findAgain(document.uri, conflict, expected);
  const outcome = await reviewer.propose({ task: 'fix', title, changes: [{ kind: 'replace-lines', uri, ...place, expected, text: dependencies.redactor.restore(parsed.text, uri) }] });
  if (outcome.state === 'no-edits') return;
  const cost = answer.cost === undefined ? [] : [{ ok: true, text: formatCost(answer.cost, translate) }];
  const said = parsed.explanation === '' ? [] : [{ ok: true, text: parsed.explanation }];
  reviewer.setChecks(outcome.editId, [...said, ...cost]);
}

/** What was typed above it meanwhile has moved it. Where it is not found as it was, the review refuses and says so. */
async function findAgain(uri: vscode.Uri, { startLine, endLine }: Conflict, expected: string): Promise<Pick<Conflict, 'startLine' | 'endLine'>> {
  const document = await vscode.workspace.openTextDocument(uri);
  const same = conflictsOf(document).filter((conflict) => linesOf(document, conflict.startLine, conflict.endLine) === expected);
  const nearest = same.toSorted((left, right) => Math.abs(left.startLine - startLine) - Math.abs(right.startLine - startLine))[0];
  return nearest === undefined ? { startLine, endLine } : { startLine: nearest.startLine, endLine: nearest.endLine };
}

function linesOf(document: vscode.TextDocument, startLine: number, endLine: number): string {
  const last = Math.min(endLine, document.lineCount);
  return Array.from({ length: Math.max(0, last - startLine) }, (_, index) => `${document.lineAt(startLine + index).text}\n`).join('');
}
