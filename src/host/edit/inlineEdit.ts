// Inline edit: say at the selection what to change; the answer streams into the diff and waits for accept, discard or a refinement.
import * as vscode from 'vscode';
import { inlinePrompt, refinePrompt, type InlinePrompt } from '../../core/edit/inlinePrompt.ts';
import type { TaskRunner } from '../../core/models/taskRunner.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { FinishReason } from '../../shared/chatTypes.ts';
import type { EditBoard } from './editBoard.ts';
import type { EditReviewer, EditScope } from './editReviewer.ts';
import { proposalScheme } from './proposalDocuments.ts';
import { reviewOrNewest } from './reviewCursor.ts';

export interface InlineEditDependencies {
  readonly runner: TaskRunner;
  readonly gate: FileGate;
  readonly board: EditBoard;
  readonly actions: EditReviewer;
  readonly redact: (text: string, source: string) => { readonly text: string };
  readonly showError: (error: unknown, retry: () => void) => Promise<void>;
}

interface Asked {
  readonly prompt: InlinePrompt;
  readonly answer: string;
  readonly scope: EditScope;
  readonly instruction: string;
}

export function registerInlineEdit(dependencies: InlineEditDependencies): vscode.Disposable {
  const { board, actions } = dependencies;
  /** What each pending inline edit was asked with, for a refinement. */
  const asked = new Map<string, Asked>();
  let lastInstruction = '';

  const stop = board.onDidChange((record) => {
    if (record.state !== 'pending' && record.state !== 'streaming') asked.delete(record.id);
    tellRefinable();
  });
  return vscode.Disposable.from(
    { dispose: stop },
    vscode.window.onDidChangeActiveTextEditor(tellRefinable),
    vscode.commands.registerCommand(commandIds.editInline, startInline),
    vscode.commands.registerCommand(commandIds.refineEdit, refine),
  );

  async function startInline(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || editor.document.uri.scheme === proposalScheme) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a file and select what to change.'));
      return;
    }
    const { document, selection } = editor;
    const instruction = await askInstruction(placeWords(selection), lastInstruction);
    if (instruction === undefined) return;
    lastInstruction = instruction;
    const uri = document.uri.toString();
    const verdict = await dependencies.gate.check(uri);
    if (!verdict.open && !(await askToSend(verdict.reason))) return;
    const text = document.getText();
    const { startLine, endLine } = selectedLines(selection);
    const prompt = inlinePrompt({
      path: actions.pathOf(uri), languageId: document.languageId, text: dependencies.redact(text, uri).text, startLine, endLine, instruction,
    });
    await ask({ prompt, scope: { files: [{ uri, text }], others: 'refuse' }, instruction });
  }

  async function refine(): Promise<void> {
    const record = reviewOrNewest(board);
    const before = record === undefined ? undefined : asked.get(record.id);
    if (record === undefined || before === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is no inline edit to refine.'));
      return;
    }
    const instruction = await askInstruction(vscode.l10n.t('What should be different?'), '');
    if (instruction === undefined) return;
    await actions.discard(record.id);
    await ask({ prompt: refinePrompt(before.prompt, before.answer, instruction), scope: before.scope, instruction });
  }

  async function ask(request: Omit<Asked, 'answer'>): Promise<void> {
    const title = shortTitle(request.instruction);
    const location = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Edit: {0}', title), cancellable: true };
    await vscode.window.withProgress(location, async (progress, token) => {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort(new vscode.CancellationError()));
      try {
        await streamInline(request, title, { controller, report: (message) => progress.report({ message }) });
      } finally {
        subscription.dispose();
      }
    });
  }

  interface Run {
    readonly controller: AbortController;
    readonly report: (message: string) => void;
  }

  async function streamInline(request: Omit<Asked, 'answer'>, title: string, { controller, report }: Run): Promise<void> {
    const { prompt, scope } = request;
    const stream = actions.begin({
      task: 'edit', title, scope, signal: controller.signal,
      repair: (repairPrompt) => ask({ ...request, prompt: refinePrompt(prompt, answer, repairPrompt) }),
    });
    let answer = '';
    let finish: FinishReason = 'other';
    try {
      for await (const part of dependencies.runner.run({ task: 'edit', ...prompt }, controller.signal)) {
        stream.pushPart(part);
        if (part.type === 'route') report(part.route.model);
        else if (part.type === 'text-delta') answer += part.text;
        else if (part.type === 'finish') finish = part.reason;
      }
      const outcome = await stream.finish(finish);
      if (outcome.state === 'pending') asked.set(outcome.editId, { ...request, answer });
      else if (outcome.state === 'no-edits') void vscode.window.showInformationMessage(plain(answer.trim()) || vscode.l10n.t('The answer holds no edit.'));
      tellRefinable();
    } catch (error) {
      stream.cancel();
      if (!controller.signal.aborted) await dependencies.showError(error, () => void ask(request));
    }
  }

  function tellRefinable(): void {
    const record = reviewOrNewest(board);
    void vscode.commands.executeCommand('setContext', 'runapi.reviewRefinable', record !== undefined && asked.has(record.id));
  }
}

async function askInstruction(prompt: string, value: string): Promise<string | undefined> {
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
async function askToSend(reason: string): Promise<boolean> {
  if (reason === 'untrusted-workspace' || reason === 'binary' || reason === 'too-large') {
    void vscode.window.showWarningMessage(reason === 'untrusted-workspace' ? vscode.l10n.t('Files are not sent before the workspace is trusted.') : vscode.l10n.t('This file is too large or is not text.'));
    return false;
  }
  const send = vscode.l10n.t('Send this once');
  return (await vscode.window.showWarningMessage(vscode.l10n.t('This file is excluded from requests.'), { modal: true, detail: vscode.l10n.t('It may hold secrets, or an ignore file names it.') }, send)) === send;
}

function selectedLines(selection: vscode.Selection): { readonly startLine: number; readonly endLine: number } {
  if (selection.isEmpty) return { startLine: selection.active.line, endLine: selection.active.line };
  // A selection that ends before the first letter of a line does not mean that line.
  return { startLine: selection.start.line, endLine: selection.end.character === 0 ? selection.end.line : selection.end.line + 1 };
}

function placeWords(selection: vscode.Selection): string {
  const { startLine, endLine } = selectedLines(selection);
  return endLine - startLine > 1 ? vscode.l10n.t('Lines {0} to {1}', startLine + 1, endLine) : vscode.l10n.t('Line {0}', startLine + 1);
}

function shortTitle(instruction: string): string {
  const line = instruction.split('\n')[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** A notification shows one short line and makes buttons of links. */
function plain(text: string): string {
  return text.replace(/\]\(/g, '] (').slice(0, 300);
}
