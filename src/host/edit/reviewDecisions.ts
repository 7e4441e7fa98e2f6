// What the user decides in a review: all of it, a file, a hunk; taken or dropped. And what their typing does to it meanwhile.
import type { Clock } from '../../core/clock.ts';
import { afterAccepting, carryOver, isEmptyChange, onlyHunk, withoutHunk } from '../../core/edit/changeEditing.ts';
import { describeProblem } from '../../core/edit/problemWords.ts';
import type { Hunk } from '../../core/edit/proposal.ts';
import type { Translate } from '../../core/translate.ts';
import { openFiles, type EditBoard, type EditRecord, type FileReview } from './editBoard.ts';
import type { ProposalDocuments } from './proposalDocuments.ts';
import { warningsNote, type ReviewOutcomes } from './reviewOutcomes.ts';
import { closeReview } from './reviewTabs.ts';
import type { ReviewWrites } from './reviewWrites.ts';

export interface ReviewDecisions {
  accept(editId: string): Promise<boolean>;
  discard(editId: string): Promise<void>;
  acceptFile(editId: string, fileUri: string): Promise<boolean>;
  discardFile(editId: string, fileUri: string): Promise<void>;
  acceptHunk(editId: string, fileUri: string, hunk: Hunk): Promise<boolean>;
  discardHunk(editId: string, fileUri: string, hunk: Hunk): Promise<void>;
  /** Carries all pending changes of a file over its present text. */
  followText(fileUri: string, text: string): void;
}

export interface ReviewDecisionDependencies {
  readonly board: EditBoard;
  readonly documents: ProposalDocuments;
  readonly writes: ReviewWrites;
  readonly outcomes: ReviewOutcomes;
  readonly clock: Clock;
  readonly translate: Translate;
}

export function createReviewDecisions(dependencies: ReviewDecisionDependencies): ReviewDecisions {
  return { ...createAcceptance(dependencies), ...createDiscarding(dependencies), followText: (fileUri, text) => followText(dependencies, fileUri, text) };
}

function createAcceptance(dependencies: ReviewDecisionDependencies): Pick<ReviewDecisions, 'accept' | 'acceptFile' | 'acceptHunk'> {
  const { board, writes, outcomes, clock } = dependencies;
  const acceptFile: ReviewDecisions['acceptFile'] = async (editId, fileUri) => {
    const found = findOpen(board, editId, fileUri);
    if (found === undefined || (await writes.write(found.record, [found.file.change])).length === 0) return false;
    await settleFile(dependencies, editId, toAccepted(found.file));
    return true;
  };
  return {
    acceptFile,
    async accept(editId) {
      const record = board.get(editId);
      if (record?.state !== 'pending') return false;
      const written = new Set((await writes.write(record, openFiles(record).map(({ change }) => change))).map(({ uri }) => uri));
      if (written.size === 0) return false;
      const files = record.files.map((file) => (file.state === 'open' && written.has(file.change.uri) ? toAccepted(file) : file));
      board.update(editId, { files, writtenAt: clock.date() });
      // What the user left unchanged stays to be decided.
      if (!files.some(({ state }) => state === 'open')) await outcomes.close(editId, 'accepted');
      else for (const uri of written) await closeReview(record, uri);
      return true;
    },
    async acceptHunk(editId, fileUri, hunk) {
      const found = findOpen(board, editId, fileUri);
      if (found === undefined) return false;
      const { change, acceptedCounts } = found.file;
      if (change.kind !== 'modify' || change.hunks.length === 1) return acceptFile(editId, fileUri);
      const part = onlyHunk(change, hunk);
      if ((await writes.write(found.record, [part])).length === 0) return false;
      // The file's own change event may have carried the change over already.
      const carried = findOpen(board, editId, fileUri)?.file.change;
      const rest = carried !== undefined && carried.original === part.proposed ? carried : afterAccepting(change, hunk);
      const counts = { added: acceptedCounts.added + part.counts.added, removed: acceptedCounts.removed + part.counts.removed };
      await settleFile(dependencies, editId, { ...found.file, change: rest, acceptedCounts: counts, state: isEmptyChange(rest) ? 'accepted' : 'open' });
      return true;
    },
  };
}

