// Refactor: what (typed, suggested, or exactly by the language service) → a plan that can be changed → edits in the review → checked.
import * as vscode from 'vscode';
import { recogniseExact } from '../../core/tasks/exactRefactorings.ts';
import { formatUsd } from '../../core/models/formatCost.ts';
import { formatCost, type TaskCost } from '../../core/tasks/costLine.ts';
import { estimatePrice } from '../../core/tasks/priceEstimate.ts';
import { refactorEditsPrompt, refactorPlanPrompt, type RefactorRequest } from '../../core/tasks/refactor.ts';
import { parsePlan, type PlanStep } from '../../core/tasks/refactorPlan.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { EditScopeFile } from '../edit/editReviewer.ts';
import { findCallers } from './callers.ts';
import type { TaskDependencies } from './dependencies.ts';
import { describeTarget, findTarget, shortName, type EditorTarget } from './editorTarget.ts';
import { runFollowedEdit } from './followEdit.ts';
import { exactOfferFor, type ExactOffer } from './languageServiceOffers.ts';
import type { NamedTests } from './namedTests.ts';
import type { PlanDocuments } from './planDocuments.ts';
import { createPlanPicker } from './planPicker.ts';
import { collectOthers, prepare } from './prepare.ts';
import { pickRefactoring } from './refactorPicker.ts';
import type { RunningTasks } from './runningTasks.ts';
import { isCancelled, showFailure } from './showFailure.ts';
import { streamAnswer } from './streamAnswer.ts';
import { readUris, readWish } from './taskArguments.ts';

export interface RefactorParts {
  readonly dependencies: TaskDependencies;
  readonly running: RunningTasks;
  readonly plans: PlanDocuments;
  readonly tests: NamedTests;
}

export function registerRefactorCommand(parts: RefactorParts): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.refactorCode, async (...args: readonly unknown[]) => {
    const target = await findTarget({ ...readWish(args), symbolAtCaret: true });
    if (target !== undefined) await refactor(target, readUris(args), parts);
  });
}

async function refactor(target: EditorTarget, chosenFiles: readonly vscode.Uri[], parts: RefactorParts): Promise<void> {
  const { translate } = parts.dependencies;
  const title = chosenFiles.length > 1 ? translate('Refactor {count} files', { count: chosenFiles.length }) : translate('Refactor {name}', { name: shortName(target) });
  const choice = await pickRefactoring(target, title, translate);
  if (choice === undefined) return;
  if (choice.kind === 'exact') {
    await applyExact(choice.offer);
    return;
  }
  const exact = recogniseExact(choice.text);
  const offer = exact === undefined ? undefined : await exactOfferFor(exact, target);
  const decision = offer === undefined ? 'model' : await exactOrModel(offer, parts);
  if (decision === undefined) return;
  if (decision === 'exact' && offer !== undefined) await applyExact(offer);
  else await planAndEdit({ target, chosenFiles, instruction: choice.text, title, parts });
}

async function exactOrModel(offer: ExactOffer, { dependencies }: RefactorParts): Promise<'exact' | 'model' | undefined> {
  const { model } = dependencies.runner.route({ task: 'refactor' });
  const picked = await vscode.window.showQuickPick(
    [
      { label: offer.title, description: vscode.l10n.t('by the language service: exact, no cost'), decision: 'exact' as const },
      { label: vscode.l10n.t('Ask {0}', model), decision: 'model' as const },
    ],
    { placeHolder: vscode.l10n.t('The language service can do this exactly') },
  );
  return picked?.decision;
}

async function applyExact(offer: ExactOffer): Promise<void> {
  if (await offer.apply()) vscode.window.setStatusBarMessage(vscode.l10n.t('Done by the language service: {0}', offer.title), 8000);
}

interface RefactorWork {
  readonly target: EditorTarget;
  readonly chosenFiles: readonly vscode.Uri[];
  readonly instruction: string;
  readonly title: string;
  readonly parts: RefactorParts;
}

