import * as vscode from 'vscode';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { ChatStore } from '../../core/chat/chatStore.ts';
import type { SessionSummary } from '../../shared/chatTypes.ts';

/** The list of conversations and what can be done with one. */
export interface ChatHistory {
  list(query: string): Promise<readonly SessionSummary[]>;
  open(id: string): Promise<void>;
  rename(id: string, title: string): Promise<void>;
  remove(id: string): Promise<void>;
  exportSession(id: string): Promise<void>;
  importSession(): Promise<void>;
}

export function createChatHistory({ desk, store }: { readonly desk: ChatDesk; readonly store: ChatStore }): ChatHistory {
  const tellGone = (): void => void vscode.window.showWarningMessage(vscode.l10n.t('This conversation cannot be opened. The others are not touched.'));
  return {
    list: (query) => store.list(query),
    open: async (id) => {
      if (!(await desk.show(id))) tellGone();
    },
    rename: async (id, title) => {
      const stored = await store.open(id);
      if (stored === undefined) return tellGone();
      stored.log.append({ type: 'title', title, byUser: true });
      if (desk.current.id !== id) await store.release(id);
    },
    remove: async (id) => {
      if (desk.current.id === id) await desk.startNew();
      await store.remove(id);
      const undo = vscode.l10n.t('Undo');
      if ((await vscode.window.showInformationMessage(vscode.l10n.t('The conversation is in the trash.'), undo)) !== undo) return;
      await store.restore(id);
      await desk.show(id);
    },
    exportSession: async () => undefined,
    importSession: async () => undefined,
  };
}
