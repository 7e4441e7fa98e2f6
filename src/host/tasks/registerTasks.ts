import * as vscode from 'vscode';
import { registerCommitCommand } from './commitCommand.ts';
import { registerConflictCommands } from './conflictCommands.ts';
import type { TaskDependencies } from './dependencies.ts';
import { registerDocumentCommand } from './documentCommand.ts';
import { registerExplainCommand } from './explainCommand.ts';
import { registerFixCommand } from './fixCommand.ts';
import { createNamedTests } from './namedTests.ts';
import { createPlanDocuments } from './planDocuments.ts';
import { registerRefactorCommand } from './refactorCommand.ts';
import { registerReviewCommands } from './reviewCommands.ts';
import { createRunningTasks } from './runningTasks.ts';
import { registerTaskCodeActions } from './taskCodeActions.ts';
import { registerTerminalCommands } from './terminalCommands.ts';
import { registerTestsCommand } from './testsCommand.ts';

/** Every command and lightbulb entry of the tasks. Disposing cancels what runs. */
export function registerTasks(dependencies: TaskDependencies): vscode.Disposable {
  const running = createRunningTasks();
  const plans = createPlanDocuments();
  return vscode.Disposable.from(
    running,
    plans,
    registerExplainCommand(dependencies),
    registerRefactorCommand({ dependencies, running, plans, tests: createNamedTests(dependencies.memory, running) }),
    registerReviewCommands(dependencies, running),
    registerTestsCommand(dependencies, running),
    registerFixCommand(dependencies, running),
    registerDocumentCommand(dependencies, running),
    registerCommitCommand(dependencies, running),
    registerTerminalCommands(dependencies, running),
    registerConflictCommands(dependencies, running),
    registerTaskCodeActions(),
  );
}
