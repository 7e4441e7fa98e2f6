// The inline edit of a document whose buffer must not show an answer before it is accepted (a protected file, mixed line ends): it streams
// into the diff editor.
import * as vscode from 'vscode';
import type { FinishReason } from '../../../shared/chatTypes.ts';
import { plainNotification } from '../reviewWrites.ts';
import { reviewOrNewest } from '../reviewCursor.ts';
import { shortTitle } from './inlineAsk.ts';
import type { InlineDependencies, InlineRequest } from './inlineRequest.ts';
import { repairRound } from './repairRound.ts';

export interface DiffRuns extends vscode.Disposable {
  start(request: InlineRequest): Promise<void>;
  /** What the pending review was asked with; undefined when it is none of ours. */
  refinable(): { readonly editId: string; readonly request: InlineRequest; readonly answer: string } | undefined;
}

interface Asked {
  readonly request: InlineRequest;
  readonly answer: string;
}

export function createDiffRuns(dependencies: InlineDependencies): DiffRuns {
  const { board } = dependencies;
  const asked = new Map<string, Asked>();
  const stop = board.onDidChange((record) => {
    if (record.state !== 'pending' && record.state !== 'streaming') asked.delete(record.id);
  });
  const runs: DiffRuns = {
    async start(request) {
      const location = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Edit: {0}', shortTitle(request.instruction)), cancellable: true };
      await vscode.window.withProgress(location, async (progress, token) => {
        const controller = new AbortController();
        const subscription = token.onCancellationRequested(() => controller.abort(new vscode.CancellationError()));
        try {
          await stream(request, { asked, controller, report: (message) => progress.report({ message }), again: (next) => runs.start(next) }, dependencies);
        } finally {
          subscription.dispose();
        }
      });
    },
    refinable() {
      const record = reviewOrNewest(board);
      const found = record === undefined ? undefined : asked.get(record.id);
      return record === undefined || found === undefined ? undefined : { editId: record.id, ...found };
    },
    dispose: stop,
  };
  return runs;
}

interface Run {
  readonly asked: Map<string, Asked>;
  readonly controller: AbortController;
  readonly report: (message: string) => void;
  readonly again: (request: InlineRequest) => Promise<void>;
}

async function stream(request: InlineRequest, { asked, controller, report, again }: Run, { runner, actions, estimateUsd, showError }: InlineDependencies): Promise<void> {
  const { document, prompt, sentText, instruction } = request;
  let answer = '';
  let finish: FinishReason = 'other';
  const edits = actions.begin({
    task: 'edit', title: shortTitle(instruction), scope: { files: [{ uri: document.uri.toString(), text: sentText }], others: 'refuse' }, signal: controller.signal,
    ...repairRound(request, () => answer, { again, estimateUsd }),
  });
  try {
    for await (const part of runner.run({ task: 'edit', ...prompt }, controller.signal)) {
      edits.pushPart(part);
      if (part.type === 'route') report(part.route.model);
      else if (part.type === 'text-delta') answer += part.text;
      else if (part.type === 'finish') finish = part.reason;
    }
    const outcome = await edits.finish(finish);
    if (outcome.state === 'pending') asked.set(outcome.editId, { request, answer });
    else if (outcome.state === 'no-edits') void vscode.window.showInformationMessage(plainNotification(answer.trim()).slice(0, 300) || vscode.l10n.t('The answer holds no edit.'));
  } catch (error) {
    edits.cancel();
    if (!controller.signal.aborted) await showError(error, () => void again(request));
  }
}
