// The shape of a conversation: each message hangs on the one before; what was edited or regenerated hangs on the same one, as a branch.
import type { CompactionView, ContextChip, EditSummary, ErrorCard, MessageStatus, Receipt, RouteDecision, TaskId, Usage } from '../../shared/chatTypes.ts';

/** What is known of a message without its text. */
export interface MessageHead {
  readonly id: string;
  readonly role: 'user' | 'assistant' | 'notice';
  readonly parent: string | null;
  readonly createdAt: number;
  readonly status: MessageStatus;
  readonly task?: TaskId;
  /** The model and the reason that the user chose for this message alone. */
  readonly model?: string;
  readonly reason?: string;
  readonly chips?: readonly ContextChip[];
  readonly route?: RouteDecision;
  /** Of all its requests: an answer that was continued took several. */
  readonly receipt?: Receipt;
  /** Of its last request, while a request from this place would still be about as large. */
  readonly lastUsage?: Usage;
  readonly error?: ErrorCard;
  readonly thinkingMs?: number;
  readonly edit?: EditSummary;
  readonly compaction?: CompactionView;
  /** Characters of text and context; bytes for what was read from a file without its text. */
  readonly size: number;
}

/** A message to hang others on; `null` is the place before the first. */
export type Place = string | null;

export interface MessageTree {
  readonly heads: Map<string, MessageHead>;
  readonly children: Map<Place, string[]>;
  /** The branch that is shown at each place. */
  readonly chosen: Map<Place, string>;
}

export function createTree(): MessageTree {
  return { heads: new Map(), children: new Map(), chosen: new Map() };
}

/** Hangs a message behind `parent` and shows it there. */
export function hang(tree: MessageTree, id: string, parent: Place): void {
  const siblings = tree.children.get(parent);
  if (siblings === undefined) tree.children.set(parent, [id]);
  else siblings.push(id);
  tree.chosen.set(parent, id);
}

/** A message and all that hangs on it, on every branch. */
export function withBranches(tree: Pick<MessageTree, 'children'>, id: string): readonly string[] {
  const found = [id];
  for (let index = 0; index < found.length; index++) found.push(...(tree.children.get(found[index] ?? id) ?? []));
  return found;
}

/** The shown messages behind a place. */
export function wayOn(tree: MessageTree, place: Place): string[] {
  const way: string[] = [];
  for (let next = tree.chosen.get(place); next !== undefined; next = tree.chosen.get(next)) way.push(next);
  return way;
}

/** From the first message to this one, whatever branch it is on. */
export function wayTo(tree: Pick<MessageTree, 'heads'>, id: string): readonly string[] {
  const way: string[] = [];
  for (let next: Place | undefined = id; next !== null && next !== undefined; next = tree.heads.get(next)?.parent) way.push(next);
  return way.reverse();
}

/** The branches at the place of a message, oldest first. Notices stand between messages; they are no alternative to an answer. */
export function alternativesOf(tree: MessageTree, id: string): readonly string[] {
  const head = tree.heads.get(id);
  if (head === undefined) return [];
  return (tree.children.get(head.parent) ?? []).filter((sibling) => tree.heads.get(sibling)?.role === head.role);
}
