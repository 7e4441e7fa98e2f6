// Gives an answer's edits to the reviewer as they stream, and tells the conversation what became of them.
import * as vscode from 'vscode';
import type { AnswerEdits, AnswerEditStream, EditingAnswer } from '../../core/chat/answerEdits.ts';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import { sentFiles, type SentFile } from '../../core/chat/sentFiles.ts';
import type { SessionLog } from '../../core/chat/sessionLog.ts';
import type { EditSummary } from '../../shared/chatTypes.ts';
import type { EditOutcome, EditReviewer, EditScopeFile, EditStream } from '../edit/editReviewer.ts';
import { taskTitle } from './taskTitle.ts';

export interface ReviewedEdits extends vscode.Disposable {
  readonly edits: AnswerEdits;
  /**
   * Reads the edits of an answer again, whose review went with a window: against the files as they are now. The new review, which may be
   * a refusal; undefined when there is nothing to review. The conversation says either.
   */
  reopen(log: SessionLog, editId: string): Promise<ReopenedEdit | undefined>;
}

export interface ReopenedEdit {
  readonly editId: string;
  readonly isPending: boolean;
}

export interface ReviewedEditDependencies {
  readonly reviewer: EditReviewer;
  readonly desk: () => ChatDesk;
  /** Puts back the secrets that were masked in a file's text when it was sent. */
  readonly restore: (text: string, fileUri: string) => string;
  readonly onError: (error: unknown) => void;
}

export function createReviewedEdits({ reviewer, desk, restore, onError }: ReviewedEditDependencies): ReviewedEdits {
  const reviews: Reviews = { reviewer, desk, restore, answers: new Map() };
  const stopListening = reviewer.onDidChange((summary) => {
    // While it streams the counts change with each line; the answer's text shows that already.
    if (summary.state !== 'streaming') tell(reviews, summary);
  });

  const reopening = new Map<string, Promise<ReopenedEdit | undefined>>();
  return {
    edits: { begin: (answer) => beginReview(reviews, answer, onError) },
    reopen: (log, editId) => {
      const work = reopening.get(editId) ?? reopenReview(reviews, log, editId).finally(() => reopening.delete(editId));
      reopening.set(editId, work);
      return work;
    },
    dispose: () => stopListening(),
  };
}

interface Reviews {
  readonly reviewer: EditReviewer;
  readonly desk: () => ChatDesk;
  readonly restore: (text: string, fileUri: string) => string;
  /** Whose edits they are, by the id of the edit. */
  readonly answers: Map<string, { readonly log: SessionLog; readonly answerId: string }>;
}

function tell({ answers }: Reviews, summary: EditSummary): void {
  const answer = answers.get(summary.id);
  // What the schema of the file takes: arrays that may be written.
  answer?.log.append({ type: 'edit', id: answer.answerId, edit: { ...summary, files: summary.files.map((file) => ({ ...file })), checks: summary.checks?.map((check) => ({ ...check })) } });
}

function startReview({ reviewer, desk, answers, restore }: Reviews, answer: EditingAnswer): EditStream {
  const { log } = answer;
  const stream = reviewer.begin({
    task: answer.task, title: titleOf(answer), quiet: true,
    scope: { files: answer.files.map((file) => toScopeFile(file, restore)), others: 'change' },
    repair: (repairPrompt) => askAgain(desk(), answer, repairPrompt),
  });
  answers.set(stream.editId, { log, answerId: answer.answerId });
  return stream;
}

/** In the conversation of the answer, which comes up for it: it may be another one than that which shows. */
async function askAgain(desk: ChatDesk, { log, task }: EditingAnswer, text: string): Promise<void> {
  const isSent = await desk.sendIn(log.session.id, { text, chips: [], context: [], task, reason: vscode.l10n.t('repair round') });
  if (!isSent) void vscode.window.showWarningMessage(vscode.l10n.t('This conversation cannot be opened. The others are not touched.'));
}

/** With its secrets put back. A mark from before this window was opened leads to no secret: the present text is taken then. */
function toScopeFile({ uri, text }: SentFile, restore: Reviews['restore']): EditScopeFile {
  const whole = text === undefined ? undefined : restore(text, uri);
  return whole === undefined || /\[masked-[a-z-]+-\d+\]/.test(whole) ? { uri } : { uri, text: whole };
}

function settle(reviews: Reviews, editId: string, outcome: EditOutcome): void {
  if (outcome.state === 'no-edits') reviews.answers.delete(editId);
  else tell(reviews, outcome.summary);
}

function beginReview(reviews: Reviews, answer: EditingAnswer, onError: (error: unknown) => void): AnswerEditStream {
  const stream = startReview(reviews, answer);
  return {
    push: (part) => stream.pushPart(part),
    finish: (reason) => {
      stream.finish(reason).then((outcome) => settle(reviews, stream.editId, outcome), onError);
    },
    cancel: () => {
      stream.cancel();
      reviews.answers.delete(stream.editId);
    },
  };
}

async function reopenReview(reviews: Reviews, log: SessionLog, editId: string): Promise<ReopenedEdit | undefined> {
  const answer = await readAnswer(log, editId);
  if (answer === undefined) return undefined;
  const stream = startReview(reviews, answer);
  stream.push(answer.text);
  const outcome = await stream.finish('stop');
  settle(reviews, stream.editId, outcome);
  if (outcome.state === 'no-edits') log.append({ type: 'edit', id: answer.answerId, edit: { id: editId, state: 'refused', files: [], note: vscode.l10n.t('The answer has no changes that apply to the files as they are now.') } });
  return outcome.state === 'no-edits' ? undefined : { editId: stream.editId, isPending: outcome.state === 'pending' };
}

/** Undefined for an answer that is not complete: what was cut is never applied. */
async function readAnswer(log: SessionLog, editId: string): Promise<(EditingAnswer & { readonly text: string }) | undefined> {
  const { session } = log;
  const answerId = session.ids().findLast((id) => session.head(id)?.edit?.id === editId);
  const head = answerId === undefined ? undefined : session.head(answerId);
  if (answerId === undefined || head === undefined || head.parent === null || head.status !== 'done') return undefined;
  await log.load([answerId, head.parent]);
  const question = session.body(head.parent);
  return { log, answerId, task: session.head(head.parent)?.task ?? 'edit', question: question?.text ?? '', files: sentFiles(question?.context ?? []), text: session.body(answerId)?.text ?? '' };
}

function titleOf({ task, question }: EditingAnswer): string {
  const words = question.replace(/^\s*\/\w+/, '').trim().split('\n', 1)[0] ?? '';
  const name = taskTitle(task);
  return words === '' ? name : `${name}: ${words.slice(0, 60)}`;
}
