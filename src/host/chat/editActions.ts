// The buttons of an edit card. A review lives in its window; after a reload it is made again from the answer, and what was written is taken
// back from the journal.
import * as vscode from 'vscode';
import type { ChatDesk } from '../../core/chat/chatDesk.ts';
import type { EditSummary } from '../../shared/chatTypes.ts';
import type { EditReviewer } from '../edit/editReviewer.ts';
import type { ReviewedEdits } from './answerEdits.ts';

export type EditAction = 'review' | 'accept' | 'discard' | 'undo' | 'repair';

export interface EditActions {
  editAction(editId: string, action: EditAction): Promise<void>;
}

export interface EditActionDependencies {
  readonly desk: ChatDesk;
  readonly reviewer: EditReviewer | undefined;
  readonly reviewed: ReviewedEdits | undefined;
}

export function createEditActions({ desk, reviewer, reviewed }: EditActionDependencies): EditActions {
  return {
    editAction: async (editId, action) => {
      if (reviewer === undefined || reviewed === undefined) return;
      if (reviewer.summary(editId) !== undefined) return await act(reviewer, editId, action);
      const { log } = desk.current.stored;
      const answerId = log.session.ids().findLast((id) => log.session.head(id)?.edit?.id === editId);
      const edit = answerId === undefined ? undefined : log.session.head(answerId)?.edit;
      if (answerId === undefined || edit === undefined) return;
      if (action === 'discard') return log.append({ type: 'edit', id: answerId, edit: discarded(edit) });
      if (action === 'undo') {
        if (await reviewer.undo(editId)) log.append({ type: 'edit', id: answerId, edit: { ...discarded(edit), note: vscode.l10n.t('Undone.') } });
        return;
      }
      const present = await reviewed.reopen(log, editId);
      if (present !== undefined && (present.isPending || action === 'repair')) return await act(reviewer, present.editId, action);
      void vscode.window.showWarningMessage(vscode.l10n.t('These changes do not apply to the files as they are now. The answer is kept; its code blocks can be applied one by one.'));
    },
  };
}

async function act(reviewer: EditReviewer, editId: string, action: EditAction): Promise<void> {
  switch (action) {
    case 'review': return await reviewer.review(editId);
    case 'accept': return void (await reviewer.accept(editId));
    case 'discard': return await reviewer.discard(editId);
    case 'undo': return void (await reviewer.undo(editId));
    case 'repair': return await reviewer.repair(editId);
  }
}

/** As arrays that may be written: what the schema of the file takes. */
function discarded({ id, files, note }: EditSummary) {
  return { id, state: 'discarded' as const, files: files.map((file) => ({ ...file })), note };
}
