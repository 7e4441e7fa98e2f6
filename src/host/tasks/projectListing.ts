// The abstract listing that core/tasks/testFrameworks.ts reads: paths of one workspace folder and the text of its manifests. It stays
// on this machine.
import * as vscode from 'vscode';
import { manifestNames, type ProjectListing } from '../../core/tasks/testFrameworks.ts';
import { isTestPath } from '../../core/tasks/testPlace.ts';

/** Enough for the layout of a project to show; a listing is made anew at each use. */
const maxFiles = 20_000;
const maxTestsRead = 20;
const maxManifestBytes = 500_000;
const skipped = '{**/node_modules/**,**/.git/**,**/dist/**,**/out/**,**/build/**,**/target/**,**/.next/**,**/coverage/**,**/__pycache__/**,**/site-packages/**,**/bin/Debug/**,**/obj/**}';

export async function listProject(folder: vscode.Uri): Promise<ProjectListing> {
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*'), skipped, maxFiles);
  const relative = new Map(found.map((uri) => [uri.path.slice(folder.path.length).replace(/^\//, ''), uri]));
  const paths = [...relative.keys()].sort();
  const manifests = paths.filter((path) => manifestNames.some((name) => path === name || path.endsWith(`/${name}`)));
  const tests = paths.filter(isTestPath).slice(0, maxTestsRead);
  const texts = new Map<string, string>();
  for (const path of [...manifests, ...tests]) {
    const text = await readSmall(relative.get(path));
    if (text !== undefined) texts.set(path, text);
  }
  return { paths: [...paths, ...(await interpreters(folder))], text: (path) => texts.get(path) };
}

async function readSmall(uri: vscode.Uri | undefined): Promise<string | undefined> {
  if (uri === undefined) return undefined;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > maxManifestBytes ? undefined : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Gone since it was listed.
    return undefined;
  }
}

/** Virtual environments are excluded from searches in many workspaces. */
async function interpreters(folder: vscode.Uri): Promise<readonly string[]> {
  const candidates = ['.venv/bin/python', 'venv/bin/python', '.venv/Scripts/python.exe', 'venv/Scripts/python.exe'];
  const present = await Promise.all(candidates.map((path) => vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, path)).then(() => true, () => false)));
  return candidates.filter((_, index) => present[index]);
}
