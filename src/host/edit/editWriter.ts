// Everything that writes files goes through here, one at a time: applying changes, taking them back, and taking that back.
import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import type { JournalEntry } from '../../core/edit/journal.ts';
import type { EditProblem, FileChange } from '../../core/edit/proposal.ts';
import type { Logger } from '../../core/logger.ts';
import type { JournalFiles } from './journalFiles.ts';
import { planChanges } from './plannedWrite.ts';
import { planUndo } from './planUndo.ts';
import { writePlan } from './writePlan.ts';

export type WriteOutcome =
  | { readonly ok: true; readonly entry: JournalEntry | undefined; readonly changedBySave: readonly vscode.Uri[] }
  | { readonly ok: false; readonly problems: readonly EditProblem[] };

export interface WriteHead {
  readonly editId: string;
  readonly title: string;
}

export interface EditWriter {
  apply(head: WriteHead, changes: readonly FileChange[]): Promise<WriteOutcome>;
  /** Takes back all that was applied for an edit, the newest first. */
  undo(editId: string): Promise<WriteOutcome>;
  /** Takes back one action of an edit: a hunk, if it was accepted by hunks. */
  undoEntry(entry: JournalEntry): Promise<WriteOutcome>;
  /** Takes back the last undo of an edit. */
  redo(editId: string): Promise<WriteOutcome>;
  /** The newest applied edit, also of an earlier session. */
  lastApplied(editId?: string): Promise<JournalEntry | undefined>;
}

export interface EditWriterDependencies {
  readonly journal: JournalFiles;
  readonly clock: Clock;
  readonly log: Logger;
}

export function createEditWriter({ journal, clock, log }: EditWriterDependencies): EditWriter {
  let queue: Promise<unknown> = Promise.resolve();
  /** Two writes at once would each see the other's half-done files. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const revert = async (entry: JournalEntry): Promise<WriteOutcome> => {
    const plan = await planUndo(entry, journal);
    if (!plan.ok) return plan;
    if (plan.writes.length === 0) {
      await journal.settle(entry, 'undone');
      return { ok: true, entry: undefined, changedBySave: [] };
    }
    // The undo is an entry of its own, named after what it undoes, so that it can be taken back in the same way.
    const result = await writePlan({ entryId: newId(), editId: undoOf(entry.editId), title: entry.title, createdAt: clock.date(), writes: plan.writes, exact: true }, { journal, log });
    if (result.ok) await journal.settle(entry, 'undone');
    return result;
  };

  const appliedFor = async (editId: string): Promise<readonly JournalEntry[]> => (await journal.list()).filter((entry) => entry.editId === editId && entry.state === 'applied').toReversed();

  return {
    apply: (head, changes) => inTurn(async () => {
      const plan = await planChanges(changes);
      if (!plan.ok) return plan;
      return writePlan({ entryId: newId(), ...head, createdAt: clock.date(), writes: plan.writes, exact: false }, { journal, log });
    }),
    undo: (editId) => inTurn(async () => {
      let last: WriteOutcome = { ok: false, problems: [] };
      for (const entry of await appliedFor(editId)) {
        last = await revert(entry);
        if (!last.ok) return last;
      }
      return last;
    }),
    undoEntry: (entry) => inTurn(() => revert(entry)),
    redo: (editId) => inTurn(async () => {
      const [entry] = await appliedFor(undoOf(editId));
      if (entry === undefined) return { ok: false, problems: [] };
      const plan = await planUndo(entry, journal);
      if (!plan.ok) return plan;
      const result = await writePlan({ entryId: newId(), editId, title: entry.title, createdAt: clock.date(), writes: plan.writes, exact: true }, { journal, log });
      if (result.ok) await journal.settle(entry, 'undone');
      return result;
    }),
    // In turn: who asks for the last one while it is being written means that one.
    lastApplied: (editId) => inTurn(async () => (await journal.list()).findLast((entry) => entry.state === 'applied' && (editId === undefined ? !entry.editId.startsWith(undoMark) : entry.editId === editId))),
  };
}

const undoMark = 'undo:';

function undoOf(editId: string): string {
  return undoMark + editId;
}

function newId(): string {
  return randomUUID();
}
