// What the user can do in the chat that needs the editor: pickers, documents, commands. The conversation itself is core/chat.
import * as vscode from 'vscode';
import type { WireOf } from '../../core/api/wireRequest.ts';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { OwnCommandSource } from '../../core/chat/ownCommand.ts';
import { formatRequest } from '../../core/chat/requestText.ts';
import { chooseRoute } from '../../core/chat/composer.ts';
import type { ContextSource } from '../../core/context/contextSource.ts';
import type { TaskRunner } from '../../core/models/taskRunner.ts';
import type { SettingsSource } from '../../core/settings.ts';
import type { Translate } from '../../core/translate.ts';
import type { ComposerSuggestion, TaskId } from '../../shared/chatTypes.ts';
import type { EditReviewer } from '../edit/editReviewer.ts';
import type { ReviewedEdits } from './answerEdits.ts';
import { createCodeActions, type CodeActions } from './codeActions.ts';
import { createContextActions, type ContextActions } from './contextActions.ts';
import { createDroppedFiles, type DroppedFiles } from './droppedFiles.ts';
import { createEditActions, type EditActions } from './editActions.ts';
import type { ImageDocuments } from './imageDocuments.ts';
import { openLink, openWorkspaceFile } from './linkActions.ts';
import { createMessageActions, type MessageActions } from './messageActions.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import { suggestCommands } from '../../core/chat/commandSuggestions.ts';
import { toSuggestion } from '../../core/chat/contextChip.ts';

export interface ChatActions extends CodeActions, ContextActions, DroppedFiles, EditActions, MessageActions {
  send(text: string): Promise<void>;
  selectRoute(task: TaskId | 'auto', model: string | undefined): void;
  suggest(trigger: '/' | '@', query: string): Promise<readonly ComposerSuggestion[]>;
  showRequest(messageId: string | undefined): Promise<void>;
  copyMessage(messageId: string): Promise<void>;
  openLink(url: string): Promise<void>;
  openFile(path: string, line: number | undefined): Promise<void>;
  compact(): Promise<void>;
  undoCompact(messageId: string): void;
  starter(index: number): Promise<void>;
}

export interface ChatActionDependencies {
  readonly desk: ChatDesk;
  readonly source: ContextSource;
  readonly runner: TaskRunner;
  readonly wireOf: WireOf;
  readonly settings: SettingsSource;
  readonly reviewer: EditReviewer | undefined;
  readonly reviewed: ReviewedEdits | undefined;
  readonly documents: ReadOnlyDocuments;
  readonly images: ImageDocuments;
  readonly translate: Translate;
  readonly pickModel: () => Promise<string | undefined>;
  readonly ownCommands: OwnCommandSource;
  readonly sendInput: (text: string) => Promise<void>;
  /** False when there was nothing to compact, or it failed; the user has been told. */
  readonly compact: (until?: string) => Promise<boolean>;
  readonly undoCompact: (messageId: string) => void;
  readonly runStarter: (index: number) => Promise<void>;
}

export function createChatActions(dependencies: ChatActionDependencies): ChatActions {
  const { desk, runner, translate, documents, reviewer } = dependencies;
  const session = () => desk.current.stored.log.session;

  /** A task brings its own model, which is not set then: a change of the routes counts at once. */
  const selectRoute = (task: TaskId | 'auto', model: string | undefined): void => {
    const isOwn = task !== 'auto' && model === runner.route({ task }).model;
    desk.current.stored.log.append({ type: 'override', task: task === 'auto' ? undefined : task, model: isOwn || model === '' ? undefined : model });
    desk.updateComposer();
  };

  return {
    ...createCodeActions({ translate, reviewer }),
    ...createContextActions(dependencies),
    ...createDroppedFiles(dependencies),
    ...createEditActions(dependencies),
    ...createMessageActions(dependencies),
    send: dependencies.sendInput,
    selectRoute,
    suggest: async (trigger, query) => (trigger === '/' ? suggestCommands(query, translate, await dependencies.ownCommands.list()) : await suggestContext(dependencies.source, query, translate)),
    showRequest: async (messageId) => {
      const { conversation } = desk.current;
      const shown = messageId === undefined ? { request: await conversation.previewOf(await desk.compose(desk.current.draft)), isRebuilt: false } : await conversation.requestFor(messageId);
      if (shown === undefined) return;
      const { request, isRebuilt } = shown;
      const note = isRebuilt ? vscode.l10n.t('Built again from the conversation and the settings as they are now. What was sent then may have been different.') : undefined;
      const route = (messageId === undefined ? undefined : session().head(messageId)?.route) ?? chooseRoute({ task: request.task, reason: request.reason }, session(), runner, translate);
      await documents.show(`${isRebuilt ? vscode.l10n.t('Request, built again') : vscode.l10n.t('Request')}.json`, formatRequest({ request, route, baseUrl: dependencies.settings.current().baseUrl, wireOf: dependencies.wireOf, note }));
    },
    copyMessage: async (messageId) => {
      await desk.current.stored.log.load([messageId]);
      await vscode.env.clipboard.writeText(session().body(messageId)?.text ?? '');
    },
    openLink,
    openFile: openWorkspaceFile,
    compact: async () => void (await dependencies.compact()),
    undoCompact: dependencies.undoCompact,
    starter: dependencies.runStarter,
  };
}

async function suggestContext(source: ContextSource, query: string, translate: Translate): Promise<readonly ComposerSuggestion[]> {
  const found = await source.suggest(query, new AbortController().signal);
  return found.map((suggestion) => toSuggestion(suggestion, translate));
}
