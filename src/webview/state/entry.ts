// A message of the transcript as it is shown: what changes rarely is in a signal, growing text is not.
import { signal, type Signal } from '@preact/signals';
import type { ChatMessageView, MessageStatus } from '../../shared/chatTypes.ts';
import type { HostMessage } from '../../shared/protocol.ts';

export interface Entry {
  readonly id: string;
  readonly shown: Signal<ShownMessage>;
  text: string;
  thinking: string;
}

export type ShownMessage = Omit<ChatMessageView, 'text' | 'thinking'> & { readonly waiting?: string; readonly hasThinking: boolean };

export function createEntry(message: ChatMessageView): Entry {
  const { text, thinking = '', ...rest } = message;
  return { id: message.id, shown: signal({ ...rest, hasThinking: thinking !== '' }), text, thinking };
}

export function isChanging(entry: Entry): boolean {
  const { status } = entry.shown.value;
  return status === 'streaming' || status === 'queued';
}

export function growEntry(entry: Entry, part: 'text' | 'thinking', text: string): void {
  entry[part] += text;
  const shown = entry.shown.value;
  if (shown.waiting !== undefined || (part === 'thinking' && !shown.hasThinking)) {
    const { waiting: _, ...rest } = shown;
    entry.shown.value = { ...rest, hasThinking: shown.hasThinking || part === 'thinking' };
  }
}

/** True when the status is another one now. */
export function patchEntry(entry: Entry, patch: (HostMessage & { readonly type: 'message-changed' })['patch']): boolean {
  const before = entry.shown.value;
  entry.shown.value = { ...keptParts(before, patch.status), ...patch };
  return entry.shown.value.status !== before.status;
}

/** A wait ends with any change; an answer that goes on is no longer the one that failed. */
function keptParts(shown: ShownMessage, status: MessageStatus | undefined): ShownMessage {
  const { waiting: _, error, ...kept } = shown;
  return status === 'streaming' || error === undefined ? kept : { ...kept, error };
}
