// Builds the chat: stored conversations, the desk, its views, and the commands. Returns what other features may do in it.
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createChatDesk, type ChatDesk } from '../../core/chat/chatDesk.ts';
import { compactHistory, undoCompaction } from '../../core/chat/compaction.ts';
import type { ChatStore } from '../../core/chat/chatStore.ts';
import type { OpenConversation } from '../../core/chat/openConversation.ts';
import { chatSystemPrompt } from '../../core/chat/taskInstructions.ts';
import { writeTitle } from '../../core/chat/title.ts';
import type { Clock } from '../../core/clock.ts';
import type { ContextSource } from '../../core/context/contextSource.ts';
import { RunApiError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import { capabilitiesOf, displayName } from '../../core/models/catalog.ts';
import type { Prices } from '../../core/models/price.ts';
import { describeGuess, taskFromText } from '../../core/models/taskFromText.ts';
import type { TaskRunner } from '../../core/models/taskRunner.ts';
import type { SettingsSource } from '../../core/settings.ts';
import type { Translate } from '../../core/translate.ts';
import type { FinishReason, ErrorCard, TaskId } from '../../shared/chatTypes.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { ChatSnapshot } from '../../shared/protocol.ts';
import type { EditReviewer } from '../edit/editReviewer.ts';
import { actionLabel, toErrorCard, toErrorLine } from '../errorMessages.ts';
import { createChatActions } from './chatActions.ts';
import { createChatHistory } from './chatHistory.ts';
import { createChatInput, pickModelFrom } from './chatInput.ts';
import { registerChatViews } from './chatViews.ts';
import { createDraftFiles } from './draftFiles.ts';
import { createLiveMarks } from './liveMarks.ts';
import { createReadOnlyDocuments } from './readOnlyDocuments.ts';
import { createSessionStore } from './sessionStore.ts';
import { receiveViewMessage } from './viewMessages.ts';

export interface ChatDependencies {
  readonly extensionUri: vscode.Uri;
  /** The folder of this extension's own files. */
  readonly storagePath: string;
  readonly workspaceState: vscode.Memento;
  readonly runner: TaskRunner;
  readonly prices: Prices;
  readonly source: ContextSource;
  readonly settings: SettingsSource;
  readonly reviewer?: EditReviewer;
  readonly editFormat?: () => string;
  /** Models of the account, besides those of the routes. */
  readonly models: () => readonly string[];
  readonly estimateTokens: (text: string) => number;
  /** Whether there is a key for the present address, and its changes. */
  readonly hasKey: () => Promise<boolean>;
  readonly onKeyChange: vscode.Event<void>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly translate: Translate;
}

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

const currentIdState = 'runapi.chat.current';

export function registerChat(dependencies: ChatDependencies): { readonly disposable: vscode.Disposable; readonly chat: ChatControl } {
  const { clock, log, translate, runner, workspaceState } = dependencies;
  let keyState: ChatSnapshot['key'] = 'present';
  const store = createStore(dependencies, (banner) => desk.setBanner(banner));
  const stopMarks = new Map<string, () => void>();

  const desk: ChatDesk = createChatDesk({
    store: store.chat, source: dependencies.source, logger: log, runner, prices: dependencies.prices, clock, translate,
    createId: () => crypto.randomUUID(),
    estimateTokens: dependencies.estimateTokens,
    models: dependencies.models,
    taskFromText: (text) => {
      const guess = taskFromText(text);
      return { task: guess.task, reason: describeGuess(guess, 0, translate) };
    },
    systemPrompt: () => chatSystemPrompt({ language: vscode.env.language, platform: process.platform, workspaceName: vscode.workspace.name }),
    editFormat: () => dependencies.editFormat?.(),
    describeError: (error, kept) => toErrorCard(error, translate, kept),
    describeFinish: (reason) => finishCard(reason, translate),
    waitingText: ({ waitMs, kind }) => translate('Waiting {seconds} s: {reason}', { seconds: Math.ceil(waitMs / 1000), reason: kind }),
    key: () => keyState,
    isRestricted: () => !vscode.workspace.isTrusted,
    starters: () => [],
    currentId: { read: () => workspaceState.get<string>(currentIdState), write: (id) => void workspaceState.update(currentIdState, id) },
    onEnd: (opened, _answerId, outcome) => {
      stopMarks.get(opened.id)?.();
      if (outcome === 'done') void nameConversation(opened, dependencies);
    },
  });

  const compact = async (): Promise<void> => {
    const { conversation, stored } = desk.current;
    if (conversation.isStreaming) return void vscode.window.showInformationMessage(vscode.l10n.t('Wait until the answer is complete, then compact.'));
    const { model, maxTokens } = runner.route({ task: 'compact' });
    try {
      await vscode.window.withProgress({ location: { viewId: 'runapi.chat' } }, () => compactHistory({
        runner, log: stored.log, signal: new AbortController().signal, createId: () => crypto.randomUUID(), now: () => clock.date(),
        estimateTokens: dependencies.estimateTokens, budgetTokens: capabilitiesOf(model).contextTokens - maxTokens,
      }));
      desk.updateComposer();
    } catch (error) {
      void vscode.window.showErrorMessage(toErrorLine(error, translate));
    }
  };

  const documents = createReadOnlyDocuments();
  const history = createChatHistory({ desk, store: store.chat });
  const pickModel = (): Promise<string | undefined> => pickModelFrom([...new Set([runner.route({ task: 'chat' }).model, runner.route({ task: 'refactor' }).model, runner.route({ task: 'commit' }).model, ...dependencies.models()])].map((id) => ({ id, label: displayName(id) })));
  const input = createChatInput({ desk, translate, pickModel, compact, exportCurrent: () => history.exportSession(desk.current.id) });
  const actions = createChatActions({
    desk, source: dependencies.source, runner, settings: dependencies.settings, reviewer: dependencies.reviewer, documents, translate, models: dependencies.models,
    sendInput: (text) => input.send(text),
    compact,
    undoCompact: () => undoCompaction(desk.current.stored),
    runStarter: async () => undefined,
  });
  const views = registerChatViews({
    extensionUri: dependencies.extensionUri, desk, log,
    receive: (message, channel) => {
      void receiveViewMessage(message as Parameters<typeof receiveViewMessage>[0], channel, { desk, actions, history }).catch((error: unknown) => log.error(`chat: ${message.type} failed`, error));
    },
  });

  const readKeyState = async (): Promise<void> => {
    keyState = (await dependencies.hasKey()) ? 'present' : 'absent';
    desk.broadcast({ type: 'key-changed', key: keyState });
  };
  void readKeyState();

  const disposable = vscode.Disposable.from(
    views, documents,
    dependencies.onKeyChange(() => void readKeyState()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => desk.resync()),
    vscode.commands.registerCommand(commandIds.openChat, () => views.reveal(true)),
    vscode.commands.registerCommand(commandIds.newChat, async () => {
      await desk.startNew();
      await views.reveal(true);
    }),
    vscode.commands.registerCommand(commandIds.showHistory, async () => {
      await views.reveal(false);
      desk.broadcast({ type: 'show-sessions' });
    }),
    { dispose: () => { desk.dispose(); void store.close(); } },
  );
  return {
    disposable,
    chat: {
      show: () => views.reveal(true),
      ask: async ({ text, references = [] }) => {
        await desk.ready;
        await views.reveal(true);
        for (const reference of references) await desk.current.attachments.add(reference);
        await desk.send(text);
      },
    },
  };
}

function createStore({ storagePath, clock, log, translate }: ChatDependencies, setBanner: (text: string | undefined) => void): { readonly chat: ChatStore; close(): Promise<void> } {
  const folder = join(storagePath, 'chat');
  const sessions = createSessionStore({
    folder, clock, log, createId: () => crypto.randomUUID(), workspace: vscode.workspace.workspaceFolders?.[0]?.uri.toString(),
    onProblem: (problem) => setBanner(problem === undefined ? undefined : toErrorLine(new RunApiError({ kind: 'storage', retryable: true, cause: problem }), translate)),
  });
  const drafts = createDraftFiles(folder, clock);
  const marks = createLiveMarks(folder, clock);
  return {
    chat: {
      create: () => sessions.create(), open: (id) => sessions.open(id), list: (query) => sessions.list(query), remove: (id) => sessions.remove(id), restore: (id) => sessions.restore(id), release: (id) => sessions.release(id),
      readDraft: (id) => drafts.read(id), saveDraft: (id, draft) => drafts.save(id, draft),
      isLiveElsewhere: (id) => marks.isLiveElsewhere(id), markLive: (id) => marks.mark(id),
    },
    close: async () => { await Promise.all([sessions.close(), drafts.flush()]); },
  };
}

async function nameConversation({ stored }: OpenConversation, { runner, log }: ChatDependencies): Promise<void> {
  try {
    await writeTitle({ runner, log: stored.log, signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    log.debug(`no title: ${error instanceof RunApiError ? error.kind : 'unknown failure'}`);
  }
}

function finishCard(reason: FinishReason, translate: Translate): ErrorCard {
  const action = { id: 'continue' as const, label: actionLabel('continue', translate) };
  switch (reason) {
    case 'length': return { title: translate('The answer was cut at its length limit.'), text: translate('What arrived is kept.'), action };
    case 'content-filter': return { title: translate('A content filter ended the answer.'), text: translate('What arrived is kept. Ask in another way, or another model.') };
    case 'refusal': return toErrorCard(new RunApiError({ kind: 'refusal', retryable: false }), translate);
    default: return { title: translate('The answer ended early.'), text: translate('What arrived is kept.'), action };
  }
}
