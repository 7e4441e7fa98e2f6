// Remembers the last command of each terminal and what it printed, through VS Code's shell integration. Kept in memory, sent only when the
// user attaches it.
import { setTimeout as sleep } from 'node:timers/promises';
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
  last(): Promise<TerminalCommand | undefined>;
}

/** The end of an output is what counts. */
const maximumRawCharacters = 400_000;

/** A command's end is told before the last of its output has come. */
const maximumRestMs = 1000;

interface Recording {
  readonly execution: vscode.TerminalShellExecution;
  /** Fulfilled when all output is there. */
  readonly whole: Promise<void>;
  output: string;
  exitCode: number | undefined;
  isRunning: boolean;
}

export function createTerminalWatch(): TerminalWatch {
  const recordings = new Map<vscode.Terminal, Recording>();
  let newest: Recording | undefined;

  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      newest = record(execution);
      recordings.set(terminal, newest);
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
    async last() {
      const active = vscode.window.activeTerminal === undefined ? undefined : recordings.get(vscode.window.activeTerminal);
      const recording = active ?? newest ?? [...recordings.values()].at(-1);
      if (recording === undefined) return undefined;
      if (!recording.isRunning) await Promise.race([recording.whole, sleep(maximumRestMs, undefined, { ref: false })]);
      return {
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

function record(execution: vscode.TerminalShellExecution): Recording {
  // In the event of the start: what is printed before somebody reads is lost.
  const stream = execution.read();
  const read = async (recording: Recording): Promise<void> => {
    for await (const data of stream) {
      recording.output += data;
      if (recording.output.length > maximumRawCharacters * 2) recording.output = recording.output.slice(-maximumRawCharacters);
    }
  };
  const recording = { execution, whole: Promise.resolve(), output: '', exitCode: undefined, isRunning: true };
  return Object.assign(recording, { whole: read(recording).catch(() => undefined) });
}
