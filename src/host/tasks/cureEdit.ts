// What can be done about an accepted edit that brought problems or that the tests fail after: take it back, or ask the model once more.
import * as vscode from 'vscode';
import { formatUsd } from '../../core/models/formatCost.ts';
import { formatProblem } from '../../core/tasks/fix.ts';
import { formatForeign } from '../../core/tasks/material.ts';
import { estimatePrice } from '../../core/tasks/priceEstimate.ts';
import type { SeenProblem } from '../../core/tasks/problemDiff.ts';
import { repairPrompt, type RepairRequest } from '../../core/tasks/repair.ts';
import type { TaskPrompt } from '../../core/tasks/taskPrompt.ts';
import type { TestOutcome } from '../../core/tasks/testOutcome.ts';
import type { EditTask, EditTaskContext, EditTaskResult } from './editTask.ts';
import { collectFile } from './materials.ts';
import { sendableTexts } from './proposedRepair.ts';
import { withoutLinks } from './showFailure.ts';
import { outcomeWords } from './testRun.ts';

export interface Cure {
  readonly result: EditTaskResult;
  readonly task: EditTask;
  /** Files of the edit, as they are on the disk now. */
  readonly touched: readonly vscode.Uri[];
  readonly context: EditTaskContext;
  /** Runs the repair round; absent after one. */
  readonly again: ((task: EditTask) => Promise<void>) | undefined;
}

/** The messages may stay for as long as the user likes: nothing waits for them. */
export async function offerProblemCure(problems: readonly SeenProblem[], cure: Cure): Promise<void> {
  const { reviewer, redactor, translate } = cure.context.dependencies;
  const own = new Set(cure.touched.map(String));
  const sendable = await sendableTexts(problems.map(({ uri }) => uri).filter((uri) => !own.has(uri)), cure.context.dependencies);
  const lines = problems.filter(({ uri }) => own.has(uri) || sendable.has(uri)).map((problem) => formatProblem({ ...problem, path: reviewer.pathOf(problem.uri), line: problem.line + 1 }));
  const prompt = await curePrompt({ kind: 'problems', failure: formatForeign({ kind: 'problems', name: 'new problems', text: lines.join('\n') }, (text) => redactor.redact(text, cure.task.title).text) }, cure);
  const first = problems[0]?.message.split('\n')[0] ?? '';
  const text = problems.length === 1 ? translate('The edit brought a new problem: {first}', { first }) : translate('The edit brought {count} new problems. The first: {first}', { count: problems.length, first });
  const show = translate('Show problems');
  void offer(text, prompt, cure, show).then((picked) => (picked === show ? showProblem(problems[0]) : undefined));
}

/** Whether they failed before the edit is not known: they were not run then, and the words say so. */
export async function offerTestCure(outcome: TestOutcome, cure: Cure): Promise<void> {
  const { redactor, translate } = cure.context.dependencies;
  const output = formatForeign({ kind: 'output', name: 'test run', text: outcome.excerpt }, (text) => redactor.redact(text, cure.task.title).text);
  const prompt = await curePrompt({ kind: 'broken-tests', failure: output }, cure);
  void offer(translate('After the edit: {result} Whether they passed before is not known. The terminal has the details.', { result: outcomeWords(outcome) }), prompt, cure);
}

async function offer(text: string, prompt: TaskPrompt | undefined, cure: Cure, ...more: readonly string[]): Promise<string | undefined> {
  const { reviewer, translate } = cure.context.dependencies;
  const undo = translate('Undo');
  const repair = prompt === undefined ? undefined : repairLabel(prompt, cure);
  const picked = await vscode.window.showWarningMessage(withoutLinks(text), ...[undo, repair, ...more].filter((label) => label !== undefined));
  if (picked === undo) await reviewer.undo(cure.result.editId);
  else if (picked !== undefined && picked === repair && prompt !== undefined) await startRepair(prompt, cure);
  return picked;
}

function repairLabel(prompt: TaskPrompt, { task, context }: Cure): string {
  const { runner, prices, estimateTokens, translate } = context.dependencies;
  const { usd } = estimatePrice(prompt, runner.route({ task: task.task }), prices, estimateTokens);
  return usd === undefined ? translate('Repair') : translate('Repair (about {price})', { price: formatUsd(usd) });
}

async function curePrompt(what: Pick<RepairRequest, 'kind' | 'failure'>, { result, task, touched, context, again }: Cure): Promise<TaskPrompt | undefined> {
  if (again === undefined) return undefined;
  const { context: source, estimateTokens, translate } = context.dependencies;
  const { signal } = new AbortController();
  const files: string[] = [];
  for (const uri of touched) {
    const document = await vscode.workspace.openTextDocument(uri);
    const collected = await collectFile({ document }, { context: source, estimateTokens, translate }, signal);
    if (!collected.ok) return undefined;
    files.push(collected.text);
  }
  return repairPrompt({ ...what, first: task.prompt, answer: result.answer, files: files.join('\n\n') });
}

async function startRepair(prompt: TaskPrompt, { result, task, touched, again }: Cure): Promise<void> {
  const documents = await Promise.all(touched.map((uri) => vscode.workspace.openTextDocument(uri)));
  const scope = { ...task.scope, files: documents.map((document) => ({ uri: document.uri.toString(), text: document.getText() })) };
  await again?.({ ...task, title: vscode.l10n.t('{0} (repair)', task.title), prompt, scope, cost: result.cost });
}

async function showProblem(problem: SeenProblem | undefined): Promise<void> {
  if (problem === undefined) return;
  await vscode.window.showTextDocument(vscode.Uri.parse(problem.uri, true), { selection: new vscode.Range(problem.line, 0, problem.line, 0) });
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}
