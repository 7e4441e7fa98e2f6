// Inline edit: say at the selection what to change; the answer streams into the lines themselves and waits to be accepted, discarded or refined.
import * as vscode from 'vscode';
import { inlinePrompt, refinePrompt } from '../../../core/edit/inlinePrompt.ts';
import { describeProblem } from '../../../core/edit/problemWords.ts';
import { protectionOf } from '../../../core/edit/protectedFiles.ts';
import { commandIds } from '../../../shared/commandIds.ts';
import { readPresent } from '../presentFile.ts';
import { proposalScheme } from '../proposalDocuments.ts';
import { readReviewTarget } from '../reviewTarget.ts';
import { createDiffRuns, type DiffRuns } from './diffRun.ts';
import { createInlineActions, type InlineActions } from './inlineActions.ts';
import { askInstruction, maySend, placeWords, selectedLines } from './inlineAsk.ts';
import { isAt, rangeOf, type InlineEntry } from './inlineBoard.ts';
import { registerInlineLenses } from './inlineLenses.ts';
import { registerInlineMarks } from './inlineMarks.ts';
import type { InlineDependencies, InlineRequest } from './inlineRequest.ts';
import { createInlineRuns, type InlineRuns } from './inlineRun.ts';
import type { StopReason } from './inlineSession.ts';

export interface InlineEdits extends vscode.Disposable {
  readonly actions: InlineActions;
}

interface Ways {
  readonly inPlace: InlineRuns;
  readonly inDiff: DiffRuns;
}

export function registerInlineEdit(dependencies: InlineDependencies): InlineEdits {
  const { inline } = dependencies;
  const ways: Ways = { inPlace: createInlineRuns(dependencies), inDiff: createDiffRuns(dependencies) };
  const actions = createInlineActions(dependencies, ways.inPlace);
  const told = new Map<string, boolean>();
  const tell = (): void => {
    for (const [key, value] of contextKeys(dependencies, ways)) {
      if (told.get(key) === value) continue;
      told.set(key, value);
      void vscode.commands.executeCommand('setContext', key, value);
    }
  };
  let lastInstruction = '';
  const disposable = vscode.Disposable.from(
    ways.inPlace,
    ways.inDiff,
    registerInlineMarks(inline),
    registerInlineLenses(inline),
    { dispose: dependencies.board.onDidChange(tell) },
    inline.onDidChange(tell),
    vscode.window.onDidChangeActiveTextEditor(tell),
    vscode.window.onDidChangeTextEditorSelection(tell),
    stopBeforeFilesChange(dependencies, ways.inPlace),
    vscode.commands.registerCommand(commandIds.editInline, async () => {
      lastInstruction = (await startInline(lastInstruction, dependencies, ways)) ?? lastInstruction;
    }),
    vscode.commands.registerCommand(commandIds.refineEdit, (argument: unknown) => refine(actions.find(readReviewTarget(argument)), ways, dependencies)),
    vscode.commands.registerCommand(commandIds.showEditDiff, async (argument: unknown) => {
      const entry = actions.find(readReviewTarget(argument));
      if (entry !== undefined) await actions.showDiff(entry);
    }),
  );
  return { actions, dispose: () => disposable.dispose() };
}

/** No part of an answer goes to the disk, into another file or on living without its document. */
function stopBeforeFilesChange({ inline }: InlineDependencies, runs: InlineRuns): vscode.Disposable {
  const stopIn = async (reason: StopReason, documents: readonly vscode.TextDocument[]): Promise<void> => {
    await Promise.all(documents.flatMap((document) => inline.in(document)).map(({ session }) => session.giveWayTo(reason)));
  };
  const openDocuments = (): readonly vscode.TextDocument[] => inline.open().map(({ session }) => session.view().document);
  return vscode.Disposable.from(
    vscode.workspace.onWillSaveTextDocument((event) => event.waitUntil(stopIn('saved', [event.document]))),
    vscode.workspace.onWillSaveNotebookDocument((event) => event.waitUntil(stopIn('saved', event.notebook.getCells().map(({ document }) => document)))),
    vscode.workspace.onWillRenameFiles((event) => event.waitUntil(stopIn('moved', openDocuments().filter(({ uri }) => event.files.some(({ oldUri }) => uri.toString().startsWith(oldUri.toString())))))),
    vscode.workspace.onDidCloseTextDocument((document) => {
      for (const entry of inline.in(document)) void runs.stop(entry);
    }),
  );
}

