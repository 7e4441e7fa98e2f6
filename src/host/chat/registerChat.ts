// Builds the chat: stored conversations, the desk, its views, and the commands. Returns what other features may do in it.
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createChatDesk, type ChatDesk } from '../../core/chat/chatDesk.ts';
import { undoCompaction } from '../../core/chat/compaction.ts';
import type { OpenConversation } from '../../core/chat/openConversation.ts';
import { writeTitle } from '../../core/chat/title.ts';
import type { TurnOutcome } from '../../core/chat/turn.ts';
import { RunApiError } from '../../core/errors.ts';
import { displayName } from '../../core/models/catalog.ts';
import type { TaskId } from '../../shared/chatTypes.ts';
import { commandIds } from '../../shared/commandIds.ts';
import { toErrorLine } from '../errorMessages.ts';
import { createReviewedEdits } from './answerEdits.ts';
import { createChatActions, type ChatActions } from './chatActions.ts';
import type { ChatDependencies } from './chatDependencies.ts';
import { createChatHistory } from './chatHistory.ts';
import { createChatInput, pickModelFrom } from './chatInput.ts';
import { createChatStorage } from './chatStorage.ts';
import { registerChatViews, type ChatViews, type ChatViewsDependencies } from './chatViews.ts';
import { compactCurrent } from './compactCurrent.ts';
import { deskParts } from './deskParts.ts';
import { createImageDocuments } from './imageDocuments.ts';
import { createKeyState } from './keyState.ts';
import { createOwnCommandFiles } from './ownCommandFiles.ts';
import { createReadOnlyDocuments } from './readOnlyDocuments.ts';
import { createStarters } from './starters.ts';
import { receiveViewMessage, type ViewMessageDependencies } from './viewMessages.ts';

export interface ChatQuestion {
  readonly task: TaskId;
  readonly text: string;
  /** As formatReference writes them. */
  readonly references?: readonly string[];
}

/** What other features may do in the chat. */
export interface ChatControl {
  /** Shows the chat and asks there. Queued while an answer streams. */
  ask(question: ChatQuestion): Promise<void>;
  show(): Promise<void>;
}

export interface RegisteredChat {
  readonly disposable: vscode.Disposable;
  readonly chat: ChatControl;
  /** Ends streams and writes what is pending: to be awaited in deactivate. */
  close(): Promise<void>;
}

export function registerChat(dependencies: ChatDependencies): RegisteredChat {
  const { log, translate } = dependencies;
  const storage = createStorage(dependencies, () => desk);
  const key = createKeyState(dependencies, (state) => desk.broadcast({ type: 'key-changed', key: state }));
  const starters = createStarters(translate, () => desk.resyncIfEmpty());
  const ownCommands = createOwnCommandFiles(dependencies);
  const reviewed = dependencies.reviewer === undefined ? undefined : createReviewedEdits({ reviewer: dependencies.reviewer, desk: () => desk, restore: (text, uri) => dependencies.redactor.restore(text, uri), onError: (error) => log.error('the edits of an answer could not be prepared', error) });

  const desk: ChatDesk = createChatDesk({
    ...dependencies, ...deskParts(dependencies),
    store: storage.store, logger: log, ownCommands, edits: reviewed?.edits,
    createId: () => crypto.randomUUID(),
    key: () => key.current(),
    isRestricted: () => !vscode.workspace.isTrusted,
    starters: () => starters.current().map(({ label, detail }) => ({ label, detail })),
    onEnd: (opened, answerId, outcome) => {
      key.noteAnswer(opened.stored.log.session.head(answerId)?.error);
      void afterAnswer(opened, outcome, dependencies);
    },
  });

  const documents = createReadOnlyDocuments();
  const images = createImageDocuments();
  const history = createChatHistory({ desk, store: storage.store, translate });
  const pickModel = (): Promise<string | undefined> => pickModelFrom(knownModels(dependencies).map((id) => ({ id, label: displayName(id) })));
  const compact = (until?: string): Promise<boolean> => compactCurrent(desk, dependencies, until);
  const input = createChatInput({ desk, translate, pickModel, compact, exportCurrent: () => history.exportSession(desk.current.id) });
  const actions: ChatActions = createChatActions({
    ...dependencies, reviewer: dependencies.reviewer, reviewed, desk, documents, images, ownCommands, pickModel, compact,
    sendInput: (text) => input.send(text),
    undoCompact: (messageId) => {
      undoCompaction(desk.current.stored, messageId);
      desk.updateComposer();
    },
    runStarter: async (index) => {
      const starter = starters.current()[index];
      if (starter !== undefined) await ask(desk, starter);
    },
  });
  const views = registerChatViews({ extensionUri: dependencies.extensionUri, desk, log, receive: receiveMessages({ desk, actions, history }, dependencies) });

  const close = async (): Promise<void> => {
    await desk.close();
    await storage.close();
  };
  const disposable = vscode.Disposable.from(
    views, documents, images, key, starters, ...registerCommands(desk, views),
    vscode.workspace.onDidGrantWorkspaceTrust(() => desk.resync()),
    { dispose: () => { reviewed?.dispose(); void close(); } },
  );
  return { disposable, chat: createChatControl(desk, views), close };
}

