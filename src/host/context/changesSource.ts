// Changes from git as they may be sent: each file through the gate, secrets masked line by line, new files included.
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Changes, ChangesRefusal, ChangesResult, ChangesScope, ChangesSource } from '../../core/context/changesSource.ts';
import type { ContextNote } from '../../core/context/contextItem.ts';
import type { FileGate, GateReason } from '../../core/context/fileGate.ts';
import { formatGitDiff, parseGitDiff, type DiffFile } from '../../core/context/gitDiff.ts';
import { countUnreadable } from '../../core/context/decodeText.ts';
import { findInvisible } from '../../core/context/invisibleCharacters.ts';
import { maskDiff } from '../../core/context/maskDiff.ts';
import type { Redactor } from '../../core/context/redactSecrets.ts';
import type { Logger } from '../../core/logger.ts';
import { readFileText } from './fileText.ts';
import { createGitProcess } from './gitProcess.ts';
import { createGitReader, type GitReader } from './gitReader.ts';

export interface ChangesDependencies {
  readonly gate: FileGate;
  readonly redactor: Redactor;
  readonly log: Logger;
}

/** New files beyond that are a generated folder that nobody ignored yet. */
const maximumNewFiles = 100;
const maximumNewFileCharacters = 200_000;

export function createChangesSource({ gate, redactor, log }: ChangesDependencies): ChangesSource {
  let reader: Promise<GitReader | undefined> | undefined;
  const findReader = (): Promise<GitReader | undefined> => (reader ??= createGitProcess(gitOfEditor()).then((git) => (git === undefined ? undefined : createGitReader(git))));

  const withNewFiles = async (git: GitReader, root: string, signal: AbortSignal): Promise<readonly DiffFile[]> => {
    const paths = (await git.untracked(root, signal)).filter((path) => !path.endsWith('/')).slice(0, maximumNewFiles);
    const files = await Promise.all(paths.map(async (path) => toAddedFile(path, (await gate.check(uriIn(root, path).toString())).open ? await readFileText(uriIn(root, path)) : undefined)));
    return files;
  };

  const readRoot = async (git: GitReader, root: string, scope: ChangesScope, signal: AbortSignal): Promise<Changes | ChangesRefusal> => {
    const found = await git.diff(root, scope, signal);
    if (found === undefined) return 'failed';
    const all = [...parseGitDiff(found.text), ...(scope.type === 'staged' ? [] : await withNewFiles(git, root, signal))];
    const { files, notes } = await sift(all, root, gate, redactor);
    if (files.length === 0 && notes.length === 0) return 'no-changes';
    const branch = await git.branchOf(root, signal);
    return { repository: { rootUri: vscode.Uri.file(root).toString(), ...(branch === undefined ? {} : { branch }) }, base: found.base, files, text: formatGitDiff(files), notes };
  };

  const toResult = async (reading: Promise<Changes | ChangesRefusal>, signal: AbortSignal): Promise<ChangesResult> => {
    const changes = await reading.catch((error: unknown): ChangesRefusal => {
      signal.throwIfAborted();
      log.error('git could not be read', error);
      return 'failed';
    });
    return typeof changes === 'string' ? { ok: false, reason: changes } : { ok: true, changes };
  };

  const withReader = async <Result>(use: (git: GitReader) => Promise<Result | ChangesRefusal>): Promise<Result | ChangesRefusal> => {
    if (!vscode.workspace.isTrusted) return 'untrusted-workspace';
    const git = await findReader();
    return git === undefined ? 'no-git' : await use(git);
  };

  return {
    read: (scope, { nearUri, signal }) => toResult(withReader(async (git) => {
      const root = await rootNear(git, nearUri, signal);
      return root === undefined ? 'no-repository' : await readRoot(git, root, scope, signal);
    }), signal),
    async readAll(scope, signal) {
      const readings = await withReader(async (git) => {
        const roots = await allRoots(git, signal);
        return roots.length === 0 ? 'no-repository' : await Promise.all(roots.map((root) => toResult(readRoot(git, root, scope, signal), signal)));
      });
      return typeof readings === 'string' ? [{ ok: false, reason: readings }] : readings;
    },
    async recentMessages(count, { nearUri, signal }) {
      const git = vscode.workspace.isTrusted ? await findReader() : undefined;
      const root = git === undefined ? undefined : await rootNear(git, nearUri, signal);
      return git === undefined || root === undefined ? [] : git.messages(root, count, signal);
    },
  };
}

