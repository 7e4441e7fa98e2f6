// What is about to be written, file by file, with everything checked that can be checked before the first write: an apply and an undo are both
// such a plan.
import * as vscode from 'vscode';
import { readByteText } from '../../core/edit/byteText.ts';
import { applyHunks, type LineChange } from '../../core/edit/hunks.ts';
import { diffLines } from '../../core/edit/lineDiff.ts';
import { joinLines, splitLines } from '../../core/edit/lineText.ts';
import type { EditProblem, FileChange } from '../../core/edit/proposal.ts';
import { protectionOf } from '../../core/edit/protectedFiles.ts';
import { filePlaceOf } from './filePlace.ts';
import { readPresent, type PresentFile } from './presentFile.ts';
import { fileExists } from './workspacePaths.ts';
import { sameBytes } from './writeBytes.ts';

export type PlannedWrite =
  | { readonly kind: 'modify'; readonly file: PresentFile; readonly changes: readonly LineChange[]; readonly bytes: Uint8Array }
  | { readonly kind: 'rename'; readonly file: PresentFile; readonly newUri: vscode.Uri; readonly newPlace: string | undefined; readonly changes: readonly LineChange[]; readonly bytes: Uint8Array }
  | { readonly kind: 'create'; readonly uri: vscode.Uri; readonly place: string | undefined; readonly bytes: Uint8Array; readonly mode: number | undefined }
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
    const planned = (await isRelinked(change)) ? { problem: { kind: 'relinked' as const } } : await planChange(change);
    if ('problem' in planned) problems.push({ path: change.path, ...planned.problem });
    else writes.push(planned.write);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, writes };
}

type Planned = { readonly write: PlannedWrite } | { readonly problem: EditProblem };

/** A link that leads to a protected file now did not at the review, or the user would have been asked. */
async function isRelinked(change: FileChange): Promise<boolean> {
  if (change.protection !== undefined) return false;
  const { original, proposed } = change;
  for (const uri of [change.uri, ...(change.newUri === undefined ? [] : [change.newUri])]) {
    const found = await filePlaceOf(vscode.Uri.parse(uri, true));
    if (found.ok && found.realPath !== undefined && protectionOf({ path: found.realPath, original, proposed }) !== undefined) return true;
  }
  return false;
}

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
  const found = await filePlaceOf(uri);
  if (!found.ok) return { problem: { kind: 'bad-path', detail: found.reason } };
  const bytes = typeof text === 'string' ? await encodeNew(withConfiguredEnds(text, uri), uri) : text;
  if (bytes === undefined) return { problem: { kind: 'encoding' } };
  return { write: { kind: 'create', uri, place: found.place, bytes, mode } };
}

/** In the encoding that is set for such files. Undefined where it lacks a character: the editor would write another one in its place. */
async function encodeNew(text: string, uri: vscode.Uri): Promise<Uint8Array | undefined> {
  const bytes = await vscode.workspace.encode(text, { uri });
  if (sameBytes(bytes, Buffer.from(text))) return bytes;
  const encoding = vscode.workspace.getConfiguration('files', uri).get<string>('encoding') ?? 'utf8';
  // By its address the editor may guess the encoding, and guess wrong on a short text.
  const readings = [await vscode.workspace.decode(bytes, { uri }), await vscode.workspace.decode(bytes, { encoding })];
  return readings.some((reading) => reading.replace(/^\uFEFF/, '') === text.replace(/^\uFEFF/, '')) ? bytes : undefined;
}

async function planRename(file: PresentFile, newUri: vscode.Uri, change: { readonly changes: readonly LineChange[]; readonly bytes: Uint8Array }): Promise<Planned> {
  if (staysUnsaved(file)) return { problem: { kind: 'changed' } };
  if (await fileExists(newUri)) return { problem: { kind: 'exists' } };
  const found = await filePlaceOf(newUri);
  return found.ok ? { write: { kind: 'rename', file, newUri, newPlace: found.place, ...change } } : { problem: { kind: 'bad-path', detail: found.reason } };
}

/** The file's bytes with these lines changed, or the editor's text as UTF-8 where nothing is saved. Undefined: the encoding has no such character. */
export async function bytesAfter(file: PresentFile, changes: readonly LineChange[]): Promise<Uint8Array | undefined> {
  const text = textAfter(file, changes);
  if (file.bytes === undefined || staysUnsaved(file)) return Buffer.from(text);
  const changed = readByteText(file.bytes, file.document.encoding)?.change(changes);
  if (changed !== undefined || file.route === 'bytes') return changed;
  // The editor's own tables know more characters of some encodings than the platform's.
  const bytes = await vscode.workspace.encode(text, { encoding: file.document.encoding });
  return (await vscode.workspace.decode(bytes, { encoding: file.document.encoding })) === text ? bytes : undefined;
}

export function textAfter(file: PresentFile, changes: readonly LineChange[]): string {
  return joinLines(applyHunks(splitLines(file.text), changes, file.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n'));
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