/** The instruction, if one was given. */
async function startInline(lastInstruction: string, dependencies: InlineDependencies, ways: Ways): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.document.uri.scheme === proposalScheme) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a file and select what to change.'));
    return undefined;
  }
  const { document } = editor;
  const selected = selectedLines(editor.selection);
  if (dependencies.inline.in(document).some(({ session }) => session.view().state === 'streaming')) {
    void vscode.window.showInformationMessage(vscode.l10n.t('An inline edit is still coming into this file.'));
    return undefined;
  }
  const instruction = await askInstruction(placeWords(selected), lastInstruction);
  if (instruction === undefined || !(await maySend(document.uri.toString(), dependencies.gate))) return instruction;
  const sentText = document.getText();
  const uri = document.uri.toString();
  const prompt = inlinePrompt({ path: dependencies.actions.pathOf(uri), languageId: document.languageId, text: dependencies.redact(sentText, uri).text, startLine: selected.start, endLine: selected.end, instruction });
  // The selection's own colour would cover those of the diff.
  if (vscode.window.activeTextEditor === editor && !editor.selection.isEmpty) editor.selection = new vscode.Selection(selected.start, 0, selected.start, 0);
  void startWhere({ document, prompt, sentText, selected, instruction }, dependencies, ways);
  return instruction;
}

async function startWhere(request: InlineRequest, { actions, translate }: InlineDependencies, { inPlace, inDiff }: Ways): Promise<void> {
  const { document } = request;
  const path = actions.pathOf(document.uri.toString());
  const present = await readPresent(document.uri);
  if (present.state !== 'present') {
    const kind = present.state === 'refused' ? present.kind : 'missing-file';
    void vscode.window.showWarningMessage(describeProblem({ kind, path }, translate));
    return;
  }
  const names = [path, ...(present.file.realPath === undefined ? [] : [present.file.realPath])];
  const isProtected = names.some((name) => protectionOf({ path: name, original: '', proposed: '' }) !== undefined);
  await (isProtected || present.file.route === 'bytes' ? inDiff : inPlace).start(request);
}

async function refine(entry: InlineEntry | undefined, { inPlace, inDiff }: Ways, { actions }: InlineDependencies): Promise<void> {
  const inReview = entry === undefined ? inDiff.refinable() : undefined;
  if ((entry === undefined && inReview === undefined) || entry?.session.view().state === 'streaming') {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no inline edit to refine.'));
    return;
  }
  const instruction = await askInstruction(vscode.l10n.t('What should be different?'), '');
  if (instruction === undefined) return;
  if (inReview !== undefined) {
    await actions.discard(inReview.editId);
    await inDiff.start({ ...inReview.request, instruction, prompt: refinePrompt(inReview.request.prompt, inReview.answer, instruction) });
  } else if (entry !== undefined) {
    const { document, shown } = entry.session.view();
    const { start } = rangeOf(entry.session.view());
    const { asked, answer } = entry;
    const oldLines = shown.hunks.reduce((sum, hunk) => sum + hunk.baseEnd - hunk.baseStart, 0);
    await entry.session.discard();
    await inPlace.start({ document, selected: { start, end: start + oldLines }, sentText: asked.sentText, instruction, prompt: refinePrompt(asked.prompt, answer, instruction) });
  }
}

function contextKeys({ inline }: InlineDependencies, { inDiff }: Ways): readonly (readonly [string, boolean])[] {
  const editor = vscode.window.activeTextEditor;
  const views = editor === undefined ? [] : inline.in(editor.document).map(({ session }) => session.view());
  return [
    ['runapi.inlineEditHere', views.length > 0],
    ['runapi.inlineEditAtCursor', editor !== undefined && views.some((view) => isAt(view, editor.selection.active.line))],
    ['runapi.reviewRefinable', views.some(({ state }) => state === 'pending') || inDiff.refinable() !== undefined],
  ];
}
