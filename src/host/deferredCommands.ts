import * as vscode from 'vscode';

/**
 * Stands in for commands whose code is not loaded yet: the first call loads it and is then passed on. `load` has to register every one
 * of `ids`; the stand-ins are gone before it does, as VS Code takes each id once.
 */
export function deferCommands(ids: readonly string[], load: () => Promise<void>): vscode.Disposable {
  const standIns = vscode.Disposable.from(
    ...ids.map((id) =>
      vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => {
        await load();
        return await vscode.commands.executeCommand(id, ...args);
      }),
    ),
  );
  return standIns;
}
