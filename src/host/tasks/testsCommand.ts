// Generate Tests: finds framework, place and a neighbour, writes or extends the file through the review, offers to run it, and gives a
// failing test one repair round.
import * as vscode from 'vscode';
import { generateTestsPrompt, frameworkNames } from '../../core/tasks/generateTests.ts';
import { formatUsd } from '../../core/models/formatCost.ts';
import type { TaskCost } from '../../core/tasks/costLine.ts';
import { formatForeign } from '../../core/tasks/material.ts';
import { estimatePrice } from '../../core/tasks/priceEstimate.ts';
import { repairPrompt } from '../../core/tasks/repair.ts';
import { testCommand } from '../../core/tasks/testCommand.ts';
import { detectFramework, type FrameworkChoice, type ProjectListing } from '../../core/tasks/testFrameworks.ts';
import type { TestOutcome } from '../../core/tasks/testOutcome.ts';
import { findTestPlace, type TestPlace } from '../../core/tasks/testPlace.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { TaskDependencies } from './dependencies.ts';
import { sayIfUnchangeable } from './editDocument.ts';
import type { EditTask } from './editTask.ts';
import { describeTarget, findTarget, shortName, type EditorTarget } from './editorTarget.ts';
import { runFollowedEdit } from './followEdit.ts';
import { collectOthers, prepare } from './prepare.ts';
import { listProject } from './projectListing.ts';
import type { RunningTasks } from './runningTasks.ts';
import { withoutLinks } from './showFailure.ts';
import { readWish } from './taskArguments.ts';
import { askAndRunTests, outcomeWords } from './testRun.ts';

export function registerTestsCommand(dependencies: TaskDependencies, running: RunningTasks): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.generateTests, async (...args: readonly unknown[]) => {
    const target = await findTarget({ ...readWish(args), symbolAtCaret: true });
    if (target !== undefined) await generateTests(target, dependencies, running);
  });
}

interface TestSetup {
  readonly root: vscode.Uri;
  readonly choice: FrameworkChoice;
  readonly place: TestPlace;
  readonly listing: ProjectListing;
}

async function generateTests(target: EditorTarget, dependencies: TaskDependencies, running: RunningTasks): Promise<void> {
  const setup = await findSetup(target.document);
  if (setup?.place.exists === true && (await sayIfUnchangeable(vscode.Uri.joinPath(setup.root, setup.place.path)))) return;
  const prepared = setup === undefined ? undefined : await prepare(target, dependencies, { edits: false, allowsOtherFiles: true });
  if (setup === undefined || prepared === undefined) return;
  const { reviewer, translate } = dependencies;
  const testUri = vscode.Uri.joinPath(setup.root, setup.place.path);
  const others = await collectOthers(contextUris(setup, target.document.uri), contextBudgetTokens, dependencies);
  const prompt = generateTestsPrompt({
    ...prepared,
    context: [prepared.context, ...others.map(({ text }) => text)].join('\n\n'),
    framework: setup.choice.framework,
    place: { ...setup.place, path: reviewer.pathOf(testUri.toString()), ...(setup.place.neighbour === undefined ? {} : { neighbour: reviewer.pathOf(vscode.Uri.joinPath(setup.root, setup.place.neighbour).toString()) }) },
    target: describeTarget(target, prepared.path),
  });
  const existing = others.filter(({ file }) => file.uri === testUri.toString()).map(({ file }) => file);
  const task: EditTask = {
    task: 'tests',
    title: translate('Tests: {name} ({framework})', { name: shortName(target), framework: frameworkNames[setup.choice.framework] }),
    prompt,
    guidanceFiles: prepared.guidanceFiles,
    scope: { files: setup.place.inSource || testUri.toString() === prepared.file.uri ? [prepared.file] : existing, others: 'create' },
    place: { uri: target.document.uri, line: target.range.start.line },
  };
  await writeAndRun({ task, setup, testUri, dependencies, running, retry: () => void generateTests(target, dependencies, running) });
}

const contextBudgetTokens = 20_000;

