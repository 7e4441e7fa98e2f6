// Everything that writes files goes through here, one at a time: applying changes, taking them back, and taking that back.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import type { JournalEntry } from '../../core/edit/journal.ts';
import type { FileChange } from '../../core/edit/proposal.ts';
import type { Logger } from '../../core/logger.ts';
import type { JournalFiles } from './journalFiles.ts';
import { planChanges } from './plannedWrite.ts';
import { createReverting, isUndo, undoOf } from './reverting.ts';
import { createTurns } from './turns.ts';
import { isOfThisWindow } from './workspacePaths.ts';
import type { WriteOutcome } from './writeOutcome.ts';
import { writePlan } from './writePlan.ts';

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
  /** Two writes at once would each see the other's half-done files. */
  const inTurn = createTurns();

  let lastStamp = 0;
  /** Never twice the same: the order of the entries is that of their times. */
  const stamp = (): number => (lastStamp = Math.max(clock.date(), lastStamp + 1));

  const reverting = createReverting({ journal, log, stamp });

  const appliedFor = async (editId: string): Promise<readonly JournalEntry[]> => (await journal.list()).filter((entry) => entry.editId === editId && entry.state === 'applied').toReversed();

  return {
    apply: (head, changes) => inTurn(async () => {
      const plan = await planChanges(changes);
      if (!plan.ok) return plan;
      return writePlan({ entryId: randomUUID(), ...head, createdAt: stamp(), writes: plan.writes, exact: false }, { journal, log });
    }),
    undo: (editId) => inTurn(async () => reverting.revertAll(editId, await appliedFor(editId))),
    undoEntry: (entry) => inTurn(() => reverting.revert(entry)),
    redo: (editId) => inTurn(async () => {
      const [entry] = await appliedFor(undoOf(editId));
      return entry === undefined ? { ok: false, problems: [] } : reverting.revertAs(entry, editId);
    }),
    // In turn: who asks for the last one while it is being written means that one.
    lastApplied: (editId) => inTurn(async () => (await appliedFor(editId))[0]),
    lastHere: (passed) => inTurn(async () => (await journal.list()).findLast((entry) => entry.state === 'applied' && !isUndo(entry) && !passed.includes(entry.id) && liesHere(entry))),
  };
}

/** The journal is one for all windows. */
function liesHere({ files }: JournalEntry): boolean {
  return files.every(({ uri, newUri }) => isOfThisWindow(vscode.Uri.parse(newUri ?? uri, true)));
}
