// From what stands in the composer to a message that is sent.
import type { TaskId } from '../../shared/chatTypes.ts';
import type { OutgoingMessage } from './answerRequest.ts';
import { whenSent, type ChosenContext, type TakenAttachments } from './attachments.ts';
import { chooseTask, reasonOf } from './composer.ts';
import { keepDraft } from './deskDrafts.ts';
import type { DeskState } from './deskState.ts';
import { broadcast } from './deskViews.ts';
import { impliedReferences } from './impliedContext.ts';
import { newInstructions } from './instructionFiles.ts';
import type { OpenConversation } from './openConversation.ts';
import { expandOwnCommand } from './ownCommand.ts';

export interface ComposeOptions {
  /** Set where the caller knows it. */
  readonly task?: TaskId;
  /** Goes along in place of what is attached in the composer: a message that is sent again keeps its own. */
  readonly kept?: ChosenContext;
}

/** Text, task and context as they would be sent now. */
export async function compose(desk: DeskState, text: string, { task, kept }: ComposeOptions = {}): Promise<OutgoingMessage> {
  const { current, dependencies: { source } } = desk;
  const collect = async (): Promise<ChosenContext> => {
    await current.attachments.imply(impliedReferences(text, source.offers()));
    return await current.attachments.collect(text, new AbortController().signal);
  };
  return await composeFor(current, desk, { text, task, chosen: kept === undefined ? collect() : Promise.resolve(kept) });
}

/**
 * The conversation and what is attached are settled at once. Reading it may take a while: what is typed and attached meanwhile belongs to the
 * next message, and messages to one conversation go in the order in which they were sent.
 */
export function sendMessage(desk: DeskState, text: string, task?: TaskId): Promise<void> {
  const { current: target, dependencies: { source } } = desk;
  if (target.draft.trim() === text.trim()) target.draft = '';
  target.unsent.push(text);
  const taken = target.attachments.take(impliedReferences(text, source.offers()));
  target.sending = target.sending.then(() => deliver({ desk, target, taken }, text, task));
  return target.sending;
}

interface Delivery {
  readonly desk: DeskState;
  readonly target: OpenConversation;
  readonly taken: TakenAttachments;
}

async function deliver({ desk, target, taken }: Delivery, text: string, task: TaskId | undefined): Promise<void> {
  try {
    const message = await composeFor(target, desk, { text, task, chosen: taken.collect(text, new AbortController().signal) });
    // Closing or deleted: it stays a draft.
    if (desk.isClosing || desk.opened.get(target.id) !== target) return;
    target.conversation.send(message);
    target.unsent.shift();
    taken.sent();
  } catch (error) {
    target.unsent.shift();
    target.draft = [text, target.draft].filter((part) => part.trim() !== '').join('\n\n');
    taken.giveBack();
    tellUnsent(desk, target);
    desk.dependencies.logger.error('a message could not be sent', error);
  }
}

function tellUnsent(desk: DeskState, target: OpenConversation): void {
  keepDraft(desk, target);
  if (desk.current !== target) return;
  broadcast(desk, { type: 'set-draft', text: target.draft, focus: false });
  broadcast(desk, { type: 'notice', text: desk.dependencies.translate('The message could not be sent. It is in the composer again.') });
}

interface Question {
  readonly text: string;
  readonly task: TaskId | undefined;
  readonly chosen: Promise<ChosenContext>;
}

async function composeFor(target: OpenConversation, { dependencies }: DeskState, question: Question): Promise<OutgoingMessage> {
  const { text } = question;
  const { session } = target.stored.log;
  const [chosen, standing] = await Promise.all([question.chosen, collectStanding(target, dependencies, text)]);
  const standingIds = new Set(standing.chips.map((chip) => chip.id));
  const others = chosen.chips.filter((chip) => !standingIds.has(chip.id));
  const otherIds = new Set(others.map((chip) => chip.id));
  const fileCount = others.filter((chip) => chip.kind !== 'instructions').length;
  const choice = question.task === undefined ? chooseTask({ text, session, fileCount }, dependencies) : { task: question.task };
  return {
    text, task: choice.task, model: session.override.model, reason: reasonOf(choice, session.override.model, dependencies.translate),
    chips: [...standing.chips, ...others],
    context: [...standing.context, ...chosen.context.filter((item) => otherIds.has(item.chipId))],
    ...whenSent([standing.onSent, chosen.onSent]),
  };
}

/** What goes along without being chosen, listed like the rest: instruction files where they are new, the prompt behind `/name`. */
async function collectStanding({ stored: { log } }: OpenConversation, { source, translate, ownCommands }: DeskState['dependencies'], text: string): Promise<ChosenContext> {
  const parts = await Promise.all([newInstructions(log, source, translate, new AbortController().signal), expandOwnCommand(text, ownCommands, translate)]);
  return { chips: parts.flatMap((part) => part.chips), context: parts.flatMap((part) => part.context), ...whenSent(parts.map((part) => part.onSent)) };
}
