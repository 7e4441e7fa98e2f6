// What one edit of an answer asks for, before it is held against a file. All formats come to these few shapes.

interface Edit {
  /** As the answer writes it; undefined when it names none. */
  readonly path: string | undefined;
  /** Line of the answer where the edit begins, from 0. */
  readonly answerLine: number;
}

/** Whole lines for whole lines. */
export interface ReplaceEdit extends Edit {
  readonly kind: 'replace';
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
  /** Where a unified diff says that it begins, from 0. */
  readonly line?: number;
  /** Lines (class, function) that a patch says it stands under, outermost first. */
  readonly anchors?: readonly string[];
  /** The text must be the end of the file. */
  readonly atEnd?: boolean;
  /** Other readings of the same block, when its separator line is part of the text too. */
  readonly otherReadings?: readonly Pick<ReplaceEdit, 'oldLines' | 'newLines'>[];
}

/** Any text for any text: the `str_replace` tool. */
export interface ReplaceTextEdit extends Edit {
  readonly kind: 'replace-text';
  readonly oldText: string;
  readonly newText: string;
}

/** New lines after a line of the file, by number: the tool's `insert`. */
export interface InsertEdit extends Edit {
  readonly kind: 'insert';
  /** How many lines stay above. */
  readonly afterLines: number;
  readonly newLines: readonly string[];
}

/** The whole text of a file. */
export interface WriteEdit extends Edit {
  readonly kind: 'write';
  readonly lines: readonly string[];
  /** The file must not exist: a patch or a tool says so. */
  readonly mustBeNew?: boolean;
  /** A code block without a path among prose: counts only when the answer has nothing else and one file is asked about. */
  readonly isLoose?: boolean;
  /** Loose code: the file that the sentence before it speaks of. */
  readonly about?: string;
  /** A first line that named the file and was taken off: put back where the file begins with it. */
  readonly pathLine?: string;
  /** The code block may have ended at a fence that belongs to the file. */
  readonly isEndDoubtful?: boolean;
  /** Lines of the answer that belong to the file if the block ended too early. */
  readonly linesAfter?: readonly string[];
}

export interface DeleteEdit extends Edit {
  readonly kind: 'delete';
}

export interface RenameEdit extends Edit {
  readonly kind: 'rename';
  readonly newPath: string;
}

export type ParsedEdit = ReplaceEdit | ReplaceTextEdit | InsertEdit | WriteEdit | DeleteEdit | RenameEdit;

/** The edit that the stream is in the middle of: what a diff can show already. */
export interface OpenEdit extends Edit {
  readonly kind: 'replace' | 'write';
  /** Undefined until the quoted text is complete. */
  readonly oldLines: readonly string[] | undefined;
  readonly newLines: readonly string[];
}

export function restoreOpen(edit: OpenEdit, restore: (text: string) => string): OpenEdit {
  return { ...edit, oldLines: edit.oldLines?.map(restore), newLines: edit.newLines.map(restore) };
}

/** The edit with secrets that were masked in the request put back into all of its text. */
export function restoreSecrets(edit: ParsedEdit, restore: (text: string) => string): ParsedEdit {
  const restoreLines = (lines: readonly string[]): readonly string[] => lines.map(restore);
  switch (edit.kind) {
    case 'replace': {
      const { oldLines, newLines, otherReadings } = edit;
      const readings = otherReadings?.map((reading) => ({ oldLines: restoreLines(reading.oldLines), newLines: restoreLines(reading.newLines) }));
      return { ...edit, oldLines: restoreLines(oldLines), newLines: restoreLines(newLines), ...(readings === undefined ? {} : { otherReadings: readings }) };
    }
    case 'replace-text':
      return { ...edit, oldText: restore(edit.oldText), newText: restore(edit.newText) };
    case 'insert':
      return { ...edit, newLines: restoreLines(edit.newLines) };
    case 'write':
      return { ...edit, lines: restoreLines(edit.lines), ...(edit.linesAfter === undefined ? {} : { linesAfter: restoreLines(edit.linesAfter) }) };
    case 'delete':
    case 'rename':
      return edit;
  }
}
