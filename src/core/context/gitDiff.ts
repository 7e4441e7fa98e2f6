// Reads unified diffs as git writes them: files, hunks, and which line of the new file each line is.
export interface DiffFile {
  readonly status: 'added' | 'deleted' | 'modified' | 'renamed' | 'copied' | 'mode-changed';
  /** Relative to the repository's root; undefined for a file that did not exist before. */
  readonly oldPath?: string;
  readonly newPath?: string;
  readonly isBinary: boolean;
  readonly hunks: readonly DiffHunk[];
}

export interface DiffHunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** What git printed behind the second @@: usually the enclosing function. */
  readonly section: string;
  readonly lines: readonly DiffLine[];
}

export interface DiffLine {
  readonly type: 'context' | 'added' | 'removed';
  readonly text: string;
  /** Lines count from 1; undefined on the side where the line does not exist. */
  readonly oldLine?: number;
  readonly newLine?: number;
  /** "\ No newline at end of file" follows. */
  readonly noNewline?: boolean;
}