function receiveMessages(receivers: ViewMessageDependencies, { log, translate }: ChatDependencies): ChatViewsDependencies['receive'] {
  return (message, channel) => {
    receiveViewMessage(message, channel, receivers).catch((error: unknown) => {
      log.error(`chat: ${message.type} failed`, error);
      void vscode.window.showErrorMessage(toErrorLine(error, translate));
    });
  };
}

function createChatControl(desk: ChatDesk, views: ChatViews): ChatControl {
  return {
    show: () => views.reveal(),
    ask: async (question) => {
      await views.reveal();
      await ask(desk, question);
    },
  };
}

async function ask(desk: ChatDesk, { text, references = [], task }: { readonly text: string; readonly references?: readonly string[]; readonly task?: TaskId }): Promise<void> {
  await desk.ready;
  for (const reference of references) await desk.current.attachments.add(reference);
  await desk.send(text, task);
}

const windowNameState = 'runapi.chat.window';

function createStorage({ storagePath, workspaceState, clock, log, translate }: ChatDependencies, desk: () => ChatDesk) {
  return createChatStorage({
    folder: join(storagePath, 'chat'), clock, log, createId: () => crypto.randomUUID(),
    workspace: vscode.workspace.workspaceFolders?.[0]?.uri.toString(),
    windowName: { read: () => workspaceState.get<string>(windowNameState), write: (name) => void workspaceState.update(windowNameState, name) },
    onProblem: (problem) => desk().setBanner('storage', problem === undefined ? undefined : toErrorLine(new RunApiError({ kind: 'storage', retryable: true, cause: problem }), translate)),
    onSetAside: (name) => void vscode.window.showWarningMessage(vscode.l10n.t('A conversation could not be read. Its file is kept beside the others: {0}', name)),
  });
}

function knownModels({ runner, models }: ChatDependencies): readonly string[] {
  return [...new Set([...(['chat', 'refactor', 'commit'] as const).map((task) => runner.route({ task }).model), ...models()])];
}

async function afterAnswer({ stored }: OpenConversation, outcome: TurnOutcome, { runner, log }: ChatDependencies): Promise<void> {
  if (outcome !== 'done') return;
  try {
    await writeTitle({ runner, log: stored.log, signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    log.debug(`no title: ${error instanceof RunApiError ? error.kind : 'unknown failure'}`);
  }
}

function registerCommands(desk: ChatDesk, views: ChatViews): readonly vscode.Disposable[] {
  return [
    vscode.commands.registerCommand(commandIds.openChat, () => views.reveal()),
    vscode.commands.registerCommand(commandIds.openChatInEditor, () => views.openInEditor()),
    vscode.commands.registerCommand(commandIds.newChat, async () => {
      desk.startNew();
      await views.reveal();
    }),
    vscode.commands.registerCommand(commandIds.showHistory, () => views.revealHistory()),
  ];
}
