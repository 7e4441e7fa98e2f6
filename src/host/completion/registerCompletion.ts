// Puts inline completion together: the engine, VS Code's provider, what it hears of the editor, the status item and the commands.
import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import { createCompletionEngine, type CompletionEngine } from '../../core/completion/engine.ts';
import { createRunnerModel } from '../../core/completion/runnerModel.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import type { Logger } from '../../core/logger.ts';
import type { TaskRunner } from '../../core/models/taskRunner.ts';
import type { SettingsSource } from '../../core/settings.ts';
import type { Translate } from '../../core/translate.ts';
import { createCompletionContext } from './completionContext.ts';
import { registerCompletionCommands } from './completionMenu.ts';
import { acceptedCommand, createCompletionProvider } from './completionProvider.ts';
import { createCompletionStatus } from './completionStatus.ts';
import { listenToEditor } from './editorEvents.ts';
import { withNotebooks } from './notebookGate.ts';
import { offerNewKey } from './offerNewKey.ts';
import { createOutcomeWords } from './outcomeWords.ts';
import { prewarmConnection } from './prewarm.ts';

export interface CompletionDependencies {
  readonly runner: TaskRunner;
  readonly gate: FileGate;
  readonly settings: SettingsSource;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly translate: Translate;
  /** Masks secrets in the text that is sent. */
  readonly redact: (text: string) => string;
  /** The key was set, changed or removed. The result stops the listening. */
  readonly onKeyChange: (listener: () => void) => vscode.Disposable;
}

/** Documents that hold code. Not output, git, settings, SCM and chat inputs, comments: those are editors too. */
const codeSchemes = ['file', 'untitled', 'vscode-notebook-cell', 'vscode-remote', 'vscode-vfs', 'vscode-test-web', 'memfs'];

export function registerCompletion(dependencies: CompletionDependencies): vscode.Disposable {
  const { clock, settings, translate } = dependencies;
  const gate = withNotebooks(dependencies.gate);
  const context = createCompletionContext({ ...dependencies, gate });
  const engine = createCompletionEngine({
    ...dependencies,
    gate,
    model: createRunnerModel(dependencies.runner),
    context,
    settings: () => settings.current().completion,
    displayPath: createDisplayPath(),
  });
  const words = createOutcomeWords(translate, clock);
  const status = createCompletionStatus({ engine, words, isOn: () => settings.current().completion.enabled });
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
    registerCompletionCommands({ engine, settings, words }),
    listenToEditor(engine),
    dependencies.onKeyChange(() => engine.resume()),
    { dispose: stopSettings },
    { dispose: () => engine.dispose() },
  );
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
