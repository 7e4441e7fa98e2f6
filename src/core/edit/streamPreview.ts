// What a diff shows while the answer is still coming: the edits that are complete, and the open one as far as it has come. Never written anywhere.
import { countChanges } from './changeCounts.ts';
import { createFileDraft, type FileDraft } from './fileDraft.ts';
import { applyHunks } from './hunks.ts';
import { diffLines } from './lineDiff.ts';
import { joinLines, toLines, toText } from './lineText.ts';
import type { OpenEdit, ParsedEdit } from './parsedEdit.ts';

/** The text with the open edit in it. */
export interface PreviewStep {
  readonly text: string;
  /** Where the answer writes now. */
  readonly line: number;
  /** The old lines from `line` to here, exclusive, are quoted by the open edit: they give way as it comes. */
  readonly comingEnd: number;
}

export interface FilePreview {
  /** Takes the file's edits that were completed since, in order. */
  add(edit: ParsedEdit): void;
  show(open: OpenEdit | undefined): PreviewStep;
  /** Of the complete edits. */
  counts(): { readonly added: number; readonly removed: number };
}

export function createFilePreview(original: string): FilePreview {
  let draft: FileDraft = createFileDraft(original);
  let line = 0;
  let placed: { readonly edit: number; readonly place: { readonly start: number; readonly end: number } | undefined } | undefined;

  const still = (): PreviewStep => ({ text: draft.text(), line, comingEnd: line });

  return {
    counts() {
      const base = toLines(original);
      return countChanges(base, diffLines(base, draft.lines().lines));
    },
    add(edit) {
      placed = undefined;
      switch (edit.kind) {
        case 'replace': {
          const result = draft.replace(edit);
          if (result.ok) line = result.line;
          return;
        }
        case 'replace-text':
          draft.replaceText(edit.oldText, edit.newText);
          return;
        case 'insert':
          draft.insert(edit.afterLines, edit.newLines);
          return;
        case 'write':
          draft = createFileDraft(toText(edit.lines));
          return;
        case 'delete':
          draft = createFileDraft('');
          return;
        case 'rename':
          return;
      }
    },
    show(open) {
      if (open?.oldLines === undefined) return still();
      const { oldLines, newLines } = open;
      const lines = draft.lines();
      if (open.kind === 'write') {
        // The rest of the old text stays visible below what is written already.
        return { text: toText([...newLines, ...lines.lines.slice(newLines.length)]), line: newLines.length, comingEnd: Math.max(newLines.length, lines.lines.length) };
      }
      // The place is looked for once for each open edit: the quoted text no longer changes.
      if (placed?.edit !== open.answerLine) placed = { edit: open.answerLine, place: draft.locate(oldLines) };
      if (placed.place === undefined) return lines.lines.every((each) => each === '') ? { ...still(), text: toText(newLines) } : still();
      const { start, end } = placed.place;
      const written = Math.min(newLines.length, end - start);
      const text = joinLines(applyHunks(lines, [{ baseStart: start, baseEnd: start + written, newLines }]));
      return { text, line: start + newLines.length, comingEnd: end + newLines.length - written };
    },
  };
}
