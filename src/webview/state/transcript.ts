// The transcript as the view knows it: some of its messages, in order, and how each host message changes them. Announces
// changes; draws nothing.
import { growEntry, patchEntry, type Entry } from './entry.ts';
import { createEntryTable, type EntryTable } from './entryTable.ts';
import { createSequenceCheck, newPartOfDelta, type SequenceCheck } from './sequence.ts';
import type { ChatMessageView } from '../../shared/chatTypes.ts';
import type { ChatSnapshot, HostMessage } from '../../shared/protocol.ts';

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
  const table = createEntryTable();
  const numbers = createSequenceCheck();
  const state: TranscriptState = { listener, table, numbers, total: 0 };
  return {
    get total() {
      return state.total;
    },
    get sequence() {
      return numbers.last;
    },
    at: table.at,
    indexOf: table.indexOf,
    load: (snapshot) => load(state, snapshot),
    apply: (message) => apply(state, message),
    keepOnly: table.keepOnly,
  };
}

interface TranscriptState {
  readonly listener: TranscriptListener;
  readonly table: EntryTable;
  readonly numbers: SequenceCheck;
  total: number;
}

function load(state: TranscriptState, snapshot: ChatSnapshot): void {
  state.numbers.reset(snapshot.sequence);
  state.table.clear();
  state.total = snapshot.total;
  putAndAnnounce(state, snapshot.from, snapshot.messages);
}

function apply(state: TranscriptState, message: HostMessage): boolean {
  if ('sequence' in message && message.type !== 'heartbeat') {
    const verdict = state.numbers.check(message.sequence);
    if (verdict !== 'next') return verdict === 'seen';
  }
  switch (message.type) {
    case 'message-added':
      state.total = Math.max(state.total, message.index + 1);
      return putAndAnnounce(state, message.index, [message.message]);
    case 'messages-replaced':
      state.table.removeFrom(message.from);
      state.total = message.total;
      return putAndAnnounce(state, message.from, message.messages);
    case 'messages':
      return putAndAnnounce(state, message.from, message.messages);
    case 'message-delta':
      return addText(state, message);
    case 'message-changed':
      return patch(state, message);
    default:
      return true;
  }
}

function putAndAnnounce({ table, listener, total }: TranscriptState, from: number, messages: readonly ChatMessageView[]): boolean {
  table.put(from, messages, total);
  listener.onStructure();
  return true;
}

function addText({ table, listener }: TranscriptState, { messageId, part, offset, text: sent }: HostMessage & { readonly type: 'message-delta' }): boolean {
  const entry = table.find(messageId);
  // Not loaded: its text comes whole when it is scrolled to.
  if (entry === undefined) return true;
  const text = newPartOfDelta(entry[part].length, offset, sent);
  if (text === undefined) return false;
  if (text === '') return true;
  growEntry(entry, part, text);
  listener.onText(entry, part, text);
  return true;
}

function patch({ table, listener }: TranscriptState, message: HostMessage & { readonly type: 'message-changed' }): boolean {
  const entry = table.find(message.messageId);
  if (entry !== undefined && patchEntry(entry, message.patch)) listener.onStatus(entry);
  return true;
}
