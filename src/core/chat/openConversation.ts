// A conversation at work: its log, its turn loop, its attachments and its draft. Stays alive while it streams, looked at or not.
import type { Attachments } from './attachments.ts';
import type { OpenedSession } from './chatStore.ts';
import type { Conversation } from './conversation.ts';

export interface OpenConversation {
  readonly id: string;
  readonly stored: OpenedSession;
  readonly conversation: Conversation;
  readonly attachments: Attachments;
  draft: string;
  /** Texts that were sent and are not in the conversation yet, because what goes along is still being read. */
  readonly unsent: string[];
  /** Resolves when they are. */
  sending: Promise<void>;
  scrollTop: number | undefined;
  /** Takes the mark away that tells other windows of a stream. */
  unmarkLive: (() => void) | undefined;
  /** Ends the look at an answer that another window writes. */
  stopForeignWatch: (() => void) | undefined;
  /** Ends the wait for a draft of a window that may be gone soon. */
  stopDraftWatch: (() => void) | undefined;
}
