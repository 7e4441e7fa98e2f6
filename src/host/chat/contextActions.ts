import * as vscode from 'vscode';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { ContextSource } from '../../core/context/contextSource.ts';
import type { Translate } from '../../core/translate.ts';
import { kindName, toSuggestion } from '../../core/chat/contextChip.ts';
import type { ImageDocuments } from './imageDocuments.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';

export interface ContextActions {
  pickContext(): Promise<void>;
  /** A chip of the composer, or of a message that was sent. */
  openContext(chipId: string, messageId: string | undefined): Promise<void>;
}

export interface ContextActionDependencies {
  readonly desk: ChatDesk;
  readonly source: ContextSource;
  readonly documents: ReadOnlyDocuments;
  readonly images: ImageDocuments;
  readonly translate: Translate;
}

export function createContextActions({ desk, source, documents, images, translate }: ContextActionDependencies): ContextActions {
  const openSent = async (chipId: string, messageId: string): Promise<void> => {
    const { log } = desk.current.stored;
    await log.load([messageId]);
    const item = log.session.body(messageId)?.context.find((candidate) => candidate.chipId === chipId);
    const chip = log.session.head(messageId)?.chips?.find((candidate) => candidate.id === chipId);
    if (item === undefined) return;
    const name = item.name || chip?.label || 'context';
    await (item.mediaType === undefined ? documents.show(name, item.text) : images.show(name, item.mediaType, item.text));
  };

  return {
    pickContext: async () => {
      const reference = await pickReference(source, translate);
      if (reference !== undefined) await desk.current.attachments.add(reference);
    },
    openContext: async (chipId, messageId) => {
      if (messageId !== undefined) return await openSent(chipId, messageId);
      const image = desk.current.attachments.imageOf(chipId);
      if (image !== undefined) return await images.show(image.label, image.mediaType, image.data);
      const item = desk.current.attachments.itemOf(chipId);
      const part = item?.parts[0];
      if (item === undefined) return;
      if (item.parts.length !== 1 || part?.uri === undefined) return await documents.show(item.name === '' ? kindName(item.kind, translate) : item.name, item.text);
      const selection = item.range === undefined ? undefined : new vscode.Range(item.range.startLine - 1, 0, item.range.endLine, 0);
      await vscode.window.showTextDocument(vscode.Uri.parse(part.uri, true), { preview: true, selection });
    },
  };
}

/** The editor's own picker, asked anew at each key. */
async function pickReference(source: ContextSource, translate: Translate): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly reference: string }>();
  picker.title = vscode.l10n.t('Add context');
  picker.placeholder = vscode.l10n.t('A file, a folder, a symbol, changes, problems, the terminal or a search of the codebase');
  picker.matchOnDescription = true;
  let asking = new AbortController();
  const ask = async (query: string): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    picker.busy = true;
    const found = await source.suggest(query, signal).catch(() => []);
    if (signal.aborted) return;
    picker.items = found.map((suggestion) => {
      const { label, detail, reference } = toSuggestion(suggestion, translate);
      return { label: escapeIcons(label), description: detail === undefined ? undefined : escapeIcons(detail), reference: reference ?? '', alwaysShow: true };
    });
    picker.busy = false;
  };
  picker.onDidChangeValue((value) => void ask(value));
  void ask('');
  picker.show();
  try {
    return await new Promise((resolve) => {
      picker.onDidAccept(() => resolve(picker.selectedItems[0]?.reference));
      picker.onDidHide(() => resolve(undefined));
    });
  } finally {
    asking.abort();
    picker.dispose();
  }
}

/** File names reach a picker that draws `$(icon)`. */
function escapeIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
