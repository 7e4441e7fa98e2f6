// The port to the stored conversations, as the chat needs them. The host keeps them in files.
import type { SessionSummary } from '../../shared/chatTypes.ts';
import type { SavedAttachment } from './attachments.ts';
import type { SessionLog } from './sessionLog.ts';

export interface OpenedSession {
  readonly log: SessionLog;
  /** The beginning of the first question, the title until there is one. */
  readonly firstText: string | undefined;
}

/** What was not sent yet. */
export interface Draft {
  readonly text: string;
  readonly scrollTop?: number;
  readonly attachments: readonly SavedAttachment[];
}

/** A draft of a window that is still open stays with that window. */
export type DraftReading = Draft | 'in-another-window' | undefined;

export interface ChatStore {
  create(): OpenedSession;
  open(id: string): Promise<OpenedSession | undefined>;
  list(query: string): Promise<readonly SessionSummary[]>;
  remove(id: string): Promise<void>;
  restore(id: string): Promise<void>;
  release(id: string): Promise<void>;
  readDraft(id: string): Promise<DraftReading>;
  /** Written soon, not at once. */
  saveDraft(id: string, draft: Draft): void;
  /** Whether a window that is not this one writes an answer to it right now. */
  isLiveElsewhere(id: string): Promise<boolean>;
  /** Marks that this window writes to it, until the result is called. */
  markLive(id: string): () => void;
}
