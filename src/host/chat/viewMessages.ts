// What each message of the chat view does. Every message was parsed; what it names is looked up here, never trusted.
import * as vscode from 'vscode';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { ViewChannel } from '../../core/chat/viewChannel.ts';
import { toMessageViews } from '../../core/chat/messageView.ts';
import { shownIds } from '../../core/chat/viewFeed.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { ViewMessage } from '../../shared/protocol.ts';
import type { ChatActions } from './chatActions.ts';
import type { ChatHistory } from './chatHistory.ts';

export type Receivable = Exclude<ViewMessage, { type: 'ready' | 'resync' | 'painted' | 'alive' }>;

export interface ViewMessageDependencies {
  readonly desk: ChatDesk;
  readonly actions: ChatActions;
  readonly history: ChatHistory;
}

export async function receiveViewMessage(message: Receivable, channel: ViewChannel, { desk, actions, history }: ViewMessageDependencies): Promise<void> {
  const { conversation, attachments } = desk.current;
  switch (message.type) {
    case 'send': return await actions.send(message.text);
    case 'stop': return conversation.stop();
    case 'unqueue': return await actions.unqueue(message.messageId);
    case 'edit-message': return await actions.editMessage(message.messageId, message.text);
    case 'regenerate': return conversation.regenerate(message.messageId, message.model);
    case 'continue': return conversation.continueAnswer(message.messageId);
    case 'select-branch': return await conversation.select(message.messageId, message.index);
    case 'error-action': return await actions.errorAction(message.messageId, message.action);
    case 'read-messages': return await readMessages(message, channel, desk);
    case 'draft': return desk.setDraft(message.text, message.scrollTop);
    case 'scrolled': return desk.setPlace(message.sessionId, message.scrollTop);
    case 'select-route': return actions.selectRoute(message.task, message.model);
    case 'suggest': return channel.post({ type: 'suggestions', requestId: message.requestId, items: await actions.suggest(message.trigger, message.query) });
    case 'add-context': return void (await attachments.add(message.reference));
    case 'pick-context': return await actions.pickContext();
    case 'take-offer': return await attachments.takeOffer(message.chipId);
    case 'remove-context': return attachments.remove(message.chipId);
    case 'open-context': return await actions.openContext(message.chipId, message.messageId);
    case 'drop-files': return await actions.dropFiles(message.uris, (answer) => channel.post(answer));
    case 'paste-image': return actions.addImage(message, (answer) => channel.post(answer));
    case 'show-request': return await actions.showRequest(message.messageId);
    case 'copy': return await actions.copy(message.text);
    case 'copy-message': return await actions.copyMessage(message.messageId);
    case 'insert-code': return await actions.insertCode(message.text);
    case 'apply-code': return await actions.applyCode(message);
    case 'new-file': return await actions.newFile(message.text, message.language);
    case 'edit-action': return await actions.editAction(message.editId, message.action);
    case 'open-link': return await actions.openLink(message.url);
    case 'open-file': return await actions.openFile(message.path, message.line);
    case 'list-sessions': return channel.post({ type: 'sessions', requestId: message.requestId, items: await history.list(message.query) });
    case 'new-session': return desk.startNew();
    case 'open-session': return await history.open(message.sessionId);
    case 'rename-session': return await history.rename(message.sessionId, message.title);
    case 'delete-session': return await history.remove(message.sessionId);
    case 'export-session': return await history.exportSession(message.sessionId);
    case 'import-session': return await history.importSession();
    case 'compact': return await actions.compact();
    case 'undo-compact': return actions.undoCompact(message.messageId);
    case 'set-key': return void vscode.commands.executeCommand(commandIds.setKey);
    case 'starter': return await actions.starter(message.index);
  }
}

async function readMessages(message: Receivable & { type: 'read-messages' }, channel: ViewChannel, desk: ChatDesk): Promise<void> {
  const { log } = desk.current.stored;
  const ids = shownIds(log.session).slice(message.from, message.from + message.count);
  await log.load(ids);
  channel.post({ type: 'messages', requestId: message.requestId, from: message.from, messages: toMessageViews(log.session, ids) });
}
