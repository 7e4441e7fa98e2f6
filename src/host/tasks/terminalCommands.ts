// Explain and fix the last command of the terminal. A proposed command is put at the prompt and never run.
import * as vscode from 'vscode';
import { formatCost } from '../../core/tasks/costLine.ts';
import { parseTerminalAnswer, terminalFixPrompt, type TerminalAnswer } from '../../core/tasks/terminalHelp.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { TaskDependencies } from './dependencies.ts';
import { refusalWords, replyLanguage } from './materials.ts';
import type { RunningTask, RunningTasks } from './runningTasks.ts';
import { isCancelled, showFailure, withoutLinks } from './showFailure.ts';
import { streamAnswer } from './streamAnswer.ts';

export function registerTerminalCommands(dependencies: TaskDependencies, running: RunningTasks): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.explainTerminal, () => explain(dependencies)),
    vscode.commands.registerCommand(commandIds.fixTerminal, () => fix(dependencies, running)),
  );
}

const budgetTokens = 6000;

async function explain({ chat, translate }: TaskDependencies): Promise<void> {
  await chat.ask({ text: translate('Explain the last terminal command: what it did, what its output means, and what to do about it if it failed.'), task: 'explain', references: ['terminal'] });
}

async function fix(dependencies: TaskDependencies, running: RunningTasks): Promise<void> {
  const { translate, log } = dependencies;
  const terminal = vscode.window.activeTerminal;
  const task = running.start(translate('Fix the last command'));
  try {
    const item = await dependencies.context.collect({ kind: 'terminal' }, budgetTokens, task.signal);
    if (item.refused !== undefined) {
      void vscode.window.showInformationMessage(refusalWords(item.refused, translate('The terminal'), translate));
      return;
    }
    const answer = await ask(item.text, task, dependencies);
    task.end();
    await offer(answer, terminal);
  } catch (error) {
    if (!isCancelled(error, task.signal)) await showFailure(error, { translate, log, retry: () => void fix(dependencies, running) });
  } finally {
    task.end();
  }
}

async function ask(context: string, running: RunningTask, { runner, translate }: TaskDependencies): Promise<TerminalAnswer> {
  const shell = vscode.env.shell.split(/[\\/]/).at(-1) ?? 'sh';
  const prompt = terminalFixPrompt({ context, replyLanguage: replyLanguage(), shell, system: process.platform });
  const answer = await streamAnswer({ task: 'fix', prompt, maxTokens: 1000 }, { runner, running, translate });
  if (answer.cost !== undefined) vscode.window.setStatusBarMessage(formatCost(answer.cost, translate), 10_000);
  return parseTerminalAnswer(answer.text);
}

async function offer({ proposals, note }: TerminalAnswer, terminal: vscode.Terminal | undefined): Promise<void> {
  if (proposals.length === 0) {
    void vscode.window.showInformationMessage(withoutLinks(note === '' ? vscode.l10n.t('No command helps here.') : note));
    return;
  }
  const items = proposals.map(({ command, reason }) => ({ label: command.replace(/\$\(/g, '$ ('), detail: reason.replace(/\$\(/g, '$ ('), command }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('The command is put at the prompt. You run it.') });
  if (picked === undefined) return;
  const place = terminal?.exitStatus === undefined && terminal !== undefined ? terminal : vscode.window.createTerminal();
  place.show(false);
  // `false`: no line end is sent with it.
  place.sendText(picked.command, false);
}
