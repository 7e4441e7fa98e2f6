// The review commands: start one of five reviews, walk through the findings, apply, dismiss, export.
import * as vscode from 'vscode';
import type { ChangesScope } from '../../core/context/changesSource.ts';
import { formatCost } from '../../core/tasks/costLine.ts';
import { formatReviewReport } from '../../core/tasks/reviewReport.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { TaskDependencies } from './dependencies.ts';
import { findTarget } from './editorTarget.ts';
import { registerFindingActions } from './findingActions.ts';
import { createFindingsView, type FindingsView, type ShownFinding } from './findingsView.ts';
import { findRepository } from './gitExtension.ts';
import { nearUri } from './nearUri.ts';
import { runReview, type ReviewInput, type ReviewResult } from './reviewRun.ts';
import { changesInput, codeInput } from './reviewSources.ts';
import type { RunningTask, RunningTasks } from './runningTasks.ts';
import { isCancelled, showFailure } from './showFailure.ts';
import { readWish } from './taskArguments.ts';

interface Review {
  readonly dependencies: TaskDependencies;
  readonly running: RunningTasks;
  readonly view: FindingsView;
  /** The last one, for the export. */
  last: { readonly input: ReviewInput; readonly result: ReviewResult } | undefined;
}

export function registerReviewCommands(dependencies: TaskDependencies, running: RunningTasks): vscode.Disposable {
  const review: Review = { dependencies, running, view: createFindingsView(), last: undefined };
  const { view } = review;
  const on = (id: string, run: (...args: readonly unknown[]) => unknown): vscode.Disposable => vscode.commands.registerCommand(id, run);
  return vscode.Disposable.from(
    view,
    registerFindingActions(view),
    on(commandIds.reviewSelection, (...args) => reviewCode(args, false, review)),
    on(commandIds.reviewFile, (...args) => reviewCode(args, true, review)),
    on(commandIds.reviewChanges, (...args) => reviewChanges({ type: 'working' }, args, review)),
    on(commandIds.reviewStaged, (...args) => reviewChanges({ type: 'staged' }, args, review)),
    on(commandIds.reviewBranch, async (...args) => {
      const scope = await pickBase(args);
      if (scope !== undefined) await reviewChanges(scope, args, review);
    }),
    on(commandIds.nextFinding, () => step(view, 1)),
    on(commandIds.previousFinding, () => step(view, -1)),
    on(commandIds.applyFinding, (argument) => apply(view.find(argument), review)),
    on(commandIds.dismissFinding, (argument) => dismiss(view.find(argument), view)),
    on(commandIds.clearFindings, () => view.clear()),
    on(commandIds.exportReview, () => exportReview(review)),
  );
}

async function reviewCode(args: readonly unknown[], wholeFile: boolean, review: Review): Promise<void> {
  const target = await findTarget({ ...readWish(args), wholeFile, symbolAtCaret: !wholeFile });
  if (target === undefined) return;
  const place = { uri: target.document.uri, line: target.range.start.line };
  await start(review, place, () => codeInput(target, review.dependencies), () => void reviewCode(args, wholeFile, review));
}

async function reviewChanges(scope: ChangesScope, args: readonly unknown[], review: Review): Promise<void> {
  await start(review, undefined, ({ signal }) => changesInput({ scope, near: nearUri(args) }, review.dependencies, signal), () => void reviewChanges(scope, args, review));
}

async function pickBase(args: readonly unknown[]): Promise<ChangesScope | undefined> {
  const repository = await findRepository(nearUri(args));
  const branches = (await repository?.getBranches({ remote: true })) ?? [];
  const names = [...new Set(branches.flatMap(({ name }) => (name === undefined || name.endsWith('/HEAD') ? [] : [name])))].slice(0, 200);
  const main = { label: vscode.l10n.t('Main branch'), description: vscode.l10n.t('as the repository names it'), scope: { type: 'branch' } as const };
  const items = [main, ...names.map((name) => ({ label: name, description: '', scope: { type: 'branch', base: name } as const }))];
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Against which base?') });
  return picked?.scope;
}

