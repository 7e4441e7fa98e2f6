// A piece of context on its way into a request: what it is, its text piece by piece, how large, and what to know before sending it.
import type { ContextChip } from '../../shared/chatTypes.ts';
import type { ContextReference } from './contextReference.ts';
import type { GateReason } from './fileGate.ts';

/** Text of one file, one diff, one list. Already through the gate, with secrets masked. */
export interface ContextPart {
  /** As the user knows it: relative to the workspace folder, with the folder's name before it where there are several. */
  readonly path?: string;
  readonly uri?: string;
  readonly languageId?: string;
  /** Line of the file that the text begins at, from 1. */
  readonly startLine?: number;
  readonly text: string;
}

export type ContextNote =
  /** So many secrets were replaced by marks. */
  | { readonly type: 'masked'; readonly count: number; readonly kinds: readonly string[] }
  /** Characters that a reader cannot see. */
  | { readonly type: 'hidden-characters'; readonly count: number }
  /** Characters that an encoding lost: the model reads U+FFFD. */
  | { readonly type: 'unreadable-characters'; readonly count: number }
  | { readonly type: 'shortened'; readonly keptTokens: number; readonly ofTokens: number }
  /** Files left out, by reason. */
  | { readonly type: 'left-out'; readonly count: number; readonly reason: GateReason }
  /** An instruction file that is not as it was when it was last used. */
  | { readonly type: 'changed-instructions'; readonly path: string };

export type ContextRefusal = GateReason | 'not-found' | 'empty' | 'no-repository' | 'no-editor' | 'no-terminal' | 'failed';

export interface ContextItem {
  /** The same for the same reference. */
  readonly id: string;
  readonly kind: ContextChip['kind'];
  readonly reference: ContextReference;
  /** A path or a name; empty where the kind says it all ("changes"). */
  readonly name: string;
  readonly range?: { readonly startLine: number; readonly endLine: number };
  readonly parts: readonly ContextPart[];
  /** All parts between marks that their text cannot break out of: ready for a request. */
  readonly text: string;
  readonly tokens: number;
  readonly notes: readonly ContextNote[];
  /** Set when there is nothing to send: `parts` and `text` are empty then. */
  readonly refused?: ContextRefusal;
  /** To be called when it goes out with a request: looking at what would be sent uses no warning up. */
  readonly onSent?: () => void;
}
