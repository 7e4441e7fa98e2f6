// A failed task says what happened where there is no card to say it in: one message, one button, the details on demand.
import * as vscode from 'vscode';
import type { Logger } from '../../core/logger.ts';
import type { Translate } from '../../core/translate.ts';
import type { ErrorActionId } from '../../shared/chatTypes.ts';
import { commandIds } from '../../shared/commandIds.ts';
import { toErrorCard } from '../errorMessages.ts';

export interface FailureContext {
  readonly translate: Translate;
  readonly log: Logger;
  /** Runs the same task again. */
  readonly retry?: () => void;
}

export async function showFailure(error: unknown, { translate, log, retry }: FailureContext): Promise<void> {
  log.error('A task failed', error);
  const card = toErrorCard(error, translate);
  const action = card.action === undefined || (needsRetry(card.action.id) && retry === undefined) ? undefined : card.action;
  const details = card.details === undefined ? undefined : translate('Details');
  const buttons = [action?.label, details].filter((label) => label !== undefined);
  const picked = await vscode.window.showErrorMessage(withoutLinks(`${card.title} ${card.text}`), ...buttons);
  if (picked === undefined) return;
  if (picked === details) await vscode.window.showErrorMessage(withoutLinks(card.title), { modal: true, detail: card.details ?? '' });
  else if (action !== undefined) await runAction(action.id, retry);
}

function needsRetry(id: ErrorActionId): boolean {
  return id === 'retry' || id === 'continue' || id === 'compact' || id === 'shorten';
}

async function runAction(id: ErrorActionId, retry: (() => void) | undefined): Promise<void> {
  switch (id) {
    case 'retry': case 'continue': case 'compact': case 'shorten': retry?.(); return;
    case 'set-key': await vscode.commands.executeCommand(commandIds.setKey); return;
    case 'add-credits': await vscode.env.openExternal(vscode.Uri.parse('https://runapi.ai')); return;
    case 'open-settings': await vscode.commands.executeCommand(commandIds.openSettings); return;
    case 'pick-model': await vscode.commands.executeCommand('workbench.action.openSettings', 'runapi.routes'); return;
    case 'show-log': await vscode.commands.executeCommand(commandIds.showLog);
  }
}

/** Notifications turn [text](target) into links; what a server or a model says must not. */
export function withoutLinks(text: string): string {
  return text.replace(/\]\s*\(/g, '] (').replace(/\]\(/g, '] (');
}

export function isCancelled(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || (error instanceof Error && error.name === 'AbortError');
}
