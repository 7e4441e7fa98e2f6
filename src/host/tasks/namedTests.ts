// The test command that the user named for a workspace folder: run after a refactoring is accepted. It is kept in VS Code's own storage,
// never read from the workspace, so that no repository can name a program to run.
import * as vscode from 'vscode';
import { parseCommand } from '../../core/tasks/commandLine.ts';
import { projectTests } from '../../core/tasks/refactorTestCommand.ts';
import { formatCommand, type CommandLine } from '../../core/tasks/testCommand.ts';
import type { TestOutcome } from '../../core/tasks/testOutcome.ts';
import { listProject } from './projectListing.ts';
import type { RunningTasks } from './runningTasks.ts';
import { withoutLinks } from './showFailure.ts';
import { outcomeWords, runTests } from './testRun.ts';

export interface NamedTests {
  /** As a person reads it; undefined where none is named. */
  describe(near: vscode.Uri): string | undefined;
  /** Asks for the command; an empty one forgets it. */
  name(near: vscode.Uri): Promise<void>;
  /** Runs it, or offers the project's own where none is named. Undefined: nothing was run to its end. */
  run(near: vscode.Uri): Promise<TestOutcome | undefined>;
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
      if (root === undefined || !vscode.workspace.isTrusted || root.scheme !== 'file') return undefined;
      const named = read(root);
      const command = named ?? (await askForProject(near, root, (text) => memory.update(keyPrefix + root.toString(), text)));
      if (command === undefined) return undefined;
      const outcome = await runTests({ command, root }, running);
      if (outcome?.passed === true) vscode.window.setStatusBarMessage(outcomeWords(outcome), 10_000);
      return outcome;
    },
  };
}

/** Nobody named a command: the project's own is offered, with what it comes to, and is run only if the user says so. */
async function askForProject(near: vscode.Uri, root: vscode.Uri, remember: (text: string) => Thenable<void>): Promise<CommandLine | undefined> {
  const found = projectTests(near.path.slice(root.path.length).replace(/^\//, ''), await listProject(root));
  if (found === undefined) return undefined;
  const { command, script } = found;
  const text = formatCommand(command);
  const run = vscode.l10n.t('Run');
  // A named command is run in the root.
  const always = command.folder === '' ? vscode.l10n.t('Run after each refactoring') : undefined;
  const shown = `${text}${script === undefined ? '' : ` (${script})`}${command.folder === '' ? '' : ` · ${command.folder}`}`;
  const picked = await vscode.window.showInformationMessage(withoutLinks(vscode.l10n.t('Run the tests of the project after this refactoring? {0}', shown)), ...[run, always].filter((label) => label !== undefined));
  if (picked !== undefined && picked === always) await remember(text);
  return picked === undefined ? undefined : command;
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
