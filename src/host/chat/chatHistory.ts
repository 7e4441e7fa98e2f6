// The list of conversations and what can be done with one: open, rename, delete (into a trash), export, import.
import * as vscode from 'vscode';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { ChatStore } from '../../core/chat/chatStore.ts';
import { parseImport, toJson, toMarkdown, type ImportRefusal } from '../../core/chat/exportSession.ts';
import type { Session } from '../../core/chat/session.ts';
import type { Translate } from '../../core/translate.ts';
import type { SessionSummary } from '../../shared/chatTypes.ts';

export interface ChatHistory {
  list(query: string): Promise<readonly SessionSummary[]>;
  open(id: string): Promise<void>;
  rename(id: string, title: string): Promise<void>;
  remove(id: string): Promise<void>;
  exportSession(id: string): Promise<void>;
  importSession(): Promise<void>;
}

export interface ChatHistoryDependencies {
  readonly desk: ChatDesk;
  readonly store: ChatStore;
  readonly translate: Translate;
}

/** Larger files hold no conversation that this product wrote. */
const longestImport = 64 * 1024 * 1024;

export function createChatHistory(dependencies: ChatHistoryDependencies): ChatHistory {
  const { desk, store } = dependencies;
  let changing: Promise<void> = Promise.resolve();
  const change = (work: () => Promise<void>): Promise<void> => {
    const done = changing.then(work);
    changing = done.catch(() => undefined);
    return done;
  };
  return {
    // The view asks for the list right behind a change, and is to see it.
    list: async (query) => {
      await changing;
      return await store.list(query);
    },
    open: async (id) => {
      if (!(await desk.show(id))) tellGone();
    },
    rename: (id, title) => change(async () => {
      const stored = await store.open(id);
      if (stored === undefined) return tellGone();
      stored.log.append({ type: 'title', title, byUser: true });
      await stored.log.flush();
      await releaseUnused(id, dependencies);
    }),
    remove: async (id) => {
      await change(async () => {
        await desk.leave(id);
        await store.remove(id);
      });
      const undo = vscode.l10n.t('Undo');
      if ((await vscode.window.showInformationMessage(vscode.l10n.t('The conversation is in the trash.'), undo)) !== undo) return;
      await store.restore(id);
      await desk.show(id);
    },
    exportSession: (id) => exportSession(id, dependencies),
    importSession: () => importSession(dependencies),
  };
}

function tellGone(): void {
  void vscode.window.showWarningMessage(vscode.l10n.t('This conversation cannot be opened. The others are not touched.'));
}

/** One that is not open in the chat was read for a moment only. */
async function releaseUnused(id: string, { desk, store }: ChatHistoryDependencies): Promise<void> {
  if (!desk.isOpen(id)) await store.release(id);
}

async function exportSession(id: string, dependencies: ChatHistoryDependencies): Promise<void> {
  const stored = await dependencies.store.open(id);
  if (stored === undefined) return tellGone();
  const { log } = stored;
  const name = fileNameOf(log.session.title ?? stored.firstText ?? '');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export the conversation'),
    defaultUri: folder === undefined ? undefined : vscode.Uri.joinPath(folder, `${name}.md`),
    filters: { Markdown: ['md'], JSON: ['json'] },
  });
  if (target !== undefined) {
    await log.load(log.session.ids());
    if (target.path.endsWith('.json')) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(toJson(log.session)));
    else await writeMarkdown(log.session, target, dependencies.translate);
  }
  await releaseUnused(id, dependencies);
}

/** Images stand in a folder beside the text, made only where there are some. */
async function writeMarkdown(session: Session, target: vscode.Uri, translate: Translate): Promise<void> {
  const folder = `${target.path.slice(target.path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')}.images`;
  const { text, images } = toMarkdown(session, translate, folder);
  for (const { name, data } of images) await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(target, '..', folder, name), Buffer.from(data, 'base64'));
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(target, { preview: true });
}

async function importSession({ desk, store }: ChatHistoryDependencies): Promise<void> {
  const [uri] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Import a conversation'), filters: { JSON: ['json'] }, canSelectMany: false })) ?? [];
  if (uri === undefined) return;
  const { size } = await vscode.workspace.fs.stat(uri);
  const result = size > longestImport ? { ok: false as const, reason: 'not-a-conversation' as const } : parseImport(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  if (!result.ok) return void vscode.window.showWarningMessage(refusalText(result.reason));
  const created = store.create();
  for (const event of result.events) created.log.append(event);
  await desk.show(created.log.session.id);
}

function refusalText(reason: ImportRefusal): string {
  switch (reason) {
    case 'not-json': return vscode.l10n.t('The file is not JSON. Nothing was imported.');
    case 'not-a-conversation': return vscode.l10n.t('The file is not an exported conversation. Nothing was imported.');
    case 'newer-version': return vscode.l10n.t('The file was written by a newer version of RunAPI Assistant. Nothing was imported.');
    case 'empty': return vscode.l10n.t('There is no message in the file. Nothing was imported.');
  }
}

/** Titles come from a model. */
function fileNameOf(title: string): string {
  return title.replaceAll(/[^\p{L}\p{N} _-]/gu, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, 60) || 'conversation';
}
