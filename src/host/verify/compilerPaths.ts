// Where a TypeScript can be: what the user names in their own settings, then the one that VS Code ships. Never what a workspace names:
// opening a folder must not run code of it.
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';

export function compilerPaths(): readonly string[] {
  const shipped = vscode.extensions.getExtension('vscode.typescript-language-features')?.extensionPath;
  return [
    ...(vscode.workspace.isTrusted ? namedByUser() : []),
    ...(shipped === undefined ? [] : [join(shipped, '..', 'node_modules', 'typescript', 'lib', 'typescript.js')]),
    join(vscode.env.appRoot, 'extensions', 'node_modules', 'typescript', 'lib', 'typescript.js'),
  ];
}

/** The setting's older and newer name; both mean the folder of the library. */
const settingNames = ['js/ts.tsdk.path', 'typescript.tsdk'] as const;

function namedByUser(): readonly string[] {
  return settingNames.flatMap((name) => {
    const value = vscode.workspace.getConfiguration().inspect<unknown>(name)?.globalValue;
    return typeof value === 'string' && isAbsolute(value) ? [join(value, 'typescript.js')] : [];
  });
}