function createDiscarding(dependencies: ReviewDecisionDependencies): Pick<ReviewDecisions, 'discard' | 'discardFile' | 'discardHunk'> {
  const { board, outcomes } = dependencies;
  const discardFile: ReviewDecisions['discardFile'] = async (editId, fileUri) => {
    const found = findOpen(board, editId, fileUri);
    if (found !== undefined) await settleFile(dependencies, editId, { ...found.file, state: hasAccepted(found.file) ? 'accepted' : 'discarded' });
  };
  return {
    discardFile,
    async discard(editId) {
      const record = board.get(editId);
      if (record?.state !== 'pending') return;
      board.update(editId, { files: record.files.map((file) => (file.state === 'open' ? { ...file, state: hasAccepted(file) ? 'accepted' : 'discarded' } : file)) });
      await outcomes.close(editId, record.writtenAt === undefined ? 'discarded' : 'accepted');
    },
    async discardHunk(editId, fileUri, hunk) {
      const found = findOpen(board, editId, fileUri);
      if (found === undefined) return;
      const { change } = found.file;
      if (change.kind !== 'modify' || change.hunks.length === 1) await discardFile(editId, fileUri);
      else await settleFile(dependencies, editId, { ...found.file, change: withoutHunk(change, hunk) });
    },
  };
}

/** Puts the file in its new state; the edit ends with its last open file. */
async function settleFile({ board, documents, outcomes, clock }: ReviewDecisionDependencies, editId: string, next: FileReview): Promise<void> {
  const record = board.get(editId);
  if (record === undefined) return;
  const files = record.files.map((file) => (file.change.uri === next.change.uri ? next : file));
  const anyAccepted = files.some((file) => file.state === 'accepted' || hasAccepted(file));
  if (next.state === 'open') documents.set(editId, next.change.uri, next.change.proposed);
  board.update(editId, { files, ...(anyAccepted ? { writtenAt: clock.date() } : {}) });
  if (!files.some((file) => file.state === 'open')) await outcomes.close(editId, anyAccepted ? 'accepted' : 'discarded');
  else if (next.state !== 'open') await closeReview(record, next.change.uri);
}

function followText({ board, documents, translate }: ReviewDecisionDependencies, fileUri: string, text: string): void {
  for (const record of board.pending()) {
    const file = openFiles(record).find(({ change }) => change.uri === fileUri && change.kind !== 'create');
    if (file === undefined || (file.change.original === text && file.conflict !== true)) continue;
    const carried = carryOver(file.change, text);
    if (carried !== undefined) documents.set(record.id, fileUri, carried.proposed);
    const next: FileReview = carried === undefined ? { ...file, conflict: true } : { ...file, change: carried, conflict: false };
    const files = record.files.map((each) => (each.change.uri === fileUri ? next : each));
    board.update(record.id, { files, note: noteWithConflicts(files, translate) });
  }
}

function noteWithConflicts(files: readonly FileReview[], translate: Translate): string | undefined {
  const conflicts = files.filter((file) => file.conflict === true).map(({ change }) => describeProblem({ kind: 'changed', path: change.path }, translate));
  const note = [warningsNote(files.map(({ change }) => change), translate), ...conflicts].filter((part) => part !== undefined).join(' ');
  return note === '' ? undefined : note;
}

function findOpen(board: EditBoard, editId: string, fileUri: string): { readonly record: EditRecord; readonly file: FileReview } | undefined {
  const record = board.get(editId);
  const file = record?.state === 'pending' ? record.files.find((each) => each.change.uri === fileUri && each.state === 'open') : undefined;
  return record === undefined || file === undefined ? undefined : { record, file };
}

function toAccepted({ change, acceptedCounts }: FileReview): FileReview {
  return { change, state: 'accepted', acceptedCounts: { added: acceptedCounts.added + change.counts.added, removed: acceptedCounts.removed + change.counts.removed } };
}

function hasAccepted({ acceptedCounts }: FileReview): boolean {
  return acceptedCounts.added + acceptedCounts.removed > 0;
}
