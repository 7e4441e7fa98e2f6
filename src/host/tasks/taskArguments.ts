// Commands are called from the palette without arguments, from menus with a URI, from code actions with a URI and a range, and from
// keybindings or other extensions with anything.
import * as vscode from 'vscode';
import type { TargetWish } from './editorTarget.ts';

export function readWish([first, second]: readonly unknown[]): TargetWish {
  return {
    ...(first instanceof vscode.Uri ? { uri: first } : {}),
    ...(second instanceof vscode.Range ? { range: second } : {}),
  };
}

/** The explorer passes the clicked file and all selected ones. */
export function readUris([, second]: readonly unknown[]): readonly vscode.Uri[] {
  return Array.isArray(second) ? second.filter((item) => item instanceof vscode.Uri) : [];
}
