import * as vscode from 'vscode';

/** Which repository a command of the source control view means: the view passes itself or one of its groups; else the active file's. */
export function nearUri([first]: readonly unknown[]): vscode.Uri | undefined {
  if (first instanceof vscode.Uri) return first;
  if (typeof first === 'object' && first !== null) {
    if ('rootUri' in first && first.rootUri instanceof vscode.Uri) return first.rootUri;
    if ('resourceStates' in first && Array.isArray(first.resourceStates)) return resourceUri(first.resourceStates[0]);
  }
  return vscode.window.activeTextEditor?.document.uri;
}

function resourceUri(state: unknown): vscode.Uri | undefined {
  return typeof state === 'object' && state !== null && 'resourceUri' in state && state.resourceUri instanceof vscode.Uri ? state.resourceUri : undefined;
}
