// The text of a file as the user sees it: the editor's where it is open, else the disk's. Lines end in \n.
import * as vscode from 'vscode';
import { decodeText } from '../../core/context/decodeText.ts';
import { looksBinary } from '../../core/context/looksBinary.ts';
import { labelOfFolder } from '../edit/workspacePaths.ts';

export interface FileText {
  readonly text: string;
  readonly languageId?: string;
}

/** Undefined when there is no such file or it is no text. Bytes that are no UTF are read as the editor would read them: in the encoding that is set or guessed. */
export async function readFileText(uri: vscode.Uri): Promise<FileText | undefined> {
  const document = openDocument(uri);
  if (document !== undefined) return { text: toLf(document.getText()), languageId: document.languageId };
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return looksBinary(bytes.subarray(0, 8192)) ? undefined : { text: toLf(decodeText(bytes) ?? (await vscode.workspace.decode(bytes, { uri }))) };
  } catch {
    return undefined;
  }
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const wanted = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === wanted);
}

/** As files are named to people and models: relative, with the folder's name first where there are several. */
export function displayPath(uri: vscode.Uri): string {
  if (uri.scheme === 'untitled') return uri.path;
  const folder = (vscode.workspace.workspaceFolders?.length ?? 0) > 1 ? vscode.workspace.getWorkspaceFolder(uri) : undefined;
  return `${folder === undefined ? '' : `${labelOfFolder(folder)}/`}${vscode.workspace.asRelativePath(uri, false)}`;
}

function toLf(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
