// What a typed command is about when nothing is attached: it becomes a chip at once, with its size and a way to remove it, before anything
// is sent.
import type { ContextReference } from '../context/contextReference.ts';
import type { ContextOffer } from '../context/contextSource.ts';
import { commandOf, taskCommands } from './slashCommands.ts';

/** Best first; the first that has something in it is meant. Empty for free text and for commands of the chat itself. */
export function impliedReferences(draft: string, offers: readonly ContextOffer[]): readonly ContextReference[] {
  const command = commandOf(draft);
  if (command === undefined || !Object.hasOwn(taskCommands, command.name)) return [];
  const selection = offers.filter((offer) => offer.kind === 'selection').map((offer) => offer.reference);
  const file = offers.filter((offer) => offer.kind === 'file').map((offer) => offer.reference);
  switch (command.name) {
    case 'commit': return [{ kind: 'staged' }, { kind: 'changes' }];
    case 'review': return [...selection, { kind: 'changes' }, ...file];
    default: return [...selection, ...file];
  }
}
