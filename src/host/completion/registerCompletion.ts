// Puts inline completion together: the engine, VS Code's provider, what it hears of the editor, the status item and the commands.
import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import { createCompletionEngine, type CompletionEngine } from '../../core/completion/engine.ts';
import type { FindSecrets } from '../../core/completion/maskedRegion.ts';
import { createRunnerModel } from '../../core/completion/runnerModel.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import type { Logger } from '../../core/logger.ts';
import { dayOf, type Ledger } from '../../core/models/ledger.ts';
import type { LedgerSum } from '../../core/models/ledgerSum.ts';
import type { TaskRunner } from '../../core/models/taskRunner.ts';
import type { SettingsSource } from '../../core/settings.ts';
import type { Translate } from '../../core/translate.ts';
import { createCompletionContext } from './completionContext.ts';
import { registerCompletionCommands } from './completionMenu.ts';
import { acceptedCommand, createCompletionProvider } from './completionProvider.ts';
import { createCompletionStatus, type CompletionStatus } from './completionStatus.ts';
import { listenToEditor } from './editorEvents.ts';
import { withNotebooks } from './notebookGate.ts';
import { offerNewKey } from './offerNewKey.ts';
import { createOutcomeWords } from './outcomeWords.ts';
import { prewarmConnection } from './prewarm.ts';

export interface CompletionDependencies {
  readonly runner: TaskRunner;
  readonly ledger: Ledger;
  readonly gate: FileGate;
  readonly settings: SettingsSource;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly translate: Translate;
  readonly findSecrets: FindSecrets;
  /** The key was set, changed or removed. The result stops the listening. */
  readonly onKeyChange: (listener: () => void) => vscode.Disposable;
}

/** Documents that hold code. Not output, git, settings, SCM and chat inputs, comments: those are editors too. */
const codeSchemes = ['file', 'untitled', 'vscode-notebook-cell', 'vscode-remote', 'vscode-vfs', 'vscode-test-web', 'memfs'];

export function registerCompletion(dependencies: CompletionDependencies): vscode.Disposable {
  const { clock, ledger, settings, translate } = dependencies;
  const gate = withNotebooks(dependencies.gate);
  const context = createCompletionContext({ ...dependencies, gate });
  const engine = createCompletionEngine({
    ...dependencies,
    gate,
    model: createRunnerModel(dependencies.runner),
    context,
    settings: () => settings.current().completion,
    displayPath: createDisplayPath(),
    onAccepted: (acceptedCharacters) => ledger.recordAccepted({ at: clock.date(), task: 'complete', acceptedCharacters }),
  });
  const words = createOutcomeWords(translate, clock, formatTime);
  const today = (): LedgerSum => ledger.sum({ day: dayOf(clock.date()), task: 'complete' });
  const status = createCompletionStatus({ engine, words, clock, today, isOn: () => settings.current().completion.enabled });
  const stopSettings = settings.onChange(() => {
    engine.resume();
    status.refresh();
  });
  return vscode.Disposable.from(
    status,
    context,
    offerNewKey(engine, translate),
    prewarmConnection({ engine, gate, settings, clock }),
    vscode.languages.registerInlineCompletionItemProvider(codeSchemes.map((scheme) => ({ scheme })), createCompletionProvider(engine)),
    vscode.commands.registerCommand(acceptedCommand, (id: unknown) => acceptItem(engine, id)),
    registerCompletionCommands({ engine, settings, words, today }),
    readOtherWindows(ledger, status),
    listenToEditor(engine),
    dependencies.onKeyChange(() => engine.resume()),
    { dispose: stopSettings },
    { dispose: () => engine.dispose() },
  );
}

/** What other windows did today, and this one before it was reloaded. */
function readOtherWindows(ledger: Ledger, status: CompletionStatus): vscode.Disposable {
  const read = (): void => void ledger.refresh().then(() => status.refresh());
  read();
  return vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) read();
  });
}

function formatTime(atMs: number): string {
  return new Date(atMs).toLocaleTimeString(vscode.env.language);
}

/** Worked out once for a document: it is on the typing path. */
function createDisplayPath(): (uri: string) => string {
  let last = { uri: '', path: '' };
  return (uri) => {
    if (last.uri !== uri) last = { uri, path: vscode.workspace.asRelativePath(vscode.Uri.parse(uri)) };
    return last.path;
  };
}

function acceptItem(engine: CompletionEngine, id: unknown): void {
  if (typeof id === 'number') engine.accepted(id);
}
