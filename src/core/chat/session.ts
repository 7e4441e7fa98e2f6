// A conversation as its events made it: a tree of messages in which edits and regenerated answers are branches, and the path through it
// that is shown. `apply` is the only way to change it and says what that changed for someone who looks at the path.
import type { CompactionView, ContextChip, EditSummary, ErrorCard, MessageStatus, Receipt, RouteDecision, TaskId } from '../../shared/chatTypes.ts';
import type { ChatEvent } from './chatEvent.ts';
import { emptyBody, foldBody, type MessageBody } from './messageBody.ts';

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
  readonly receipt?: Receipt;
  readonly error?: ErrorCard;
  readonly thinkingMs?: number;
  readonly edit?: EditSummary;
  readonly compaction?: CompactionView;
  /** Characters of text and context; bytes for what was read from a file without its text. */
  readonly size: number;
}

/** Indices count along the path, with queued messages after its end. */
export type SessionChange =
  | { readonly type: 'added'; readonly index: number; readonly id: string }
  | { readonly type: 'replaced'; readonly from: number }
  | { readonly type: 'delta'; readonly id: string; readonly part: 'text' | 'thinking'; readonly offset: number; readonly text: string }
  | { readonly type: 'changed'; readonly id: string }
  | { readonly type: 'header' };

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
  head(id: string): MessageHead | undefined;
  /** Undefined while the text is in the file only. */
  body(id: string): MessageBody | undefined;
  /** Takes the text that a reader fetched. */
  setBody(id: string, body: MessageBody): void;
  dropBody(id: string): void;
  /** Alternatives at the place of this message, oldest first. */
  alternatives(id: string): readonly string[];
  /** Where the path would lead if this message were chosen. */
  pathThrough(id: string): readonly string[];
  /** Answers without an end, from a window that is gone, become cut ones. */
  closeUnfinished(error: ErrorCard): void;
  /** `size` is given by readers that leave the body out. */
  apply(event: ChatEvent, size?: number): readonly SessionChange[];
}

/** The active way on from a message; `null` is the place before the first. */
type Place = string | null;

interface Tree {
  readonly heads: Map<string, MessageHead>;
  readonly children: Map<Place, string[]>;
  readonly chosen: Map<Place, string>;
}

