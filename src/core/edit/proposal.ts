// The words of the edit engine: what an answer asks for, what it comes to on the files, and why it was refused. Types only.
// Lines are counted from 0 in the types and from 1 in everything a person or a model reads.

/** How a place was found. Everything but `exact` is told to the user. */
export type MatchRung = 'exact' | 'line-ends' | 'trailing-space' | 'indentation' | 'blank-lines';

export type ChangeKind = 'modify' | 'create' | 'delete' | 'rename';

/** Replaces the lines [baseStart, baseEnd) of the original by `newLines`, which stand at `newStart` in the result. */
export interface Hunk {
  readonly baseStart: number;
  readonly baseEnd: number;
  readonly newStart: number;
  readonly newLines: readonly string[];
}

/** What a reader could miss in a diff is counted too. */
export interface ChangeCounts {
  readonly added: number;
  readonly removed: number;
  /** Lines that differ in white space only, indentation included. */
  readonly whiteSpaceOnly: number;
  /** Characters that come in and cannot be seen: zero-width, bidirectional controls, tags, NUL, escapes. */
  readonly invisible: number;
  /** Longest new line, in characters: a long one hides its end outside the viewport. */
  readonly longestLine: number;
}

/** Why a file asks on its own and is never part of "accept all". */
export type ProtectionReason =
  | 'editor-settings' | 'git' | 'hooks' | 'dev-container' | 'pipeline' | 'scripts' | 'package-source' | 'shell'
  | 'agent-rules' | 'own-settings' | 'remote-schema' | 'notebook-output';

/** A loss or a guess that the user must confirm or at least see. */
export type ChangeWarning =
  | { readonly kind: 'rung'; readonly rung: MatchRung; readonly line: number }
  | { readonly kind: 'drops-most'; readonly keptLines: number; readonly droppedLines: number }
  | { readonly kind: 'placeholder-filled'; readonly line: number; readonly filledLines: number }
  | { readonly kind: 'invisible'; readonly count: number; readonly line: number }
  | { readonly kind: 'rebased'; readonly hunks: number };

export interface FileChange {
  readonly kind: ChangeKind;
  readonly uri: string;
  /** As shown and as the model writes it: relative to its workspace folder, the folder's name first when there are several. */
  readonly path: string;
  /** Where a renamed file goes. */
  readonly newUri?: string;
  readonly newPath?: string;
  /** Where links on the way lead, relative to the workspace, if they lead elsewhere: judged as the path is. */
  readonly realPaths?: readonly string[];
  /** The text that the change was made for; empty for a new file. */
  readonly original: string;
  /** The whole text after; empty for a deleted file. */
  readonly proposed: string;
  readonly hunks: readonly Hunk[];
  readonly counts: ChangeCounts;
  readonly protection?: ProtectionReason;
  readonly warnings: readonly ChangeWarning[];
}

export type EditProblemKind =
  | 'parse' | 'unclear-end' | 'cut' | 'no-path' | 'bad-path' | 'outside-scope' | 'missing-file' | 'exists' | 'same-name' | 'no-match' | 'ambiguous' | 'overlap'
  | 'placeholder' | 'empty-search' | 'too-large' | 'binary' | 'encoding' | 'read-only' | 'changed' | 'relinked' | 'unsupported';

/** A line of the closest place that is not as the edit says. */
export interface LineDifference {
  /** In the file, from 0. */
  readonly line: number;
  /** Undefined: the file has a line that the edit does not. */
  readonly expected: string | undefined;
  /** Undefined: the edit has a line that the file does not. */
  readonly found: string | undefined;
}

export interface NearestPlace {
  /** Lines of the file, from 0, the end exclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly differences: readonly LineDifference[];
}

/** One reason for a refusal. */
export interface EditProblem {
  readonly kind: EditProblemKind;
  readonly path?: string;
  /** Line of the answer where the edit begins, from 0. */
  readonly answerLine?: number;
  /** First line of the text that was looked for. */
  readonly soughtLine?: string;
  readonly nearest?: NearestPlace;
  /** Lines of the file where the text stands, when there are several. */
  readonly places?: readonly number[];
  /** What the parser or the system says, for details: never shown as markup. */
  readonly detail?: string;
}
