// A task whose answer is edits: streams it into the reviewer, reports what it cost, offers the repair round of a refused edit, and
// says so when the answer holds no edit. What happens after acceptance is the caller's.
import * as vscode from 'vscode';
import { formatCost, type TaskCost } from '../../core/tasks/costLine.ts';
import { estimatePrice } from '../../core/tasks/priceEstimate.ts';
import { repairPrompt } from '../../core/tasks/repair.ts';
import type { TaskPrompt } from '../../core/tasks/taskPrompt.ts';
import type { TaskId } from '../../shared/chatTypes.ts';
import type { EditCheck, EditOutcome, EditScope } from '../edit/editReviewer.ts';
import type { TaskDependencies } from './dependencies.ts';
import type { RunningTasks, TaskPlace } from './runningTasks.ts';
import { isCancelled, showFailure, withoutLinks } from './showFailure.ts';
import { streamAnswer } from './streamAnswer.ts';

export interface EditTask {
  readonly task: TaskId;
  readonly title: string;
  readonly prompt: TaskPrompt;
  readonly scope: EditScope;
  readonly place?: TaskPlace;
  /** Instruction files that the prompt follows. */
  readonly guidanceFiles?: readonly string[];
  /** What came before this request in the same task. */
  readonly cost?: TaskCost | undefined;
  /** Checks that need no editor, on the changes before they are accepted. */
  readonly check?: (editId: string) => readonly EditCheck[];
  /** Files that use what the edits change: they are checked along before acceptance. */
  readonly dependents?: readonly vscode.Uri[];
  /** A repair round is offered once. */
  readonly isRepair?: boolean;
}

export interface EditTaskResult {
  readonly editId: string;
  readonly answer: string;
  readonly cost: TaskCost | undefined;
}

export interface EditTaskContext {
  readonly dependencies: TaskDependencies;
  readonly running: RunningTasks;
  /** Runs the whole task again. */
  readonly retry: () => void;
}

/** Called when there are edits to review; otherwise the user has been told why there are none. */
export type PendingListener = (result: EditTaskResult, task: EditTask) => void;

export async function runEditTask(task: EditTask, context: EditTaskContext, onPending: PendingListener): Promise<void> {
  const { runner, reviewer, translate, log } = context.dependencies;
  const running = context.running.start(task.title, task.place);
  let answer = '';
  const stream = reviewer.begin({
    task: task.task,
    title: task.title,
    scope: task.scope,
    signal: running.signal,
    repair: (prompt) => runEditTask(repairOf(task, answer, prompt), context, onPending),
    estimateRepair: (prompt) => estimateRepair(repairOf(task, answer, prompt), context.dependencies),
    isRepair: task.isRepair === true,
  });
  context.dependencies.verifier.expectDependents(stream.editId, task.dependents ?? []);
  try {
    const result = await streamAnswer({ task: task.task, prompt: task.prompt, cost: task.cost, onPart: (part) => stream.pushPart(part), onText: (_, all) => (answer = all) }, { runner, running, translate });
    const outcome = await stream.finish(result.finish);
    const ended = { editId: stream.editId, answer, cost: result.cost };
    await conclude(outcome, ended, task, context);
    if (outcome.state === 'pending') onPending(ended, task);
  } catch (error) {
    stream.cancel();
    if (!isCancelled(error, running.signal)) await showFailure(error, { translate, log, retry: context.retry });
  } finally {
    running.end();
  }
}

function repairOf(task: EditTask, answer: string, failure: string): EditTask {
  return { ...task, title: vscode.l10n.t('{0} (repair)', task.title), isRepair: true, prompt: repairPrompt({ first: task.prompt, answer, failure, kind: 'edit' }) };
}

function estimateRepair({ task, prompt }: EditTask, { runner, prices, estimateTokens }: TaskDependencies): number | undefined {
  return estimatePrice(prompt, runner.route({ task }), prices, estimateTokens).usd;
}

async function conclude(outcome: EditOutcome, result: EditTaskResult, task: EditTask, context: EditTaskContext): Promise<void> {
  const { reviewer, translate } = context.dependencies;
  const cost = result.cost === undefined ? [] : [{ ok: true, text: formatCost(result.cost, translate) }];
  const follows = (task.guidanceFiles ?? []).length === 0 ? [] : [{ ok: true, text: translate('follows {files}', { files: (task.guidanceFiles ?? []).join(', ') }) }];
  switch (outcome.state) {
    case 'pending':
      reviewer.setChecks(outcome.editId, [...(task.check?.(outcome.editId) ?? []), ...follows, ...cost]);
      return;
    case 'refused':
      // The reviewer shows the reasons and offers the repair round; only the cost is left to say.
      reviewer.setChecks(outcome.editId, cost);
      return;
    case 'no-edits':
      await showProse(result, task, context);
  }
}

async function showProse(result: EditTaskResult, task: EditTask, { dependencies: { chat, translate } }: EditTaskContext): Promise<void> {
  const inChat = translate('Ask in chat');
  const text = result.answer.replace(/\s+/g, ' ').trim().slice(0, 400);
  const shown = text === '' ? translate('The answer holds no change.') : translate('No change: {answer}', { answer: text });
  const picked = await vscode.window.showInformationMessage(withoutLinks(shown), inChat);
  if (picked === inChat) await chat.ask({ text: `${task.title}\n\n${result.answer}`.trim(), task: 'chat', references: task.place === undefined ? [] : [task.place.uri.toString()] });
}
