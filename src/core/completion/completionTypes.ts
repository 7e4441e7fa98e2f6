// What goes into the engine and what comes out. Nothing here knows VS Code: a test or another editor can drive it.
import type { Receipt } from '../../shared/chatTypes.ts';
import type { Outcome } from './outcome.ts';

/** Zero-based, in UTF-16 units. */
export interface CursorPosition {
  readonly line: number;
  readonly character: number;
}

/** A document by its lines, without line ends. Read only while `provide` runs synchronously, so it may be the editor's live one. */
export interface DocumentLines {
  readonly lineCount: number;
  lineAt(line: number): string;
}

/** One question of the editor: what could stand at the cursor? */
export interface CompletionCall {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly lines: DocumentLines;
  readonly cursor: CursorPosition;
  readonly trigger: 'automatic' | 'explicit';
  readonly tabSize?: number;
  readonly insertSpaces?: boolean;
  /** The entry selected in the suggest widget: what it would put between `from` and the cursor. */
  readonly selectedSuggestion?: { readonly from: CursorPosition; readonly text: string };
  /** What the editor knows that rules a suggestion out. */
  readonly cursorCount?: number;
  readonly readOnly?: boolean;
}

/** A suggestion for the place that was asked about. Lines end in "\n"; the host turns them into the document's own. */
export interface CompletionItem {
  readonly id: number;
  readonly text: string;
  /** How many characters before and after the cursor, on its line, `text` replaces. */
  readonly replaceBefore: number;
  readonly replaceAfter: number;
}

export interface CompletionResult {
  /** Best first; more than one only on an explicit trigger. */
  readonly items: readonly CompletionItem[];
  readonly outcome: Outcome;
}

/** A change of a document as the editor reports it, after it was made. */
export interface DocumentChange {
  readonly uri: string;
  readonly version: number;
  readonly from: CursorPosition;
  readonly removedLength: number;
  readonly insertedText: string;
  readonly reason?: 'undo' | 'redo';
}

/** A piece of other text that helps the model, without its secrets and allowed to leave the machine. */
export interface ContextSnippet {
  readonly kind: 'recent-edit' | 'similar-code' | 'signature';
  /** A path as the user knows it. */
  readonly path: string;
  readonly text: string;
}

/** The port to what else is known about the place. Answers at once from what was gathered before: it is on the typing path. */
export interface CompletionContextSource {
  snippets(call: CompletionCall): readonly ContextSnippet[];
}

/** Whether a block or the rest of one line is asked for. */
export type CompletionMode = 'line' | 'block';

export interface PromptTurn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** What is sent to a model. `origin` is for tests and logs; a real model needs the texts only. */
export interface ModelQuestion {
  readonly id: number;
  readonly system: string;
  /** Ends with the user's turn that asks. */
  readonly turns: readonly PromptTurn[];
  readonly maxTokens: number;
  readonly mode: CompletionMode;
  readonly alternatives: number;
  readonly origin: { readonly uri: string; readonly version: number; readonly languageId: string; readonly cursor: CursorPosition };
}

export type ModelAnswerPart =
  | { readonly type: 'text'; readonly text: string }
  /** The model stopped: by itself, or at the limit of tokens. */
  | { readonly type: 'finish'; readonly reason: 'stop' | 'length' | 'other' }
  | { readonly type: 'receipt'; readonly receipt: Receipt };

/** The port to a model. Throws RunApiError, or the signal's reason when aborted. */
export interface CompletionModel {
  ask(question: ModelQuestion, signal: AbortSignal): AsyncIterable<ModelAnswerPart>;
}
