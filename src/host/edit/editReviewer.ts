// The way every feature changes files: a stream of an answer (begin) or ready changes (propose) go in, a review opens, and nothing is
// written until the user accepts. The laws of core/edit hold: exact or refused, all or nothing, undone byte for byte.
import type { TaskPart } from '../../core/models/taskRunner.ts';
import type { EditProblem, FileChange } from '../../core/edit/proposal.ts';
import type { EditSummary, FinishReason, TaskId } from '../../shared/chatTypes.ts';

/** A file that the model was shown. */
export interface EditScopeFile {
  /** A whole URI string. */
  readonly uri: string;
  /** The text as it was sent: matched against this, then carried over what was typed since. Left out: the present text. */
  readonly text?: string;
}

export interface EditScope {
  /** Files that the answer may change. A path that the answer leaves out means the only one of them. */
  readonly files: readonly EditScopeFile[];
  /** Whether other files of the workspace may be changed, created, renamed or deleted. Protected files ask in any case. */
  readonly others: 'refuse' | 'create' | 'change';
}

export interface EditRequest {
  readonly task: TaskId;
  /** For the tab and the tree: "Refactor: extract parseHeader". */
  readonly title: string;
  readonly scope: EditScope;
  /** Aborting it cancels the stream; nothing is touched. */
  readonly signal?: AbortSignal;
  /** Opens no editor while it streams: for edits that the feature shows itself. The review opens at the end. */
  readonly quiet?: boolean;
  /** Asked once when an edit was refused and the user wants a repair round: sends the prompt and begins a new edit. */
  readonly repair?: (repairPrompt: string) => Promise<void>;
  /** What that round costs, as far as it can be told before. */
  readonly estimateRepair?: (repairPrompt: string) => number | undefined;
  /** This is a repair round: no other one is offered. */
  readonly isRepair?: boolean;
}

export type EditOutcome =
  | { readonly state: 'pending'; readonly editId: string; readonly summary: EditSummary }
  /** Nothing is touched. `repairPrompt` is empty when asking again cannot help (cut, read-only, refused path). */
  | { readonly state: 'refused'; readonly editId: string; readonly summary: EditSummary; readonly problems: readonly EditProblem[]; readonly repairPrompt: string }
  /** The answer holds no edit: prose, or code without a file. */
  | { readonly state: 'no-edits' };

/** Behind one streaming answer. After finish or cancel, pushes are ignored. */
export interface EditStream {
  readonly editId: string;
  push(textDelta: string): void;
  /** Takes text deltas and the deltas of `str_replace` tool calls, ignores other parts: every part of a task may be given. */
  pushPart(part: TaskPart): void;
  /** `reason` other than `stop` or `tool-calls`: the answer was cut and nothing is applied. */
  finish(reason: FinishReason): Promise<EditOutcome>;
  cancel(): void;
}

/** A change that is ready: a code block to apply, a generated file, the suggestion of a finding. */
export type ReadyChange =
  | { readonly kind: 'write'; readonly uri: string; readonly text: string }
  /** Replaces whole lines [startLine, endLine) from 0 of the present text; `expected` is what should stand there. */
  | { readonly kind: 'replace-lines'; readonly uri: string; readonly startLine: number; readonly endLine: number; readonly expected: string; readonly text: string }
  /** Replaces text that must stand at exactly one place, by the same ladder as an answer's edit. */
  | { readonly kind: 'replace-text'; readonly uri: string; readonly oldText: string; readonly newText: string }
  /** Code for a file with places left out or only a part of the file: resolved where provable, else refused. */
  | { readonly kind: 'apply-code'; readonly uri: string; readonly text: string }
  | { readonly kind: 'delete'; readonly uri: string }
  | { readonly kind: 'rename'; readonly uri: string; readonly newUri: string };

export interface ProposeRequest {
  readonly task: TaskId;
  readonly title: string;
  readonly changes: readonly ReadyChange[];
}

export interface EditCheck {
  readonly ok: boolean;
  readonly text: string;
}

/** Each keeps its own checks: what one sets leaves those of the other alone. */
export type CheckOwner = 'task' | 'verification';

/** A pending edit, for those who check it before it is accepted. */
export interface PendingEdit {
  readonly title: string;
  readonly task: TaskId;
  /** It is shown by the feature that it came from. */
  readonly isQuiet: boolean;
  /** Nothing of it is accepted yet, and nobody asked again. */
  readonly canRepair: boolean;
}

export interface EditReviewer {
  begin(request: EditRequest): EditStream;
  propose(request: ProposeRequest): Promise<EditOutcome>;
  /** Opens the diff (one file) or the multi-file changes editor. */
  review(editId: string): Promise<void>;
  /** False when nothing was written: refused, or the user said no. Protected files ask one by one. */
  accept(editId: string): Promise<boolean>;
  discard(editId: string): Promise<void>;
  /** Gives back the original bytes of what was written. False when that is refused; the user has been told why. */
  undo(editId: string): Promise<boolean>;
  /** Runs the repair round of a refused edit, or of a pending one for which it was offered: that one is discarded then. */
  repair(editId: string): Promise<void>;
  summary(editId: string): EditSummary | undefined;
  /** The changes as they stand now, for checks in memory before they are accepted. */
  changes(editId: string): readonly FileChange[];
  /** What the checks found: shown with the summary and above the review. */
  setChecks(editId: string, checks: readonly EditCheck[], owner?: CheckOwner): void;
  /** Undefined once it is settled. */
  pending(editId: string): PendingEdit | undefined;
  /** Makes `repair` possible for a pending edit because of what a check found; undefined takes that back. The price, if it is known. */
  offerRepair(editId: string, repairPrompt: string | undefined): number | undefined;
  /** How the model has to write a file's path. */
  pathOf(uri: string): string;
  /** The result stops the listening. */
  onDidChange(listener: (summary: EditSummary) => void): () => void;
}
