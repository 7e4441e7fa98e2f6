// Takes back what the journal has noted. An undo is an entry too: what takes it back brings the edit again.
import { randomUUID } from 'node:crypto';
import type { JournalEntry } from '../../core/edit/journal.ts';
import type { Logger } from '../../core/logger.ts';
import type { WriteOutcome } from './writeOutcome.ts';
import type { JournalFiles } from './journalFiles.ts';
import { planUndo } from './planUndo.ts';
import { writePlan } from './writePlan.ts';

export interface Reverting {
  /** Takes an entry back, noted as the undo of its edit. */
  revert(entry: JournalEntry): Promise<WriteOutcome>;
  /** Takes an entry back, noted under an edit. */
  revertAs(entry: JournalEntry, editId: string): Promise<WriteOutcome>;
  /** All entries of an edit, the newest first, or none of them. */
  revertAll(editId: string, entries: readonly JournalEntry[]): Promise<WriteOutcome>;
}

export interface RevertingDependencies {
  readonly journal: JournalFiles;
  readonly log: Logger;
  readonly stamp: () => number;
}

export function createReverting({ journal, log, stamp }: RevertingDependencies): Reverting {
  const revertAs = async (entry: JournalEntry, editId: string): Promise<WriteOutcome> => {
    const plan = await planUndo(entry, journal);
    if (!plan.ok) return plan;
    if (plan.writes.length === 0) {
      await journal.settle(entry, 'undone');
      return { ok: true, entry: undefined, changedBySave: [] };
    }
    const result = await writePlan({ entryId: randomUUID(), editId, title: entry.title, createdAt: stamp(), writes: plan.writes, exact: true }, { journal, log });
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

  const revertAll = async (editId: string, entries: readonly JournalEntry[]): Promise<WriteOutcome> => {
    let last: WriteOutcome = { ok: false, problems: [] };
    const undos: JournalEntry[] = [];
    for (const entry of entries) {
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
  };

  return { revert, revertAs, revertAll };
}

const undoMark = 'undo:';

export function undoOf(editId: string): string {
  return undoMark + editId;
}

export function isUndo({ editId }: JournalEntry): boolean {
  return editId.startsWith(undoMark);
}
