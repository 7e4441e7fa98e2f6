// In the diff: Accept and Discard at each hunk (lenses where the user shows them in diffs, links on hover always), and the keys beside the
// hunk at the cursor. Drawn in the theme's own colours.
import * as vscode from 'vscode';
import { describeWarning } from '../../core/edit/problemWords.ts';
import type { Hunk } from '../../core/edit/proposal.ts';
import type { Translate } from '../../core/translate.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { EditBoard, FileReview } from './editBoard.ts';
import { proposalScheme, readProposalUri } from './proposalDocuments.ts';
import { reviewAt } from './reviewCursor.ts';
import { reviewKeys } from './reviewKeys.ts';
import type { ReviewTarget } from './reviewTarget.ts';

export function registerReviewMarks(board: EditBoard, translate: Translate): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const hint = vscode.window.createTextEditorDecorationType({ after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 3em', fontStyle: 'normal' }, isWholeLine: true });
  const selector: vscode.DocumentSelector = { scheme: proposalScheme };

  const refresh = (): void => {
    changed.fire();
    for (const editor of vscode.window.visibleTextEditors) drawHint(editor);
    const point = reviewAt(board);
    void vscode.commands.executeCommand('setContext', 'runapi.reviewPending', board.pending().length > 0);
    void vscode.commands.executeCommand('setContext', 'runapi.reviewHere', point !== undefined);
  };

  const drawHint = (editor: vscode.TextEditor): void => {
    if (editor.document.uri.scheme !== proposalScheme) return;
    const point = reviewAt(board, editor);
    const { hunk, file } = point ?? {};
    if (hunk === undefined || file === undefined) {
      editor.setDecorations(hint, []);
      return;
    }
    const line = Math.min(hunk.newStart, editor.document.lineCount - 1);
    const index = file.change.hunks.indexOf(hunk) + 1;
    const text = vscode.l10n.t('Change {0} of {1} · Accept {2} · Discard {3}', index, file.change.hunks.length, reviewKeys.accept, reviewKeys.discard);
    const found = point?.record.checks.find(({ owner }) => owner === 'verification');
    const contentText = found === undefined ? text : `${text} · ${found.text}`;
    editor.setDecorations(hint, [{ range: editor.document.lineAt(line).range, renderOptions: { after: { contentText } } }]);
  };

  const lenses: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => {
      const found = fileOf(document.uri);
      if (found === undefined) return [];
      return found.file.change.hunks.flatMap((hunk) => {
        const range = new vscode.Range(hunk.newStart, 0, hunk.newStart, 0);
        const target: ReviewTarget = { ...found.target, line: hunk.newStart };
        return [
          new vscode.CodeLens(range, { command: commandIds.acceptHunk, title: vscode.l10n.t('Accept'), arguments: [target] }),
          new vscode.CodeLens(range, { command: commandIds.discardHunk, title: vscode.l10n.t('Discard'), arguments: [target] }),
        ];
      });
    },
  };

  const hovers: vscode.HoverProvider = {
    provideHover: (document, position) => {
      const found = fileOf(document.uri);
      const hunk = found?.file.change.hunks.find((each) => position.line >= each.newStart && position.line < each.newStart + Math.max(1, each.newLines.length));
      return found === undefined || hunk === undefined ? undefined : new vscode.Hover(hoverText(hunk, found.file, found.target));
    },
  };

  const hoverText = (hunk: Hunk, file: FileReview, target: ReviewTarget): vscode.MarkdownString => {
    const argument = encodeURIComponent(JSON.stringify([{ ...target, line: hunk.newStart }]));
    const text = new vscode.MarkdownString(`[${vscode.l10n.t('Accept')}](command:${commandIds.acceptHunk}?${argument}) (${reviewKeys.accept}) &nbsp; [${vscode.l10n.t('Discard')}](command:${commandIds.discardHunk}?${argument}) (${reviewKeys.discard})`);
    text.isTrusted = { enabledCommands: [commandIds.acceptHunk, commandIds.discardHunk] };
    for (const warning of file.change.warnings) text.appendText(`\n\n${describeWarning(warning, translate)}`);
    return text;
  };

  const fileOf = (uri: vscode.Uri): { readonly file: FileReview; readonly target: ReviewTarget } | undefined => {
    const reference = readProposalUri(uri);
    const record = board.pending().find(({ id }) => id === reference?.editId);
    const file = record?.files.find(({ change, state }) => state === 'open' && change.uri === reference?.fileUri);
    return reference === undefined || file === undefined ? undefined : { file, target: reference };
  };

  return vscode.Disposable.from(
    changed,
    hint,
    { dispose: board.onDidChange(refresh) },
    vscode.languages.registerCodeLensProvider(selector, lenses),
    vscode.languages.registerHoverProvider(selector, hovers),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => drawHint(textEditor)),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.window.onDidChangeVisibleTextEditors(refresh),
    vscode.workspace.onDidChangeTextDocument(({ document }) => document.uri.scheme === proposalScheme && refresh()),
  );
}
