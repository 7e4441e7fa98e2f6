// Remembers the last command of each terminal and what it printed, through VS Code's shell integration. Kept in memory, sent only when the
// user attaches it.
import * as vscode from 'vscode';
import { readTerminalText } from '../../core/context/terminalText.ts';

export interface TerminalCommand {
  readonly command: string;
  readonly output: string;
  readonly exitCode: number | undefined;
  readonly folder: string | undefined;
  readonly isRunning: boolean;
}

export interface TerminalWatch extends vscode.Disposable {
  /** Of the active terminal, else the newest of all. */
  last(): TerminalCommand | undefined;
}

/** The end of an output is what counts. */
const maximumRawCharacters = 400_000;

interface Recording {
  readonly execution: vscode.TerminalShellExecution;
  output: string;
  exitCode: number | undefined;
  isRunning: boolean;
}

export function createTerminalWatch(): TerminalWatch {
  const recordings = new Map<vscode.Terminal, Recording>();
  let newest: Recording | undefined;

  const record = async (recording: Recording): Promise<void> => {
    for await (const data of recording.execution.read()) {
      recording.output += data;
      if (recording.output.length > maximumRawCharacters * 2) recording.output = recording.output.slice(-maximumRawCharacters);
    }
  };
  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      newest = { execution, output: '', exitCode: undefined, isRunning: true };
      recordings.set(terminal, newest);
      void record(newest).catch(() => undefined);
    }),
    vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
      const recording = [...recordings.values()].find((candidate) => candidate.execution === execution);
      if (recording !== undefined) Object.assign(recording, { exitCode, isRunning: false });
    }),
    vscode.window.onDidCloseTerminal((terminal) => {
      if (recordings.get(terminal) === newest) newest = undefined;
      recordings.delete(terminal);
    }),
  );

  return {
    last() {
      const active = vscode.window.activeTerminal === undefined ? undefined : recordings.get(vscode.window.activeTerminal);
      const recording = active ?? newest ?? [...recordings.values()].at(-1);
      return recording === undefined ? undefined : {
        command: readTerminalText(recording.execution.commandLine.value, 4000),
        output: readTerminalText(recording.output),
        exitCode: recording.exitCode,
        folder: recording.execution.cwd === undefined ? undefined : vscode.workspace.asRelativePath(recording.execution.cwd),
        isRunning: recording.isRunning,
      };
    },
    dispose: () => subscriptions.dispose(),
  };
}
