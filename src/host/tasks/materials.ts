// Text of files on its way into a prompt, through the context source: gated, masked, between marks. A no is said in words, once,
// before anything is sent.
import * as vscode from 'vscode';
import type { ContextItem, ContextRefusal } from '../../core/context/contextItem.ts';
import type { LineRange } from '../../core/context/lineRange.ts';
import { planExcerpt } from '../../core/tasks/excerpt.ts';
import type { Translate } from '../../core/translate.ts';
import type { TaskDependencies } from './dependencies.ts';

export type MaterialSource = Pick<TaskDependencies, 'context' | 'estimateTokens' | 'translate'>;

export interface FileWish {
  readonly document: vscode.TextDocument;
  /** The lines that must be in it. */
  readonly focus?: LineRange;
  readonly budgetTokens?: number;
}

/** Refused: what the user has been told, or would be told if it were the file that the task is about. */
export type Collected = { readonly ok: true; readonly text: string; readonly items: readonly ContextItem[]; readonly complete: boolean } | { readonly ok: false; readonly reason: ContextRefusal };

/** What one file may take of a request; the context window of the smallest route is 200,000 tokens. */
const fileBudgetTokens = 30_000;

export async function collectFile({ document, focus, budgetTokens = fileBudgetTokens }: FileWish, source: MaterialSource, signal: AbortSignal): Promise<Collected> {
  const uri = document.uri.toString();
  const plan = planExcerpt(document.getText().split(/\r\n|\r|\n/), focus, budgetTokens, source.estimateTokens);
  const ranges = plan.complete ? [undefined] : plan.ranges;
  const items: ContextItem[] = [];
  for (const range of ranges) items.push(await source.context.collect({ kind: 'file', uri, ...(range === undefined ? {} : { range }) }, budgetTokens * 2, signal));
  const refused = items.find((item) => item.refused !== undefined)?.refused;
  if (refused !== undefined) return { ok: false, reason: refused };
  return { ok: true, text: items.map((item) => item.text).join('\n\n'), items, complete: plan.complete };
}

export function sayRefusal(reason: ContextRefusal, uri: vscode.Uri, translate: Translate): void {
  void vscode.window.showWarningMessage(refusalWords(reason, uri.path.slice(uri.path.lastIndexOf('/') + 1), translate));
}

export function refusalWords(reason: ContextRefusal, name: string, translate: Translate): string {
  switch (reason) {
    case 'secret-file': return translate('{name} may hold secrets, so it is not sent.', { name });
    case 'ignored': return translate('{name} is named by an ignore file, so it is not sent.', { name });
    case 'excluded': return translate('{name} is excluded by the setting runapi.exclude, so it is not sent.', { name });
    case 'outside-workspace': return translate('{name} is outside of the workspace, so it is not sent.', { name });
    case 'untrusted-workspace': return translate('The workspace is in Restricted Mode, so its files are not sent. Trust it first.');
    case 'too-large': return translate('{name} is too large to send.', { name });
    case 'binary': return translate('{name} is not a text file.', { name });
    case 'not-found': return translate('{name} is not there any more.', { name });
    case 'empty': return translate('{name} is empty.', { name });
    case 'no-repository': return translate('There is no git repository here.');
    case 'no-editor': return translate('Open a file first.');
    case 'no-terminal': return translate('No terminal command has been seen yet. It needs shell integration.');
    case 'failed': return translate('{name} could not be read.', { name });
  }
}

/** The language of VS Code in English words, for prompts. */
export function replyLanguage(): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(vscode.env.language.split('-')[0] ?? 'en') ?? 'English';
}
