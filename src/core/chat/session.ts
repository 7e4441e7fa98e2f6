// A conversation as its events made it: a tree of messages in which edits and regenerated answers are branches, and the path through it
// that is shown. `apply` is the only way to change what it says.
import type { ErrorCard, TaskId } from '../../shared/chatTypes.ts';
import type { ChatEvent } from './chatEvent.ts';
import type { MessageBody } from './messageBody.ts';
import { alternativesOf, wayOn, wayTo, type MessageHead } from './messageTree.ts';
import { applyEvent, createState, type Changes } from './sessionState.ts';

export interface Session {
  readonly id: string;
  readonly title: string | undefined;
  readonly titledByUser: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Undefined until something with a known price was answered. */
  readonly priceUsd: number | undefined;
  readonly override: { readonly task?: TaskId; readonly model?: string };
  /** Ids from the first message to the active leaf. */
  readonly path: readonly string[];
  readonly queued: readonly string[];
  readonly messageCount: number;
  /** All messages, each behind its parent. */
  ids(): readonly string[];
  head(id: string): MessageHead | undefined;
  /** Undefined while the text is in the file only. */
  body(id: string): MessageBody | undefined;
  /** Takes the text that a reader fetched. */
  setBody(id: string, body: MessageBody): void;
  /** Alternatives at the place of this message, oldest first. */
  alternatives(id: string): readonly string[];
  /** From this message to where the path would lead if it were chosen. */
  wayFrom(id: string): readonly string[];
  /** From the first message to this one, shown or not. */
  wayTo(id: string): readonly string[];
  /** Answers without an end, from a window that is gone, become cut ones. */
  closeUnfinished(error: ErrorCard): void;
  apply(event: ChatEvent): Changes;
  /** For readers that leave the text in the file; `size` is that of the line. */
  applyHead(event: ChatEvent, size: number): void;
}

export function createSession(id: string): Session {
  const state = createState();
  const { tree, bodies } = state;
  return {
    id,
    get title() { return state.title; },
    get titledByUser() { return state.titledByUser; },
    get createdAt() { return state.createdAt; },
    get updatedAt() { return state.updatedAt; },
    get priceUsd() { return state.priceUsd; },
    get override() { return state.override; },
    get path() { return state.path; },
    get queued() { return state.queued; },
    get messageCount() { return tree.heads.size; },
    ids: () => [...tree.heads.keys()],
    head: (messageId) => tree.heads.get(messageId),
    body: (messageId) => bodies.get(messageId),
    setBody: (messageId, body) => {
      if (tree.heads.has(messageId)) bodies.set(messageId, body);
    },
    alternatives: (messageId) => alternativesOf(tree, messageId),
    wayFrom: (messageId) => [messageId, ...wayOn(tree, messageId)],
    wayTo: (messageId) => wayTo(tree, messageId),
    closeUnfinished: (error) => {
      for (const head of tree.heads.values()) if (head.status === 'streaming') tree.heads.set(head.id, { ...head, status: 'cut', error });
    },
    apply: (event) => applyEvent(state, event, 'body' in event ? (event.body?.length ?? 0) : 0),
    applyHead: (event, size) => {
      applyEvent(state, 'body' in event ? { ...event, body: undefined } : event, size);
      if (event.type === 'answer') bodies.delete(event.id);
    },
  };
}
