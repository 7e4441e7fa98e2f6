// The port through which an answer's edits reach the user: the text streams in, a review opens, nothing is written before it is accepted.
import type { TaskPart } from '../models/taskRunner.ts';
import type { FinishReason, TaskId } from '../../shared/chatTypes.ts';
import type { SentFile } from './sentFiles.ts';
import type { SessionLog } from './sessionLog.ts';

export interface EditingAnswer {
  /** Takes what becomes of the edits. */
  readonly log: SessionLog;
  readonly answerId: string;
  readonly task: TaskId;
  /** The user's words, for a title. */
  readonly question: string;
  /** What the model was shown with the question. */
  readonly files: readonly SentFile[];
}

export interface AnswerEditStream {
  push(part: TaskPart): void;
  /** Any reason but `stop` means the answer is not whole: nothing is applied. */
  finish(reason: FinishReason): void;
  cancel(): void;
}

export interface AnswerEdits {
  begin(answer: EditingAnswer): AnswerEditStream;
}
