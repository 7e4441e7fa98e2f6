// Four things to do with this workspace, for an empty conversation.
import * as vscode from 'vscode';
import { formatReference } from '../../core/context/contextReference.ts';
import { pickStarterFiles } from '../../core/chat/starterFiles.ts';
import type { Translate } from '../../core/translate.ts';

export interface Starter {
  readonly label: string;
  readonly detail?: string;
  readonly text: string;
  readonly references: readonly string[];
}

export interface Starters extends vscode.Disposable {
  current(): readonly Starter[];
}

/** Looked for in so many files: enough for a suggestion, quick in any workspace. */
const mostFiles = 400;
const sourceFiles = '**/*.{ts,tsx,js,jsx,mjs,cjs,py,go,rs,java,kt,cs,rb,php,swift,c,cc,cpp,h,hpp,vue,svelte,dart,scala}';
const foldersLeftOut = '**/{node_modules,dist,build,out,target,vendor,.git,.venv,venv,__pycache__,coverage}/**';

/** `onChange` is called when the list is another. In a workspace that is not trusted there is none: its files are not read. */
export function createStarters(translate: Translate, onChange: () => void): Starters {
  let starters: readonly Starter[] = [];
  let turn = 0;
  const update = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    const next = vscode.workspace.isTrusted ? await findStarters(translate).catch(() => []) : [];
    if (mine !== turn || JSON.stringify(next) === JSON.stringify(starters)) return;
    starters = next;
    onChange();
  };
  void update();
  const subscription = vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(() => void update()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void update()),
    vscode.workspace.onDidSaveTextDocument(() => void update()),
  );
  return { current: () => starters, dispose: () => subscription.dispose() };
}

async function findStarters(translate: Translate): Promise<readonly Starter[]> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const open = active !== undefined && active.scheme === 'file' && vscode.workspace.getWorkspaceFolder(active) !== undefined ? active : undefined;
  const files = await vscode.workspace.findFiles(sourceFiles, foldersLeftOut, mostFiles);
  const paths = files.map((uri) => ({ uri, path: vscode.workspace.asRelativePath(uri, false) }));
  const picked = pickStarterFiles(paths.map(({ path }) => path), open === undefined ? undefined : vscode.workspace.asRelativePath(open, false));
  const uriOf = (path: string | undefined): vscode.Uri | undefined => (path === undefined ? undefined : (paths.find((file) => file.path === path)?.uri ?? open));
  const explained = uriOf(picked.explain);
  const untested = uriOf(picked.untested);
  const refactored = uriOf(picked.refactor);
  const changes = await countChanges();
  return [
    explained === undefined ? undefined : fileStarter(explained, (name) => translate('Explain {name}', { name }), '/explain'),
    changes === 0 ? undefined : { label: changes === 1 ? translate('Review 1 change') : translate('Review {count} changes', { count: changes }), text: '/review', references: ['changes'] },
    untested === undefined ? undefined : fileStarter(untested, (name) => translate('Write tests for {name}', { name }), '/tests'),
    refactored === undefined ? undefined : fileStarter(refactored, (name) => translate('Refactor {name}', { name }), '/refactor'),
  ].filter((starter) => starter !== undefined);
}

function fileStarter(uri: vscode.Uri, label: (name: string) => string, text: string): Starter {
  const path = vscode.workspace.asRelativePath(uri);
  const slash = path.lastIndexOf('/');
  return { label: label(path.slice(slash + 1)), detail: slash < 0 ? undefined : path.slice(0, slash), text, references: [formatReference({ kind: 'file', uri: uri.toString() })] };
}

/** The part of the git extension's API that is used: https://github.com/microsoft/vscode/blob/main/extensions/git/src/api/git.d.ts */
interface GitApi {
  readonly repositories: readonly { readonly state: { readonly workingTreeChanges: readonly GitChange[]; readonly indexChanges: readonly GitChange[]; readonly untrackedChanges?: readonly GitChange[] } }[];
}

interface GitChange {
  readonly uri: vscode.Uri;
}

/** Files: one that is staged and changed again is one. */
async function countChanges(): Promise<number> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  if (extension?.isActive !== true) return 0;
  const { repositories } = extension.exports.getAPI(1);
  const changes = repositories.flatMap(({ state }) => [...state.workingTreeChanges, ...state.indexChanges, ...(state.untrackedChanges ?? [])]);
  return new Set(changes.map(({ uri }) => uri.toString())).size;
}
