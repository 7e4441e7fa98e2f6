import * as vscode from 'vscode';
import { parseOwnCommand, type OwnCommand, type OwnCommandSource } from '../../core/chat/ownCommand.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import type { Redactor } from '../../core/context/redactSecrets.ts';
import { readFileText } from '../context/fileText.ts';

export interface OwnCommandDependencies {
  readonly gate: FileGate;
  readonly redactor: Pick<Redactor, 'redact'>;
}

const folderPath = ['.runapi', 'commands'];

/** Read when a "/" is typed: the folder is small, and a change counts at once. */
export function createOwnCommandFiles(dependencies: OwnCommandDependencies): OwnCommandSource {
  return {
    list: async () => {
      if (!vscode.workspace.isTrusted) return [];
      const lists = await Promise.all((vscode.workspace.workspaceFolders ?? []).map((folder) => readFolder(folder, dependencies)));
      const byName = new Map(lists.flat().reverse().map((command) => [command.name, command]));
      return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name));
    },
  };
}

async function readFolder(folder: vscode.WorkspaceFolder, dependencies: OwnCommandDependencies): Promise<readonly OwnCommand[]> {
  const uri = vscode.Uri.joinPath(folder.uri, ...folderPath);
  const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(uri)).catch(() => []);
  // A link could lead to any file of the computer.
  const names = entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name).slice(0, 100);
  const commands = await Promise.all(names.map((name) => readCommand(vscode.Uri.joinPath(uri, name), name, dependencies)));
  return commands.filter((command) => command !== undefined);
}

/** Undefined for what is no command, and for files that may not be sent. Git may ignore them: people keep their own prompts to themselves. */
async function readCommand(uri: vscode.Uri, fileName: string, { gate, redactor }: OwnCommandDependencies): Promise<OwnCommand | undefined> {
  const verdict = await gate.check(uri.toString());
  if (!verdict.open && verdict.reason !== 'ignored') return undefined;
  const content = await readFileText(uri);
  return content === undefined ? undefined : parseOwnCommand({ fileName, path: [...folderPath, fileName].join('/'), text: content.text }, (text) => redactor.redact(text, uri.toString()));
}
