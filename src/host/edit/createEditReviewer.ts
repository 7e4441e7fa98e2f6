// The reviewer: from an answer or a ready change to a review, and from the user's decision to the files.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { afterAccepting, carryOver, isEmptyChange, onlyHunk, withoutHunk } from '../../core/edit/changeEditing.ts';
import { describeProblem, describeWarning } from '../../core/edit/problemWords.ts';
import type { EditProblem, FileChange, Hunk } from '../../core/edit/proposal.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { Translate } from '../../core/translate.ts';
import { createAnswerStream, type AnswerResult } from './answerStream.ts';
import { confirmChanges } from './confirmations.ts';
import { openFiles, toSummary, type EditBoard, type EditRecord, type FileReview } from './editBoard.ts';
import type { EditOutcome, EditReviewer, EditStream } from './editReviewer.ts';
import type { EditWriter, WriteOutcome } from './editWriter.ts';
import type { ProposalDocuments } from './proposalDocuments.ts';
import { resolveReady } from './readyChanges.ts';
import { closeReview, openReview } from './reviewTabs.ts';
import { pathOfUri } from './workspacePaths.ts';

export interface ReviewerDependencies {
  readonly board: EditBoard;
  readonly writer: EditWriter;
  readonly documents: ProposalDocuments;
  readonly clock: Clock;
  readonly log: Logger;
  readonly translate: Translate;
  readonly restore: (text: string, fileUri: string) => string;
}

/** What the review's own commands need beyond the port. */
export interface ReviewActions extends EditReviewer {
  acceptFile(editId: string, fileUri: string): Promise<boolean>;
  discardFile(editId: string, fileUri: string): Promise<void>;
  acceptHunk(editId: string, fileUri: string, hunk: Hunk): Promise<boolean>;
  discardHunk(editId: string, fileUri: string, hunk: Hunk): Promise<void>;
  /** Carries all pending changes of a file over its present text. */
  followText(fileUri: string, text: string): void;
  redo(editId: string): Promise<boolean>;
}