async function start(review: Review, place: { readonly uri: vscode.Uri; readonly line: number } | undefined, collect: (task: RunningTask) => Promise<ReviewInput | undefined>, retry: () => void): Promise<void> {
  const { dependencies, running, view } = review;
  const { translate, log } = dependencies;
  const task = running.start(translate('Review'), place);
  try {
    const input = await collect(task);
    if (input === undefined || !(await agreeToSize(input))) return;
    view.clear();
    const result = await runReview(input, view, dependencies, task);
    review.last = { input, result };
    task.end();
    await conclude(review, input, result);
  } catch (error) {
    // Findings that came before stay: they were checked one by one.
    if (!isCancelled(error, task.signal)) await showFailure(error, { translate, log, retry });
  } finally {
    task.end();
  }
}

/** A change of this many parts takes a minute and more than a few cents. */
const largeReviewParts = 6;

async function agreeToSize({ batches, files }: ReviewInput): Promise<boolean> {
  if (batches.length < largeReviewParts) return true;
  const tokens = batches.flat().reduce((sum, unit) => sum + unit.tokens, 0);
  const yes = vscode.l10n.t('Review');
  const picked = await vscode.window.showWarningMessage(vscode.l10n.t('This is large: {0} files, about {1} tokens in {2} requests.', files.length, tokens.toLocaleString(vscode.env.language), batches.length), yes);
  return picked === yes;
}

async function conclude(review: Review, input: ReviewInput, { findings, dropped, cost, cut }: ReviewResult): Promise<void> {
  const { translate } = review.dependencies;
  const count = findings.length === 0 ? translate('No findings in {label}.', { label: input.label }) : findings.length === 1 ? translate('1 finding in {label}.', { label: input.label }) : translate('{count} findings in {label}.', { count: findings.length, label: input.label });
  const left = dropped === 0 ? '' : translate('{count} pointed at no line and were dropped.', { count: dropped });
  const more = cut ? translate('The answer was cut at its limit: there may be more.') : '';
  const spent = cost === undefined ? '' : formatCost(cost, translate);
  const first = translate('Show first');
  const save = translate('Export');
  const picked = await vscode.window.showInformationMessage([count, left, more, spent].filter((part) => part !== '').join(' '), ...(findings.length === 0 ? [] : [first, save]));
  if (picked === first) await step(review.view, 1);
  else if (picked === save) await exportReview(review);
}

async function step(view: FindingsView, direction: 1 | -1): Promise<void> {
  const all = view.all();
  const editor = vscode.window.activeTextEditor;
  const uri = editor?.document.uri.toString() ?? '';
  const line = (editor?.selection.active.line ?? -1) + 1;
  const isBehind = (shown: ShownFinding): boolean => shown.uri.toString() > uri || (shown.uri.toString() === uri && shown.range.startLine > line);
  const isBefore = (shown: ShownFinding): boolean => shown.uri.toString() < uri || (shown.uri.toString() === uri && shown.range.startLine < line);
  const next = direction === 1 ? (all.find(isBehind) ?? all[0]) : (all.findLast(isBefore) ?? all.at(-1));
  if (next === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('There are no findings.'));
  else await view.reveal(next);
}

async function apply(shown: ShownFinding | undefined, { dependencies: { reviewer, log }, view }: Review): Promise<void> {
  const suggestion = shown?.finding.suggestion;
  if (shown === undefined || suggestion === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This finding has no suggested edit.'));
    return;
  }
  const { finding, uri } = shown;
  const outcome = await reviewer.propose({ task: 'review', title: finding.title, changes: [{ kind: 'replace-text', uri: uri.toString(), oldText: suggestion.oldText, newText: suggestion.newText }] });
  log.info(`apply ${finding.id}: ${outcome.state}`);
  if (outcome.state === 'no-edits') void vscode.window.showInformationMessage(vscode.l10n.t('The file already has this change.'));
  if (outcome.state !== 'pending') return;
  const stop = reviewer.onDidChange((summary) => {
    if (summary.id !== outcome.editId || summary.state === 'pending' || summary.state === 'streaming') return;
    stop();
    if (summary.state === 'accepted') view.remove(finding.id);
  });
}

async function dismiss(shown: ShownFinding | undefined, view: FindingsView): Promise<void> {
  if (shown !== undefined) view.remove(shown.finding.id);
}

async function exportReview({ last, view, dependencies: { translate } }: Review): Promise<void> {
  if (last === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no review to export.'));
    return;
  }
  const findings = view.all().map(({ finding, range }) => ({ ...finding, startLine: range.startLine, endLine: range.endLine }));
  const content = formatReviewReport({ subject: last.input.label, findings, dropped: last.result.dropped, cost: last.result.cost === undefined ? '' : formatCost(last.result.cost, translate) }, translate);
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}
