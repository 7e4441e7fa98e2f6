// What can be done with a message that stands in the transcript: edit it, take it out of the queue, cure its error.
import * as vscode from 'vscode';
import type { ChosenContext } from '../../core/chat/attachments.ts';
import { ownCommandPrefix } from '../../core/chat/chatContext.ts';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { MessageBody } from '../../core/chat/messageBody.ts';
import type { MessageHead } from '../../core/chat/messageTree.ts';
import type { ErrorActionId } from '../../shared/chatTypes.ts';
import { commandIds } from '../../shared/commandIds.ts';

export interface MessageActions {
  editMessage(messageId: string, text: string): Promise<void>;
  unqueue(messageId: string): Promise<void>;
  errorAction(messageId: string, action: ErrorActionId): Promise<void>;
}

export interface MessageActionDependencies {
  readonly desk: ChatDesk;
  readonly pickModel: () => Promise<string | undefined>;
  /** False when there was nothing to compact, or it failed; the user has been told. */
  readonly compact: (until?: string) => Promise<boolean>;
}

const creditsPage = 'https://runapi.ai';

export function createMessageActions(dependencies: MessageActionDependencies): MessageActions {
  const { desk } = dependencies;
  return {
    editMessage: async (messageId, text) => {
      const opened = desk.current;
      const old = await readMessage(desk, messageId);
      const message = await desk.compose(text, { kept: old === undefined ? nothing : oldContext(old) });
      if (opened.conversation.edit(messageId, message) !== undefined) return;
      // It cannot be sent now; what was typed is not lost.
      desk.fillComposer([opened.draft, text].filter((part) => part.trim() !== '').join('\n\n'), true);
    },
    unqueue: async (messageId) => {
      await refill(desk, messageId);
      desk.current.conversation.unqueue(messageId);
    },
    errorAction: (messageId, action) => errorAction(messageId, action, dependencies),
  };
}

async function errorAction(messageId: string, action: ErrorActionId, dependencies: MessageActionDependencies): Promise<void> {
  const { desk } = dependencies;
  const { conversation } = desk.current;
  switch (action) {
    case 'retry': return conversation.retry(messageId);
    case 'continue': return conversation.continueAnswer(messageId);
    case 'compact': return await compactAndAsk(messageId, dependencies);
    case 'add-credits': return void (await vscode.env.openExternal(vscode.Uri.parse(creditsPage, true)));
    case 'open-settings': return void (await vscode.commands.executeCommand(commandIds.openSettings));
    case 'show-log': return void (await vscode.commands.executeCommand(commandIds.showLog));
    case 'set-key': {
      if ((await vscode.commands.executeCommand(commandIds.setKey)) === true) conversation.retry(messageId);
      return;
    }
    case 'pick-model': {
      const model = await dependencies.pickModel();
      if (model !== undefined) conversation.regenerate(messageId, model);
      return;
    }
    case 'shorten': {
      const question = desk.current.stored.log.session.head(messageId)?.parent ?? undefined;
      if (question !== undefined) await refill(desk, question);
      return;
    }
  }
}

/** The question comes behind the summary of all that went before it. Without anything before it, it is too long by what is attached. */
async function compactAndAsk(answerId: string, { desk, compact }: MessageActionDependencies): Promise<void> {
  const { conversation, stored } = desk.current;
  const question = stored.log.session.head(answerId)?.parent ?? undefined;
  const message = question === undefined ? undefined : await readMessage(desk, question);
  if (question === undefined || message === undefined) return;
  const { head, body } = message;
  // What follows would be a branch that nothing leads to. The view does not offer it there.
  if (stored.log.session.path.at(-1) !== answerId) return;
  if (head.parent === null) return await refill(desk, question);
  if (!(await compact(head.parent))) return;
  conversation.send({ text: body.text, chips: head.chips ?? [], context: body.context, task: head.task ?? 'chat', model: head.model, reason: head.reason });
}

/** Takes a message back into the composer, behind what stands there, with what was attached to it. */
async function refill(desk: ChatDesk, messageId: string): Promise<void> {
  const message = await readMessage(desk, messageId);
  if (message === undefined) return;
  const { head, body } = message;
  const sent = (head.chips ?? []).flatMap((chip) => {
    const context = body.context.find((item) => item.chipId === chip.id);
    return context === undefined ? [] : [{ sent: { chip, context } }];
  });
  await desk.current.attachments.restore(sent);
  desk.fillComposer([desk.current.draft, body.text].filter((text) => text.trim() !== '').join('\n\n'), true);
}

interface ReadMessage {
  readonly head: MessageHead;
  readonly body: MessageBody;
}

async function readMessage(desk: ChatDesk, messageId: string): Promise<ReadMessage | undefined> {
  const { log } = desk.current.stored;
  await log.load([messageId]);
  const head = log.session.head(messageId);
  const body = log.session.body(messageId);
  return head === undefined || body === undefined ? undefined : { head, body };
}

const nothing: ChosenContext = { chips: [], context: [] };

/** What went along stays, and nothing else does: what is open or attached now is for the next message. A prompt behind `/name` is made anew. */
function oldContext({ head, body }: ReadMessage): ChosenContext {
  return { chips: (head.chips ?? []).filter((chip) => !chip.id.startsWith(ownCommandPrefix)), context: body.context };
}
