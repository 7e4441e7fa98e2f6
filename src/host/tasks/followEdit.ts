// From a proposed edit to its verified end: checks in memory at once, the language services after acceptance, then undo or one repair
// round for what the edit brought.
import * as vscode from 'vscode';
import { keepsBrackets } from '../../core/tasks/bracketCheck.ts';
import { formatUsd } from '../../core/models/formatCost.ts';
import { formatCost, type TaskCost } from '../../core/tasks/costLine.ts';
import { formatProblem } from '../../core/tasks/fix.ts';
import { formatMaterials } from '../../core/tasks/material.ts';
import { estimatePrice } from '../../core/tasks/priceEstimate.ts';
import { curedCount, type SeenProblem } from '../../core/tasks/problemDiff.ts';
import { repairPrompt } from '../../core/tasks/repair.ts';
import type { TaskPrompt } from '../../core/tasks/taskPrompt.ts';
import type { EditCheck } from '../edit/editReviewer.ts';
import { runEditTask, type EditTask, type EditTaskContext, type EditTaskResult } from './editTask.ts';
import { collectFile } from './materials.ts';
import { withoutLinks } from './showFailure.ts';
import { openForServices, problemsAfter, snapshotProblems } from './verifyEdits.ts';

export interface FollowOptions {
  /** Files that use what was changed and may break without being touched. */
  readonly dependents?: readonly vscode.Uri[];
  /** Run once the edit is accepted and looked at, with the problems that it brought. */
  readonly onAccepted?: (newProblems: readonly SeenProblem[]) => Promise<void>;
  /** Tests the accepted edit; true when it failed. */
  readonly test?: () => Promise<boolean>;
  /** The answer that the edits came from, for a repair round of the caller's own. */
  readonly onAnswer?: (answer: string, cost: TaskCost | undefined) => void;
  /** A repair round is offered once. */
  readonly isRepair?: boolean;
}

export async function runFollowedEdit(task: EditTask, context: EditTaskContext, options: FollowOptions = {}): Promise<void> {
  const check = (editId: string): readonly EditCheck[] => [...(task.check?.(editId) ?? []), ...bracketChecks(context, editId)];
  // While the answer streams the services look at the files: what they say before the edit is known when it is accepted.
  void openForServices([...task.scope.files.map(({ uri }) => vscode.Uri.parse(uri, true)), ...(options.dependents ?? [])]);
  await runEditTask({ ...task, check, dependents: options.dependents ?? [] }, context, (result) => {
    options.onAnswer?.(result.answer, result.cost);
    followEdit(result, task, context, options);
  });
}

function bracketChecks(context: EditTaskContext, editId: string): readonly EditCheck[] {
  const { reviewer, translate } = context.dependencies;
  const broken = reviewer.changes(editId).filter((change) => change.kind !== 'delete' && !keepsBrackets(change.original, change.proposed, languageOf(change.uri)));
  return broken.map((change) => ({ ok: false, text: translate('brackets do not pair in {path}', { path: change.path }) }));
}

function languageOf(uri: string): string {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.languageId ?? (uri.endsWith('.md') ? 'markdown' : '');
}

function followEdit(result: EditTaskResult, task: EditTask, context: EditTaskContext, options: FollowOptions): void {
  const { reviewer, verifier } = context.dependencies;
  const touched = reviewer.changes(result.editId).filter((change) => change.kind !== 'delete').map((change) => vscode.Uri.parse(change.newUri ?? change.uri, true));
  const watched = [...touched, ...(options.dependents ?? [])];
  const before = snapshotProblems(watched);
  const stop = reviewer.onDidChange((summary) => {
    if (summary.id !== result.editId || summary.state === 'pending' || summary.state === 'streaming') return;
    stop();
    if (summary.state === 'accepted') void verify();
  });

  const verify = async (): Promise<void> => {
    const running = context.running.start(vscode.l10n.t('Checking {0}', task.title));
    try {
      const problems = await problemsAfter(watched, before, running.signal);
      const cured = curedCount(before.problems, snapshotProblems(watched).problems);
      reviewer.setChecks(result.editId, [...problemChecks(problems, cured, context), ...(result.cost === undefined ? [] : [{ ok: true, text: formatCost(result.cost, context.dependencies.translate) }])]);
      const surprising = withoutKnown(problems, verifier.known(result.editId));
      if (surprising.length > 0) await offerCure({ problems: surprising, result, task, touched, context, options });
      const failed = (await options.test?.()) ?? false;
      if (failed) offerUndo(result.editId, context);
      await options.onAccepted?.(problems);
    } finally {
      running.end();
    }
  };
}

