// Runs a test command after the user agreed to exactly that command, and reads what came of it.
import * as vscode from 'vscode';
import { formatCommand, type CommandLine } from '../../core/tasks/testCommand.ts';
import { readTestOutcome, type TestOutcome } from '../../core/tasks/testOutcome.ts';
import { runInTerminal } from './commandRun.ts';
import type { RunningTasks } from './runningTasks.ts';

export interface TestRun {
  readonly command: CommandLine;
  /** The user agreed to this very command before, in the same task. */
  readonly agreed?: boolean;
  /** Folder that the command's own folder is relative to. */
  readonly root: vscode.Uri;
}

/** Undefined when the user did not want it or stopped it. */
export async function askAndRunTests(run: TestRun, running: RunningTasks): Promise<TestOutcome | undefined> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Tests are not run in Restricted Mode.'));
    return undefined;
  }
  if (run.root.scheme !== 'file') {
    void vscode.window.showInformationMessage(vscode.l10n.t('Tests can be run only where files are on disk.'));
    return undefined;
  }
  if (run.agreed === true) return runTests(run, running);
  const yes = vscode.l10n.t('Run');
  const picked = await vscode.window.showInformationMessage(vscode.l10n.t('Run the tests? {0}', formatCommand(run.command)), yes);
  return picked === yes ? runTests(run, running) : undefined;
}

export async function runTests({ command, root }: TestRun, running: RunningTasks): Promise<TestOutcome | undefined> {
  const task = running.start(vscode.l10n.t('Running tests'));
  try {
    const folder = command.folder === '' ? root : vscode.Uri.joinPath(root, command.folder);
    const result = await runInTerminal({ program: command.program, arguments: command.arguments, folder, title: vscode.l10n.t('RunAPI tests') }, task.signal);
    return result.stopped ? undefined : readTestOutcome(result.exitCode, result.output);
  } finally {
    task.end();
  }
}

export function outcomeWords({ passed, passedCount, failedCount }: TestOutcome): string {
  if (passed) return passedCount === undefined ? vscode.l10n.t('The tests pass.') : passedCount === 1 ? vscode.l10n.t('1 test passes.') : vscode.l10n.t('{0} tests pass.', passedCount);
  if (failedCount !== undefined && failedCount > 0) return [failedCount === 1 ? vscode.l10n.t('1 test fails.') : vscode.l10n.t('{0} tests fail.', failedCount), ...(passedCount === undefined || passedCount === 0 ? [] : [vscode.l10n.t('Passed: {0}.', passedCount)])].join(' ');
  if (passedCount === 0) return vscode.l10n.t('No test was run.');
  return vscode.l10n.t('The test run failed.');
}
