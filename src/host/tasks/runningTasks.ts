// The tasks that run right now: a line above the code that each is about, an item in the status bar, and the means to cancel.
import * as vscode from 'vscode';
import { commandIds } from '../../shared/commandIds.ts';

export interface TaskPlace {
  readonly uri: vscode.Uri;
  readonly line: number;
}

export interface RunningTask {
  readonly signal: AbortSignal;
  /** What it does right now, in a few words. */
  report(text: string): void;
  cancel(): void;
  /** Always called, whatever the end. */
  end(): void;
}

export interface RunningTasks extends vscode.Disposable {
  start(label: string, place?: TaskPlace): RunningTask;
}

interface Entry {
  readonly label: string;
  readonly place: TaskPlace | undefined;
  readonly controller: AbortController;
  text: string;
}

const contextKey = 'runapi.taskRunning';
/** Redrawing a line above the code more often is restless and costs layout. */
const refreshMs = 500;

export function createRunningTasks(): RunningTasks {
  const entries = new Map<number, Entry>();
  const changed = new vscode.EventEmitter<void>();
  const status = vscode.window.createStatusBarItem('runapi.tasks', vscode.StatusBarAlignment.Left, 0);
  status.name = vscode.l10n.t('RunAPI tasks');
  status.command = commandIds.cancelTask;
  let nextId = 1;
  let timer: NodeJS.Timeout | undefined;

  const draw = (): void => {
    timer = undefined;
    changed.fire();
    drawStatus(status, [...entries.values()]);
  };
  const drawSoon = (): void => {
    timer ??= setTimeout(draw, refreshMs);
  };
  const drawNow = (): void => {
    clearTimeout(timer);
    draw();
    void vscode.commands.executeCommand('setContext', contextKey, entries.size > 0);
  };

  const lenses = vscode.languages.registerCodeLensProvider({ pattern: '**' }, {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => [...entries].flatMap(([id, entry]) => (entry.place?.uri.toString() === document.uri.toString() ? [toLens(id, entry, document)] : [])),
  });
  const command = vscode.commands.registerCommand(commandIds.cancelTask, (id?: unknown) => cancelOne(entries, id));

  return {
    start(label, place) {
      const id = nextId++;
      const entry: Entry = { label, place, controller: new AbortController(), text: '' };
      entries.set(id, entry);
      drawNow();
      return {
        signal: entry.controller.signal,
        report(text) {
          entry.text = text;
          drawSoon();
        },
        cancel: () => abort(entry),
        end() {
          entries.delete(id);
          drawNow();
        },
      };
    },
    dispose() {
      clearTimeout(timer);
      for (const entry of entries.values()) abort(entry);
      vscode.Disposable.from(lenses, command, status, changed).dispose();
    },
  };
}

function drawStatus(status: vscode.StatusBarItem, running: readonly Entry[]): void {
  const last = running.at(-1);
  if (last === undefined) {
    status.hide();
    return;
  }
  status.text = `$(sync~spin) ${plain(last.label)}${last.text === '' ? '' : ` · ${plain(last.text)}`}${running.length > 1 ? ` (+${String(running.length - 1)})` : ''}`;
  status.tooltip = vscode.l10n.t('Cancel');
  status.accessibilityInformation = { label: `${last.label}. ${last.text}`, role: 'button' };
  status.show();
}

/** Icons are written as $(name) in these labels, so a dollar of a name must not begin one. */
function plain(text: string): string {
  return text.replace(/\$\(/g, '$ (');
}

function toLens(id: number, entry: Entry, document: vscode.TextDocument): vscode.CodeLens {
  const line = Math.min(entry.place?.line ?? 0, document.lineCount - 1);
  const title = `$(sync~spin) ${plain(entry.label)}${entry.text === '' ? '' : ` · ${plain(entry.text)}`} · ${vscode.l10n.t('Cancel')}`;
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command: commandIds.cancelTask, arguments: [id] });
}

async function cancelOne(entries: ReadonlyMap<number, Entry>, id: unknown): Promise<void> {
  const named = typeof id === 'number' ? entries.get(id) : undefined;
  const running = named === undefined ? [...entries.values()] : [named];
  if (running.length <= 1) {
    for (const entry of running) abort(entry);
    return;
  }
  const picked = await vscode.window.showQuickPick(running.map((entry) => ({ label: plain(entry.label), description: plain(entry.text), entry })), { placeHolder: vscode.l10n.t('Which task should stop?') });
  if (picked !== undefined) abort(picked.entry);
}

function abort(entry: Entry): void {
  entry.controller.abort(new DOMException('Cancelled by the user', 'AbortError'));
}
