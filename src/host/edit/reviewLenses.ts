// Accept and Discard at each hunk of a diff: lenses where the user shows them in diffs, links on hover always.
import * as vscode from 'vscode';
import { describeWarning } from '../../core/edit/problemWords.ts';
import type { Hunk } from '../../core/edit/proposal.ts';
import type { Translate } from '../../core/translate.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { EditBoard, FileReview } from './editBoard.ts';
import { proposalScheme, readProposalUri } from './proposalDocuments.ts';
import { reviewKeys } from './reviewKeys.ts';
import type { ReviewTarget } from './reviewTarget.ts';

export function registerReviewLenses(board: EditBoard, translate: Translate): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const selector: vscode.DocumentSelector = { scheme: proposalScheme };
  const lenses: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const found = fileOf(board, document.uri);
      return found === undefined ? [] : found.file.change.hunks.flatMap((hunk) => lensesOf(hunk, found.target));
    },
  };
  const hovers: vscode.HoverProvider = {
    provideHover(document, position) {
      const found = fileOf(board, document.uri);
      const hunk = found?.file.change.hunks.find((each) => position.line >= each.newStart && position.line < each.newStart + Math.max(1, each.newLines.length));
      return found === undefined || hunk === undefined ? undefined : new vscode.Hover(hoverText(hunk, found, translate));
    },
  };
  return vscode.Disposable.from(
    changed,
    { dispose: board.onDidChange(() => changed.fire()) },
    vscode.languages.registerCodeLensProvider(selector, lenses),
    vscode.languages.registerHoverProvider(selector, hovers),
    vscode.workspace.onDidChangeTextDocument(({ document }) => document.uri.scheme === proposalScheme && changed.fire()),
  );
}

interface FoundFile {
  readonly file: FileReview;
  readonly target: ReviewTarget;
}

function fileOf(board: EditBoard, uri: vscode.Uri): FoundFile | undefined {
  const reference = readProposalUri(uri);
  const record = board.pending().find(({ id }) => id === reference?.editId);
  const file = record?.files.find(({ change, state }) => state === 'open' && change.uri === reference?.fileUri);
  return reference === undefined || file === undefined ? undefined : { file, target: reference };
}

function lensesOf(hunk: Hunk, fileTarget: ReviewTarget): readonly vscode.CodeLens[] {
  const range = new vscode.Range(hunk.newStart, 0, hunk.newStart, 0);
  const target: ReviewTarget = { ...fileTarget, line: hunk.newStart };
  return [
    new vscode.CodeLens(range, { command: commandIds.acceptHunk, title: vscode.l10n.t('Accept'), arguments: [target] }),
    new vscode.CodeLens(range, { command: commandIds.discardHunk, title: vscode.l10n.t('Discard'), arguments: [target] }),
  ];
}

function hoverText(hunk: Hunk, { file, target }: FoundFile, translate: Translate): vscode.MarkdownString {
  const argument = encodeURIComponent(JSON.stringify([{ ...target, line: hunk.newStart }]));
  const text = new vscode.MarkdownString(`[${vscode.l10n.t('Accept')}](command:${commandIds.acceptHunk}?${argument}) (${reviewKeys.accept}) &nbsp; [${vscode.l10n.t('Discard')}](command:${commandIds.discardHunk}?${argument}) (${reviewKeys.discard})`);
  text.isTrusted = { enabledCommands: [commandIds.acceptHunk, commandIds.discardHunk] };
  for (const warning of file.change.warnings) text.appendText(`\n\n${describeWarning(warning, translate)}`);
  return text;
}
