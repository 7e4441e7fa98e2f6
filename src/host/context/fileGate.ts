// The gate to files of this window: trust, folders and settings from VS Code, files from the disk or from a virtual workspace.
import * as vscode from 'vscode';
import type { FileGate, GateVerdict } from '../../core/context/fileGate.ts';
import { createGateKeeper, type GateKeeper } from '../../core/context/gateKeeper.ts';
import { isSecretFile } from '../../core/context/secretFiles.ts';
import type { Logger } from '../../core/logger.ts';
import type { SettingsSource } from '../../core/settings.ts';
import { diskAccess } from './diskAccess.ts';
import { createVirtualAccess } from './virtualAccess.ts';

export interface WindowGate extends FileGate, vscode.Disposable {
  /** Verdicts may have changed: what was gathered under the old ones is to be dropped. */
  onDidChange(listener: () => void): vscode.Disposable;
}

/** A verdict this old is looked at again behind the typing: links can be put in place at any time. */
const freshMs = 10_000;

interface Known {
  readonly verdict: GateVerdict;
  readonly atMs: number;
}

export function createFileGate(settings: SettingsSource, log: Logger): WindowGate {
  const keepers = new Map<string, GateKeeper>();
  const known = new Map<string, Known>();
  const checking = new Map<string, Promise<GateVerdict>>();
  const changed = new vscode.EventEmitter<void>();
  let round = 0;

  const forget = (): void => {
    round += 1;
    known.clear();
    checking.clear();
    for (const keeper of keepers.values()) keeper.forget();
    changed.fire();
  };

  const keeperFor = (scheme: string): GateKeeper => {
    const keeper = keepers.get(scheme) ?? createGateKeeper(scheme === 'file' ? diskAccess : createVirtualAccess(scheme), {
      isTrusted: () => vscode.workspace.isTrusted,
      folders: () => (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === scheme).map((folder) => folder.uri.path.replace(/\/$/, '')),
      exclude: () => settings.current().exclude,
    });
    keepers.set(scheme, keeper);
    return keeper;
  };

  const decide = async (uri: string): Promise<GateVerdict> => {
    const startRound = round;
    const verdict = await checkUri(vscode.Uri.parse(uri, true), keeperFor).catch((error: unknown): GateVerdict => {
      log.error('a file could not be checked and is not sent', error);
      return { open: false, reason: 'outside-workspace' };
    });
    checking.delete(uri);
    if (startRound === round) known.set(uri, { verdict, atMs: performance.now() });
    return verdict;
  };

  const check = (uri: string): Promise<GateVerdict> => {
    const running = checking.get(uri) ?? decide(uri);
    checking.set(uri, running);
    return running;
  };

  const subscriptions = vscode.Disposable.from(
    changed, whenVerdictsChange(settings, forget),
    vscode.workspace.onDidCloseTextDocument((document) => known.delete(document.uri.toString())),
  );

  return {
    check,
    known(uri) {
      const last = known.get(uri);
      if (last !== undefined && performance.now() - last.atMs > freshMs) void check(uri);
      return last?.verdict;
    },
    onDidChange: (listener) => changed.event(listener),
    dispose: () => subscriptions.dispose(),
  };
}

function whenVerdictsChange(settings: SettingsSource, forget: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**/{.gitignore,.aiexclude,.runapiignore}');
  return vscode.Disposable.from(
    watcher, { dispose: settings.onChange(forget) },
    watcher.onDidChange(forget), watcher.onDidCreate(forget), watcher.onDidDelete(forget),
    vscode.workspace.onDidGrantWorkspaceTrust(forget),
    vscode.workspace.onDidChangeWorkspaceFolders(forget),
    vscode.workspace.onDidRenameFiles(forget),
  );
}

async function checkUri(uri: vscode.Uri, keeperFor: (scheme: string) => GateKeeper): Promise<GateVerdict> {
  if (!vscode.workspace.isTrusted) return { open: false, reason: 'untrusted-workspace' };
  switch (uri.scheme) {
    // Never saved: the text is the user's own, only its name can say more.
    case 'untitled': return isSecretFile(uri.path) ? { open: false, reason: 'secret-file' } : { open: true };
    // A cell, or a version of a file from git, is as open as its file.
    case 'vscode-notebook-cell':
    case 'git': return keeperFor(schemeOfFolder(uri)).check(uri.path);
    case 'file': return keeperFor('file').check(uri.path);
    default: return isFolderScheme(uri.scheme) ? keeperFor(uri.scheme).check(uri.path) : { open: false, reason: 'outside-workspace' };
  }
}

function isFolderScheme(scheme: string): boolean {
  return vscode.workspace.workspaceFolders?.some((folder) => folder.uri.scheme === scheme) === true;
}

function schemeOfFolder(uri: vscode.Uri): string {
  return vscode.workspace.workspaceFolders?.find((folder) => uri.path.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`))?.uri.scheme ?? 'file';
}
