import * as vscode from 'vscode';

const aliases: Readonly<Record<string, string>> = {
  js: 'javascript', mjs: 'javascript', cjs: 'javascript', jsx: 'javascriptreact', ts: 'typescript', mts: 'typescript', tsx: 'typescriptreact', py: 'python', rb: 'ruby', rs: 'rust',
  sh: 'shellscript', bash: 'shellscript', zsh: 'shellscript', shell: 'shellscript', yml: 'yaml', md: 'markdown', cs: 'csharp', 'c++': 'cpp', kt: 'kotlin', golang: 'go', ps1: 'powershell', docker: 'dockerfile',
};

/** The editor's id for what stands behind a fence; undefined where it knows none. */
export async function languageOf(fence: string | undefined): Promise<string | undefined> {
  const name = fence?.trim().toLowerCase();
  if (name === undefined || name === '') return undefined;
  const id = Object.hasOwn(aliases, name) ? aliases[name] : name;
  const known = await vscode.languages.getLanguages();
  return id !== undefined && known.includes(id) ? id : undefined;
}
