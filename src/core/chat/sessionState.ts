// The state behind a session and what each event does to it. Every function says what changed for someone who looks at the path.
import type { TaskId, Receipt } from '../../shared/chatTypes.ts';
import type { ChatEvent } from './chatEvent.ts';
import { emptyBody, foldBody, type MessageBody } from './messageBody.ts';
import { createTree, hang, wayOn, withBranches, type MessageHead, type MessageTree, type Place } from './messageTree.ts';
import { joinReceipts } from './receipts.ts';

/** Indices count along the path, with queued messages after its end. */
export type SessionChange =
  | { readonly type: 'added'; readonly index: number; readonly id: string }
  | { readonly type: 'replaced'; readonly from: number }
  | { readonly type: 'delta'; readonly id: string; readonly part: 'text' | 'thinking'; readonly offset: number; readonly text: string }
  | { readonly type: 'changed'; readonly id: string }
  | { readonly type: 'stop-asked'; readonly id: string }
  | { readonly type: 'header' };

export type Changes = readonly SessionChange[];

export interface SessionState {
  readonly tree: MessageTree;
  readonly bodies: Map<string, MessageBody>;
  readonly queued: string[];
  /** From the first message to the active leaf. */
  path: string[];
  title: string | undefined;
  titledByUser: boolean;
  createdAt: number;
  updatedAt: number;
  priceUsd: number | undefined;
  override: { readonly task?: TaskId; readonly model?: string };
}

/** What a damaged file says of another message than an answer is not heeded. */
const answerEvents: ReadonlySet<ChatEvent['type']> = new Set<ChatEvent['type']>(['route', 'delta', 'thought', 'end', 'stop-asked', 'receipt', 'reopened', 'edit']);

/** An image costs as many tokens as this many bytes of text would, however long its base64 is. */
const imageSize = 6_000;

type EventOf<Type extends ChatEvent['type']> = ChatEvent & { readonly type: Type };

export function createState(): SessionState {
  return { tree: createTree(), bodies: new Map(), queued: [], path: [], title: undefined, titledByUser: false, createdAt: 0, updatedAt: 0, priceUsd: undefined, override: {} };
}

/** `size` is what the event adds to the size of its message. */
export function applyEvent(state: SessionState, event: ChatEvent, size: number): Changes {
  if ('at' in event) state.updatedAt = Math.max(state.updatedAt, event.at);
  if (answerEvents.has(event.type) && 'id' in event && state.tree.heads.get(event.id)?.role !== 'assistant') return [];
  switch (event.type) {
    case 'session': return setCreated(state, event);
    case 'message': return addMessage(state, event, size);
    case 'context': return addContext(state, event, size);
    case 'sent': return leaveQueue(state, event);
    case 'unqueued': return dropQueued(state, event.id);
    case 'answer': return append(state, { id: event.id, role: 'assistant', parent: event.parent, createdAt: event.at, status: 'streaming', size: 0 }, emptyBody);
    case 'route': return change(state, event.id, { route: event.route });
    case 'delta': return addDelta(state, event, size);
    case 'thought': return change(state, event.id, { thinkingMs: event.thinkingMs });
    case 'end': return endAnswer(state, event);
    case 'stop-asked': return [{ type: 'stop-asked', id: event.id }];
    case 'receipt': return addReceipt(state, event);
    case 'reopened': return reopen(state, event);
    case 'edit': return change(state, event.id, { edit: event.edit });
    case 'selected': return select(state, event);
    case 'title': return setTitle(state, event);
    case 'compacted': return addCompaction(state, event, size);
    case 'compaction-undone': return undoCompaction(state, event.id);
    case 'spent': return addCost(state, event.receipt);
    case 'override': return setOverride(state, event);
  }
}

function setCreated(state: SessionState, event: EventOf<'session'>): Changes {
  state.createdAt = event.at;
  return [];
}

function addMessage(state: SessionState, event: EventOf<'message'>, size: number): Changes {
  const { id, role, parent, task, model, reason, chips } = event;
  const head: MessageHead = { id, role, parent, createdAt: event.at, status: event.queued === true ? 'queued' : 'done', size, task, model, reason, chips };
  const body = event.body === undefined ? undefined : foldBody(emptyBody, event);
  if (event.queued !== true) return append(state, head, body);
  if (!keep(state, head, body)) return [];
  state.queued.push(id);
  return [{ type: 'added', index: state.path.length + state.queued.length - 1, id }];
}

/** False for an id that is known: two windows may have read the same line. */
function keep(state: SessionState, head: MessageHead, body: MessageBody | undefined): boolean {
  if (state.tree.heads.has(head.id)) return false;
  state.tree.heads.set(head.id, head);
  if (body !== undefined) state.bodies.set(head.id, body);
  return true;
}

function append(state: SessionState, head: MessageHead, body: MessageBody | undefined): Changes {
  // A message whose parent was lost in a torn line has no place.
  if (head.parent !== null && !state.tree.heads.has(head.parent)) return [];
  return keep(state, head, body) ? place(state, head.id, head.parent) : [];
}

function place(state: SessionState, id: string, parent: Place): Changes {
  hang(state.tree, id, parent);
  if (parent !== (state.path.at(-1) ?? null)) return reroute(state, parent);
  state.path.push(id);
  const index = state.path.length - 1;
  return state.queued.length > 0 ? [{ type: 'replaced', from: index }] : [{ type: 'added', index, id }];
}