/** What the user was told before they accepted needs no second message. Lines move, and words differ between two versions of a service. */
function withoutKnown(problems: readonly SeenProblem[], known: readonly SeenProblem[]): readonly SeenProblem[] {
  const keyOf = ({ uri, code, message }: SeenProblem): string => `${uri} ${code ?? message}`;
  const told = new Set(known.map(keyOf));
  return problems.filter((problem) => !told.has(keyOf(problem)));
}

function problemChecks(problems: readonly SeenProblem[], cured: number, { dependencies: { translate } }: EditTaskContext): readonly EditCheck[] {
  const brought = { ok: problems.length === 0, text: problems.length === 1 ? translate('1 new problem') : translate('{count} new problems', { count: problems.length }) };
  return cured === 0 ? [brought] : [brought, { ok: true, text: cured === 1 ? translate('1 problem gone') : translate('{count} problems gone', { count: cured }) }];
}

interface Cure {
  readonly problems: readonly SeenProblem[];
  readonly result: EditTaskResult;
  readonly task: EditTask;
  readonly touched: readonly vscode.Uri[];
  readonly context: EditTaskContext;
  readonly options: FollowOptions;
}

async function offerCure(cure: Cure): Promise<void> {
  const { problems, result, context, options } = cure;
  const { reviewer, translate } = context.dependencies;
  const prompt = options.isRepair === true ? undefined : await curePrompt(cure);
  const undo = translate('Undo');
  const repair = prompt === undefined ? undefined : repairLabel(prompt, cure);
  const show = translate('Show problems');
  const first = problems[0]?.message.split('\n')[0] ?? '';
  const text = problems.length === 1 ? translate('The edit brought a new problem: {first}', { first }) : translate('The edit brought {count} new problems. The first: {first}', { count: problems.length, first });
  // Not awaited by the check: the message may stay for as long as the user likes.
  void vscode.window.showWarningMessage(withoutLinks(text), ...[undo, repair, show].filter((label) => label !== undefined)).then(async (picked) => {
    if (picked === undefined) return;
    if (picked === undo) await reviewer.undo(result.editId);
    else if (picked === show) await showProblem(problems[0]);
    else if (prompt !== undefined) await startRepair(prompt, cure);
  });
}

function repairLabel(prompt: TaskPrompt, { task, context }: Cure): string {
  const { runner, prices, estimateTokens, translate } = context.dependencies;
  const { usd } = estimatePrice(prompt, runner.route({ task: task.task }), prices, estimateTokens);
  return usd === undefined ? translate('Repair') : translate('Repair (about {price})', { price: formatUsd(usd) });
}

async function curePrompt({ problems, result, task, touched, context }: Cure): Promise<TaskPrompt | undefined> {
  const { reviewer, redactor, context: source, estimateTokens, translate } = context.dependencies;
  const signal = new AbortController().signal;
  const files: string[] = [];
  for (const uri of touched) {
    const document = await vscode.workspace.openTextDocument(uri);
    const collected = await collectFile({ document }, { context: source, estimateTokens, translate }, signal);
    if (!collected.ok) return undefined;
    files.push(collected.text);
  }
  const lines = problems.map((problem) => formatProblem({ ...problem, path: reviewer.pathOf(problem.uri), line: problem.line + 1 }));
  return repairPrompt({ first: task.prompt, answer: result.answer, failure: formatMaterials([{ kind: 'problems', name: 'new problems', text: redactor.redact(lines.join('\n'), task.title).text }]), kind: 'problems', files: files.join('\n\n') });
}

async function startRepair(prompt: TaskPrompt, { result, task, touched, context, options }: Cure): Promise<void> {
  const documents = await Promise.all(touched.map((uri) => vscode.workspace.openTextDocument(uri)));
  const scope = { ...task.scope, files: documents.map((document) => ({ uri: document.uri.toString(), text: document.getText() })) };
  const repairTask: EditTask = { ...task, title: vscode.l10n.t('{0} (repair)', task.title), prompt, scope, cost: result.cost };
  await runFollowedEdit(repairTask, context, { ...options, isRepair: true });
}

function offerUndo(editId: string, { dependencies: { reviewer, translate } }: EditTaskContext): void {
  const undo = translate('Undo');
  void vscode.window.showWarningMessage(translate('The tests fail after the edit.'), undo).then((picked) => (picked === undo ? reviewer.undo(editId) : false));
}

async function showProblem(problem: SeenProblem | undefined): Promise<void> {
  if (problem === undefined) return;
  await vscode.window.showTextDocument(vscode.Uri.parse(problem.uri, true), { selection: new vscode.Range(problem.line, 0, problem.line, 0) });
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}
