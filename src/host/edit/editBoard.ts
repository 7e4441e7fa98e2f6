// The edits of this session and what became of each: the one place that the diff, the tree, the commands and the chat read from.
import type { FileChange, EditProblem } from '../../core/edit/proposal.ts';
import { sumCounts } from '../../core/edit/changeCounts.ts';
import type { EditSummary, TaskId } from '../../shared/chatTypes.ts';
import type { CheckOwner, EditCheck } from './editReviewer.ts';

export interface FileReview {
  /** As it stands now: against the file's present text, without what was accepted or discarded. */
  readonly change: FileChange;
  readonly state: 'open' | 'accepted' | 'discarded';
  /** Lines that are in the file already, hunk by hunk. */
  readonly acceptedCounts: { readonly added: number; readonly removed: number };
  /** What was typed meanwhile touches lines of the change. */
  readonly conflict?: boolean;
}

export interface OwnedCheck extends EditCheck {
  readonly owner: CheckOwner;
}

export interface EditRecord {
  readonly id: string;
  readonly task: TaskId;
  readonly title: string;
  readonly state: EditSummary['state'];
  readonly files: readonly FileReview[];
  readonly problems: readonly EditProblem[];
  readonly repairPrompt: string;
  readonly repair?: ((repairPrompt: string) => Promise<void>) | undefined;
  readonly estimateRepair?: ((repairPrompt: string) => number | undefined) | undefined;
  readonly repaired: boolean;
  readonly isQuiet: boolean;
  readonly checks: readonly OwnedCheck[];
  readonly note?: string | undefined;
  /** When it was written last, for "undo the last". */
  readonly writtenAt?: number;
}

export interface EditBoard {
  add(record: EditRecord): void;
  get(id: string): EditRecord | undefined;
  update(id: string, patch: Partial<EditRecord>): void;
  /** Edits that wait for the user, the newest last. */
  pending(): readonly EditRecord[];
  /** Edits that are still coming in and of which something is seen already, the newest last. */
  streaming(): readonly EditRecord[];
  summary(id: string): EditSummary | undefined;
  onDidChange(listener: (record: EditRecord) => void): () => void;
}

/** Settled edits beyond this many are forgotten: their bytes stay in the journal. */
const rememberedEdits = 200;

export function createEditBoard(): EditBoard {
  const records = new Map<string, EditRecord>();
  const listeners = new Set<(record: EditRecord) => void>();
  const tell = (record: EditRecord): void => {
    for (const listener of listeners) listener(record);
  };
  return {
    add(record) {
      records.set(record.id, record);
      const settled = [...records.values()].filter((each) => each.state !== 'pending' && each.state !== 'streaming');
      for (const old of settled.slice(0, Math.max(0, settled.length - rememberedEdits))) records.delete(old.id);
      tell(record);
    },
    get: (id) => records.get(id),
    update(id, patch) {
      const record = records.get(id);
      if (record === undefined) return;
      const next = { ...record, ...patch };
      records.set(id, next);
      tell(next);
    },
    pending: () => [...records.values()].filter((record) => record.state === 'pending'),
    streaming: () => [...records.values()].filter((record) => record.state === 'streaming' && record.files.length > 0),
    summary(id) {
      const record = records.get(id);
      return record === undefined ? undefined : toSummary(record);
    },
    onDidChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function toSummary({ id, state, files, checks, note }: EditRecord): EditSummary {
  return {
    id, state,
    files: files.filter((file) => file.state !== 'discarded' || state === 'discarded').map(({ change, acceptedCounts, state: fileState }) => ({
      path: change.newPath ?? change.path,
      ...(fileState === 'accepted' ? acceptedCounts : sumCounts([change.counts, acceptedCounts])),
    })),
    ...(checks.length > 0 ? { checks: checks.map(({ ok, text }) => ({ ok, text })) } : {}),
    ...(note === undefined || note === '' ? {} : { note }),
  };
}

export function openFiles(record: EditRecord): readonly FileReview[] {
  return record.files.filter((file) => file.state === 'open');
}
