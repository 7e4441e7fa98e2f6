// A file as it is now: what the editor holds, what the disk holds, and by which way a change can be written so that no other byte moves.
import { access, constants, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { readByteText } from '../../core/edit/byteText.ts';
import type { EditProblemKind } from '../../core/edit/proposal.ts';
import { filePlaceOf } from './filePlace.ts';

/**
 * `editor`: the editor's text, written in the document's encoding, is the file byte for byte, so the editor may write it. `bytes`: it is not
 * (mixed line ends, bytes that are no text): the lines are changed in the bytes. `memory`: there is no file on a disk (untitled, a cell).
 */
export type WriteRoute = 'editor' | 'bytes' | 'memory';

export interface PresentFile {
  readonly uri: vscode.Uri;
  readonly document: vscode.TextDocument;
  readonly text: string;
  /** What the disk holds; undefined in memory. */
  readonly bytes: Uint8Array | undefined;
  readonly route: WriteRoute;
  readonly mode: number | undefined;
  /** Where it lies once links are followed. */
  readonly place: string | undefined;
  /** The same relative to the workspace, where it is not the visible path. */
  readonly realPath?: string;
  /** The editor's text was the disk's when it was read: only then is the change saved too. */
  readonly wasSaved: boolean;
}

export type PresentResult = { readonly state: 'present'; readonly file: PresentFile } | { readonly state: 'missing' } | { readonly state: 'refused'; readonly kind: EditProblemKind; readonly detail?: string };

/** Beyond this an edit is refused: the editor itself stops tokenizing at 20 MB, and every copy of the text is held in memory. */
const largestBytes = 5_000_000;
/** A minified file: the diff shows one line and the user cannot see what changes. */
const longestLine = 200_000;

export async function readPresent(uri: vscode.Uri): Promise<PresentResult> {
  if (uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell') return readInMemory(uri);
  const writable = vscode.workspace.fs.isWritableFileSystem(uri.scheme);
  if (writable !== true) return { state: 'refused', kind: writable === false ? 'read-only' : 'unsupported', detail: uri.scheme };
  const status = await statOf(uri);
  if (status === undefined) return { state: 'missing' };
  if ((status.type & vscode.FileType.File) === 0) return { state: 'refused', kind: 'binary' };
  if (status.size > largestBytes) return { state: 'refused', kind: 'too-large' };
  if (((status.permissions ?? 0) & vscode.FilePermission.Readonly) !== 0) return { state: 'refused', kind: 'read-only' };
  const onDisk = await checkDisk(uri);
  return 'state' in onDisk ? onDisk : readOpened(uri, onDisk);
}

type OnDisk = Pick<PresentFile, 'mode' | 'place' | 'realPath'>;

/** The real place inside the workspace, and whether it may be written. */
async function checkDisk(uri: vscode.Uri): Promise<Extract<PresentResult, { state: 'refused' }> | OnDisk> {
  const found = await filePlaceOf(uri);
  if (!found.ok) return { state: 'refused', kind: 'bad-path', detail: found.reason };
  const { place, realPath } = found;
  if (place === undefined) return { mode: undefined, place };
  const { mode } = await stat(place);
  // Who may write everything (root, in containers) is told by the bits what is meant to stay.
  if ((mode & 0o222) === 0) return { state: 'refused', kind: 'read-only' };
  try {
    await access(place, constants.W_OK);
    return { mode, place, ...(realPath === undefined ? {} : { realPath }) };
  } catch {
    return { state: 'refused', kind: 'read-only' };
  }
}

async function readOpened(uri: vscode.Uri, onDisk: OnDisk): Promise<PresentResult> {
  const document = await open(uri);
  if (document === undefined) return { state: 'refused', kind: 'binary' };
  const bytes = await vscode.workspace.fs.readFile(uri);
  if (!(await showsDisk(document, bytes))) return { state: 'refused', kind: 'changed' };
  const text = document.getText();
  if (hasLongLine(document)) return { state: 'refused', kind: 'too-large' };
  const route = await routeFor(document, bytes);
  return route === undefined ? { state: 'refused', kind: 'encoding' } : { state: 'present', file: { uri, document, text, bytes, route, ...onDisk, wasSaved: !document.isDirty } };
}

/** A document that is not dirty follows the disk, but only once the editor's watcher has told it: waited for. */
async function showsDisk(document: vscode.TextDocument, bytes: Uint8Array): Promise<boolean> {
  const onDisk = withLineFeeds(await vscode.workspace.decode(bytes, { encoding: document.encoding }));
  for (let tries = 0; tries < reloadTries; tries++) {
    if (document.isDirty || withLineFeeds(document.getText()) === onDisk) return true;
    await new Promise((resolve) => setTimeout(resolve, reloadPollMs));
  }
  return false;
}

const reloadTries = 30;
const reloadPollMs = 100;

function withLineFeeds(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

async function routeFor(document: vscode.TextDocument, bytes: Uint8Array): Promise<WriteRoute | undefined> {
  // An unsaved text cannot be compared with the disk: the text that the disk's bytes decode to is.
  const decoded = await vscode.workspace.decode(bytes, { encoding: document.encoding });
  const again = await vscode.workspace.encode(decoded, { encoding: document.encoding });
  const lineEnds = document.eol === vscode.EndOfLine.CRLF ? /\r(?!\n)|(?<!\r)\n/ : /\r/;
  if (Buffer.compare(bytes, again) === 0 && !lineEnds.test(decoded)) return 'editor';
  if (document.isDirty) return undefined;
  const byteText = readByteText(bytes, document.encoding);
  const lines = byteText?.text.lines;
  const same = lines !== undefined && lines.length === document.lineCount && lines.every((line, index) => withoutStrays(line) === withoutStrays(document.lineAt(index).text));
  return same ? 'bytes' : undefined;
}

/** Bytes without a character come out of the editor's decoder and of the platform's as different ones, and as more or fewer of them. */
function withoutStrays(line: string): string {
  return line.replace(/[\u0080-\u009F\uFFFD]+/g, '\uFFFD');
}

async function readInMemory(uri: vscode.Uri): Promise<PresentResult> {
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (document === undefined || document.isClosed) return { state: 'missing' };
  return { state: 'present', file: { uri, document, text: document.getText(), bytes: undefined, route: 'memory', mode: undefined, place: undefined, wasSaved: false } };
}

async function open(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // The editor says so of binary files and of those above its own limit.
    return undefined;
  }
}

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}

function hasLongLine(document: vscode.TextDocument): boolean {
  for (let line = 0; line < document.lineCount; line++) if (document.lineAt(line).text.length > longestLine) return true;
  return false;
}
