// The test command that the user named for a workspace folder: run after a refactoring is accepted. It is kept in VS Code's own storage,
// never read from the workspace, so that no repository can name a program to run.
import * as vscode from 'vscode';
import { parseCommand } from '../../core/tasks/commandLine.ts';
import { formatCommand, type CommandLine } from '../../core/tasks/testCommand.ts';
import type { RunningTasks } from './runningTasks.ts';
import { outcomeWords, runTests } from './testRun.ts';

export interface NamedTests {
  /** As a person reads it; undefined where none is named. */
  describe(near: vscode.Uri): string | undefined;
  /** Asks for the command; an empty one forgets it. */
  name(near: vscode.Uri): Promise<void>;
  /** Runs it, where one is named, and says what came of it. True when it failed. */
  run(near: vscode.Uri): Promise<boolean>;
}

const keyPrefix = 'runapi.testCommand:';

export function createNamedTests(memory: vscode.Memento, running: RunningTasks): NamedTests {
  const read = (root: vscode.Uri): CommandLine | undefined => {
    const parsed = parseCommand(memory.get<string>(keyPrefix + root.toString(), ''));
    return parsed.ok ? { program: parsed.words[0] ?? '', arguments: parsed.words.slice(1), folder: '' } : undefined;
  };
  return {
    describe(near) {
      const root = rootOf(near);
      const command = root === undefined ? undefined : read(root);
      return command === undefined ? undefined : formatCommand(command);
    },
    async name(near) {
      const root = rootOf(near);
      if (root === undefined) return;
      const text = await vscode.window.showInputBox({
        title: vscode.l10n.t('Test command'),
        prompt: vscode.l10n.t('Run after a refactoring is accepted, without a shell, in {0}. Empty for none.', vscode.workspace.asRelativePath(root)),
        value: memory.get<string>(keyPrefix + root.toString(), ''),
        placeHolder: 'npm test',
        ignoreFocusOut: true,
        validateInput: whyInvalid,
      });
      if (text !== undefined) await memory.update(keyPrefix + root.toString(), text.trim());
    },
    async run(near) {
      const root = rootOf(near);
      const command = root === undefined ? undefined : read(root);
      if (root === undefined || command === undefined || !vscode.workspace.isTrusted || root.scheme !== 'file') return false;
      const outcome = await runTests({ command, root }, running);
      if (outcome === undefined) return false;
      if (outcome.passed) vscode.window.setStatusBarMessage(outcomeWords(outcome), 10_000);
      return !outcome.passed;
    },
  };
}

function rootOf(near: vscode.Uri): vscode.Uri | undefined {
  return vscode.workspace.getWorkspaceFolder(near)?.uri;
}

function whyInvalid(text: string): string | undefined {
  const parsed = parseCommand(text);
  if (parsed.ok) return undefined;
  switch (parsed.reason) {
    case 'empty': return undefined;
    case 'unclosed-quote': return vscode.l10n.t('A quote is not closed.');
    case 'shell-syntax': return vscode.l10n.t('No shell reads this: pipes, variables and several commands do not work. Put them into a script.');
  }
}
