// What an answer comes to: a review that opens, or a refusal that says why and offers to ask once more.
import * as vscode from 'vscode';
import { formatUsd } from '../../core/models/formatCost.ts';
import { describeProblem, describeWarning } from '../../core/edit/problemWords.ts';
import type { EditProblem, FileChange } from '../../core/edit/proposal.ts';
import type { Logger } from '../../core/logger.ts';
import type { Translate } from '../../core/translate.ts';
import { toSummary, type EditBoard, type EditRecord } from './editBoard.ts';
import type { EditOutcome } from './editReviewer.ts';
import type { ProposalDocuments } from './proposalDocuments.ts';
import { closeReview, openReview } from './reviewTabs.ts';
import { plainNotification } from './reviewWrites.ts';

export interface ReviewOutcomes {
  offer(editId: string, changes: readonly FileChange[]): Promise<EditOutcome>;
  refuse(editId: string, problems: readonly EditProblem[], repairPrompt: string): Promise<EditOutcome>;
  close(editId: string, state: EditRecord['state']): Promise<void>;
  /** Runs the repair round of a refused edit, once: what fails twice is not cured by asking again. */
  repair(editId: string): Promise<void>;
}

export interface ReviewOutcomeDependencies {
  readonly board: EditBoard;
  readonly documents: ProposalDocuments;
  readonly log: Logger;
  readonly translate: Translate;
}

/** More reasons than this fill a notification without helping. */
const reasonsTold = 3;

export function createReviewOutcomes({ board, documents, log, translate }: ReviewOutcomeDependencies): ReviewOutcomes {
  const outcomes: ReviewOutcomes = {
    async offer(editId, changes) {
      for (const change of changes) documents.set(editId, change.uri, change.proposed);
      board.update(editId, { state: 'pending', files: changes.map((change) => ({ change, state: 'open', acceptedCounts: { added: 0, removed: 0 } })), note: warningsNote(changes, translate) });
      const record = board.get(editId);
      if (record === undefined) return { state: 'no-edits' };
      await openReview(record);
      return { state: 'pending', editId, summary: toSummary(record) };
    },
    async refuse(editId, problems, repairPrompt) {
      const note = problems.slice(0, reasonsTold).map((problem) => describeProblem(problem, translate)).join(' ');
      board.update(editId, { state: 'refused', problems, repairPrompt, note });
      log.info(`edit ${editId}: refused (${problems.map(({ kind }) => kind).join(', ')})`);
      const record = board.get(editId);
      if (record === undefined) return { state: 'no-edits' };
      await closeReview(record);
      documents.drop(editId);
      void sayRefused(record, note);
      return { state: 'refused', editId, summary: toSummary(record), problems, repairPrompt };
    },
    async close(editId, state) {
      board.update(editId, { state, ...(state === 'discarded' ? { note: undefined } : {}) });
      const record = board.get(editId);
      if (record !== undefined) await closeReview(record);
      documents.drop(editId);
    },
    async repair(editId) {
      const record = board.get(editId);
      if (record?.state !== 'refused' || record.repaired || record.repairPrompt === '') return;
      board.update(editId, { repaired: true });
      await record.repair?.(record.repairPrompt);
    },
  };

  const sayRefused = async (record: EditRecord, note: string): Promise<void> => {
    const repair = record.repairPrompt !== '' && record.repair !== undefined && !record.repaired ? askAgainLabel(record) : undefined;
    const picked = await vscode.window.showWarningMessage(plainNotification(vscode.l10n.t('Nothing was changed. {0}', note)), ...(repair === undefined ? [] : [repair]));
    if (picked !== undefined && picked === repair) await outcomes.repair(record.id);
  };

  return outcomes;
}

function askAgainLabel({ repairPrompt, estimateRepair }: EditRecord): string {
  const usd = estimateRepair?.(repairPrompt);
  return usd === undefined ? vscode.l10n.t('Ask again') : vscode.l10n.t('Ask again (about {0})', formatUsd(usd));
}

export function warningsNote(changes: readonly FileChange[], translate: Translate): string | undefined {
  const warnings = changes.flatMap((change) => change.warnings.map((warning) => `${change.path}: ${describeWarning(warning, translate)}`));
  return warnings.length === 0 ? undefined : warnings.slice(0, reasonsTold).join(' ');
}
