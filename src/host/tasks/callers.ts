// Who uses a symbol, as the language service knows it: the files that a refactoring may have to change too.
import * as vscode from 'vscode';
import { documentSymbols, symbolAt, type EditorTarget } from './editorTarget.ts';
import { withPatience } from './patience.ts';

export interface CallerFile {
  readonly uri: vscode.Uri;
  readonly references: number;
}

const patienceMs = 5000;

/** Other files of the workspace that refer to the target's symbol, or to any that the target declares at its top; most references first. */
export async function findCallers(target: EditorTarget): Promise<readonly CallerFile[]> {
  const { document } = target;
  const positions = await declarations(target);
  const counts = new Map<string, number>();
  for (const position of positions) {
    const locations = await withPatience(vscode.commands.executeCommand<readonly vscode.Location[] | undefined>('vscode.executeReferenceProvider', document.uri, position), patienceMs);
    for (const { uri } of locations ?? []) {
      if (uri.toString() !== document.uri.toString() && vscode.workspace.getWorkspaceFolder(uri) !== undefined && !uri.path.includes('/node_modules/')) counts.set(uri.toString(), (counts.get(uri.toString()) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, left], [, right]) => right - left).map(([uri, references]) => ({ uri: vscode.Uri.parse(uri, true), references }));
}

/** A file can declare a hundred names; the first ones tell who depends on it. */
const maxDeclarations = 20;

async function declarations({ document, kind, range }: EditorTarget): Promise<readonly vscode.Position[]> {
  if (kind !== 'file') {
    const symbol = await symbolAt(document, range);
    return symbol === undefined ? [] : [symbol.selectionRange.start];
  }
  const symbols = await documentSymbols(document.uri);
  return symbols.slice(0, maxDeclarations).map((symbol) => symbol.selectionRange.start);
}
