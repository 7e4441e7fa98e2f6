// The files of the workspace that may be offered: from ripgrep as VS Code ships it (it knows ignore files and is fast), else from the
// editor's own search. Kept until files come or go.
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { isSecretFile } from '../../core/context/secretFiles.ts';
import { displayPath } from './fileText.ts';

export interface ListedFile {
  readonly uri: vscode.Uri;
  /** As people know it. */
  readonly path: string;
}

export interface FileList extends vscode.Disposable {
  files(signal: AbortSignal): Promise<readonly ListedFile[]>;
  onDidChange(listener: (uri: vscode.Uri) => void): vscode.Disposable;
}

const maximumFiles = 50_000;

export function createFileList(): FileList {
  let listed: Promise<readonly ListedFile[]> | undefined;
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const watcher = vscode.workspace.createFileSystemWatcher('**/*');
  const drop = (uri: vscode.Uri): void => {
    listed = undefined;
    changed.fire(uri);
  };
  const subscriptions = vscode.Disposable.from(
    changed, watcher, watcher.onDidCreate(drop), watcher.onDidDelete(drop), watcher.onDidChange((uri) => changed.fire(uri)),
    vscode.workspace.onDidChangeWorkspaceFolders(() => { listed = undefined; }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => { listed = undefined; }),
  );
  return {
    async files(signal) {
      if (!vscode.workspace.isTrusted) return [];
      listed ??= listAll();
      const files = await listed;
      signal.throwIfAborted();
      return files;
    },
    onDidChange: (listener) => changed.event(listener),
    dispose: () => subscriptions.dispose(),
  };
}

async function listAll(): Promise<readonly ListedFile[]> {
  const program = await findRipgrep();
  const lists = await Promise.all((vscode.workspace.workspaceFolders ?? []).map(async ({ uri }) => {
    const found = uri.scheme === 'file' && program !== undefined ? await listWithRipgrep(program, uri) : undefined;
    return found ?? listWithEditor(uri);
  }));
  return lists.flat().slice(0, maximumFiles).filter((uri) => !isSecretFile(displayPath(uri))).map((uri) => ({ uri, path: displayPath(uri) }));
}

async function listWithEditor(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  return vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*'), '**/{node_modules,.git,dist,out,build,target,.venv,vendor}/**', maximumFiles);
}

/** Its place depends on the version of VS Code. */
const places = ['@vscode/ripgrep-universal/bin/{os}-{arch}/rg', '@vscode/ripgrep/bin/rg'];

async function findRipgrep(): Promise<string | undefined> {
  const ending = process.platform === 'win32' ? '.exe' : '';
  for (const folder of ['node_modules', 'node_modules.asar.unpacked']) {
    for (const place of places) {
      const program = join(vscode.env.appRoot, folder, place.replace('{os}', process.platform).replace('{arch}', process.arch)) + ending;
      if (await access(program, constants.X_OK).then(() => true, () => false)) return program;
    }
  }
  return undefined;
}

function listWithRipgrep(program: string, folder: vscode.Uri): Promise<readonly vscode.Uri[] | undefined> {
  const args = ['--files', '--hidden', '--no-config', '--no-messages', '--null', '--glob', '!**/.git', '--glob', '!**/node_modules', '--ignore-file', '.aiexclude', '--ignore-file', '.runapiignore'];
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder.fsPath, maxBuffer: 64_000_000, timeout: 20_000, windowsHide: true, encoding: 'utf8' }, (error, output) => {
      // 2 means that something could not be read; what was listed stands.
      if (error !== null && output === '') resolve(undefined);
      else resolve(output.split('\0').filter((path) => path !== '').map((path) => vscode.Uri.joinPath(folder, path.replaceAll('\\', '/'))));
    });
  });
}
