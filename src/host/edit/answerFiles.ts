// The files that an answer names, loaded before its edits are resolved: those of the request with the text that the model saw, others as
// far as the request lets it reach.
import * as vscode from 'vscode';
import type { ParsedEdit } from '../../core/edit/parsedEdit.ts';
import type { AnswerFile, FileLookup } from '../../core/edit/resolveAnswer.ts';
import type { EditScope } from './editReviewer.ts';
import { filePlaceOf } from './filePlace.ts';
import { readPresent } from './presentFile.ts';
import { pathOfUri, resolvePath } from './workspacePaths.ts';

export interface AnswerFiles {
  readonly isKnown: (path: string) => boolean;
  /** Loads what the edits name; afterwards `at` knows them. */
  load(edits: readonly ParsedEdit[]): Promise<void>;
  readonly at: (path: string | undefined) => FileLookup;
}

export function createAnswerFiles(scope: EditScope): AnswerFiles {
  const scopeFiles = new Map(scope.files.map((file) => [pathOfUri(vscode.Uri.parse(file.uri, true)), file]));
  const loaded = new Map<string, FileLookup>();
  const [only] = scopeFiles.size === 1 ? scopeFiles.keys() : [];

  /** The path as the request wrote it, or the one path of the request that ends like it. */
  const scopePath = (path: string): string | undefined => {
    const plain = path.replace(/^\.\//, '').replaceAll('\\', '/');
    if (scopeFiles.has(plain)) return plain;
    const ending = [...scopeFiles.keys()].filter((known) => known.endsWith(`/${plain}`));
    return ending.length === 1 ? ending[0] : undefined;
  };

  const loadOne = async (path: string): Promise<FileLookup> => {
    const inScope = scopePath(path);
    if (inScope !== undefined) return loadScopeFile(inScope);
    const resolved = await resolvePath(path);
    if (!resolved.ok) return { ok: false, kind: resolved.kind, ...(resolved.detail === undefined ? {} : { detail: resolved.detail }) };
    const known = scopeFiles.get(resolved.path);
    if (known !== undefined) return loadScopeFile(resolved.path);
    if (scope.others === 'refuse') return { ok: false, kind: 'outside-scope' };
    const file = await loadPresent(resolved.uri, resolved.path);
    return file.ok && file.file.text !== undefined && scope.others === 'create' ? { ok: false, kind: 'outside-scope' } : file;
  };

  const loadScopeFile = async (path: string): Promise<FileLookup> => {
    const file = scopeFiles.get(path);
    const uri = vscode.Uri.parse(file?.uri ?? '', true);
    const present = await loadPresent(uri, path);
    // Edits quote the text that was sent; what was typed since is merged afterwards.
    return present.ok && present.file.text !== undefined && file?.text !== undefined ? { ok: true, file: { ...present.file, text: file.text } } : present;
  };

  return {
    isKnown: (path) => scopePath(path) !== undefined,
    async load(edits) {
      const paths = edits.flatMap((edit) => [edit.path ?? only, ...(edit.kind === 'rename' ? [edit.newPath] : [])]).filter((path) => path !== undefined);
      for (const path of new Set(paths)) if (!loaded.has(path)) loaded.set(path, await loadOne(path));
    },
    at(path) {
      const named = path ?? only;
      return named === undefined ? { ok: false, kind: 'no-path' } : (loaded.get(named) ?? { ok: false, kind: 'missing-file' });
    },
  };
}

export async function loadPresent(uri: vscode.Uri, path: string): Promise<FileLookup> {
  const present = await readPresent(uri);
  switch (present.state) {
    case 'refused':
      return { ok: false, kind: present.kind, ...(present.detail === undefined ? {} : { detail: present.detail }) };
    case 'missing': {
      const found = await filePlaceOf(uri);
      return found.ok ? { ok: true, file: answerFile(uri, path, { text: undefined, realPath: found.realPath }) } : { ok: false, kind: 'bad-path', detail: found.reason };
    }
    case 'present':
      return { ok: true, file: answerFile(uri, path, present.file) };
  }
}

function answerFile(uri: vscode.Uri, path: string, { text, realPath }: { readonly text: string | undefined; readonly realPath?: string | undefined }): AnswerFile {
  return { uri: uri.toString(), path, text, ...(realPath === undefined ? {} : { realPath }) };
}
