// The entries that the view holds, by their place in the transcript and by the id of their message.
import type { ChatMessageView } from '../../shared/chatTypes.ts';
import { createEntry, isChanging, type Entry } from './entry.ts';

export interface EntryTable {
  readonly at: (index: number) => Entry | undefined;
  readonly indexOf: (messageId: string) => number | undefined;
  find(messageId: string): Entry | undefined;
  /** An entry that is there stays the same object; places from `total` on are left out. */
  put(from: number, messages: readonly ChatMessageView[], total: number): void;
  clear(): void;
  removeFrom(index: number): void;
  readonly keepOnly: (first: number, last: number) => void;
}

export function createEntryTable(): EntryTable {
  const entries = new Map<number, Entry>();
  const indexes = new Map<string, number>();

  const remove = (index: number): void => {
    const entry = entries.get(index);
    if (entry === undefined) return;
    entries.delete(index);
    if (indexes.get(entry.id) === index) indexes.delete(entry.id);
  };

  return {
    at: (index) => entries.get(index),
    indexOf: (messageId) => indexes.get(messageId),
    find: (messageId) => {
      const index = indexes.get(messageId);
      return index === undefined ? undefined : entries.get(index);
    },
    put: (from, messages, total) => messages.forEach((message, position) => {
      const index = from + position;
      if (index >= total || entries.get(index)?.id === message.id) return;
      remove(index);
      entries.set(index, createEntry(message));
      indexes.set(message.id, index);
    }),
    clear: () => {
      entries.clear();
      indexes.clear();
    },
    removeFrom: (from) => {
      for (const index of entries.keys()) if (index >= from) remove(index);
    },
    keepOnly: (first, last) => {
      for (const [index, entry] of entries) if ((index < first || index > last) && !isChanging(entry)) remove(index);
    },
  };
}
