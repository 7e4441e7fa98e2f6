// Images of the chat in the editor's own image viewer: a read-only file system that holds the last ones that were opened.
import * as vscode from 'vscode';
import { imageEndingOf, imageTypeOf } from '../../core/chat/imageCheck.ts';

export interface ImageDocuments extends vscode.Disposable {
  /** `data` is base64; `name` is the tab's title. */
  show(name: string, mediaType: string, data: string): Promise<void>;
}

const scheme = 'runapi-image';
/** Older ones show as gone when their tab is opened again. */
const kept = 20;

export function createImageDocuments(): ImageDocuments {
  const files = new Map<string, Uint8Array>();
  let count = 0;
  const registration = vscode.workspace.registerFileSystemProvider(scheme, createReadOnlyFiles(files), { isReadonly: true, isCaseSensitive: true });
  return {
    show: async (name, mediaType, data) => {
      count += 1;
      const uri = vscode.Uri.from({ scheme, path: `/${count}/${fileName(name, mediaType)}` });
      files.set(uri.path, Buffer.from(data, 'base64'));
      const [oldest] = files.keys();
      if (files.size > kept && oldest !== undefined) files.delete(oldest);
      await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
    },
    dispose: () => registration.dispose(),
  };
}

function createReadOnlyFiles(files: ReadonlyMap<string, Uint8Array>): vscode.FileSystemProvider {
  const find = (uri: vscode.Uri): Uint8Array => {
    const bytes = files.get(uri.path);
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  };
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: find(uri).length, permissions: vscode.FilePermission.Readonly }),
    readFile: find,
    readDirectory: () => [],
    createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse,
  };
}

/** The ending tells the editor which viewer to take. */
function fileName(name: string, mediaType: string): string {
  const plain = name.replaceAll(/[\\/]/g, ' ');
  return imageTypeOf(plain) === mediaType ? plain : `${plain}.${imageEndingOf(mediaType) ?? 'png'}`;
}
