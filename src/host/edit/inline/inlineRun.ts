// An inline edit from the question to the place where it is decided: in the buffer, or in the diff editor where the buffer must not hold it.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { describeWarning } from '../../../core/edit/problemWords.ts';
import type { FileChange } from '../../../core/edit/proposal.ts';
import { addCost, formatCost } from '../../../core/tasks/costLine.ts';
import type { Translate } from '../../../core/translate.ts';
import type { FinishReason, Receipt, RouteDecision } from '../../../shared/chatTypes.ts';
import { createAnswerStream, type AnswerResult, type AnswerStream } from '../answerStream.ts';
import { plainNotification } from '../reviewWrites.ts';
import { shortTitle } from './inlineAsk.ts';
import type { BufferRecord } from './bufferJournal.ts';
import type { InlineEntry } from './inlineBoard.ts';
import type { InlineDependencies, InlineRequest } from './inlineRequest.ts';
import { repairRound } from './repairRound.ts';
import { createInlineSession, regionOf, type InlineView, type StopReason } from './inlineSession.ts';

export interface InlineRuns extends vscode.Disposable {
  start(request: InlineRequest): Promise<void>;
  /** Ends a stream as the user wishes. */
  stop(entry: InlineEntry): Promise<void>;
}

interface Running {
  readonly entry: InlineEntry;
  readonly controller: AbortController;
  readonly record: BufferRecord;
  readonly answer: AnswerStream;
}

export function createInlineRuns(dependencies: InlineDependencies): InlineRuns {
  const { inline, log } = dependencies;
  const open = new Map<string, Running>();
  /** An edit that is decided leaves nothing to recover. */
  const watch = inline.onDidChange(() => {
    for (const [id, { record }] of open) {
      if (inline.get(id) !== undefined) continue;
      open.delete(id);
      void record.end().catch((error: unknown) => log.warn(`inline edit ${id}: its record could not be closed (${error instanceof Error ? error.name : 'unknown'})`));
    }
  });
  const runs: InlineRuns = {
    async start(request) {
      const running = await begin(request, dependencies);
      open.set(running.entry.session.view().id, running);
      const place = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Edit: {0}', shortTitle(request.instruction)) };
      await vscode.window.withProgress(place, () => stream(request, running, { ...dependencies, again: (next) => runs.start(next) }));
    },
    async stop({ session }) {
      open.get(session.view().id)?.controller.abort(new vscode.CancellationError());
      await session.discard();
    },
    dispose() {
      watch.dispose();
      for (const { controller } of open.values()) controller.abort(new vscode.CancellationError());
    },
  };
  return runs;
}

async function begin(request: InlineRequest, { inline, journal, restore, redact, clock, log }: InlineDependencies): Promise<Running> {
  const { document, instruction, prompt, sentText, selected } = request;
  const controller = new AbortController();
  const uri = document.uri.toString();
  const record = await journal.begin({ uri, title: shortTitle(instruction), before: document.getText() });
  const session = createInlineSession({
    id: randomUUID(), document, sentText, selected,
    showsParts: !savesByItself(document),
    beforeShow: (text) => record.shows(text),
    onChange: () => inline.tell(),
    onStop(reason) {
      if (controller.signal.aborted) return;
      controller.abort(new vscode.CancellationError());
      sayStopped(reason);
    },
  });
  const entry: InlineEntry = { session, asked: { prompt, sentText, instruction }, model: '', answer: '', note: '' };
  const answer = createAnswerStream({
    editId: session.view().id, scope: { files: [{ uri, text: sentText }], others: 'refuse' }, clock, log, restore, redact,
    view: { settled: () => undefined, writing: (file) => session.show(file.step) },
    presentText: () => session.baseText(),
  });
  inline.add(entry);
  return { entry, controller, record, answer };
}

/** A document that is saved without being asked must never hold a part of an answer. */
function savesByItself(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('files', document).get('autoSave') !== 'off' && !document.isUntitled;
}

function sayStopped(reason: StopReason): void {
  void vscode.window.showInformationMessage(stopWords(reason));
}

function stopWords(reason: StopReason): string {
  switch (reason) {
    case 'typed':
      return vscode.l10n.t('Typing in its lines stopped the inline edit. The lines are as they were.');
    case 'saved':
      return vscode.l10n.t('Saving stopped the inline edit. The file was saved without it.');
    case 'moved':
      return vscode.l10n.t('Moving the file stopped the inline edit. The lines are as they were.');
  }
}

