import type * as vscode from 'vscode';
import type { JournalEntry } from '../../core/edit/journal.ts';
import type { EditProblem } from '../../core/edit/proposal.ts';

export type WriteOutcome =
  | { readonly ok: true; readonly entry: JournalEntry | undefined; readonly changedBySave: readonly vscode.Uri[] }
  | {
    readonly ok: false;
    readonly problems: readonly EditProblem[];
    /** A part of an edit was undone and could not be brought again. */
    readonly isPartly?: boolean;
  };
