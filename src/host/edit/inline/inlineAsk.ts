// What is asked before an inline edit: the instruction, and whether a file that is kept back may be sent.
import * as vscode from 'vscode';
import type { FileGate } from '../../../core/context/fileGate.ts';
import type { LineRange } from './inlineSession.ts';

export async function askInstruction(prompt: string, value: string): Promise<string | undefined> {
  const instruction = await vscode.window.showInputBox({
    title: vscode.l10n.t('Edit with RunAPI'),
    prompt,
    value,
    valueSelection: [0, value.length],
    placeHolder: vscode.l10n.t('Say what to change: "return early", "handle an empty list"'),
  });
  return instruction === undefined || instruction.trim() === '' ? undefined : instruction.trim();
}

/** A file that is kept back (secrets, ignored) goes along only if the user says so for this one request. */
export async function maySend(uri: string, gate: FileGate): Promise<boolean> {
  const verdict = await gate.check(uri);
  if (verdict.open) return true;
  const { reason } = verdict;
  if (reason === 'untrusted-workspace' || reason === 'binary' || reason === 'too-large') {
    void vscode.window.showWarningMessage(reason === 'untrusted-workspace' ? vscode.l10n.t('Files are not sent before the workspace is trusted.') : vscode.l10n.t('This file is too large or is not text.'));
    return false;
  }
  const send = vscode.l10n.t('Send this once');
  return (await vscode.window.showWarningMessage(vscode.l10n.t('This file is excluded from requests.'), { modal: true, detail: vscode.l10n.t('It may hold secrets, or an ignore file names it.') }, send)) === send;
}

/** Whole lines, the end exclusive; an empty range without a selection. */
export function selectedLines(selection: vscode.Selection): LineRange {
  if (selection.isEmpty) return { start: selection.active.line, end: selection.active.line };
  // A selection that ends before the first letter of a line does not mean that line.
  return { start: selection.start.line, end: selection.end.character === 0 ? selection.end.line : selection.end.line + 1 };
}

export function placeWords({ start, end }: LineRange): string {
  return end - start > 1 ? vscode.l10n.t('Lines {0} to {1}', start + 1, end) : vscode.l10n.t('Line {0}', start + 1);
}

export function shortTitle(instruction: string): string {
  const line = instruction.split('\n')[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
