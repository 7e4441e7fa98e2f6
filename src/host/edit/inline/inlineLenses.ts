// Above an inline edit: what can be done with it, and at each of its places when there are several.
import * as vscode from 'vscode';
import type { Hunk } from '../../../core/edit/proposal.ts';
import { commandIds, type CommandId } from '../../../shared/commandIds.ts';
import { reviewKeys } from '../reviewKeys.ts';
import type { ReviewTarget } from '../reviewTarget.ts';
import { rangeOf, type InlineBoard, type InlineEntry } from './inlineBoard.ts';

export function registerInlineLenses(board: InlineBoard): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const lenses: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => board.in(document).flatMap(lensesOf),
  };
  const hovers: vscode.HoverProvider = {
    provideHover(document, position) {
      const entry = board.in(document).find(({ session }) => session.view().shown.hunks.some((hunk) => isIn(hunk, position.line)));
      const hunk = entry?.session.view().shown.hunks.find((each) => isIn(each, position.line));
      return entry === undefined || hunk === undefined || entry.session.view().state !== 'pending' ? undefined : new vscode.Hover(hoverText(entry, hunk));
    },
  };
  // Cells of notebooks are documents of a scheme of their own.
  const selector: vscode.DocumentSelector = [{ scheme: '*' }, { notebookType: '*' }];
  // Asked for every document in view: only while there is something to say.
  let registration: vscode.Disposable | undefined;
  const follow = board.onDidChange(() => {
    if (board.open().length > 0) registration ??= vscode.Disposable.from(vscode.languages.registerCodeLensProvider(selector, lenses), vscode.languages.registerHoverProvider(selector, hovers));
    changed.fire();
    if (board.open().length > 0) return;
    registration?.dispose();
    registration = undefined;
  });
  return vscode.Disposable.from(changed, follow, { dispose: () => registration?.dispose() });
}

function lensesOf(entry: InlineEntry): readonly vscode.CodeLens[] {
  const view = entry.session.view();
  const { start } = rangeOf(view);
  const range = lineRange(start, view.document);
  const target = targetOf(entry);
  if (view.state === 'streaming') {
    const words = entry.model === '' ? vscode.l10n.t('Asking…') : vscode.l10n.t('{0} writes…', entry.model);
    return [lens(range, `$(loading~spin) ${words}`, undefined, target), lens(range, vscode.l10n.t('Stop ({0})', reviewKeys.escape), commandIds.discardEdit, target)];
  }
  const { hunks } = view.shown;
  return [
    lens(range, vscode.l10n.t('Accept ({0})', reviewKeys.acceptAll), commandIds.acceptEdit, target),
    lens(range, vscode.l10n.t('Discard ({0})', reviewKeys.escape), commandIds.discardEdit, target),
    lens(range, vscode.l10n.t('Refine…'), commandIds.refineEdit, target),
    lens(range, vscode.l10n.t('Show in diff editor'), commandIds.showEditDiff, target),
    ...(entry.note === '' ? [] : [lens(range, entry.note, undefined, target)]),
    ...(hunks.length > 1 ? hunks.flatMap((hunk, index) => hunkLenses(hunk, { ...target, line: hunk.newStart }, { document: view.document, place: `${index + 1}/${hunks.length}` })) : []),
  ];
}

function hunkLenses(hunk: Hunk, target: ReviewTarget, { document, place }: { readonly document: vscode.TextDocument; readonly place: string }): readonly vscode.CodeLens[] {
  const range = lineRange(hunk.newStart, document);
  return [
    lens(range, vscode.l10n.t('Accept {0}', place), commandIds.acceptHunk, target),
    lens(range, vscode.l10n.t('Discard {0}', place), commandIds.discardHunk, target),
  ];
}

function lens(range: vscode.Range, title: string, command: CommandId | undefined, target: ReviewTarget): vscode.CodeLens {
  return new vscode.CodeLens(range, { command: command ?? '', title, arguments: [target] });
}

function lineRange(line: number, document: vscode.TextDocument): vscode.Range {
  const at = Math.min(line, document.lineCount - 1);
  return new vscode.Range(at, 0, at, 0);
}

function hoverText(entry: InlineEntry, hunk: Hunk): vscode.MarkdownString {
  const argument = encodeURIComponent(JSON.stringify([{ ...targetOf(entry), line: hunk.newStart }]));
  const text = new vscode.MarkdownString(`[${vscode.l10n.t('Accept')}](command:${commandIds.acceptHunk}?${argument}) (${reviewKeys.accept}) &nbsp; [${vscode.l10n.t('Discard')}](command:${commandIds.discardHunk}?${argument}) (${reviewKeys.discard})`);
  text.isTrusted = { enabledCommands: [commandIds.acceptHunk, commandIds.discardHunk] };
  return text;
}

function isIn(hunk: Hunk, line: number): boolean {
  return line >= hunk.newStart && line < hunk.newStart + Math.max(1, hunk.newLines.length);
}

function targetOf({ session }: InlineEntry): ReviewTarget {
  const { id, document } = session.view();
  return { editId: id, fileUri: document.uri.toString() };
}
