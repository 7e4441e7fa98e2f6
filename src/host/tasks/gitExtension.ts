// The little that is used of the API of VS Code's git extension: repositories, their input boxes and branches. Absent when it is off.
import * as vscode from 'vscode';

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  getBranches(query: { readonly remote?: boolean }): Promise<readonly { readonly name?: string }[]>;
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitExtension {
  getAPI(version: 1): GitApi;
}

/** The repository that `near` lies in, else the only one, else the one that the user picks. */
export async function findRepository(near: vscode.Uri | undefined): Promise<GitRepository | undefined> {
  const api = await gitApi();
  const found = near === undefined ? null : api?.getRepository(near);
  if (found !== null && found !== undefined) return found;
  const repositories = api?.repositories ?? [];
  if (repositories.length <= 1) return repositories[0];
  const picked = await vscode.window.showQuickPick(repositories.map((repository) => ({ label: vscode.workspace.asRelativePath(repository.rootUri), repository })), { placeHolder: vscode.l10n.t('Which repository?') });
  return picked?.repository;
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) return undefined;
  try {
    const exported = extension.isActive ? extension.exports : await extension.activate();
    return exported.getAPI(1);
  } catch {
    // Git is turned off in the settings: the API refuses.
    return undefined;
  }
}
