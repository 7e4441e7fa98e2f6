// Which entries make sense for the active editor and terminal, in context keys: menus leave out what cannot work.
import * as vscode from 'vscode';
import { hasConflict } from '../../core/tasks/conflictMarkers.ts';
import { ownSource } from './verifyEdits.ts';

/** The whole text is looked at, and nobody opens a menu while typing. */
const restMs = 300;

export function registerMenuContext(): vscode.Disposable {
  const shown = new Map<string, boolean>();
  let timer: NodeJS.Timeout | undefined;
  const set = (key: string, value: boolean): void => {
    if (shown.get(key) === value) return;
    shown.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const updateProblems = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    set('runapi.problemsHere', document !== undefined && vscode.languages.getDiagnostics(document.uri).some(({ source }) => source !== ownSource));
  };
  const updateConflict = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    set('runapi.conflictHere', document !== undefined && hasConflict(document.getText()));
  };
  const update = (): void => {
    updateProblems();
    updateConflict();
  };
  const updateSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(updateConflict, restMs);
  };
  // VS Code's own key for it is set when a terminal gets the focus, which is before its shell has said a word.
  const updateTerminal = (): void => set('runapi.terminalTells', vscode.window.activeTerminal?.shellIntegration !== undefined);
  const isActive = (uri: vscode.Uri): boolean => uri.toString() === vscode.window.activeTextEditor?.document.uri.toString();
  update();
  updateTerminal();
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(timer) },
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeActiveTerminal(updateTerminal),
    vscode.window.onDidChangeTerminalShellIntegration(updateTerminal),
    vscode.workspace.onDidChangeTextDocument(({ document }) => (isActive(document.uri) ? updateSoon() : undefined)),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => (uris.some(isActive) ? updateProblems() : undefined)),
  );
}
