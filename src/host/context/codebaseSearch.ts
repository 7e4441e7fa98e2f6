// The index of the workspace: built at the first question, in slices that leave the editor its time, bounded in files and bytes, kept up
// with what changes. Only what passes the gate goes in.
import * as vscode from 'vscode';
import type { FileGate } from '../../core/context/fileGate.ts';
import { createSearchIndex, type SearchHit, type SearchIndex } from '../../core/context/searchIndex.ts';
import type { Logger } from '../../core/logger.ts';
import type { FileList, ListedFile } from './fileList.ts';
import { displayPath, readFileText } from './fileText.ts';

export interface CodebaseSearch extends vscode.Disposable {
  search(query: string, limit: number, signal: AbortSignal): Promise<readonly SearchHit[]>;
}

export interface CodebaseSearchDependencies {
  readonly files: FileList;
  readonly gate: FileGate & { onDidChange(listener: () => void): vscode.Disposable };
  readonly log: Logger;
}

// 20,000 files of code are about 100 MB; their postings take about 60 MB.
const maximumFiles = 20_000;
const maximumCharacters = 100_000_000;
/** Larger files are data. */
const maximumFileCharacters = 400_000;
const filesAtOnce = 16;

export function createCodebaseSearch({ files, gate, log }: CodebaseSearchDependencies): CodebaseSearch {
  let index: Promise<SearchIndex> | undefined;
  const touched = new Map<string, vscode.Uri>();

  const build = async (signal: AbortSignal): Promise<SearchIndex> => {
    const startMs = performance.now();
    const built = createSearchIndex();
    const listed = (await files.files(signal)).slice(0, maximumFiles);
    let characters = 0;
    for (let start = 0; start < listed.length && characters < maximumCharacters; start += filesAtOnce) {
      const sizes = await Promise.all(listed.slice(start, start + filesAtOnce).map((file) => addFile(file, built, gate)));
      characters += sizes.reduce((sum, size) => sum + size, 0);
      await new Promise(setImmediate);
    }
    log.info(`codebase index: ${built.fileCount} files, ${Math.round(built.bytes / 1e6)} MB, ${Math.round(performance.now() - startMs)} ms`);
    return built;
  };

  const update = async (built: SearchIndex): Promise<void> => {
    const waiting = [...touched.values()];
    touched.clear();
    for (const uri of waiting) {
      built.remove(uri.toString());
      await addFile({ uri, path: displayPath(uri) }, built, gate);
    }
  };

  const subscriptions = vscode.Disposable.from(
    files.onDidChange((uri) => { if (index !== undefined) touched.set(uri.toString(), uri); }),
    gate.onDidChange(() => { index = undefined; }),
  );

  return {
    async search(query, limit, signal) {
      // The build goes on when this question is given up: the next one needs it too.
      index ??= build(new AbortController().signal).catch((error: unknown) => {
        index = undefined;
        throw error;
      });
      const built = await index;
      signal.throwIfAborted();
      await update(built);
      return built.search(query, limit);
    },
    dispose: () => subscriptions.dispose(),
  };
}

async function addFile({ uri, path }: ListedFile, index: SearchIndex, gate: FileGate): Promise<number> {
  if (!(await gate.check(uri.toString())).open) return 0;
  const text = (await readFileText(uri))?.text;
  if (text === undefined || text.length > maximumFileCharacters || isMinified(text)) return 0;
  index.add({ id: uri.toString(), path, text });
  return text.length;
}

function isMinified(text: string): boolean {
  const lineCount = text.split('\n', 2000).length;
  return text.length > 5000 && text.length / lineCount > 400;
}
