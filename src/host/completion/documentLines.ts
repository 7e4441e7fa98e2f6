import type * as vscode from 'vscode';
import type { DocumentLines } from '../../core/completion/completionTypes.ts';

/** The live document as the engine reads it. */
export function linesOfDocument(document: vscode.TextDocument): DocumentLines {
  return { lineCount: document.lineCount, lineAt: (line) => document.lineAt(line).text };
}