/** The test that is extended and the one that is imitated. */
function contextUris({ root, place }: TestSetup, source: vscode.Uri): readonly vscode.Uri[] {
  const paths = new Set([...(place.exists && !place.inSource ? [place.path] : []), ...(place.neighbour === undefined ? [] : [place.neighbour])]);
  return [...paths].map((path) => vscode.Uri.joinPath(root, path)).filter((uri) => uri.toString() !== source.toString());
}

async function findSetup(document: vscode.TextDocument): Promise<TestSetup | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (folder === undefined) {
    void vscode.window.showInformationMessage(document.isUntitled ? vscode.l10n.t('Save the file in the workspace first, so that its tests have a place.') : vscode.l10n.t('Tests are written for files of the workspace.'));
    return undefined;
  }
  const path = document.uri.path.slice(folder.uri.path.length).replace(/^\//, '');
  const listing = await listProject(folder.uri);
  const choice = detectFramework(path, listing);
  if (choice === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No test framework is known for this kind of file.'));
    return undefined;
  }
  return { root: folder.uri, choice, listing, place: findTestPlace(path, choice, listing) };
}

interface TestWork {
  readonly task: EditTask;
  readonly setup: TestSetup;
  readonly testUri: vscode.Uri;
  readonly dependencies: TaskDependencies;
  readonly running: RunningTasks;
  readonly retry: () => void;
  readonly isRepair?: boolean;
}

/** The answer that was accepted, and what it cost. */
interface Written {
  readonly answer: string;
  readonly cost: TaskCost | undefined;
}

async function writeAndRun(work: TestWork): Promise<void> {
  const { task, dependencies, running, retry } = work;
  let written: Written = { answer: '', cost: undefined };
  await runFollowedEdit(task, { dependencies, running, retry }, {
    isRepair: work.isRepair === true,
    onAnswer: (answer, cost) => (written = { answer, cost }),
    // Not awaited by the check of the edit, which is over: the question may stay for as long as the user likes.
    onAccepted: async () => void offerRun(() => written, work).catch((error: unknown) => dependencies.log.error('A test run failed', error)),
  });
}

async function offerRun(written: () => Written, work: TestWork): Promise<void> {
  const command = testCommand(work.setup.place.path, work.setup.choice, work.setup.listing);
  const outcome = command === undefined ? undefined : await askAndRunTests({ command, root: work.setup.root, agreed: work.isRepair === true }, work.running);
  if (outcome !== undefined) await report(outcome, written(), work);
}

async function report(outcome: TestOutcome, written: Written, work: TestWork): Promise<void> {
  const words = outcomeWords(outcome);
  if (outcome.passed) {
    void vscode.window.showInformationMessage(words);
    return;
  }
  if (work.isRepair === true) {
    // The words say that the one round is over; the terminal has the rest.
    void vscode.window.showWarningMessage(withoutLinks(vscode.l10n.t('Still failing after the repair: {0} The terminal has the details.', words)));
    return;
  }
  const repair = await repairOf(outcome, written, work);
  const label = repairLabel(repair.task, work.dependencies);
  const picked = await vscode.window.showWarningMessage(withoutLinks(words), label);
  if (picked === label) await writeAndRun(repair);
}

async function repairOf(outcome: TestOutcome, { answer, cost }: Written, work: TestWork): Promise<TestWork> {
  const [current] = await collectOthers([work.testUri], contextBudgetTokens, work.dependencies);
  const prompt = repairPrompt({
    first: work.task.prompt,
    answer,
    failure: formatForeign({ kind: 'output', name: 'test run', text: outcome.excerpt }, (text) => work.dependencies.redactor.redact(text, work.testUri.toString()).text),
    kind: 'tests',
    ...(current === undefined ? {} : { files: current.text }),
  });
  const scope = { ...work.task.scope, files: current === undefined ? work.task.scope.files : [current.file] };
  return { ...work, isRepair: true, task: { ...work.task, prompt, scope, cost, title: vscode.l10n.t('{0} (repair)', work.task.title) } };
}

function repairLabel({ task, prompt }: EditTask, { runner, prices, estimateTokens }: TaskDependencies): string {
  const { usd } = estimatePrice(prompt, runner.route({ task }), prices, estimateTokens);
  return usd === undefined ? vscode.l10n.t('Repair and run again') : vscode.l10n.t('Repair and run again (about {0})', formatUsd(usd));
}
