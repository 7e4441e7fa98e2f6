// The files that an answer names, loaded before its edits are resolved: those of the request with the text that the model saw, others as
// far as the request lets it reach.
import * as vscode from 'vscode';
import type { OpenEdit, ParsedEdit } from '../../core/edit/parsedEdit.ts';
import type { AnswerFile, FileLookup } from '../../core/edit/resolveAnswer.ts';
import type { EditScope, EditScopeFile } from './editReviewer.ts';
import { filePlaceOf } from './filePlace.ts';
import { readPresent } from './presentFile.ts';
import { fileExists, pathOfUri, resolvePath, type PathResult } from './workspacePaths.ts';

export interface AnswerFiles {
  readonly isKnown: (path: string) => boolean;
  /** Loads what the edits name; afterwards `at` knows them. */
  load(edits: readonly ParsedEdit[], open?: OpenEdit): Promise<void>;
  readonly at: (path: string | undefined) => FileLookup;
}

interface ScopeFile extends EditScopeFile {
  readonly path: string;
}

interface Loaded {
  readonly found: FileLookup;
  /** The file of the request whose path ends like this one: not what a new file would mean. */
  readonly byEnding: boolean;
}

export function createAnswerFiles(scope: EditScope): AnswerFiles {
  const byUri = new Map(scope.files.map((file) => [vscode.Uri.parse(file.uri, true).toString(), file]));
  const scopeFiles = [...byUri].map(([uri, { text }]): ScopeFile => ({ uri, path: pathOfUri(vscode.Uri.parse(uri, true)), ...(text === undefined ? {} : { text }) }));
  const loaded = new Map<string, Loaded>();
  const [only] = scopeFiles.length === 1 ? scopeFiles : [];

  return {
    isKnown: (path) => scopeFiles.some((file) => file.path === plainPath(path)) || fileEnding(scopeFiles, path) !== undefined,
    async load(edits, open) {
      const named = namedPaths(open === undefined ? edits : [...edits, ...openAsEdit(open)], only?.path);
      for (const [path, isNew] of named) {
        const known = loaded.get(path);
        if (known === undefined || (known.byEnding && isNew)) loaded.set(path, await loadNamed(path, { scope, scopeFiles, isNew }));
      }
    },
    at(path) {
      const named = path ?? only?.path;
      return named === undefined ? { ok: false, kind: 'no-path' } : (loaded.get(named)?.found ?? { ok: false, kind: 'missing-file' });
    },
  };
}

/** Each path with whether it may be that of a file that is yet to be made. */
function namedPaths(edits: readonly ParsedEdit[], only: string | undefined): ReadonlyMap<string, boolean> {
  const byPath = new Map<string, ParsedEdit[]>();
  for (const edit of edits) {
    const path = edit.path ?? only;
    if (path !== undefined) byPath.set(path, [...(byPath.get(path) ?? []), edit]);
  }
  const named = new Map([...byPath].map(([path, own]) => [path, makesFile(own)]));
  for (const edit of edits) if (edit.kind === 'rename') named.set(edit.newPath, true);
  return named;
}

/** A whole file beside edits that quote the file is an illustration of it. */
function makesFile(edits: readonly ParsedEdit[]): boolean {
  const isForNew = (edit: ParsedEdit): boolean => (edit.kind === 'write' ? edit.mustBeNew === true : edit.kind === 'replace' && edit.oldLines.every((line) => line.trim() === ''));
  return edits.some(isForNew) || edits.every(({ kind }) => kind === 'write');
}

/** Which file an edit in the middle of its stream means is known once it is known whether it quotes something. */
function openAsEdit({ kind, path, answerLine, oldLines, newLines }: OpenEdit): readonly ParsedEdit[] {
  if (kind === 'write') return [{ kind, path, answerLine, lines: newLines }];
  return oldLines === undefined ? [] : [{ kind, path, answerLine, oldLines, newLines }];
}

interface Named {
  readonly scope: EditScope;
  readonly scopeFiles: readonly ScopeFile[];
  readonly isNew: boolean;
}

/** The file of exactly this path; only where there is none, the one of the request that ends like it. */
async function loadNamed(path: string, { scope, scopeFiles, isNew }: Named): Promise<Loaded> {
  const exact = scopeFiles.filter((file) => file.path === plainPath(path));
  const [asNamed] = exact;
  if (asNamed !== undefined) return { byEnding: false, found: exact.length === 1 ? await loadScopeFile(asNamed) : { ok: false, kind: 'no-path', detail: path } };
  const resolved = await resolvePath(path);
  const places = (resolved.ok ? [resolved.uri] : (resolved.places ?? [])).map(String);
  const inScope = scopeFiles.filter(({ uri }) => places.includes(uri));
  const [known] = inScope.length === 1 && (resolved.ok || scope.others === 'refuse') ? inScope : [];
  if (known !== undefined) return { byEnding: false, found: await loadScopeFile(known) };
  const exists = resolved.ok ? await fileExists(resolved.uri) : places.length > 0;
  const ending = exists || (isNew && scope.others !== 'refuse') ? undefined : fileEnding(scopeFiles, path);
  if (ending !== undefined) return { byEnding: true, found: await loadScopeFile(ending) };
  return { byEnding: false, found: await loadOther(resolved, scope) };
}

async function loadOther(resolved: PathResult, { others }: EditScope): Promise<FileLookup> {
  if (!resolved.ok) return { ok: false, kind: resolved.kind, ...(resolved.detail === undefined ? {} : { detail: resolved.detail }) };
  if (others === 'refuse') return { ok: false, kind: 'outside-scope' };
  const file = await loadPresent(resolved.uri, resolved.path);
  return file.ok && file.file.text !== undefined && others === 'create' ? { ok: false, kind: 'outside-scope' } : file;
}

async function loadScopeFile({ uri, path, text }: ScopeFile): Promise<FileLookup> {
  const present = await loadPresent(vscode.Uri.parse(uri, true), path);
  if (!present.ok || present.file.text === undefined || text === undefined || hasSameLines(present.file.text, text)) return present;
  // Edits quote the text that was sent; what was typed since is merged afterwards.
  return { ok: true, file: { ...present.file, text } };
}

/** Context is sent with one kind of line end. */
function hasSameLines(one: string, other: string): boolean {
  return one === other || one.replaceAll(/\r\n?/g, '\n') === other.replaceAll(/\r\n?/g, '\n');
}

function plainPath(path: string): string {
  return path.replace(/^\.\//, '').replaceAll('\\', '/');
}

/** The one file of the request whose path ends like this one. */
function fileEnding(scopeFiles: readonly ScopeFile[], path: string): ScopeFile | undefined {
  const ending = scopeFiles.filter((file) => file.path.endsWith(`/${plainPath(path)}`));
  return ending.length === 1 ? ending[0] : undefined;
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