export function createSession(id: string): Session {
  const tree: Tree = { heads: new Map(), children: new Map(), chosen: new Map() };
  const bodies = new Map<string, MessageBody>();
  const queued: string[] = [];
  const header = { title: undefined as string | undefined, titledByUser: false, createdAt: 0, updatedAt: 0, priceUsd: undefined as number | undefined, override: {} as Session['override'] };
  let path: string[] = [];

  const isShown = (messageId: string): boolean => path.lastIndexOf(messageId) >= 0;

  const append = (head: MessageHead, body: MessageBody | undefined): readonly SessionChange[] => {
    if (tree.heads.has(head.id) || (head.parent !== null && !tree.heads.has(head.parent))) return [];
    tree.heads.set(head.id, head);
    if (body !== undefined) bodies.set(head.id, body);
    return place(head.id, head.parent);
  };

  /** Puts a message behind its parent and makes it the chosen one there. */
  const place = (messageId: string, parent: Place): readonly SessionChange[] => {
    siblingsAt(tree, parent).push(messageId);
    tree.chosen.set(parent, messageId);
    const leaf = path.at(-1) ?? null;
    if (parent === leaf) {
      path.push(messageId);
      return queued.length > 0 ? [{ type: 'replaced', from: path.length - 1 }] : [{ type: 'added', index: path.length - 1, id: messageId }];
    }
    return reroute(parent);
  };

  const reroute = (parent: Place): readonly SessionChange[] => {
    const from = parent === null ? 0 : path.lastIndexOf(parent) + 1;
    if (parent !== null && from === 0) return [];
    path = [...path.slice(0, from), ...wayOn(tree, parent)];
    return [{ type: 'replaced', from }];
  };

  const change = (messageId: string, patch: Partial<MessageHead>): readonly SessionChange[] => {
    const head = tree.heads.get(messageId);
    if (head === undefined) return [];
    tree.heads.set(messageId, { ...head, ...patch });
    return isShown(messageId) || queued.includes(messageId) ? [{ type: 'changed', id: messageId }] : [];
  };

  /** Told as a replacement: a patch cannot take an error away. */
  const reopen = (messageId: string): readonly SessionChange[] => {
    change(messageId, { status: 'streaming', error: undefined });
    const from = path.lastIndexOf(messageId);
    return from < 0 ? [] : [{ type: 'replaced', from }];
  };

  const grow = (messageId: string, size: number): void => {
    const head = tree.heads.get(messageId);
    if (head !== undefined) tree.heads.set(messageId, { ...head, size: head.size + size });
  };

  const addDelta = (event: ChatEvent & { type: 'delta' }, size: number): readonly SessionChange[] => {
    grow(event.id, size);
    const body = bodies.get(event.id);
    if (body === undefined || event.body === undefined) return [];
    const offset = body[event.part].length;
    bodies.set(event.id, foldBody(body, event));
    return isShown(event.id) ? [{ type: 'delta', id: event.id, part: event.part, offset, text: event.body }] : [];
  };

  const addContext = (event: ChatEvent & { type: 'context' }, size: number): readonly SessionChange[] => {
    grow(event.id, size);
    const body = bodies.get(event.id);
    if (body === undefined || event.body === undefined) return [];
    bodies.set(event.id, foldBody(body, event));
    return [];
  };

  const addMessage = (event: ChatEvent & { type: 'message' }, size: number): readonly SessionChange[] => {
    const { task, model, reason, chips } = event;
    const head: MessageHead = { id: event.id, role: event.role, parent: event.parent, createdAt: event.at, status: event.queued === true ? 'queued' : 'done', size, task, model, reason, chips };
    const body = event.body === undefined ? undefined : foldBody(emptyBody, event);
    if (event.queued !== true) return append(head, body);
    if (tree.heads.has(head.id)) return [];
    tree.heads.set(head.id, head);
    if (body !== undefined) bodies.set(head.id, body);
    queued.push(head.id);
    return [{ type: 'added', index: path.length + queued.length - 1, id: head.id }];
  };

  const leaveQueue = (messageId: string): number => {
    const position = queued.indexOf(messageId);
    if (position >= 0) queued.splice(position, 1);
    return position;
  };

  const addCost = (receipt: Receipt, replaced?: Receipt): void => {
    const added = (receipt.priceUsd ?? 0) - (replaced?.priceUsd ?? 0);
    if (receipt.priceUsd !== undefined) header.priceUsd = (header.priceUsd ?? 0) + added;
  };

  const applyTree = (event: ChatEvent, size: number): readonly SessionChange[] => {
    switch (event.type) {
      case 'session':
        header.createdAt = event.at;
        return [];
      case 'message':
        return addMessage(event, size);
      case 'context':
        return addContext(event, size);
      case 'sent': {
        const head = tree.heads.get(event.id);
        const position = leaveQueue(event.id);
        if (head === undefined || position < 0) return [];
        tree.heads.set(event.id, { ...head, parent: event.parent, status: 'done' });
        const from = path.length;
        place(event.id, event.parent);
        return [{ type: 'replaced', from: Math.min(from, path.length - 1) }];
      }
      case 'unqueued': {
        const position = leaveQueue(event.id);
        if (position < 0) return [];
        tree.heads.delete(event.id);
        bodies.delete(event.id);
        return [{ type: 'replaced', from: path.length + position }];
      }
      case 'answer':
        return append({ id: event.id, role: 'assistant', parent: event.parent, createdAt: event.at, status: 'streaming', size: 0 }, emptyBody);
      case 'route':
        return change(event.id, { route: event.route });
      case 'delta':
        return addDelta(event, size);
      case 'end':
        return change(event.id, { status: event.status, error: event.error, thinkingMs: event.thinkingMs ?? tree.heads.get(event.id)?.thinkingMs });
      case 'receipt': {
        const before = tree.heads.get(event.id)?.receipt;
        const receipt = before === undefined ? event.receipt : joinReceipts(before, event.receipt);
        addCost(receipt, before);
        return [...change(event.id, { receipt }), { type: 'header' }];
      }
      case 'reopened':
        if (event.clear && bodies.has(event.id)) bodies.set(event.id, emptyBody);
        return reopen(event.id);
      case 'edit':
        return change(event.id, { edit: event.edit });
      case 'selected':
        if (!(tree.children.get(event.parent) ?? []).includes(event.child)) return [];
        tree.chosen.set(event.parent, event.child);
        return reroute(event.parent);
      case 'title':
        header.title = event.title;
        header.titledByUser = event.byUser;
        return [{ type: 'header' }];
      case 'compacted': {
        const { messages, tokensBefore, tokensAfter } = event;
        const head: MessageHead = { id: event.id, role: 'notice', parent: event.parent, createdAt: event.at, status: 'done', size, compaction: { messages, tokensBefore, tokensAfter, undone: false } };
        return append(head, event.body === undefined ? undefined : foldBody(emptyBody, event));
      }
      case 'compaction-undone': {
        const compaction = tree.heads.get(event.id)?.compaction;
        return compaction === undefined ? [] : change(event.id, { compaction: { ...compaction, undone: true } });
      }
      case 'spent':
        addCost(event.receipt);
        return [{ type: 'header' }];
      case 'override':
        header.override = { task: event.task, model: event.model };
        return [];
    }
  };

  return {
    id,
    get title() { return header.title; },
    get titledByUser() { return header.titledByUser; },
    get createdAt() { return header.createdAt; },
    get updatedAt() { return header.updatedAt; },
    get priceUsd() { return header.priceUsd; },
    get override() { return header.override; },
    get path() { return path; },
    get queued() { return queued; },
    get messageCount() { return tree.heads.size; },
    head: (messageId) => tree.heads.get(messageId),
    body: (messageId) => bodies.get(messageId),
    setBody: (messageId, body) => { if (tree.heads.has(messageId)) bodies.set(messageId, body); },
    dropBody: (messageId) => bodies.delete(messageId),
    alternatives: (messageId) => alternativesOf(tree, messageId),
    pathThrough: (messageId) => [messageId, ...wayOn(tree, messageId)],
    closeUnfinished: (error) => {
      for (const head of tree.heads.values()) if (head.status === 'streaming') tree.heads.set(head.id, { ...head, status: 'cut', error });
    },
    apply: (event, size = 'body' in event ? (event.body?.length ?? 0) : 0) => {
      if ('at' in event) header.updatedAt = Math.max(header.updatedAt, event.at);
      return applyTree(event, size);
    },
  };
}

