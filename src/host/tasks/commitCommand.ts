// Write Commit Message: the staged changes, else all, in the repository's own style, streamed into the input box of source control.
// Nothing but that box is written, and what the user types into it meanwhile wins.
import * as vscode from 'vscode';
import type { Changes } from '../../core/context/changesSource.ts';
import { cleanCommitMessage, commitMessagePrompt } from '../../core/tasks/commitMessage.ts';
import { readCommitStyle } from '../../core/tasks/commitStyle.ts';
import { fitChanges } from '../../core/tasks/commitChanges.ts';
import { formatCost } from '../../core/tasks/costLine.ts';
import { formatMaterials } from '../../core/tasks/material.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { TaskDependencies } from './dependencies.ts';
import { findRepository, type GitRepository } from './gitExtension.ts';
import { collectGuidance } from './guidance.ts';
import { nearUri } from './nearUri.ts';
import type { RunningTask, RunningTasks } from './runningTasks.ts';
import { isCancelled, showFailure } from './showFailure.ts';
import { streamAnswer } from './streamAnswer.ts';

const contextKey = 'runapi.writingCommitMessage';
const historyCount = 20;
const changesBudgetTokens = 12_000;

export function registerCommitCommand(dependencies: TaskDependencies, running: RunningTasks): vscode.Disposable {
  const writing = new Map<string, RunningTask>();
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.writeCommitMessage, (...args: readonly unknown[]) => write(args, { dependencies, running, writing })),
    vscode.commands.registerCommand(commandIds.stopCommitMessage, () => {
      for (const task of writing.values()) task.cancel();
    }),
  );
}

interface CommitParts {
  readonly dependencies: TaskDependencies;
  readonly running: RunningTasks;
  /** By the repository's root: a second request for the same box is refused. */
  readonly writing: Map<string, RunningTask>;
}

async function write(args: readonly unknown[], parts: CommitParts): Promise<void> {
  const { dependencies, running, writing } = parts;
  const { translate, log } = dependencies;
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage(translate('The workspace is in Restricted Mode, so git is not run. Trust it first.'));
    return;
  }
  const repository = await findRepository(nearUri(args));
  if (repository === undefined) {
    void vscode.window.showInformationMessage(translate('There is no git repository here.'));
    return;
  }
  const root = repository.rootUri.toString();
  if (writing.has(root)) return;
  const draft = repository.inputBox.value;
  const task = running.start(translate('Commit message'));
  writing.set(root, task);
  void vscode.commands.executeCommand('setContext', contextKey, true);
  try {
    await streamInto(repository, task, dependencies);
  } catch (error) {
    if (repository.inputBox.value === '') repository.inputBox.value = draft;
    if (!isCancelled(error, task.signal)) await showFailure(error, { translate, log, retry: () => void write(args, parts) });
  } finally {
    task.end();
    writing.delete(root);
    void vscode.commands.executeCommand('setContext', contextKey, writing.size > 0);
  }
}

async function streamInto(repository: GitRepository, task: RunningTask, dependencies: TaskDependencies): Promise<void> {
  const { runner, translate } = dependencies;
  const box = repository.inputBox;
  const draft = box.value;
  const read = await readChanges(repository, task.signal, dependencies);
  if (read === undefined) {
    void vscode.window.showInformationMessage(translate('There are no changes to commit.'));
    return;
  }
  const prompt = commitMessagePrompt({
    ...(await history(read.changes, repository, task.signal, dependencies)),
    context: formatMaterials([{ kind: 'changes', name: read.staged ? 'staged changes' : 'all changes', text: fitChanges(read.changes, changesBudgetTokens, dependencies.estimateTokens) }]),
    guidance: (await collectGuidance(repository.rootUri, dependencies, task.signal)).text,
    replyLanguage: 'English',
    draft,
    staged: read.staged,
  });
  let shown = draft;
  const put = (message: string): void => {
    // Somebody typed: their words stay, ours stop.
    if (box.value !== shown) task.cancel();
    else if (message !== '') {
      box.value = message;
      shown = message;
    }
  };
  const answer = await streamAnswer({ task: 'commit', prompt, onText: (_, all) => put(cleanCommitMessage(all)) }, { runner, running: task, translate });
  if (task.signal.aborted) return;
  put(cleanCommitMessage(answer.text));
  if (answer.cost !== undefined) vscode.window.setStatusBarMessage(formatCost(answer.cost, translate), 10_000);
}

async function readChanges({ rootUri }: GitRepository, signal: AbortSignal, { changes }: TaskDependencies): Promise<{ readonly changes: Changes; readonly staged: boolean } | undefined> {
  const near = { nearUri: rootUri.toString(), signal };
  const staged = await changes.read({ type: 'staged' }, near);
  if (staged.ok && staged.changes.files.length > 0) return { changes: staged.changes, staged: true };
  const working = await changes.read({ type: 'working' }, near);
  return working.ok && working.changes.files.length > 0 ? { changes: working.changes, staged: false } : undefined;
}

async function history({ repository: { branch } }: Changes, { rootUri }: GitRepository, signal: AbortSignal, { changes }: TaskDependencies): Promise<Pick<Parameters<typeof commitMessagePrompt>[0], 'style' | 'history'>> {
  const subjects = await changes.recentSubjects(historyCount, { nearUri: rootUri.toString(), signal });
  const style = readCommitStyle(subjects);
  const lines = [...(branch === undefined ? [] : [`branch: ${branch}`]), ...style.examples.map((example) => `- ${example}`)];
  return { style, history: lines.length === 0 ? '' : formatMaterials([{ kind: 'history', name: 'branch and latest subjects', text: lines.join('\n') }]) };
}
