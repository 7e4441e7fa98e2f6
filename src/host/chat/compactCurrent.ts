import * as vscode from 'vscode';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import { compactHistory, type CompactionResult } from '../../core/chat/compaction.ts';
import { capabilitiesOf } from '../../core/models/catalog.ts';
import { toErrorLine } from '../errorMessages.ts';
import type { ChatDependencies } from './chatDependencies.ts';

/** False when there was nothing to compact, or it failed; the user has been told. */
export async function compactCurrent(desk: ChatDesk, dependencies: ChatDependencies, until: string | undefined): Promise<boolean> {
  if (desk.current.conversation.isStreaming) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Wait until the answer is complete, then compact.'));
    return false;
  }
  const options = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Compacting the conversation'), cancellable: true };
  return await vscode.window.withProgress(options, async (_progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return await tryCompact(desk, dependencies, { until, signal: controller.signal });
  });
}

async function tryCompact(desk: ChatDesk, { runner, clock, estimateTokens, translate }: ChatDependencies, { until, signal }: { readonly until: string | undefined; readonly signal: AbortSignal }): Promise<boolean> {
  const { model, maxTokens } = runner.route({ task: 'compact' });
  try {
    const result = await compactHistory({
      runner, log: desk.current.stored.log, signal, until, estimateTokens,
      createId: () => crypto.randomUUID(), now: () => clock.date(), budgetTokens: capabilitiesOf(model).contextTokens - maxTokens,
    });
    const words = resultText(result);
    if (words !== undefined) void vscode.window.showInformationMessage(words);
    if (result === 'compacted') desk.setBanner('history', undefined);
    desk.updateComposer();
    return result === 'compacted';
  } catch (error) {
    if (!signal.aborted) void vscode.window.showErrorMessage(toErrorLine(error, translate));
    return false;
  }
}

function resultText(result: CompactionResult): string | undefined {
  switch (result) {
    case 'compacted': return undefined;
    case 'nothing': return vscode.l10n.t('There is nothing to compact yet.');
    case 'overtaken': return vscode.l10n.t('The conversation was not compacted, because it went on while the summary was written. Compact it again.');
  }
}