async function rootNear(git: GitReader, nearUri: string | undefined, signal: AbortSignal): Promise<string | undefined> {
  for (const folder of candidateFolders(nearUri)) {
    const root = await git.rootOf(folder, signal);
    if (root !== undefined) return root;
  }
  return undefined;
}

async function allRoots(git: GitReader, signal: AbortSignal): Promise<readonly string[]> {
  const roots = await Promise.all([...candidateFolders(undefined), ...repositoriesOfEditor()].map((folder) => git.rootOf(folder, signal)));
  return [...new Set(roots.filter((root) => root !== undefined))];
}

async function sift(all: readonly DiffFile[], root: string, gate: FileGate, redactor: Redactor): Promise<Pick<Changes, 'files' | 'notes'>> {
  const files: DiffFile[] = [];
  const reasons: GateReason[] = [];
  const kinds: string[] = [];
  for (const file of all) {
    const reason = await reasonAgainst(file, root, gate);
    if (reason !== undefined) {
      reasons.push(reason);
      continue;
    }
    const masked = maskDiff(file, redactor);
    kinds.push(...masked.kinds);
    files.push(masked.file);
  }
  const hidden = files.flatMap((file) => file.hunks).flatMap((hunk) => hunk.lines).reduce((sum, line) => sum + findInvisible(line.text).length, 0);
  const notes: ContextNote[] = [...new Set(reasons)].map((reason) => ({ type: 'left-out', reason, count: reasons.filter((each) => each === reason).length }));
  if (kinds.length > 0) notes.push({ type: 'masked', count: kinds.length, kinds: [...new Set(kinds)] });
  const unreadable = files.flatMap((file) => file.hunks).flatMap((hunk) => hunk.lines).reduce((sum, line) => sum + countUnreadable(line.text), 0);
  if (unreadable > 0) notes.push({ type: 'unreadable-characters', count: unreadable });
  if (hidden > 0) notes.push({ type: 'hidden-characters', count: hidden });
  return { files, notes };
}

/** A file that was renamed must be open under both names. That a binary or large file changed may be said: its content is not in a diff. */
async function reasonAgainst(file: DiffFile, root: string, gate: FileGate): Promise<GateReason | undefined> {
  for (const path of new Set([file.newPath, file.oldPath])) {
    if (path === undefined) continue;
    const verdict = await gate.check(uriIn(root, path).toString());
    if (!verdict.open && verdict.reason !== 'binary' && verdict.reason !== 'too-large') return verdict.reason;
  }
  return undefined;
}

function uriIn(root: string, path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(root), ...path.split('/'));
}

function toAddedFile(path: string, content: { readonly text: string } | undefined): DiffFile {
  const head = { status: 'added', newPath: path, newMode: '100644' } as const;
  if (content === undefined || content.text.length > maximumNewFileCharacters) return { ...head, isBinary: true, hunks: [] };
  const { text } = content;
  if (text === '') return { ...head, isBinary: false, hunks: [] };
  const lines = text.replace(/\n$/, '').split('\n').map((line, index) => ({ type: 'added' as const, text: line, newLine: index + 1 }));
  const last = lines.at(-1);
  const all = last === undefined || text.endsWith('\n') ? lines : [...lines.slice(0, -1), { ...last, noNewline: true }];
  return { ...head, isBinary: false, hunks: [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: lines.length, section: '', lines: all }] };
}

function candidateFolders(nearUri: string | undefined): readonly string[] {
  const near = nearUri === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(nearUri, true);
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file').map((folder) => folder.uri.fsPath);
  const nearFolder = near !== undefined && near.scheme === 'file' && vscode.workspace.getWorkspaceFolder(near) !== undefined ? near.fsPath : undefined;
  return [...new Set([...(nearFolder === undefined ? [] : [folders.includes(nearFolder) ? nearFolder : dirname(nearFolder)]), ...folders])];
}

/** The part of the git extension's API that is used: https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts */
interface GitApi {
  readonly git: { readonly path: string };
  readonly repositories: readonly { readonly rootUri: vscode.Uri }[];
}

/** The editor's git extension knows where git is, also by the user's setting. */
function gitOfEditor(): string | undefined {
  return gitApi()?.git.path;
}

/** Also those in folders of the workspace's folders. */
function repositoriesOfEditor(): readonly string[] {
  return (gitApi()?.repositories ?? []).flatMap(({ rootUri }) => (rootUri.scheme === 'file' ? [rootUri.fsPath] : []));
}

function gitApi(): GitApi | undefined {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  try {
    return extension?.isActive === true ? extension.exports.getAPI(1) : undefined;
  } catch {
    // Switched off by git.enabled.
    return undefined;
  }
}
