import type * as vscode from 'vscode';
import type { WireOf } from '../../core/api/wireRequest.ts';
import type { Clock } from '../../core/clock.ts';
import type { ContextSource } from '../../core/context/contextSource.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import type { Redactor } from '../../core/context/redactSecrets.ts';
import type { Logger } from '../../core/logger.ts';
import type { Prices } from '../../core/models/price.ts';
import type { TaskRunner } from '../../core/models/taskRunner.ts';
import type { SettingsSource } from '../../core/settings.ts';
import type { Translate } from '../../core/translate.ts';
import type { EditReviewer } from '../edit/editReviewer.ts';

export interface ChatDependencies {
  readonly extensionUri: vscode.Uri;
  /** The folder of this extension's own files. */
  readonly storagePath: string;
  readonly workspaceState: vscode.Memento;
  readonly runner: TaskRunner;
  readonly prices: Prices;
  readonly source: ContextSource;
  readonly gate: FileGate;
  readonly redactor: Redactor;
  readonly settings: SettingsSource;
  readonly reviewer?: EditReviewer;
  /** How edits are to be written, from core/edit. */
  readonly editFormat?: () => string;
  /** For showing what is sent. */
  readonly wireOf: WireOf;
  /** Models of the account, besides those of the routes. */
  readonly models: () => readonly string[];
  readonly estimateTokens: (text: string) => number;
  /** Whether there is a key for the present address, and its changes. */
  readonly hasKey: () => Promise<boolean>;
  readonly onKeyChange: vscode.Event<void>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly translate: Translate;
}
