import * as vscode from 'vscode';
import type { LineRange } from '../../core/context/lineRange.ts';

/** Lines of VS Code count from 0, those of a LineRange from 1; both ends are included. */
export function toLineRange(range: vscode.Range): LineRange {
  return { startLine: range.start.line + 1, endLine: range.end.line + 1 };
}

/** Whole lines, cut to the document. */
export function toEditorRange({ startLine, endLine }: LineRange, document: vscode.TextDocument): vscode.Range {
  const last = document.lineCount - 1;
  const from = Math.min(Math.max(0, startLine - 1), last);
  const to = Math.min(Math.max(from, endLine - 1), last);
  return new vscode.Range(from, 0, to, document.lineAt(to).text.length);
}
