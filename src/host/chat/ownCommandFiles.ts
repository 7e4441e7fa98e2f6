import * as vscode from 'vscode';
import { parseOwnCommand, type OwnCommand, type OwnCommandSource } from '../../core/chat/ownCommand.ts';

const folderPath = ['.runapi', 'commands'];

/** Read when a "/" is typed: the folder is small, and a change counts at once. */
export function createOwnCommandFiles(): OwnCommandSource {
  return {
    list: async () => {
      if (!vscode.workspace.isTrusted) return [];
      const lists = await Promise.all((vscode.workspace.workspaceFolders ?? []).map((folder) => readFolder(folder)));
      const byName = new Map(lists.flat().reverse().map((command) => [command.name, command]));
      return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
    },
  };
}

async function readFolder(folder: vscode.WorkspaceFolder): Promise<readonly OwnCommand[]> {
  const uri = vscode.Uri.joinPath(folder.uri, ...folderPath);
  const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(uri)).catch(() => []);
  // A link could lead to any file of the computer.
  const names = entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name).slice(0, 100);
  const commands = await Promise.all(names.map((name) => readCommand(vscode.Uri.joinPath(uri, name), name)));
  return commands.filter((command) => command !== undefined);
}

async function readCommand(uri: vscode.Uri, name: string): Promise<OwnCommand | undefined> {
  try {
    return parseOwnCommand(name, [...folderPath, name].join('/'), new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch {
    return undefined;
  }
}
