// The files of an answer that still comes in, each with the edits that have come so far in it.
import { restoreOpen, restoreSecrets, type OpenEdit, type ParsedEdit } from '../../core/edit/parsedEdit.ts';
import type { FileLookup } from '../../core/edit/resolveAnswer.ts';
import { createFilePreview, type FilePreview, type PreviewStep } from '../../core/edit/streamPreview.ts';

export interface GrowingFile {
  readonly uri: string;
  readonly path: string;
  readonly isNew: boolean;
  readonly step: PreviewStep;
  readonly counts: () => { readonly added: number; readonly removed: number };
}

/** Where the growing files are seen. */
export interface GrowingView {
  /** An edit of this file is complete. */
  settled(file: GrowingFile): void;
  /** The file that the answer is at. */
  writing(file: GrowingFile): Promise<void>;
}

export interface GrowingFiles {
  draw(edits: readonly ParsedEdit[], open: OpenEdit | undefined): Promise<void>;
}

export interface GrowingFilesOptions {
  readonly view: GrowingView;
  readonly at: (path: string | undefined) => FileLookup;
  /** Puts back the secrets that were masked in a file's text when it was sent. */
  readonly restore: (text: string, fileUri: string) => string;
}

interface Growing {
  readonly uri: string;
  readonly path: string;
  readonly isNew: boolean;
  readonly preview: FilePreview;
}

export function createGrowingFiles({ view, at, restore }: GrowingFilesOptions): GrowingFiles {
  const previews = new Map<string, FilePreview>();
  let taken = 0;

  const growing = (path: string | undefined): Growing | undefined => {
    const found = at(path);
    if (!found.ok) return undefined;
    const { uri, text } = found.file;
    const preview = previews.get(uri) ?? createFilePreview(text ?? '');
    previews.set(uri, preview);
    return { uri, path: found.file.path, isNew: text === undefined, preview };
  };

  return {
    async draw(edits, open) {
      let current: Growing | undefined;
      for (const edit of edits.slice(taken)) {
        if (edit.kind === 'write' && edit.isLoose === true) continue;
        current = growing(edit.path);
        if (current === undefined) continue;
        const { uri } = current;
        current.preview.add(restoreSecrets(edit, (text) => restore(text, uri)));
        view.settled(toFile(current, undefined));
      }
      taken = edits.length;
      const openFile = open === undefined ? undefined : growing(open.path);
      const target = openFile ?? current;
      if (target === undefined) return;
      await view.writing(toFile(target, openFile === undefined || open === undefined ? undefined : restoreOpen(open, (text) => restore(text, target.uri))));
    },
  };
}

function toFile({ uri, path, isNew, preview }: Growing, open: OpenEdit | undefined): GrowingFile {
  return { uri, path, isNew, step: preview.show(open), counts: () => preview.counts() };
}
