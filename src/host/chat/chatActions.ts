// What the user can do in the chat that needs the editor: pickers, documents, commands. The conversation itself is core/chat.
import * as vscode from 'vscode';
import type { OutgoingMessage } from '../../core/chat/answerRequest.ts';
import { ownCommandPrefix } from '../../core/chat/chatContext.ts';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { SentContext } from '../../core/chat/messageBody.ts';
import type { OwnCommandSource } from '../../core/chat/ownCommand.ts';
import { formatRequest } from '../../core/chat/requestText.ts';
import { chooseRoute } from '../../core/chat/composer.ts';
import type { ContextSource } from '../../core/context/contextSource.ts';
import type { TaskRunner } from '../../core/models/taskRunner.ts';
import type { SettingsSource } from '../../core/settings.ts';
import type { Translate } from '../../core/translate.ts';
import type { ComposerSuggestion, ContextChip, ErrorActionId, TaskId } from '../../shared/chatTypes.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { EditReviewer } from '../edit/editReviewer.ts';
import { createCodeActions, type CodeActions } from './codeActions.ts';
import { createContextActions, type ContextActions } from './contextActions.ts';
import { openLink, openWorkspaceFile } from './linkActions.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import { suggestCommands } from '../../core/chat/commandSuggestions.ts';
import { toSuggestion } from '../../core/chat/contextChip.ts';

export interface ChatActions extends CodeActions, ContextActions {
  send(text: string): Promise<void>;
  editMessage(messageId: string, text: string): Promise<void>;
  unqueue(messageId: string): void;
  errorAction(messageId: string, action: ErrorActionId): Promise<void>;
  selectRoute(task: TaskId | 'auto', model: string | undefined): void;
  suggest(trigger: '/' | '@', query: string): Promise<readonly ComposerSuggestion[]>;
  showRequest(messageId: string | undefined): Promise<void>;
  copyMessage(messageId: string): Promise<void>;
  editAction(editId: string, action: 'review' | 'accept' | 'discard' | 'undo' | 'repair'): Promise<void>;
  openLink(url: string): Promise<void>;
  openFile(path: string, line: number | undefined): Promise<void>;
  compact(): Promise<void>;
  undoCompact(): void;
  starter(index: number): Promise<void>;
}

export interface ChatActionDependencies {
  readonly desk: ChatDesk;
  readonly source: ContextSource;
  readonly runner: TaskRunner;
  readonly settings: SettingsSource;
  readonly reviewer: EditReviewer | undefined;
  readonly documents: ReadOnlyDocuments;
  readonly translate: Translate;
  readonly pickModel: () => Promise<string | undefined>;
  readonly ownCommands: OwnCommandSource;
  readonly sendInput: (text: string) => Promise<void>;
  /** False when there was nothing to compact, or it failed; the user has been told. */
  readonly compact: (until?: string) => Promise<boolean>;
  readonly undoCompact: () => void;
  readonly runStarter: (index: number) => Promise<void>;
}

const creditsPage = 'https://runapi.ai/billing';