/** The target's own file comes first; callers share what is left of a request of this size. */
const othersBudgetTokens = 60_000;
const maxCallers = 12;
/** Checked, but not shown to the model. */
const maxDependents = 40;

async function planAndEdit(work: RefactorWork): Promise<void> {
  const { target, parts, title } = work;
  const { dependencies, running } = parts;
  const retry = (): void => void planAndEdit(work);
  const prepared = await prepare(target, dependencies, { edits: true, allowsOtherFiles: true });
  if (prepared === undefined) return;
  const callers = work.chosenFiles.length > 1 ? [] : (await findCallers(target)).map(({ uri }) => uri);
  const others = await collectOthers([...work.chosenFiles.filter((uri) => uri.toString() !== target.document.uri.toString()), ...callers.slice(0, maxCallers)], othersBudgetTokens, dependencies);
  const request: RefactorRequest = {
    ...prepared,
    context: [prepared.context, ...others.map(({ text }) => text)].join('\n\n'),
    instruction: work.instruction,
    target: work.chosenFiles.length > 1 ? `${String(work.chosenFiles.length)} files` : describeTarget(target, prepared.path),
  };
  const plan = await agreePlan(request, work, retry);
  if (plan === undefined) return;
  const files: readonly EditScopeFile[] = [prepared.file, ...others.map(({ file }) => file)];
  await runFollowedEdit(
    { task: 'refactor', title: `${title}: ${work.instruction}`, prompt: refactorEditsPrompt(request, plan.steps), scope: { files, others: 'change' }, place: { uri: target.document.uri, line: target.range.start.line }, cost: plan.cost },
    { dependencies, running, retry },
    { dependents: callers.slice(0, maxDependents), test: () => parts.tests.run(target.document.uri) },
  );
}

interface AgreedPlan {
  readonly steps: readonly PlanStep[];
  readonly cost: TaskCost | undefined;
}

async function agreePlan(request: RefactorRequest, { title, target, parts }: RefactorWork, retry: () => void): Promise<AgreedPlan | undefined> {
  const { dependencies, running, plans, tests } = parts;
  const { runner, translate, log, prices, estimateTokens } = dependencies;
  const near = target.document.uri;
  const prompt = refactorPlanPrompt(request);
  const task = running.start(translate('Plan: {title}', { title }), { uri: near, line: target.range.start.line });
  const picker = createPlanPicker({ title, testCommand: () => tests.describe(near), nameTestCommand: () => tests.name(near) });
  void picker.decision.then(({ kind }) => {
    if (kind === 'cancelled') task.cancel();
  });
  try {
    const answer = await streamAnswer({ task: 'refactor', prompt, onText: (_, all) => picker.show(parsePlan(all, false)) }, { runner, running: task, translate });
    const plan = parsePlan(answer.text);
    // A model that answers in prose has no steps to agree on: the wish itself is the plan then.
    picker.show(plan.steps.length === 0 ? { steps: [{ text: request.instruction }] } : plan);
    const { usd } = estimatePrice(refactorEditsPrompt(request, plan.steps), runner.route({ task: 'refactor' }), prices, estimateTokens);
    const spent = answer.cost === undefined ? '' : formatCost(answer.cost, translate);
    picker.complete([plan.risk, spent, usd === undefined ? undefined : translate('the edits about {price}', { price: formatUsd(usd) })].filter((part) => part !== undefined && part !== '').join(' · '));
    task.end();
    const decision = await picker.decision;
    switch (decision.kind) {
      case 'cancelled': return undefined;
      case 'agreed': return { steps: decision.steps, cost: answer.cost };
      case 'as-document': {
        const steps = await plans.edit({ ...plan, steps: decision.steps }, title);
        return steps === undefined ? undefined : { steps, cost: answer.cost };
      }
    }
  } catch (error) {
    if (!isCancelled(error, task.signal)) await showFailure(error, { translate, log, retry });
    return undefined;
  } finally {
    task.end();
    picker.dispose();
  }
}