/** The path from `parent` on, after another branch was chosen there. */
function reroute(state: SessionState, parent: Place): Changes {
  const from = parent === null ? 0 : state.path.lastIndexOf(parent) + 1;
  if (parent !== null && from === 0) return [];
  state.path = [...state.path.slice(0, from), ...wayOn(state.tree, parent)];
  return [{ type: 'replaced', from }];
}

function addContext(state: SessionState, event: EventOf<'context'>, size: number): Changes {
  grow(state, event.id, event.mediaType === undefined ? size : imageSize);
  const body = state.bodies.get(event.id);
  if (body !== undefined && event.body !== undefined) state.bodies.set(event.id, foldBody(body, event));
  return [];
}

function grow(state: SessionState, id: string, size: number): void {
  const head = state.tree.heads.get(id);
  if (head !== undefined) state.tree.heads.set(id, { ...head, size: head.size + size });
}

function leaveQueue(state: SessionState, event: EventOf<'sent'>): Changes {
  const head = state.tree.heads.get(event.id);
  const position = state.queued.indexOf(event.id);
  if (head === undefined || position < 0) return [];
  state.queued.splice(position, 1);
  state.tree.heads.set(event.id, { ...head, parent: event.parent, status: 'done' });
  const from = state.path.length;
  place(state, event.id, event.parent);
  return [{ type: 'replaced', from: Math.min(from, Math.max(0, state.path.length - 1)) }];
}

function dropQueued(state: SessionState, id: string): Changes {
  const position = state.queued.indexOf(id);
  if (position < 0) return [];
  state.queued.splice(position, 1);
  state.tree.heads.delete(id);
  state.bodies.delete(id);
  return [{ type: 'replaced', from: state.path.length + position }];
}

function change(state: SessionState, id: string, patch: Partial<MessageHead>): Changes {
  const head = state.tree.heads.get(id);
  if (head === undefined) return [];
  state.tree.heads.set(id, { ...head, ...patch });
  return state.path.lastIndexOf(id) >= 0 ? [{ type: 'changed', id }] : [];
}

function addDelta(state: SessionState, event: EventOf<'delta'>, size: number): Changes {
  const { id, part } = event;
  grow(state, id, size);
  const body = state.bodies.get(id);
  if (body === undefined || event.body === undefined) return [];
  state.bodies.set(id, foldBody(body, event));
  return state.path.lastIndexOf(id) >= 0 ? [{ type: 'delta', id, part, offset: body[part].length, text: event.body }] : [];
}

function endAnswer(state: SessionState, event: EventOf<'end'>): Changes {
  return change(state, event.id, { status: event.status, error: event.error, thinkingMs: event.thinkingMs ?? state.tree.heads.get(event.id)?.thinkingMs });
}

function addReceipt(state: SessionState, event: EventOf<'receipt'>): Changes {
  const before = state.tree.heads.get(event.id)?.receipt;
  const receipt = before === undefined ? event.receipt : joinReceipts(before, event.receipt);
  return [...change(state, event.id, { receipt, lastUsage: event.receipt.usage }), ...addCost(state, event.receipt)];
}

function addCost(state: SessionState, receipt: Receipt): Changes {
  if (receipt.priceUsd === undefined) return [];
  state.priceUsd = (state.priceUsd ?? 0) + receipt.priceUsd;
  return [{ type: 'header' }];
}

/** Told as a replacement: a patch cannot take an error away. */
function reopen(state: SessionState, event: EventOf<'reopened'>): Changes {
  const body = state.bodies.get(event.id);
  if (body !== undefined) state.bodies.set(event.id, foldBody(body, event));
  const isShown = change(state, event.id, { status: 'streaming', error: undefined }).length > 0;
  return isShown ? [{ type: 'replaced', from: state.path.lastIndexOf(event.id) }] : [];
}

function select(state: SessionState, event: EventOf<'selected'>): Changes {
  if (!(state.tree.children.get(event.parent) ?? []).includes(event.child)) return [];
  state.tree.chosen.set(event.parent, event.child);
  return reroute(state, event.parent);
}

function setTitle(state: SessionState, event: EventOf<'title'>): Changes {
  state.title = event.title;
  state.titledByUser = event.byUser;
  return [{ type: 'header' }];
}

function addCompaction(state: SessionState, event: EventOf<'compacted'>, size: number): Changes {
  const { id, parent, messages, tokensBefore, tokensAfter } = event;
  const head: MessageHead = { id, role: 'notice', parent, createdAt: event.at, status: 'done', size, compaction: { messages, tokensBefore, tokensAfter, undone: false } };
  return append(state, head, event.body === undefined ? undefined : foldBody(emptyBody, event));
}

function undoCompaction(state: SessionState, id: string): Changes {
  const compaction = state.tree.heads.get(id)?.compaction;
  if (compaction === undefined) return [];
  // Requests behind it carried the summary; from now on they carry what it stood for.
  for (const later of withBranches(state.tree, id)) {
    const head = state.tree.heads.get(later);
    if (head?.lastUsage !== undefined) state.tree.heads.set(later, { ...head, lastUsage: undefined });
  }
  return change(state, id, { compaction: { ...compaction, undone: true } });
}

function setOverride(state: SessionState, event: EventOf<'override'>): Changes {
  state.override = { task: event.task, model: event.model };
  return [];
}
