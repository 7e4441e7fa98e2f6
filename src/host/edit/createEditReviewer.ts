// The reviewer: from an answer or a ready change to a review, and from the user's decision to the files.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import { isEmptyChange } from '../../core/edit/changeEditing.ts';
import type { JournalEntry } from '../../core/edit/journal.ts';
import type { FileChange } from '../../core/edit/proposal.ts';
import type { Logger } from '../../core/logger.ts';
import type { Translate } from '../../core/translate.ts';
import { createAnswerStream, type AnswerResult } from './answerStream.ts';
import { toSummary, type EditBoard, type EditRecord, type FileReview } from './editBoard.ts';
import type { EditOutcome, EditRequest, EditReviewer, EditStream } from './editReviewer.ts';
import type { EditWriter } from './editWriter.ts';
import { createGrowingDiff } from './growingDiff.ts';
import type { ProposalDocuments } from './proposalDocuments.ts';
import { resolveReady } from './readyChanges.ts';
import { createReviewDecisions, type ReviewDecisions } from './reviewDecisions.ts';
import { createReviewOutcomes, type ReviewOutcomes } from './reviewOutcomes.ts';
import { openReview } from './reviewTabs.ts';
import { createReviewWrites, type ReviewWrites } from './reviewWrites.ts';
import { pathOfUri } from './workspacePaths.ts';

export interface ReviewerDependencies {
  readonly board: EditBoard;
  readonly writer: EditWriter;
  readonly documents: ProposalDocuments;
  readonly clock: Clock;
  readonly log: Logger;
  readonly translate: Translate;
  readonly restore: (text: string, fileUri: string) => string;
  readonly redact: (text: string, fileUri: string) => { readonly text: string };
}

/** What the review's own commands need beyond the port. */
export interface ReviewActions extends EditReviewer, ReviewDecisions {
  /**
   * Takes back the last action in this window, also of an earlier session, without those passed over; the entry that was taken back, or
   * undefined. One that cannot be taken back is told with an offer to pass it over too.
   */
  undoLast(passed?: readonly string[], passOver?: (entryId: string) => Promise<void>): Promise<JournalEntry | undefined>;
  redo(editId: string): Promise<boolean>;
  /** What an answer came to that a feature streamed by itself: a review that opens, or a refusal. */
  settle(head: Pick<EditRequest, 'task' | 'title' | 'repair' | 'estimateRepair' | 'isRepair'>, result: AnswerResult): Promise<EditOutcome>;
}

export function createEditReviewer(dependencies: ReviewerDependencies): ReviewActions {
  const { board } = dependencies;
  const outcomes = createReviewOutcomes(dependencies);
  const writes = createReviewWrites(dependencies);
  const decisions = createReviewDecisions({ ...dependencies, outcomes, writes });
  return {
    ...decisions,
    begin: (request) => beginStream(request, dependencies, outcomes),
    async propose({ task, title, changes }) {
      const editId = randomUUID();
      const result = await resolveReady(changes);
      if (result.ok && result.changes.every(isEmptyChange)) return { state: 'no-edits' };
      board.add(newRecord(editId, { task, title }));
      return result.ok ? outcomes.offer(editId, result.changes) : outcomes.refuse(editId, result.problems, '');
    },
    async review(editId) {
      const record = board.get(editId);
      if (record?.state === 'pending') await openReview(record);
    },
    ...createUndoing(dependencies, writes),
    settle(head, result) {
      const editId = randomUUID();
      board.add(newRecord(editId, head));
      return settleAnswer(editId, result, outcomes);
    },
    async repair(editId) {
      const record = board.get(editId);
      if (record?.state !== 'pending') return outcomes.repair(editId);
      if (!isRepairable(record) || record.repairPrompt === '') return;
      board.update(editId, { repaired: true });
      await decisions.discard(editId);
      await record.repair?.(record.repairPrompt);
    },
    summary: (editId) => board.summary(editId),
    changes: (editId) => board.get(editId)?.files.filter((file) => file.state === 'open').map(({ change }) => change) ?? [],
    setChecks: (editId, checks, owner = 'task') => {
      const others = (board.get(editId)?.checks ?? []).filter((check) => check.owner !== owner);
      const own = checks.map((check) => ({ ...check, owner }));
      board.update(editId, { checks: owner === 'verification' ? [...own, ...others] : [...others, ...own] });
    },
    pending: (editId) => {
      const record = board.get(editId);
      if (record?.state !== 'pending') return undefined;
      return { title: record.title, task: record.task, isQuiet: record.isQuiet, canRepair: isRepairable(record) };
    },
    offerRepair: (editId, repairPrompt = '') => {
      board.update(editId, { repairPrompt });
      return repairPrompt === '' ? undefined : board.get(editId)?.estimateRepair?.(repairPrompt);
    },
    pathOf: (uri) => pathOfUri(vscode.Uri.parse(uri, true)),
    onDidChange: (listener) => board.onDidChange((record) => listener(toSummary(record))),
  };
}