export function createEditReviewer(dependencies: ReviewerDependencies): ReviewActions {
  const { board, writer, documents, clock, log, translate } = dependencies;

  const begin: EditReviewer['begin'] = (request) => {
    const editId = randomUUID();
    let ended = false;
    board.add(newRecord(editId, request, 'streaming'));
    const answer = createAnswerStream({
      editId, title: request.title, scope: request.scope, quiet: request.quiet === true, documents, clock, log, restore: dependencies.restore,
      onFile: (path, counts) => showProgress(editId, path, counts),
    });
    const cancel = (): void => {
      if (ended) return;
      ended = true;
      answer.cancel();
      void close(editId, 'discarded');
    };
    request.signal?.addEventListener('abort', cancel, { once: true });
    const stream: EditStream = {
      editId,
      push: (text) => (ended ? undefined : answer.push(text)),
      pushPart: (part) => (ended ? undefined : answer.pushPart(part)),
      cancel,
      async finish(reason) {
        if (ended) return { state: 'no-edits' };
        ended = true;
        request.signal?.removeEventListener('abort', cancel);
        return settleAnswer(editId, await answer.finish(reason === 'stop' || reason === 'tool-calls'));
      },
    };
    return stream;
  };

  const settleAnswer = async (editId: string, result: AnswerResult): Promise<EditOutcome> => {
    if (result.state === 'no-edits') {
      await close(editId, 'discarded');
      return { state: 'no-edits' };
    }
    if (result.state === 'refused') return refuse(editId, result.problems, result.repairPrompt);
    return offer(editId, result.changes);
  };

  const offer = async (editId: string, changes: readonly FileChange[]): Promise<EditOutcome> => {
    for (const change of changes) documents.set(editId, change.uri, change.proposed);
    board.update(editId, { state: 'pending', files: changes.map((change) => ({ change, state: 'open', acceptedCounts: { added: 0, removed: 0 } })), note: noteOf(changes, translate) });
    const record = board.get(editId);
    if (record === undefined) return { state: 'no-edits' };
    await openReview(record);
    return { state: 'pending', editId, summary: toSummary(record) };
  };

  const refuse = async (editId: string, problems: readonly EditProblem[], repairPrompt: string): Promise<EditOutcome> => {
    const note = problems.slice(0, 3).map((problem) => describeProblem(problem, translate)).join(' ');
    board.update(editId, { state: 'refused', problems, repairPrompt, note });
    log.info(`edit ${editId}: refused (${problems.map(({ kind }) => kind).join(', ')})`);
    const record = board.get(editId);
    if (record === undefined) return { state: 'no-edits' };
    await closeReview(record);
    documents.drop(editId);
    void sayRefused(record, note);
    return { state: 'refused', editId, summary: toSummary(record), problems, repairPrompt };
  };

  const sayRefused = async (record: EditRecord, note: string): Promise<void> => {
    const repair = record.repairPrompt !== '' && record.repair !== undefined ? vscode.l10n.t('Ask again') : undefined;
    const picked = await vscode.window.showWarningMessage(withoutLinks(vscode.l10n.t('Nothing was changed. {0}', note)), ...(repair === undefined ? [] : [repair]));
    if (picked !== undefined && picked === repair) await reviewer.repair(record.id);
  };

  const showProgress = (editId: string, path: string, counts: { readonly added: number; readonly removed: number }): void => {
    const record = board.get(editId);
    if (record?.state !== 'streaming') return;
    const file: FileReview = { change: placeholderChange(path), state: 'open', acceptedCounts: counts };
    board.update(editId, { files: [...record.files.filter(({ change }) => change.path !== path), file] });
  };

  const close = async (editId: string, state: EditRecord['state']): Promise<void> => {
    board.update(editId, { state, ...(state === 'discarded' ? { note: undefined } : {}) });
    const record = board.get(editId);
    if (record !== undefined) await closeReview(record);
    documents.drop(editId);
  };

  /** Writes some of the pending changes, together or not at all. */
  const write = async (record: EditRecord, changes: readonly FileChange[]): Promise<boolean> => {
    const confirmed = await confirmChanges(changes, translate);
    if (confirmed === undefined) return false;
    try {
      return tell(await writer.apply({ editId: record.id, title: record.title }, confirmed));
    } catch (error) {
      log.error(`edit ${record.id}: could not be applied`, error);
      void vscode.window.showErrorMessage(vscode.l10n.t('The change could not be written. All files are as they were.'));
      return false;
    }
  };

  const tell = (outcome: WriteOutcome): boolean => {
    if (outcome.ok) {
      for (const uri of outcome.changedBySave) vscode.window.setStatusBarMessage(vscode.l10n.t('Saving also formatted {0}. Undo takes both back.', pathOfUri(uri)), statusMs);
      return true;
    }
    const words = outcome.problems.map((problem) => describeProblem(problem, translate)).join(' ');
    void vscode.window.showWarningMessage(withoutLinks(vscode.l10n.t('Nothing was changed. {0}', words === '' ? vscode.l10n.t('There is nothing to undo.') : words)));
    return false;
  };

  const markFile = async (editId: string, fileUri: string, next: FileReview): Promise<void> => {
    const record = board.get(editId);
    if (record === undefined) return;
    const files = record.files.map((file) => (file.change.uri === fileUri ? next : file));
    const open = files.some((file) => file.state === 'open');
    const anyAccepted = files.some((file) => file.state === 'accepted' || file.acceptedCounts.added + file.acceptedCounts.removed > 0);
    if (next.state === 'open') documents.set(editId, fileUri, next.change.proposed);
    board.update(editId, { files, ...(open ? {} : { state: anyAccepted ? 'accepted' : 'discarded' }), ...(next.state === 'accepted' || anyAccepted ? { writtenAt: clock.date() } : {}) });
    if (!open) await close(editId, anyAccepted ? 'accepted' : 'discarded');
    else if (next.state !== 'open') await closeReview(record, fileUri);
  };

  const fileOf = (editId: string, fileUri: string): { readonly record: EditRecord; readonly file: FileReview } | undefined => {
    const record = board.get(editId);
    const file = record?.state === 'pending' ? record.files.find((each) => each.change.uri === fileUri && each.state === 'open') : undefined;
    return record === undefined || file === undefined ? undefined : { record, file };
  };

  const reviewer: ReviewActions = {
    begin,
    async propose({ task, title, changes }) {
      const editId = randomUUID();
      const result = await resolveReady(changes);
      if (result.ok && result.changes.every(isEmptyChange)) return { state: 'no-edits' };
      board.add(newRecord(editId, { task, title }, 'streaming'));
      return result.ok ? offer(editId, result.changes) : refuse(editId, result.problems, '');
    },
    async review(editId) {
      const record = board.get(editId);
      if (record?.state === 'pending') await openReview(record);
    },
    async accept(editId) {
      const record = board.get(editId);
      if (record?.state !== 'pending') return false;
      const open = openFiles(record);
      if (!(await write(record, open.map(({ change }) => change)))) return false;
      board.update(editId, { files: record.files.map((file) => (file.state === 'open' ? accepted(file) : file)), writtenAt: clock.date() });
      await close(editId, 'accepted');
      return true;
    },
    async acceptFile(editId, fileUri) {
      const found = fileOf(editId, fileUri);
      if (found === undefined || !(await write(found.record, [found.file.change]))) return false;
      await markFile(editId, fileUri, accepted(found.file));
      return true;
    },
    async acceptHunk(editId, fileUri, hunk) {
      const found = fileOf(editId, fileUri);
      if (found === undefined) return false;
      const { change } = found.file;
      if (change.kind !== 'modify' || change.hunks.length === 1) return reviewer.acceptFile(editId, fileUri);
      const part = onlyHunk(change, hunk);
      if (!(await write(found.record, [part]))) return false;
      const counts = { added: found.file.acceptedCounts.added + part.counts.added, removed: found.file.acceptedCounts.removed + part.counts.removed };
      // The file's own change event may have carried the change over already.
      const present = fileOf(editId, fileUri)?.file.change;
      const rest = present !== undefined && present.original === part.proposed ? present : afterAccepting(change, hunk);
      await markFile(editId, fileUri, { ...found.file, change: rest, acceptedCounts: counts, state: isEmptyChange(rest) ? 'accepted' : 'open' });
      return true;
    },
    async discardHunk(editId, fileUri, hunk) {
      const found = fileOf(editId, fileUri);
      if (found === undefined) return;
      const { change } = found.file;
      if (change.kind !== 'modify' || change.hunks.length === 1) return reviewer.discardFile(editId, fileUri);
      await markFile(editId, fileUri, { ...found.file, change: withoutHunk(change, hunk) });
    },
    async discardFile(editId, fileUri) {
      const found = fileOf(editId, fileUri);
      if (found === undefined) return;
      const { added, removed } = found.file.acceptedCounts;
      await markFile(editId, fileUri, { ...found.file, state: added + removed > 0 ? 'accepted' : 'discarded' });
    },
    async discard(editId) {
      const record = board.get(editId);
      if (record?.state !== 'pending') return;
      const anyAccepted = record.writtenAt !== undefined;
      board.update(editId, { files: record.files.map((file) => (file.state === 'open' ? { ...file, state: 'discarded' } : file)) });
      await close(editId, anyAccepted ? 'accepted' : 'discarded');
    },
    async undo(editId) {
      const done = await attempt(() => writer.undo(editId), editId);
      if (done) board.update(editId, { state: 'discarded', note: vscode.l10n.t('Undone.') });
      return done;
    },
    async redo(editId) {
      const done = await attempt(() => writer.redo(editId), editId);
      if (done) board.update(editId, { state: 'accepted', note: undefined });
      return done;
    },
    async repair(editId) {
      const record = board.get(editId);
      if (record?.state !== 'refused' || record.repaired || record.repairPrompt === '') return;
      // One round: what fails twice is not cured by asking again.
      board.update(editId, { repaired: true });
      await record.repair?.(record.repairPrompt);
    },
    summary: (editId) => board.summary(editId),
    changes: (editId) => board.get(editId)?.files.filter((file) => file.state === 'open').map(({ change }) => change) ?? [],
    setChecks: (editId, checks) => board.update(editId, { checks }),
    pathOf: (uri) => pathOfUri(vscode.Uri.parse(uri, true)),
    onDidChange: (listener) => board.onDidChange((record) => listener(toSummary(record))),
    followText(fileUri, text) {
      for (const record of board.pending()) {
        const file = openFiles(record).find(({ change }) => change.uri === fileUri && change.kind !== 'create');
        if (file === undefined || file.change.original === text) continue;
        const carried = carryOver(file.change, text);
        if (carried === undefined) {
          if (file.conflict !== true) patchFile(record, { ...file, conflict: true });
          continue;
        }
        documents.set(record.id, fileUri, carried.proposed);
        patchFile(record, { ...file, change: carried, conflict: false });
      }
    },
  };

  const patchFile = (record: EditRecord, next: FileReview): void => {
    const files = record.files.map((file) => (file.change.uri === next.change.uri ? next : file));
    const conflicts = files.filter((file) => file.conflict === true).map(({ change }) => describeProblem({ kind: 'changed', path: change.path }, translate));
    board.update(record.id, { files, note: [noteOf(files.map(({ change }) => change), translate), ...conflicts].filter((part) => part !== undefined && part !== '').join(' ') });
  };

  const attempt = async (work: () => Promise<WriteOutcome>, editId: string): Promise<boolean> => {
    try {
      return tell(await work());
    } catch (error) {
      log.error(`edit ${editId}: could not be undone`, error);
      void vscode.window.showErrorMessage(vscode.l10n.t('The change could not be written. All files are as they were.'));
      return false;
    }
  };

  return reviewer;
}

