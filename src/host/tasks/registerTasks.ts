import * as vscode from 'vscode';
import { registerCommitCommand } from './commitCommand.ts';
import { registerConflictCommands } from './conflictCommands.ts';
import { registerVerification } from '../verify/registerVerification.ts';
import type { TaskDependencies } from './dependencies.ts';
import { registerDocumentCommand } from './documentCommand.ts';
import { registerExplainCommand } from './explainCommand.ts';
import { registerFixCommand } from './fixCommand.ts';
import { registerMenuContext } from './menuContext.ts';
import { createNamedTests } from './namedTests.ts';
import { createPlanDocuments } from './planDocuments.ts';
import { proposedRepair } from './proposedRepair.ts';
import { registerRefactorCommand } from './refactorCommand.ts';
import { registerReviewCommands } from './reviewCommands.ts';
import { createRunningTasks } from './runningTasks.ts';
import { registerSuggestNamesCommand } from './suggestNamesCommand.ts';
import { registerTaskCodeActions } from './taskCodeActions.ts';
import { registerTerminalCommands } from './terminalCommands.ts';
import { registerTestsCommand } from './testsCommand.ts';

export interface TasksGiven extends Omit<TaskDependencies, 'verifier'> {
  readonly extensionUri: vscode.Uri;
}

/** Every command and lightbulb entry of the tasks, and the check of every edit. Disposing cancels what runs. */
export function registerTasks(given: TasksGiven): vscode.Disposable {
  const running = createRunningTasks();
  const verifier = registerVerification({ ...given, repairPrompt: (problems, title) => proposedRepair(problems, title, given), begin: (title) => running.start(vscode.l10n.t('Checking {0}', title)) });
  const dependencies: TaskDependencies = { ...given, verifier };
  const plans = createPlanDocuments();
  return vscode.Disposable.from(
    running,
    verifier,
    plans,
    registerExplainCommand(dependencies),
    registerRefactorCommand({ dependencies, running, plans, tests: createNamedTests(dependencies.memory, running) }),
    registerReviewCommands(dependencies, running),
    registerTestsCommand(dependencies, running),
    registerFixCommand(dependencies, running),
    registerDocumentCommand(dependencies, running),
    registerSuggestNamesCommand(dependencies, running),
    registerCommitCommand(dependencies, running),
    registerTerminalCommands(dependencies, running),
    registerConflictCommands(dependencies, running),
    registerTaskCodeActions(),
    registerMenuContext(),
  );
}
