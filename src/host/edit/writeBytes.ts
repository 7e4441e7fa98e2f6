import * as vscode from 'vscode';
import { writeFileAtomic } from './atomicFile.ts';

/** Through a neighbour file where the disk is ours to reach, so that a kill leaves no half file. */
export async function writeBytes(uri: vscode.Uri, bytes: Uint8Array, mode?: number): Promise<void> {
  if (uri.scheme === 'file') await writeFileAtomic(uri.fsPath, bytes, { mode });
  else await vscode.workspace.fs.writeFile(uri, bytes);
}

export async function readOrNothing(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return undefined;
  }
}

export function sameBytes(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one === undefined || other === undefined ? one === other : Buffer.compare(one, other) === 0;
}
