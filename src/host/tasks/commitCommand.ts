// Write Commit Message: the staged changes, else all, in the repository's own style, streamed into the input box of source control.
// Nothing but that box is written, and what the user types into it meanwhile wins.
import * as vscode from 'vscode';
import type { Changes } from '../../core/context/changesSource.ts';
import { cleanCommitMessage, commitMessagePrompt } from '../../core/tasks/commitMessage.ts';
import { readCommitStyle } from '../../core/tasks/commitStyle.ts';
import { fitChanges } from '../../core/tasks/commitChanges.ts';
import { formatCost } from '../../core/tasks/costLine.ts';
import { formatForeign, formatMaterials } from '../../core/tasks/material.ts';
import type { Translate } from '../../core/translate.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { TaskDependencies } from './dependencies.ts';
import { findRepository, type GitRepository } from './gitExtension.ts';
import { collectGuidance } from './guidance.ts';
import { nearUri } from './nearUri.ts';
import type { RunningTask, RunningTasks } from './runningTasks.ts';
import { changesRefusalWords } from './reviewSources.ts';
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
  const task = running.start(translate('Commit message'));
  const box = createMessageBox(repository.inputBox, () => task.cancel());
  writing.set(root, task);
  void vscode.commands.executeCommand('setContext', contextKey, true);
  try {
    await streamInto(box, repository, task, dependencies);
    if (task.signal.aborted) box.restore();
  } catch (error) {
    box.restore();
    if (!isCancelled(error, task.signal)) await showFailure(error, { translate, log, retry: () => void write(args, parts) });
  } finally {
    task.end();
    writing.delete(root);
    void vscode.commands.executeCommand('setContext', contextKey, writing.size > 0);
  }
}

interface MessageBox {
  /** What the user had written. */
  readonly draft: string;
  put(message: string): void;
  /** The draft again, unless somebody has typed meanwhile: a message that was stopped or cut is none. */
  restore(): void;
}

function createMessageBox(box: GitRepository['inputBox'], onTyped: () => void): MessageBox {
  const draft = box.value;
  let shown = draft;
  return {
    draft,
    put(message) {
      // Somebody typed: their words stay, ours stop.
      if (box.value !== shown) onTyped();
      else if (message !== '') {
        box.value = message;
        shown = message;
      }
    },
    restore() {
      if (box.value !== shown) return;
      box.value = draft;
      shown = draft;
    },
  };
}

async function streamInto(box: MessageBox, repository: GitRepository, task: RunningTask, dependencies: TaskDependencies): Promise<void> {
  const { runner, translate } = dependencies;
  const read = await readChanges(repository, task.signal, dependencies);
  if ('refusal' in read) {
    void vscode.window.showInformationMessage(read.refusal);
    return;
  }
  const prompt = commitMessagePrompt({
    ...(await history(read.changes, repository, task.signal, dependencies)),
    context: formatMaterials([{ kind: 'changes', name: read.staged ? 'staged changes' : 'all changes', text: fitChanges(read.changes, changesBudgetTokens, dependencies.estimateTokens) }]),
    guidance: (await collectGuidance(repository.rootUri, dependencies, task.signal)).text,
    replyLanguage: 'English',
    draft: box.draft,
    staged: read.staged,
  });
  const answer = await streamAnswer({ task: 'commit', prompt, onText: (_, all) => box.put(cleanCommitMessage(all)) }, { runner, running: task, translate });
  if (task.signal.aborted) return;
  box.put(cleanCommitMessage(answer.text));
  if (answer.finish === 'length') void vscode.window.showWarningMessage(translate('The message was cut at its limit.'));
  if (answer.cost !== undefined) vscode.window.setStatusBarMessage(formatCost(answer.cost, translate), 10_000);
  // Awaited by nobody: it may stay for as long as the user likes.
  if (box.draft.trim() !== '') void offerDraft(box, repository.inputBox, translate);
}

/** VS Code keeps no undo for text that an extension puts into the box. */
async function offerDraft({ draft }: MessageBox, box: GitRepository['inputBox'], translate: Translate): Promise<void> {
  const back = translate('Restore mine');
  const picked = await vscode.window.showInformationMessage(translate('The message replaced what you had written.'), back);
  if (picked === back) box.value = draft;
}

type ReadChanges = { readonly changes: Changes; readonly staged: boolean } | { readonly refusal: string };

/** Staged changes that may not be sent are still what would be committed: a message for all changes would be about others. */
async function readChanges({ rootUri }: GitRepository, signal: AbortSignal, { changes, translate }: TaskDependencies): Promise<ReadChanges> {
  const near = { nearUri: rootUri.toString(), signal };
  for (const scope of [{ type: 'staged' }, { type: 'working' }] as const) {
    const read = await changes.read(scope, near);
    if (read.ok && read.changes.files.length > 0) return { changes: read.changes, staged: scope.type === 'staged' };
    if (read.ok) return { refusal: translate('The changed files may not be sent, so there is nothing to write a message from.') };
    if (read.reason !== 'no-changes') return { refusal: changesRefusalWords(read.reason, scope, translate) };
  }
  return { refusal: translate('There are no changes to commit.') };
}

async function history({ repository: { branch } }: Changes, { rootUri }: GitRepository, signal: AbortSignal, { changes, redactor }: TaskDependencies): Promise<Pick<Parameters<typeof commitMessagePrompt>[0], 'style' | 'history'>> {
  const messages = await changes.recentMessages(historyCount, { nearUri: rootUri.toString(), signal });
  const style = readCommitStyle(messages);
  const lines = [...(branch === undefined ? [] : [`branch: ${branch}`]), ...style.examples.map((example) => `- ${example.replaceAll('\n', '\n  ')}`)];
  return { style, history: lines.length === 0 ? '' : formatForeign({ kind: 'history', name: 'branch and latest messages', text: lines.join('\n') }, (text) => redactor.redact(text, 'history').text) };
}
