// What is about to be written, file by file, with everything checked that can be checked before the first write: an apply and an undo are both
// such a plan.
import * as vscode from 'vscode';
import { readByteText } from '../../core/edit/byteText.ts';
import { applyHunks, type LineChange } from '../../core/edit/hunks.ts';
import { diffLines } from '../../core/edit/lineDiff.ts';
import { joinLines, splitLines } from '../../core/edit/lineText.ts';
import type { EditProblem, FileChange } from '../../core/edit/proposal.ts';
import { realPlaceOf } from './realPlace.ts';
import { readPresent, rootsFor, type PresentFile } from './presentFile.ts';
import { fileExists } from './workspacePaths.ts';

export type PlannedWrite =
  | { readonly kind: 'modify'; readonly file: PresentFile; readonly changes: readonly LineChange[]; readonly bytes: Uint8Array }
  | { readonly kind: 'rename'; readonly file: PresentFile; readonly newUri: vscode.Uri; readonly changes: readonly LineChange[]; readonly bytes: Uint8Array }
  | { readonly kind: 'create'; readonly uri: vscode.Uri; readonly bytes: Uint8Array; readonly mode: number | undefined }
  | { readonly kind: 'delete'; readonly file: PresentFile };

export type PlanResult = { readonly ok: true; readonly writes: readonly PlannedWrite[] } | { readonly ok: false; readonly problems: readonly EditProblem[] };

/** A file whose text stays in the editor: nothing on the disk changes. */
export function staysUnsaved(file: PresentFile): boolean {
  return !file.wasSaved;
}

export async function planChanges(changes: readonly FileChange[]): Promise<PlanResult> {
  const writes: PlannedWrite[] = [];
  const problems: EditProblem[] = [];
  for (const change of changes) {
    const planned = await planChange(change);
    if ('problem' in planned) problems.push({ path: change.path, ...planned.problem });
    else writes.push(planned.write);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, writes };
}

type Planned = { readonly write: PlannedWrite } | { readonly problem: EditProblem };

async function planChange(change: FileChange): Promise<Planned> {
  const uri = vscode.Uri.parse(change.uri, true);
  if (change.kind === 'create') return planCreate(uri, change.proposed);
  const present = await readPresent(uri);
  if (present.state === 'missing') return { problem: { kind: 'missing-file' } };
  if (present.state === 'refused') return { problem: { kind: present.kind, ...(present.detail === undefined ? {} : { detail: present.detail }) } };
  const { file } = present;
  if (file.text !== change.original) return { problem: { kind: 'changed' } };
  if (change.kind === 'delete') return staysUnsaved(file) ? { problem: { kind: 'changed' } } : { write: { kind: 'delete', file } };
  const bytes = await bytesAfter(file, change.hunks);
  if (bytes === undefined) return { problem: { kind: 'encoding' } };
  if (change.newUri === undefined) return { write: { kind: 'modify', file, changes: change.hunks, bytes } };
  return planRename(file, vscode.Uri.parse(change.newUri, true), { changes: change.hunks, bytes });
}

export async function planCreate(uri: vscode.Uri, text: string | Uint8Array, mode?: number): Promise<Planned> {
  if (await fileExists(uri)) return { problem: { kind: 'exists' } };
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== true) return { problem: { kind: 'unsupported', detail: uri.scheme } };
  const outside = await leadsOutside(uri);
  if (outside !== undefined) return { problem: { kind: 'bad-path', detail: outside } };
  const bytes = typeof text === 'string' ? await vscode.workspace.encode(withConfiguredEnds(text, uri), { uri }) : text;
  return { write: { kind: 'create', uri, bytes, mode } };
}

async function planRename(file: PresentFile, newUri: vscode.Uri, change: { readonly changes: readonly LineChange[]; readonly bytes: Uint8Array }): Promise<Planned> {
  if (staysUnsaved(file)) return { problem: { kind: 'changed' } };
  if (await fileExists(newUri)) return { problem: { kind: 'exists' } };
  const outside = await leadsOutside(newUri);
  return outside === undefined ? { write: { kind: 'rename', file, newUri, ...change } } : { problem: { kind: 'bad-path', detail: outside } };
}

/** Why the place of a file is not in the workspace; undefined when it is. Links may change at any time: asked again right before the write. */
export async function leadsOutside(uri: vscode.Uri): Promise<string | undefined> {
  if (uri.scheme !== 'file') return undefined;
  const place = await realPlaceOf(uri.fsPath, rootsFor(uri));
  return place.ok ? undefined : place.reason;
}

/** The file's bytes with these lines changed, or the editor's text as UTF-8 where nothing is saved. Undefined: the encoding has no such character. */
export async function bytesAfter(file: PresentFile, changes: readonly LineChange[]): Promise<Uint8Array | undefined> {
  const lineEnd = file.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const text = joinLines(applyHunks(splitLines(file.text), changes, lineEnd));
  if (file.bytes === undefined || staysUnsaved(file)) return Buffer.from(text);
  const changed = readByteText(file.bytes, file.document.encoding)?.change(changes);
  if (changed !== undefined || file.route === 'bytes') return changed;
  // The editor's own tables know more characters of some encodings than the platform's.
  const bytes = await vscode.workspace.encode(text, { encoding: file.document.encoding });
  return (await vscode.workspace.decode(bytes, { encoding: file.document.encoding })) === text ? bytes : undefined;
}

/** The changes that turn the present text into another. */
export function changesTo(file: PresentFile, text: string): readonly LineChange[] {
  return diffLines(splitLines(file.text).lines, splitLines(text).lines);
}

/** A new file gets the line ends that the editor would give it. */
function withConfiguredEnds(text: string, uri: vscode.Uri): string {
  const configured = vscode.workspace.getConfiguration('files', uri).get<string>('eol');
  const windows = configured === '\r\n' || (configured !== '\n' && process.platform === 'win32');
  return windows ? text.replace(/\r?\n/g, '\r\n') : text;
}