function siblingsAt(tree: Tree, parent: Place): string[] {
  const present = tree.children.get(parent);
  if (present !== undefined) return present;
  const created: string[] = [];
  tree.children.set(parent, created);
  return created;
}

function wayOn(tree: Tree, parent: Place): string[] {
  const way: string[] = [];
  for (let next = tree.chosen.get(parent); next !== undefined; next = tree.chosen.get(next)) way.push(next);
  return way;
}

/** Notices stand between messages; they are no alternative to an answer. */
function alternativesOf(tree: Tree, messageId: string): readonly string[] {
  const head = tree.heads.get(messageId);
  if (head === undefined) return [];
  return (tree.children.get(head.parent) ?? []).filter((sibling) => tree.heads.get(sibling)?.role === head.role);
}

/** An answer that was continued cost several requests: the counts add up, the first token is that of the first. */
function joinReceipts(first: Receipt, second: Receipt): Receipt {
  const sum = (a?: number, b?: number): number | undefined => (a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0));
  const usage = first.usage === undefined || second.usage === undefined ? (second.usage ?? first.usage) : {
    inputTokens: first.usage.inputTokens + second.usage.inputTokens,
    outputTokens: first.usage.outputTokens + second.usage.outputTokens,
    cacheReadTokens: first.usage.cacheReadTokens + second.usage.cacheReadTokens,
    cacheWriteTokens: first.usage.cacheWriteTokens + second.usage.cacheWriteTokens,
    billedUsd: sum(first.usage.billedUsd, second.usage.billedUsd),
  };
  return {
    ...second,
    usage,
    priceUsd: sum(first.priceUsd, second.priceUsd),
    directUsd: sum(first.directUsd, second.directUsd),
    firstTokenMs: first.firstTokenMs ?? second.firstTokenMs,
    priceIsEstimate: first.priceIsEstimate || second.priceIsEstimate,
    durationMs: first.durationMs + second.durationMs,
  };
}