function createUndoing({ board, writer }: ReviewerDependencies, writes: ReviewWrites): Pick<ReviewActions, 'undo' | 'undoLast' | 'redo'> {
  return {
    async undo(editId) {
      const done = await writes.undo(editId);
      if (done) board.update(editId, { state: 'discarded', note: vscode.l10n.t('Undone.') });
      return done;
    },
    async undoLast(passed = [], passOver) {
      const entry = await writer.lastHere(passed);
      if (entry === undefined) return undefined;
      const isLast = (await writer.lastHere([...passed, entry.id])) === undefined;
      if (!(await writes.undoEntry(entry, isLast || passOver === undefined ? undefined : () => passOver(entry.id)))) return undefined;
      const rest = await writer.lastApplied(entry.editId);
      if (rest === undefined && board.get(entry.editId)?.state !== 'pending') board.update(entry.editId, { state: 'discarded', note: vscode.l10n.t('Undone.') });
      return entry;
    },
    async redo(editId) {
      const done = await writes.redo(editId);
      if (done) board.update(editId, { state: 'accepted', note: undefined });
      return done;
    },
  };
}

function beginStream(request: EditRequest, dependencies: ReviewerDependencies, outcomes: ReviewOutcomes): EditStream {
  const { board } = dependencies;
  const editId = randomUUID();
  let ended = false;
  board.add(newRecord(editId, request));
  const answer = createAnswerStream({
    ...dependencies, editId, scope: request.scope,
    view: request.quiet === true ? undefined : createGrowingDiff({ editId, title: request.title, documents: dependencies.documents, onFile: (path, counts) => showProgress(board, editId, { path, counts }) }),
  });
  const cancel = (): void => {
    if (ended) return;
    ended = true;
    answer.cancel();
    void outcomes.close(editId, 'discarded');
  };
  request.signal?.addEventListener('abort', cancel, { once: true });
  return {
    editId,
    push: (text) => (ended ? undefined : answer.push(text)),
    pushPart: (part) => (ended ? undefined : answer.pushPart(part)),
    cancel,
    async finish(reason) {
      if (ended) return { state: 'no-edits' };
      ended = true;
      request.signal?.removeEventListener('abort', cancel);
      return settleAnswer(editId, await answer.finish(reason === 'stop' || reason === 'tool-calls'), outcomes);
    },
  };
}

async function settleAnswer(editId: string, result: AnswerResult, outcomes: ReviewOutcomes): Promise<EditOutcome> {
  switch (result.state) {
    case 'changes':
      return outcomes.offer(editId, result.changes);
    case 'refused':
      return outcomes.refuse(editId, result.problems, result.repairPrompt);
    case 'no-edits':
      await outcomes.close(editId, 'discarded');
      return { state: 'no-edits' };
  }
}

interface Progress {
  readonly path: string;
  readonly counts: { readonly added: number; readonly removed: number };
}

function showProgress(board: EditBoard, editId: string, { path, counts }: Progress): void {
  const record = board.get(editId);
  if (record?.state !== 'streaming') return;
  const file: FileReview = { change: nameOnly(path), state: 'open', acceptedCounts: counts };
  board.update(editId, { files: [...record.files.filter(({ change }) => change.path !== path), file] });
}

function isRepairable({ repair, repaired, writtenAt }: EditRecord): boolean {
  return repair !== undefined && !repaired && writtenAt === undefined;
}

function newRecord(id: string, { task, title, repair, estimateRepair, isRepair = false, quiet = false }: Omit<EditRequest, 'scope'>): EditRecord {
  return { id, task, title, state: 'streaming', files: [], problems: [], repairPrompt: '', repair, estimateRepair, repaired: isRepair, isQuiet: quiet, checks: [] };
}

/** While it streams only the name and the counts of a file are known. */
function nameOnly(path: string): FileChange {
  return { kind: 'modify', uri: '', path, original: '', proposed: '', hunks: [], counts: { added: 0, removed: 0, whiteSpaceOnly: 0, invisible: 0, longestLine: 0 }, warnings: [] };
}
