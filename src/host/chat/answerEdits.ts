// Gives an answer's edits to the reviewer as they stream, and tells the conversation what became of them.
import * as vscode from 'vscode';
import type { AnswerEdits, EditingAnswer } from '../../core/chat/answerEdits.ts';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { SessionLog } from '../../core/chat/sessionLog.ts';
import type { EditSummary } from '../../shared/chatTypes.ts';
import type { EditReviewer } from '../edit/editReviewer.ts';

export interface ReviewedEdits extends vscode.Disposable {
  readonly edits: AnswerEdits;
}

export interface ReviewedEditDependencies {
  readonly reviewer: EditReviewer;
  readonly desk: () => ChatDesk;
  readonly onError: (error: unknown) => void;
}

export function createReviewedEdits({ reviewer, desk, onError }: ReviewedEditDependencies): ReviewedEdits {
  const answers = new Map<string, { readonly log: SessionLog; readonly answerId: string }>();

  const tell = (summary: EditSummary): void => {
    const answer = answers.get(summary.id);
    // What the schema of the file takes: arrays that may be written.
    answer?.log.append({ type: 'edit', id: answer.answerId, edit: { ...summary, files: summary.files.map((file) => ({ ...file })), checks: summary.checks?.map((check) => ({ ...check })) } });
  };
  const stopListening = reviewer.onDidChange((summary) => {
    // While it streams the counts change with each line; the answer's text shows that already.
    if (summary.state !== 'streaming') tell(summary);
  });

  const begin = (answer: EditingAnswer) => {
    const { log } = answer;
    const stream = reviewer.begin({
      task: answer.task, title: titleOf(answer), quiet: true,
      scope: { files: answer.uris.map((uri) => ({ uri })), others: 'change' },
      repair: async (repairPrompt) => {
        // Asked for by a button of this conversation, so it is the one that shows.
        desk().current.conversation.send({ text: repairPrompt, chips: [], context: [], task: answer.task, reason: vscode.l10n.t('repair round') });
      },
    });
    answers.set(stream.editId, { log, answerId: answer.answerId });
    return {
      push: (part: Parameters<typeof stream.pushPart>[0]) => stream.pushPart(part),
      finish: (reason: Parameters<typeof stream.finish>[0]) => {
        stream.finish(reason).then((outcome) => {
          if (outcome.state === 'no-edits') answers.delete(stream.editId);
          else tell(outcome.summary);
        }, onError);
      },
      cancel: () => {
        stream.cancel();
        answers.delete(stream.editId);
      },
    };
  };
  return { edits: { begin }, dispose: () => stopListening() };
}

function titleOf({ task, question }: EditingAnswer): string {
  const words = question.replace(/^\s*\/\w+/, '').trim().split('\n', 1)[0] ?? '';
  const name = `${task.slice(0, 1).toUpperCase()}${task.slice(1)}`;
  return words === '' ? name : `${name}: ${words.slice(0, 60)}`;
}
