import type * as vscode from 'vscode';
import type { FileGate } from '../../../core/context/fileGate.ts';
import type { Clock } from '../../../core/clock.ts';
import type { InlinePrompt } from '../../../core/edit/inlinePrompt.ts';
import type { Logger } from '../../../core/logger.ts';
import type { TaskRunner } from '../../../core/models/taskRunner.ts';
import type { Translate } from '../../../core/translate.ts';
import type { ReviewActions } from '../createEditReviewer.ts';
import type { EditBoard } from '../editBoard.ts';
import type { BufferJournal } from './bufferJournal.ts';
import type { InlineBoard } from './inlineBoard.ts';
import type { LineRange } from './inlineSession.ts';

/** One question to a model about a place of a document. */
export interface InlineRequest {
  readonly document: vscode.TextDocument;
  readonly prompt: InlinePrompt;
  /** The document's text as the prompt shows it, secrets in it. */
  readonly sentText: string;
  readonly selected: LineRange;
  readonly instruction: string;
  /** Asked again because the edits before could not be applied: that is offered once. */
  readonly isRepair?: boolean;
}

export interface InlineDependencies {
  readonly runner: TaskRunner;
  readonly gate: FileGate;
  readonly clock: Clock;
  readonly log: Logger;
  readonly translate: Translate;
  readonly board: EditBoard;
  readonly inline: InlineBoard;
  readonly journal: BufferJournal;
  readonly actions: ReviewActions;
  readonly redact: (text: string, source: string) => { readonly text: string };
  readonly restore: (text: string, source: string) => string;
  /** What a request costs, as far as it can be told before. */
  readonly estimateUsd: (prompt: InlinePrompt) => number | undefined;
  readonly showError: (error: unknown, retry: () => void) => Promise<void>;
}
