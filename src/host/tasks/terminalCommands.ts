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

async function explain(dependencies: TaskDependencies): Promise<void> {
  const { chat, translate } = dependencies;
  if ((await collectCommand(dependencies, new AbortController().signal)) === undefined) return;
  await chat.ask({ text: translate('Explain the last terminal command: what it did, what its output means, and what to do about it if it failed.'), task: 'explain', references: ['terminal'] });
}

async function fix(dependencies: TaskDependencies, running: RunningTasks): Promise<void> {
  const { translate, log } = dependencies;
  const terminal = vscode.window.activeTerminal;
  const task = running.start(translate('Fix the last command'));
  try {
    const command = await collectCommand(dependencies, task.signal);
    if (command === undefined) return;
    const answer = await ask(command, task, dependencies);
    task.end();
    await offer(answer, terminal);
  } catch (error) {
    if (!isCancelled(error, task.signal)) await showFailure(error, { translate, log, retry: () => void fix(dependencies, running) });
  } finally {
    task.end();
  }
}

/** The last command with its output; undefined when the user has been told why there is none. */
async function collectCommand({ context, translate }: TaskDependencies, signal: AbortSignal): Promise<string | undefined> {
  const item = await context.collect({ kind: 'terminal' }, budgetTokens, signal);
  if (item.refused === undefined) return item.text;
  if (item.refused === 'no-terminal') void sayNoCommand();
  else void vscode.window.showInformationMessage(refusalWords(item.refused, translate('The terminal'), translate));
  return undefined;
}

/** Commands are seen through VS Code's shell integration, which some shells do not have. */
async function sayNoCommand(): Promise<void> {
  const terminal = vscode.window.activeTerminal;
  if (terminal === undefined || terminal.shellIntegration !== undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Run a command in a terminal first.'));
    return;
  }
  const settings = vscode.l10n.t('Open settings');
  const picked = await vscode.window.showInformationMessage(vscode.l10n.t('The shell of this terminal has no shell integration, so its commands are not seen. VS Code has it for bash, zsh, fish and PowerShell.'), settings);
  if (picked === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'terminal.integrated.shellIntegration.enabled');
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
