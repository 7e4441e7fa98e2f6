// The transcript as the view knows it: some of its messages, in order, and how each host message changes them. Announces
// changes; draws nothing.
import { signal, type Signal } from '@preact/signals';
import { createSequenceCheck, newPartOfDelta } from './sequence.ts';
import type { ChatMessageView, MessageStatus } from '../../shared/chatTypes.ts';
import type { ChatSnapshot, HostMessage } from '../../shared/protocol.ts';

/** A message as it is shown: what changes rarely is in a signal, growing text is not. */
export interface Entry {
  readonly id: string;
  readonly shown: Signal<ShownMessage>;
  text: string;
  thinking: string;
}

export type ShownMessage = Omit<ChatMessageView, 'text' | 'thinking'> & { readonly waiting?: string; readonly hasThinking: boolean };

export interface TranscriptListener {
  /** Messages came, went or moved. */
  onStructure(): void;
  onText(entry: Entry, part: 'text' | 'thinking', text: string): void;
  onStatus(entry: Entry): void;
}

export interface Transcript {
  readonly total: number;
  readonly sequence: number;
  at(index: number): Entry | undefined;
  indexOf(messageId: string): number | undefined;
  load(snapshot: ChatSnapshot): void;
  /** False when something was missed and a snapshot must be asked for. */
  apply(message: HostMessage): boolean;
  /** Forgets messages outside the range that are not changing. */
  keepOnly(first: number, last: number): void;
}

export function createTranscript(listener: TranscriptListener): Transcript {
  const numbers = createSequenceCheck();
  const entries = new Map<number, Entry>();
  const indexes = new Map<string, number>();
  let total = 0;

  return {
    get total() {
      return total;
    },
    get sequence() {
      return numbers.last;
    },
    at: (index) => entries.get(index),
    indexOf: (messageId) => indexes.get(messageId),
    load,
    apply,
    keepOnly,
  };

  function load(snapshot: ChatSnapshot): void {
    numbers.reset(snapshot.sequence);
    entries.clear();
    indexes.clear();
    total = snapshot.total;
    put(snapshot.from, snapshot.messages);
    listener.onStructure();
  }

  function apply(message: HostMessage): boolean {
    if ('sequence' in message && message.type !== 'heartbeat') {
      const verdict = numbers.check(message.sequence);
      if (verdict !== 'next') return verdict === 'seen';
    }
    switch (message.type) {
      case 'message-added':
        total = Math.max(total, message.index + 1);
        return putAndAnnounce(message.index, [message.message]);
      case 'messages-replaced':
        removeFrom(message.from);
        total = message.total;
        return putAndAnnounce(message.from, message.messages);
      case 'messages':
        return putAndAnnounce(message.from, message.messages);
      case 'message-delta':
        return addText(message);
      case 'message-changed':
        return patch(message);
      default:
        return true;
    }
  }

  function putAndAnnounce(from: number, messages: readonly ChatMessageView[]): boolean {
    put(from, messages);
    listener.onStructure();
    return true;
  }

  function put(from: number, messages: readonly ChatMessageView[]): void {
    messages.forEach((message, position) => {
      const index = from + position;
      if (index >= total || entries.get(index)?.id === message.id) return;
      remove(index);
      entries.set(index, createEntry(message));
      indexes.set(message.id, index);
    });
  }

  function addText(message: HostMessage & { readonly type: 'message-delta' }): boolean {
    const entry = find(message.messageId);
    // Not loaded: its text comes whole when it is scrolled to.
    if (entry === undefined) return true;
    const text = newPartOfDelta(entry[message.part].length, message.offset, message.text);
    if (text === undefined) return false;
    if (text === '') return true;
    entry[message.part] += text;
    const shown = entry.shown.value;
    if (shown.waiting !== undefined || (message.part === 'thinking' && !shown.hasThinking)) {
      const { waiting: _, ...rest } = shown;
      entry.shown.value = { ...rest, hasThinking: shown.hasThinking || message.part === 'thinking' };
    }
    listener.onText(entry, message.part, text);
    return true;
  }

  function patch(message: HostMessage & { readonly type: 'message-changed' }): boolean {
    const entry = find(message.messageId);
    if (entry === undefined) return true;
    const before = entry.shown.value;
    entry.shown.value = { ...keptParts(before, message.patch.status), ...message.patch };
    if (entry.shown.value.status !== before.status) listener.onStatus(entry);
    return true;
  }

  function find(messageId: string): Entry | undefined {
    const index = indexes.get(messageId);
    return index === undefined ? undefined : entries.get(index);
  }

  function removeFrom(from: number): void {
    for (const index of entries.keys()) {
      if (index >= from) remove(index);
    }
  }

  function remove(index: number): void {
    const entry = entries.get(index);
    if (entry === undefined) return;
    entries.delete(index);
    if (indexes.get(entry.id) === index) indexes.delete(entry.id);
  }

  function keepOnly(first: number, last: number): void {
    for (const [index, entry] of entries) {
      if ((index < first || index > last) && !isChanging(entry)) remove(index);
    }
  }
}

/** A wait ends with any change; an answer that goes on is no longer the one that failed. */
function keptParts(shown: ShownMessage, status: MessageStatus | undefined): ShownMessage {
  const { waiting: _, error, ...kept } = shown;
  return status === 'streaming' || error === undefined ? kept : { ...kept, error };
}

function isChanging(entry: Entry): boolean {
  const { status } = entry.shown.value;
  return status === 'streaming' || status === 'queued';
}

function createEntry(message: ChatMessageView): Entry {
  const { text, thinking = '', ...rest } = message;
  return { id: message.id, shown: signal({ ...rest, hasThinking: thinking !== '' }), text, thinking };
}