interface StreamDependencies extends InlineDependencies {
  readonly again: (request: InlineRequest) => Promise<void>;
}

async function stream(request: InlineRequest, { entry, controller, answer }: Running, dependencies: StreamDependencies): Promise<void> {
  const { session } = entry;
  let finish: FinishReason = 'other';
  let route: RouteDecision | undefined;
  try {
    for await (const part of dependencies.runner.run({ task: 'edit', ...request.prompt }, controller.signal)) {
      answer.pushPart(part);
      if (part.type === 'route') {
        ({ route } = part);
        entry.model = route.model;
        dependencies.inline.tell();
      } else if (part.type === 'text-delta') entry.answer += part.text;
      else if (part.type === 'finish') finish = part.reason;
      else if (part.type === 'receipt' && route !== undefined) sayCost(route, part.receipt, dependencies.translate);
    }
    const result = await answer.finish(finish === 'stop' || finish === 'tool-calls');
    if (!controller.signal.aborted) await conclude(result, { request, entry }, dependencies);
  } catch (error) {
    answer.cancel();
    if (!controller.signal.aborted) {
      await session.discard();
      await dependencies.showError(error, () => void dependencies.again(request));
    }
  } finally {
    // Pending edits stay; a stream that ended in any other way has given the buffer back.
    if (session.view().state === 'streaming') await session.discard();
  }
}

/** As the other tasks do; also of an answer that was stopped or cut, which is billed all the same. */
function sayCost(route: RouteDecision, receipt: Receipt, translate: Translate): void {
  vscode.window.setStatusBarMessage(formatCost(addCost(undefined, route, receipt), translate), 10_000);
}

interface Concluded {
  readonly request: InlineRequest;
  readonly entry: InlineEntry;
}

async function conclude(result: AnswerResult, { request, entry }: Concluded, dependencies: StreamDependencies): Promise<void> {
  const { session } = entry;
  const [change] = result.state === 'changes' ? result.changes : [];
  const isWritable = change === undefined || (await isWritableIn(request.document, change.proposed));
  if (change !== undefined && isWritable && fitsInBuffer(change) && (await session.land(change))) {
    entry.note = change.warnings.map((warning) => describeWarning(warning, dependencies.translate)).join(' ');
    dependencies.inline.tell();
    goToFirstPlace(session.view());
    return;
  }
  await session.discard();
  if (result.state === 'no-edits') {
    void vscode.window.showInformationMessage(plainNotification(entry.answer.trim()).slice(0, 300) || vscode.l10n.t('The answer holds no edit.'));
    return;
  }
  // What has to be asked about is decided in the diff editor; what was refused is said by the reviewer.
  const repairs = repairRound(request, () => entry.answer, dependencies);
  const refused: AnswerResult = { state: 'refused', problems: [{ kind: 'encoding', ...(change === undefined ? {} : { path: change.path }) }], repairPrompt: '' };
  await dependencies.actions.settle({ task: 'edit', title: shortTitle(request.instruction), ...repairs }, isWritable ? result : refused);
}

/** From the selection that the edit was asked for, so that "next" means the second place. A caret that was put elsewhere stays. */
function goToFirstPlace(view: InlineView): void {
  const editor = vscode.window.activeTextEditor;
  const [first] = view.shown.hunks;
  if (first === undefined || editor?.document !== view.document) return;
  const { start, end } = editor.selection;
  const region = regionOf(view.shown, undefined);
  if (end.line < region.start || start.line > region.end) return;
  const place = new vscode.Position(Math.min(first.newStart, view.document.lineCount - 1), 0);
  editor.selection = new vscode.Selection(place, place);
}

/** Whether the document's encoding has all characters: a save would write others in their place, and tell nobody. */
async function isWritableIn({ uri, encoding }: vscode.TextDocument, text: string): Promise<boolean> {
  if (uri.scheme !== 'file') return true;
  return (await vscode.workspace.decode(await vscode.workspace.encode(text, { encoding }), { encoding })).replace(/^\uFEFF/, '') === text.replace(/^\uFEFF/, '');
}

/** Text in the buffer can be saved without a further question: what needs one is not put there. */
function fitsInBuffer({ kind, protection, warnings }: FileChange): boolean {
  return kind === 'modify' && protection === undefined && !warnings.some((warning) => warning.kind === 'drops-most' || warning.kind === 'invisible');
}