const statusMs = 10_000;

function newRecord(id: string, request: Pick<EditRecord, 'task' | 'title'> & Partial<Pick<EditRecord, 'repair'>>, state: EditRecord['state']): EditRecord {
  return { id, task: request.task, title: request.title, state, files: [], problems: [], repairPrompt: '', repair: request.repair, repaired: false, checks: [] };
}

function accepted({ change, acceptedCounts }: FileReview): FileReview {
  return { change, state: 'accepted', acceptedCounts: { added: acceptedCounts.added + change.counts.added, removed: acceptedCounts.removed + change.counts.removed } };
}

function noteOf(changes: readonly FileChange[], translate: Translate): string | undefined {
  const warnings = changes.flatMap((change) => change.warnings.map((warning) => `${change.path}: ${describeWarning(warning, translate)}`));
  return warnings.length === 0 ? undefined : warnings.slice(0, 3).join(' ');
}

/** While it streams only the name and the counts of a file are known. */
function placeholderChange(path: string): FileChange {
  return { kind: 'modify', uri: '', path, original: '', proposed: '', hunks: [], counts: { added: 0, removed: 0, whiteSpaceOnly: 0, invisible: 0, longestLine: 0 }, warnings: [] };
}

/** Notifications turn markdown links into buttons: text that comes from an answer must not. */
function withoutLinks(text: string): string {
  return text.replace(/[[\]()]/g, (mark) => ({ '[': '⟦', ']': '⟧', '(': '❨', ')': '❩' })[mark] ?? mark);
}
