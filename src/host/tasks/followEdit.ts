// From a proposed edit to its verified end: checks in memory at once, the language services after acceptance, then undo or one repair
// round for what the edit brought.
import * as vscode from 'vscode';
import { keepsBrackets } from '../../core/tasks/bracketCheck.ts';
import { formatCost, type TaskCost } from '../../core/tasks/costLine.ts';
import { curedCount, type SeenProblem } from '../../core/tasks/problemDiff.ts';
import type { TestOutcome } from '../../core/tasks/testOutcome.ts';
import type { EditCheck } from '../edit/editReviewer.ts';
import { offerProblemCure, offerTestCure, type Cure } from './cureEdit.ts';
import { runEditTask, type EditTask, type EditTaskContext, type EditTaskResult } from './editTask.ts';
import { openForServices, problemsAfter, snapshotProblems } from './verifyEdits.ts';

export interface FollowOptions {
  /** Files that use what was changed and may break without being touched. */
  readonly dependents?: readonly vscode.Uri[];
  /** Run once the edit is accepted and looked at, with the problems that it brought. */
  readonly onAccepted?: (newProblems: readonly SeenProblem[]) => Promise<void>;
  /** Tests the accepted edit, once the user agreed to it; undefined when nothing was run. */
  readonly test?: () => Promise<TestOutcome | undefined>;
  /** The answer that the edits came from, for a repair round of the caller's own. */
  readonly onAnswer?: (answer: string, cost: TaskCost | undefined) => void;
  /** A repair round is offered once. */
  readonly isRepair?: boolean;
}

export async function runFollowedEdit(task: EditTask, context: EditTaskContext, options: FollowOptions = {}): Promise<void> {
  const check = (editId: string): readonly EditCheck[] => [...(task.check?.(editId) ?? []), ...bracketChecks(context, editId)];
  // While the answer streams the services look at the files: what they say before the edit is known when it is accepted.
  void openForServices([...task.scope.files.map(({ uri }) => vscode.Uri.parse(uri, true)), ...(options.dependents ?? [])]);
  await runEditTask({ ...task, check, dependents: options.dependents ?? [] }, context, (result, pending) => {
    options.onAnswer?.(result.answer, result.cost);
    followEdit(result, pending, context, { ...options, isRepair: options.isRepair === true || pending.isRepair === true });
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

  const again = options.isRepair === true ? undefined : (repair: EditTask): Promise<void> => runFollowedEdit({ ...repair, isRepair: true }, context, options);
  const cure: Cure = { result, task, touched, context, again };
  const verify = async (): Promise<void> => {
    const running = context.running.start(vscode.l10n.t('Checking {0}', task.title));
    try {
      const problems = await problemsAfter(watched, before, running.signal);
      const cured = curedCount(before.problems, snapshotProblems(watched).problems);
      reviewer.setChecks(result.editId, [...problemChecks(problems, cured, context), ...(result.cost === undefined ? [] : [{ ok: true, text: formatCost(result.cost, context.dependencies.translate) }])]);
      const surprising = withoutKnown(problems, verifier.known(result.editId));
      if (surprising.length > 0) await offerProblemCure(surprising, cure);
      // Not awaited: it may ask first.
      if (options.test !== undefined) void runTests(options.test, cure);
      await options.onAccepted?.(problems);
    } finally {
      running.end();
    }
  };
}

async function runTests(test: () => Promise<TestOutcome | undefined>, cure: Cure): Promise<void> {
  try {
    const outcome = await test();
    if (outcome?.passed === false) await offerTestCure(outcome, cure);
  } catch (error) {
    cure.context.dependencies.log.error('A test run failed', error);
  }
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
