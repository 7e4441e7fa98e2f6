// Who uses a symbol, as the language service knows it: the files that a refactoring may have to change too.
import * as vscode from 'vscode';
import { documentSymbols, symbolAt, type EditorTarget } from './editorTarget.ts';
import { withPatience } from './patience.ts';

export interface CallerFile {
  readonly uri: vscode.Uri;
  readonly references: number;
}

const patienceMs = 5000;

/** Other files of the workspace that refer to the target's symbol, call it or implement it, or any that the target declares at its top; most of it first. */
export async function findCallers(target: EditorTarget): Promise<readonly CallerFile[]> {
  const { document } = target;
  const counts = new Map<string, number>();
  for (const position of await declarations(target)) {
    for (const uri of await usersOf(document.uri, position)) {
      if (uri.toString() !== document.uri.toString() && vscode.workspace.getWorkspaceFolder(uri) !== undefined && !uri.path.includes('/node_modules/')) counts.set(uri.toString(), (counts.get(uri.toString()) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, left], [, right]) => right - left).map(([uri, references]) => ({ uri: vscode.Uri.parse(uri, true), references }));
}

/** References miss calls through an interface in some services, and a changed interface changes what implements it. */
async function usersOf(uri: vscode.Uri, position: vscode.Position): Promise<readonly vscode.Uri[]> {
  const [references, implementations, calls] = await Promise.all([
    withPatience(vscode.commands.executeCommand<readonly vscode.Location[] | undefined>('vscode.executeReferenceProvider', uri, position), patienceMs),
    withPatience(vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[] | undefined>('vscode.executeImplementationProvider', uri, position), patienceMs),
    withPatience(incomingCalls(uri, position), patienceMs),
  ]);
  return [...(references ?? []).map((place) => place.uri), ...(implementations ?? []).map((place) => ('targetUri' in place ? place.targetUri : place.uri)), ...(calls ?? [])];
}

async function incomingCalls(uri: vscode.Uri, position: vscode.Position): Promise<readonly vscode.Uri[]> {
  const [item] = (await vscode.commands.executeCommand<readonly vscode.CallHierarchyItem[] | undefined>('vscode.prepareCallHierarchy', uri, position)) ?? [];
  if (item === undefined) return [];
  const calls = await vscode.commands.executeCommand<readonly vscode.CallHierarchyIncomingCall[] | undefined>('vscode.provideIncomingCalls', item);
  return (calls ?? []).map(({ from }) => from.uri);
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
