// From what stands in the composer to a message that can be sent.
import type { TaskId } from '../../shared/chatTypes.ts';
import type { OutgoingMessage } from './answerRequest.ts';
import type { ChosenContext } from './attachments.ts';
import { chooseTask, reasonOf } from './composer.ts';
import type { DeskState } from './deskState.ts';
import { impliedReferences } from './impliedContext.ts';
import { newInstructions } from './instructionFiles.ts';
import { expandOwnCommand } from './ownCommand.ts';

/** Text, task and context as they would be sent now. */
export async function compose({ current, dependencies }: DeskState, text: string, task?: TaskId): Promise<OutgoingMessage> {
  const { session } = current.stored.log;
  const { attachments } = current;
  await attachments.imply(impliedReferences(text, dependencies.source.offers()));
  const fileCount = attachments.chips().filter((chip) => chip.offered !== true && chip.kind !== 'instructions').length;
  const choice = task === undefined ? chooseTask({ text, session, fileCount }, dependencies) : { task };
  const [chosen, standing] = await Promise.all([attachments.collect(new AbortController().signal), collectStanding({ current, dependencies }, text)]);
  return {
    text, task: choice.task, model: session.override.model, reason: reasonOf(choice, session.override.model, dependencies.translate),
    chips: [...standing.chips, ...chosen.chips],
    context: [...standing.context, ...chosen.context],
  };
}

export async function sendMessage(desk: DeskState, text: string, task?: TaskId): Promise<void> {
  const target = desk.current;
  const message = await compose(desk, text, task);
  target.conversation.send(message);
  // What was typed meanwhile is the next draft.
  if (target.draft.trim() === text.trim()) target.draft = '';
  target.attachments.clear();
}

/** What goes along without being chosen, listed like the rest: instruction files where they are new, the prompt behind `/name`. */
async function collectStanding({ current, dependencies }: Pick<DeskState, 'current' | 'dependencies'>, text: string): Promise<ChosenContext> {
  const { source, translate, ownCommands } = dependencies;
  const parts = await Promise.all([newInstructions(current.stored.log, source, translate, new AbortController().signal), expandOwnCommand(text, ownCommands, translate)]);
  return { chips: parts.flatMap((part) => part.chips), context: parts.flatMap((part) => part.context) };
}
