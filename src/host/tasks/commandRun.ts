// Runs one program with an argument list, without a shell but for batch files on Windows, in a terminal of its own where the user sees it
// and can stop it.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import * as vscode from 'vscode';
import { formatCommand } from '../../core/tasks/testCommand.ts';
import { windowsStart } from '../../core/tasks/windowsCommand.ts';
import { childEnvironment } from '../childEnvironment.ts';

export interface CommandRun {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly folder: vscode.Uri;
  /** Name of the terminal. */
  readonly title: string;
}

export interface CommandResult {
  /** Absent when the program could not be started or was stopped. */
  readonly exitCode?: number;
  readonly output: string;
  readonly stopped: boolean;
}

/** The end is kept: there the failures and the summary stand. */
const keptCharacters = 200_000;
/** Time to write reports and to close what was opened. */
const killAfterMs = 3000;
const escapeColour = { red: '\u001b[31m', dim: '\u001b[2m', plain: '\u001b[0m' } as const;

export function runInTerminal(run: CommandRun, signal: AbortSignal): Promise<CommandResult> {
  return new Promise((resolve) => {
    const written = new vscode.EventEmitter<string>();
    let child: ChildProcess | undefined;
    let output = '';
    let stopped = false;
    let ended = false;
    const show = (text: string): void => written.fire(text.replace(/\r?\n/g, '\r\n'));
    const take = (text: string): void => {
      output = (output + text).slice(-keptCharacters);
      show(text);
    };
    const stop = (): void => {
      // The number of a process that is over may be another's by now.
      if (ended) return;
      stopped = true;
      const running = child;
      if (running === undefined) {
        finish(undefined);
        return;
      }
      endGroup(running, 'SIGTERM');
      setTimeout(() => (ended ? undefined : endGroup(running, 'SIGKILL')), killAfterMs).unref();
    };
    // A program that could not be started fails and closes.
    const finish = (exitCode: number | undefined): void => {
      if (ended) return;
      ended = true;
      signal.removeEventListener('abort', stop);
      show(`\n${exitCode === 0 ? escapeColour.dim : escapeColour.red}${endWords(exitCode, stopped)}${escapeColour.plain}\n`);
      resolve({ output, stopped, ...(exitCode === undefined ? {} : { exitCode }) });
    };
    const start = (): void => {
      show(`${escapeColour.dim}> ${formatCommand(run)}${escapeColour.plain}\n`);
      child = startProgram(run);
      if (child === undefined) {
        take(`${vscode.l10n.t('A name in this command would be read as a command by cmd.exe, so it is not run.')}\n`);
        finish(undefined);
        return;
      }
      follow(child, take, finish);
    };
    const terminal = vscode.window.createTerminal({
      name: run.title,
      iconPath: new vscode.ThemeIcon('beaker'),
      pty: {
        onDidWrite: written.event,
        open: start,
        close: stop,
        handleInput: (data: string) => {
          if (data === '\u0003') stop();
        },
      },
    });
    signal.addEventListener('abort', stop, { once: true });
    terminal.show(true);
  });
}

/** Undefined when it cannot be started without a risk. */
function startProgram(run: CommandRun): ChildProcess | undefined {
  const options: SpawnOptions = { cwd: run.folder.fsPath, env: { ...childEnvironment(), FORCE_COLOR: '1', CI: 'true' }, detached: process.platform !== 'win32', windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] };
  const start = process.platform === 'win32' ? windowsStart(run) : ({ kind: 'direct' } as const);
  switch (start.kind) {
    case 'direct': return spawn(run.program, [...run.arguments], options);
    case 'batch': return spawn(start.command.program, [...start.command.arguments], { ...options, windowsVerbatimArguments: true });
    case 'refused': return undefined;
  }
}

function follow(child: ChildProcess, take: (text: string) => void, finish: (exitCode: number | undefined) => void): void {
  const decoders = [new TextDecoder(), new TextDecoder()] as const;
  child.stdout?.on('data', (bytes: Buffer) => take(decoders[0].decode(bytes, { stream: true })));
  child.stderr?.on('data', (bytes: Buffer) => take(decoders[1].decode(bytes, { stream: true })));
  child.on('error', (error) => {
    take(`${error.message}\n`);
    finish(undefined);
  });
  child.on('close', (code) => finish(code ?? undefined));
}

/** A test runner has children of its own: the whole group is ended. */
function endGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined || process.platform === 'win32') {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

function endWords(exitCode: number | undefined, stopped: boolean): string {
  if (stopped) return vscode.l10n.t('Stopped.');
  return exitCode === undefined ? vscode.l10n.t('The program could not be run.') : vscode.l10n.t('Exit code {0}', exitCode);
}
