// Everything that writes files goes through here, one at a time: applying changes, taking them back, and taking that back.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import type { JournalEntry } from '../../core/edit/journal.ts';
import type { EditProblem, FileChange } from '../../core/edit/proposal.ts';
import type { Logger } from '../../core/logger.ts';
import type { JournalFiles } from './journalFiles.ts';
import { planChanges } from './plannedWrite.ts';
import { planUndo } from './planUndo.ts';
import { isOfThisWindow } from './workspacePaths.ts';
import { writePlan } from './writePlan.ts';

export type WriteOutcome =
  | { readonly ok: true; readonly entry: JournalEntry | undefined; readonly changedBySave: readonly vscode.Uri[] }
  | {
    readonly ok: false;
    readonly problems: readonly EditProblem[];
    /** A part of an edit was undone and could not be brought again. */
    readonly isPartly?: boolean;
  };

export interface WriteHead {
  readonly editId: string;
  readonly title: string;
}

export interface EditWriter {
  apply(head: WriteHead, changes: readonly FileChange[]): Promise<WriteOutcome>;
  /** Takes back all that was applied for an edit, or nothing of it. */
  undo(editId: string): Promise<WriteOutcome>;
  /** Takes back one action of an edit: a hunk, if it was accepted by hunks. */
  undoEntry(entry: JournalEntry): Promise<WriteOutcome>;
  /** Takes back the last undo of an edit. */
  redo(editId: string): Promise<WriteOutcome>;
  /** What was applied last for an edit. */
  lastApplied(editId: string): Promise<JournalEntry | undefined>;
  /** The newest applied edit of files of this window, also of an earlier session, without those that were passed over. */
  lastHere(passed: readonly string[]): Promise<JournalEntry | undefined>;
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

  let lastStamp = 0;
  /** Never twice the same: the order of the entries is that of their times. */
  const stamp = (): number => (lastStamp = Math.max(clock.date(), lastStamp + 1));

  const revertAs = async (entry: JournalEntry, editId: string): Promise<WriteOutcome> => {
    const plan = await planUndo(entry, journal);
    if (!plan.ok) return plan;
    if (plan.writes.length === 0) {
      await journal.settle(entry, 'undone');
      return { ok: true, entry: undefined, changedBySave: [] };
    }
    const result = await writePlan({ entryId: newId(), editId, title: entry.title, createdAt: stamp(), writes: plan.writes, exact: true }, { journal, log });
    if (result.ok) await journal.settle(entry, 'undone');
    return result;
  };
  /** The undo is an entry of its own, named after what it undoes, so that it can be taken back in the same way. */
  const revert = (entry: JournalEntry): Promise<WriteOutcome> => revertAs(entry, undoOf(entry.editId));

  /** Brings again what was undone; false when something is in the way. */
  const bringAgain = async (editId: string, undos: readonly JournalEntry[]): Promise<boolean> => {
    try {
      for (const undo of undos.toReversed()) if (!(await revertAs(undo, editId)).ok) return false;
      return true;
    } catch (error) {
      log.error(`Edit ${editId}: a part was undone and could not be brought again.`, error);
      return false;
    }
  };

  const appliedFor = async (editId: string): Promise<readonly JournalEntry[]> => (await journal.list()).filter((entry) => entry.editId === editId && entry.state === 'applied').toReversed();

  return {
    apply: (head, changes) => inTurn(async () => {
      const plan = await planChanges(changes);
      if (!plan.ok) return plan;
      return writePlan({ entryId: newId(), ...head, createdAt: stamp(), writes: plan.writes, exact: false }, { journal, log });
    }),
    undo: (editId) => inTurn(async () => {
      let last: WriteOutcome = { ok: false, problems: [] };
      const undos: JournalEntry[] = [];
      for (const entry of await appliedFor(editId)) {
        try {
          last = await revert(entry);
        } catch (error) {
          if (await bringAgain(editId, undos)) throw error;
          return { ok: false, problems: [], isPartly: true };
        }
        if (!last.ok) return { ...last, isPartly: !(await bringAgain(editId, undos)) };
        if (last.entry !== undefined) undos.push(last.entry);
      }
      return last;
    }),
    undoEntry: (entry) => inTurn(() => revert(entry)),
    redo: (editId) => inTurn(async () => {
      const [entry] = await appliedFor(undoOf(editId));
      return entry === undefined ? { ok: false, problems: [] } : revertAs(entry, editId);
    }),
    // In turn: who asks for the last one while it is being written means that one.
    lastApplied: (editId) => inTurn(async () => (await appliedFor(editId))[0]),
    lastHere: (passed) => inTurn(async () => (await journal.list()).findLast((entry) => entry.state === 'applied' && !entry.editId.startsWith(undoMark) && !passed.includes(entry.id) && liesHere(entry))),
  };
}

/** The journal is one for all windows. */
function liesHere({ files }: JournalEntry): boolean {
  return files.every(({ uri, newUri }) => isOfThisWindow(vscode.Uri.parse(newUri ?? uri, true)));
}

const undoMark = 'undo:';

function undoOf(editId: string): string {
  return undoMark + editId;
}

function newId(): string {
  return randomUUID();
}
