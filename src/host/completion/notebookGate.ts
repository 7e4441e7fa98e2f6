// A cell is as open as its notebook; the notebook may never have been saved.
import * as vscode from 'vscode';
import type { FileGate } from '../../core/context/fileGate.ts';

export function withNotebooks(gate: FileGate): FileGate {
  return { check: (uri) => gate.check(ownerOf(uri)), known: (uri) => gate.known(ownerOf(uri)) };
}

function ownerOf(uri: string): string {
  if (!uri.startsWith('vscode-notebook-cell:')) return uri;
  const notebook = vscode.workspace.notebookDocuments.find((candidate) => candidate.getCells().some((cell) => cell.document.uri.toString() === uri));
  return notebook?.uri.toString() ?? uri;
}
