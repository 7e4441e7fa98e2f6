import * as vscode from 'vscode';
import { formatReference } from '../../core/context/contextReference.ts';
import { explainRequest } from '../../core/tasks/explain.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { TaskDependencies } from './dependencies.ts';
import { findTarget, type EditorTarget } from './editorTarget.ts';
import { toLineRange } from './lineRanges.ts';
import { readWish } from './taskArguments.ts';
import { ownSource } from './verifyEdits.ts';

/** Explains in the chat, where the reader can ask on: the selection, else the symbol at the caret, else the file. */
export function registerExplainCommand({ chat, redactor, reviewer, translate }: Pick<TaskDependencies, 'chat' | 'redactor' | 'reviewer' | 'translate'>): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.explainCode, async (...args: readonly unknown[]) => {
    if (!vscode.workspace.isTrusted) {
      // A question about code that may not go along would only cost.
      void vscode.window.showWarningMessage(translate('The workspace is in Restricted Mode, so its files are not sent. Trust it first.'));
      return;
    }
    const wish = readWish(args);
    const target = await findTarget({ ...wish, symbolAtCaret: true });
    if (target === undefined) return;
    const { document, kind, range, symbol } = target;
    const uri = document.uri.toString();
    const problems = vscode.languages.getDiagnostics(document.uri).filter((problem) => problem.range.intersection(range) !== undefined && problem.severity === vscode.DiagnosticSeverity.Error);
    const name = kind === 'file' ? reviewer.pathOf(uri) : (symbol ?? '');
    const references = [referenceTo(target), ...((problems.length > 0 || wish.range !== undefined) && kind !== 'file' ? [formatReference({ kind: 'problems', uri })] : [])];
    const asked = wish.range === undefined ? undefined : problemAt(document.uri, wish.range);
    const problem = asked === undefined ? {} : { problem: redactor.redact(asked.message, uri).text };
    await chat.ask({ text: explainRequest({ kind, name, problems: problems.length, ...problem }, translate), task: 'explain', references });
  });
}

/** The lightbulb passes on the range of a problem. */
function problemAt(uri: vscode.Uri, range: vscode.Range): vscode.Diagnostic | undefined {
  return vscode.languages.getDiagnostics(uri).filter(({ source, range: own }) => source !== ownSource && own.intersection(range) !== undefined).toSorted((left, right) => left.severity - right.severity)[0];
}

function referenceTo({ document, kind, range, symbol }: EditorTarget): string {
  const uri = document.uri.toString();
  switch (kind) {
    case 'file': return formatReference({ kind: 'file', uri });
    case 'selection': return formatReference({ kind: 'selection', uri, range: toLineRange(range) });
    case 'symbol': return formatReference({ kind: 'symbol', uri, name: symbol ?? '', range: toLineRange(range) });
  }
}
