// What the tasks are given by extension.ts. Ports that other rooms implement are named by what the tasks need of them.
import type * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import type { ChangesSource } from '../../core/context/changesSource.ts';
import type { ContextSource } from '../../core/context/contextSource.ts';
import type { Redactor } from '../../core/context/redactSecrets.ts';
import type { Logger } from '../../core/logger.ts';
import type { Prices } from '../../core/models/price.ts';
import type { TaskRunner } from '../../core/models/taskRunner.ts';
import type { Translate } from '../../core/translate.ts';
import type { EditReviewer } from '../edit/editReviewer.ts';
import type { EditVerifier } from '../verify/editVerifier.ts';
import type { TaskId } from '../../shared/chatTypes.ts';

/** The chat panel, as far as a task hands over to it. */
export interface ChatPort {
  /** Opens the panel and sends `text`; `references` go along as context, in the form of core/context/contextReference.ts. */
  ask(request: { readonly text: string; readonly task: TaskId; readonly references: readonly string[] }): Promise<void>;
}

export interface TaskDependencies {
  readonly runner: TaskRunner;
  readonly reviewer: EditReviewer;
  readonly verifier: Pick<EditVerifier, 'expectDependents' | 'known'>;
  readonly context: ContextSource;
  readonly changes: ChangesSource;
  /** For text that comes from elsewhere than the context source: problems, test runs. */
  readonly redactor: Pick<Redactor, 'redact' | 'restore'>;
  readonly chat: ChatPort;
  readonly prices: Prices;
  readonly estimateTokens: (text: string) => number;
  /** Of the workspace: test commands that the user has named. */
  readonly memory: vscode.Memento;
  readonly clock: Clock;
  readonly log: Logger;
  readonly translate: Translate;
}
