// Files of a virtual workspace (a repository that is browsed without being cloned, a file system of the web): no links, no inodes.
import * as vscode from 'vscode';
import type { FileAccess } from '../../core/context/gateKeeper.ts';
import { looksBinary } from '../../core/context/looksBinary.ts';

export function createVirtualAccess(scheme: string): FileAccess {
  const toUri = (path: string): vscode.Uri => {
    const folder = vscode.workspace.workspaceFolders?.find((candidate) => candidate.uri.scheme === scheme);
    return (folder?.uri ?? vscode.Uri.from({ scheme })).with({ path });
  };
  const read = async (path: string): Promise<Uint8Array | undefined> => {
    try {
      return await vscode.workspace.fs.readFile(toUri(path));
    } catch {
      return undefined;
    }
  };
  return {
    realPath: async (path) => normalize(path),
    async exists(path) {
      try {
        await vscode.workspace.fs.stat(toUri(path));
        return true;
      } catch {
        return false;
      }
    },
    async readText(path) {
      const bytes = await read(path);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    async facts(path) {
      const bytes = await read(path);
      return bytes === undefined ? undefined : { size: bytes.length, linkCount: 1, isBinary: looksBinary(bytes.subarray(0, 8192)) };
    },
    otherNames: async () => [],
    userIgnore: async () => undefined,
  };
}

function normalize(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  return `/${kept.join('/')}`;
}