export function createChatActions(dependencies: ChatActionDependencies): ChatActions {
  const { desk, runner, translate, documents, reviewer } = dependencies;
  const session = () => desk.current.stored.log.session;

  const selectRoute = (task: TaskId | 'auto', model: string | undefined): void => {
    desk.current.stored.log.append({ type: 'override', task: task === 'auto' ? undefined : task, model: model === '' ? undefined : model });
    desk.updateComposer();
  };

  const errorAction = async (messageId: string, action: ErrorActionId): Promise<void> => {
    const { conversation } = desk.current;
    switch (action) {
      case 'retry': return conversation.retry(messageId);
      case 'continue': return (session().body(messageId)?.text ?? '') === '' ? conversation.retry(messageId) : conversation.continueAnswer(messageId);
      case 'set-key': {
        const isSet = await vscode.commands.executeCommand(commandIds.setKey);
        if (isSet === true) conversation.retry(messageId);
        return;
      }
      case 'add-credits': return void vscode.env.openExternal(vscode.Uri.parse(creditsPage, true));
      case 'open-settings': return void vscode.commands.executeCommand(commandIds.openSettings);
      case 'show-log': return void vscode.commands.executeCommand(commandIds.showLog);
      case 'pick-model': {
        const model = await dependencies.pickModel();
        if (model !== undefined) conversation.regenerate(messageId, model);
        return;
      }
      case 'compact': return await compactAndAsk(messageId);
      case 'shorten': {
        const question = session().head(messageId)?.parent;
        if (question !== null && question !== undefined) await refill(question);
        return;
      }
    }
  };

  /** The question comes behind the summary of all that went before it; alone it is too long only by what is attached. */
  const compactAndAsk = async (answerId: string): Promise<void> => {
    const { conversation, stored: { log } } = desk.current;
    const question = session().head(answerId)?.parent ?? undefined;
    if (question === undefined) return;
    await log.load([question]);
    const head = session().head(question);
    const body = session().body(question);
    if (head === undefined || body === undefined) return;
    if (head.parent === null || !(await dependencies.compact(head.parent))) return await refill(question);
    conversation.send({ text: body.text, chips: head.chips ?? [], context: body.context, task: head.task ?? 'chat', model: head.model, reason: head.reason });
  };

  /** Takes a message back into the composer, with what was attached to it. */
  const refill = async (messageId: string): Promise<void> => {
    await desk.current.stored.log.load([messageId]);
    const head = session().head(messageId);
    const body = session().body(messageId);
    if (head === undefined || body === undefined) return;
    const draft = desk.current.draft;
    const sent = (head.chips ?? []).flatMap((chip) => {
      const context = body.context.find((item) => item.chipId === chip.id);
      return context === undefined ? [] : [{ sent: { chip, context } }];
    });
    await desk.current.attachments.restore(sent);
    desk.fillComposer([draft, body.text].filter((text) => text.trim() !== '').join('\n\n'), true);
  };

  return {
    ...createCodeActions({ translate, reviewer }),
    ...createContextActions(dependencies),
    send: dependencies.sendInput,
    editMessage: async (messageId, text) => {
      const opened = desk.current;
      await opened.stored.log.load([messageId]);
      const message = await desk.compose(text);
      opened.conversation.edit(messageId, withOldContext(message, session().head(messageId)?.chips ?? [], session().body(messageId)?.context ?? []));
      opened.attachments.clear();
    },
    unqueue: (messageId) => {
      void refill(messageId).then(() => desk.current.conversation.unqueue(messageId));
    },
    errorAction,
    selectRoute,
    suggest: async (trigger, query) => (trigger === '/' ? suggestCommands(query, translate, await dependencies.ownCommands.list()) : await suggestContext(dependencies.source, query, translate)),
    showRequest: async (messageId) => {
      const { conversation } = desk.current;
      const request = messageId === undefined ? await conversation.previewOf(await desk.compose(desk.current.draft)) : await conversation.requestFor(messageId);
      if (request === undefined) return;
      const route = (messageId === undefined ? undefined : session().head(messageId)?.route) ?? chooseRoute({ task: request.task, reason: request.reason }, session(), runner, translate);
      await documents.show(vscode.l10n.t('Request') + '.json', formatRequest({ request, route, baseUrl: dependencies.settings.current().baseUrl }));
    },
    copyMessage: async (messageId) => {
      await desk.current.stored.log.load([messageId]);
      await vscode.env.clipboard.writeText(session().body(messageId)?.text ?? '');
    },
    editAction: async (editId, action) => {
      if (reviewer?.summary(editId) === undefined) return void vscode.window.showInformationMessage(vscode.l10n.t('These changes do not wait any more. Apply the code blocks one by one, or ask again.'));
      switch (action) {
        case 'review': return await reviewer.review(editId);
        case 'accept': return void (await reviewer.accept(editId));
        case 'discard': return await reviewer.discard(editId);
        case 'undo': return void (await reviewer.undo(editId));
        case 'repair': return await reviewer.repair(editId);
      }
    },
    openLink,
    openFile: openWorkspaceFile,
    compact: async () => void (await dependencies.compact()),
    undoCompact: dependencies.undoCompact,
    starter: dependencies.runStarter,
  };
}

/** What was attached stays; a prompt behind `/name` is made anew from the new words. */
function withOldContext(message: OutgoingMessage, chips: readonly ContextChip[], context: readonly SentContext[]): OutgoingMessage {
  const isNew = new Set(message.chips.map((chip) => chip.id));
  const kept = chips.filter((chip) => !isNew.has(chip.id) && !chip.id.startsWith(ownCommandPrefix));
  const keptIds = new Set(kept.map((chip) => chip.id));
  return { ...message, chips: [...kept, ...message.chips], context: [...context.filter((item) => keptIds.has(item.chipId)), ...message.context] };
}

async function suggestContext(source: ContextSource, query: string, translate: Translate): Promise<readonly ComposerSuggestion[]> {
  const found = await source.suggest(query, new AbortController().signal);
  return found.map((suggestion) => toSuggestion(suggestion, translate));
}
