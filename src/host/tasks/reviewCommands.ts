// The review commands: start one of five reviews, and everything that is done with its findings.
import * as vscode from 'vscode';
import type { ChangesScope } from '../../core/context/changesSource.ts';
import { formatUsd } from '../../core/models/formatCost.ts';
import { estimateUsd } from '../../core/tasks/priceEstimate.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { TaskDependencies } from './dependencies.ts';
import { createDismissals, type Dismissals } from './dismissals.ts';
import { findTarget } from './editorTarget.ts';
import { registerFindingActions } from './findingActions.ts';
import { applyFinding, dismissFinding, restoreFinding, stepFinding } from './findingSteps.ts';
import { createFindingsView, type FindingsView } from './findingsView.ts';
import { findRepository } from './gitExtension.ts';
import { nearUri } from './nearUri.ts';
import { concludeReview, exportReview, showHidden, type EndedReview } from './reviewEnd.ts';
import { createReviewSession, type ReviewInput, type ReviewSession } from './reviewSession.ts';
import { changesInput, codeInput } from './reviewSources.ts';
import type { RunningTask, RunningTasks, TaskPlace } from './runningTasks.ts';
import { isCancelled, showFailure } from './showFailure.ts';
import { readWish } from './taskArguments.ts';

interface Review {
  readonly dependencies: TaskDependencies;
  readonly running: RunningTasks;
  readonly view: FindingsView;
  readonly dismissals: Dismissals;
  /** For the export, and for what it hides. */
  last: EndedReview | undefined;
}

export function registerReviewCommands(dependencies: TaskDependencies, running: RunningTasks): vscode.Disposable {
  const review: Review = { dependencies, running, view: createFindingsView(), dismissals: createDismissals(dependencies.memory), last: undefined };
  const { view, dismissals } = review;
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
    on(commandIds.nextFinding, () => stepFinding(view, 1)),
    on(commandIds.previousFinding, () => stepFinding(view, -1)),
    on(commandIds.applyFinding, (argument) => applyFinding(view.find(argument), view, dependencies)),
    on(commandIds.dismissFinding, (argument) => dismissFinding(view.find(argument), view, dismissals)),
    on(commandIds.restoreFinding, (argument) => restoreFinding(view.find(argument), view, dismissals)),
    on(commandIds.showHiddenFindings, () => (review.last === undefined ? undefined : showHidden(review.last))),
    on(commandIds.clearFindings, () => view.clear()),
    on(commandIds.exportReview, () => (review.last === undefined ? vscode.window.showInformationMessage(vscode.l10n.t('There is no review to export.')) : exportReview(review.last))),
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

async function start(review: Review, place: TaskPlace | undefined, collect: (task: RunningTask) => Promise<ReviewInput | undefined>, retry: () => void): Promise<void> {
  const { translate, log } = review.dependencies;
  const task = review.running.start(translate('Review'), place);
  try {
    const input = await collect(task);
    if (input === undefined || !(await agreeToSize(input, review.dependencies))) return;
    review.view.clear();
    const session = createReviewSession(input, review);
    review.last = { session, view: review.view, translate, onHiddenChange: () => tellHidden(session) };
    await run(review, review.last, task, place);
  } catch (error) {
    if (!isCancelled(error, task.signal)) await showFailure(error, { translate, log, retry });
  } finally {
    task.end();
  }
}

/** Asks for what has no answer yet. Findings that came before a failure or a stop stay: they were checked one by one. */
async function run(review: Review, ended: EndedReview, task: RunningTask, place: TaskPlace | undefined): Promise<void> {
  const { session } = ended;
  const { translate, log } = review.dependencies;
  let failure: unknown;
  try {
    await session.run(task);
  } catch (error) {
    failure = error;
  }
  const stopped = failure !== undefined && isCancelled(failure, task.signal);
  task.end();
  tellHidden(session);
  const { findings, hidden } = session.result();
  const again = (): void => {
    const next = review.running.start(translate('Review'), place);
    void run(review, ended, next, place).finally(() => next.end());
  };
  if (failure !== undefined && !stopped) await showFailure(failure, { translate, log, retry: again });
  else if (!stopped || findings.length + hidden.length > 0) await concludeReview(ended);
}

function tellHidden(session: ReviewSession): void {
  void vscode.commands.executeCommand('setContext', 'runapi.hasHiddenFindings', session.result().hidden.length > 0);
}

/** A change of this many parts takes a minute and more than a few cents. */
const largeReviewParts = 6;

async function agreeToSize({ batches, files }: ReviewInput, { runner, prices }: TaskDependencies): Promise<boolean> {
  if (batches.length < largeReviewParts) return true;
  const tokens = batches.flat().reduce((sum, unit) => sum + unit.tokens, 0);
  const usd = estimateUsd(tokens, runner.route({ task: 'review' }), prices);
  const yes = usd === undefined ? vscode.l10n.t('Review') : vscode.l10n.t('Review (about {0})', formatUsd(usd));
  const picked = await vscode.window.showWarningMessage(vscode.l10n.t('This is large: {0} files, about {1} tokens in {2} requests.', files.length, tokens.toLocaleString(vscode.env.language), batches.length), yes);
  return picked === yes;
}
