// What can follow "@": the kinds of context, files by fuzzy match, symbols by the language services.
import * as vscode from 'vscode';
import type { ContextSuggestion } from '../../core/context/contextSource.ts';
import { matchPaths } from '../../core/context/pathMatch.ts';
import type { Translate } from '../../core/translate.ts';
import type { FileList, ListedFile } from './fileList.ts';
import { displayPath } from './fileText.ts';

export interface ContextSuggester {
  suggest(query: string, signal: AbortSignal): Promise<readonly ContextSuggestion[]>;
}

const maximumSuggestions = 50;
/** Language services that think longer than this are not waited for: the list is on the typing path. */
const symbolPatienceMs = 400;

export function createContextSuggester(files: FileList, translate: Translate): ContextSuggester {
  return {
    async suggest(query, signal) {
      const plain = query.trim();
      const kinds = kindSuggestions(plain, translate);
      if (!vscode.workspace.isTrusted) return kinds.filter(({ kind }) => kind === 'terminal');
      const listed = await files.files(signal);
      if (plain === '') return [...kinds, ...recentFiles()].slice(0, maximumSuggestions);
      const symbols = plain.length >= 2 ? await findSymbols(plain, listed) : [];
      signal.throwIfAborted();
      const search: ContextSuggestion = { reference: { kind: 'codebase', query: plain }, kind: 'codebase', name: plain, detail: translate('Search the codebase') };
      return [...kinds, ...fileSuggestions(listed, plain), ...folderSuggestions(listed, plain), ...symbols, search].slice(0, maximumSuggestions);
    },
  };
}

const plainKinds = ['selection', 'changes', 'staged', 'problems', 'terminal', 'open-editors', 'codebase', 'instructions'] as const;

/** Found by their English name and by the one that the user reads. */
function kindSuggestions(query: string, translate: Translate): readonly ContextSuggestion[] {
  const names: Readonly<Record<(typeof plainKinds)[number], string>> = {
    'selection': translate('Selection'), 'changes': translate('Changes'), 'staged': translate('Staged changes'), 'problems': translate('Problems'),
    'terminal': translate('Last command'), 'open-editors': translate('Open editors'), 'codebase': translate('Codebase'), 'instructions': translate('Instructions'),
  };
  const wanted = query.toLowerCase();
  return plainKinds.filter((kind) => kind.startsWith(wanted) || names[kind].toLowerCase().startsWith(wanted)).map((kind) => ({ reference: { kind }, kind, name: '', ...(kind === 'codebase' ? { detail: translate('What the message asks for') } : {}) }));
}

function recentFiles(): readonly ContextSuggestion[] {
  const uris = vscode.window.tabGroups.all.flatMap((group) => group.tabs).flatMap((tab) => (tab.input instanceof vscode.TabInputText && tab.input.uri.scheme !== 'output' ? [tab.input.uri] : []));
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()].map((uri) => toFileSuggestion({ uri, path: displayPath(uri) }));
}

function fileSuggestions(listed: readonly ListedFile[], query: string): readonly ContextSuggestion[] {
  const byPath = new Map(listed.map((file) => [file.path, file]));
  return matchPaths([...byPath.keys()], query, 25).flatMap(({ path }) => {
    const file = byPath.get(path);
    return file === undefined ? [] : [toFileSuggestion(file)];
  });
}

function toFileSuggestion({ uri, path }: ListedFile): ContextSuggestion {
  return { reference: { kind: 'file', uri: uri.toString() }, kind: 'file', ...splitPath(path) };
}

function splitPath(path: string): Pick<ContextSuggestion, 'name' | 'detail'> {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? { name: path } : { name: path.slice(slash + 1), detail: path.slice(0, slash) };
}

function folderSuggestions(listed: readonly ListedFile[], query: string): readonly ContextSuggestion[] {
  const folders = new Map<string, vscode.Uri>();
  for (const { uri, path } of listed) {
    let folderPath = path;
    let folder = uri;
    while (folderPath.includes('/')) {
      folderPath = folderPath.slice(0, folderPath.lastIndexOf('/'));
      folder = vscode.Uri.joinPath(folder, '..');
      if (folders.has(folderPath)) break;
      folders.set(folderPath, folder);
    }
  }
  return matchPaths([...folders.keys()], query, 6).flatMap(({ path }) => {
    const uri = folders.get(path);
    return uri === undefined ? [] : [{ reference: { kind: 'folder' as const, uri: uri.toString() }, kind: 'folder' as const, ...splitPath(path) }];
  });
}

async function findSymbols(query: string, listed: readonly ListedFile[]): Promise<readonly ContextSuggestion[]> {
  const asked = Promise.resolve(vscode.commands.executeCommand<readonly vscode.SymbolInformation[] | undefined>('vscode.executeWorkspaceSymbolProvider', query)).catch(() => undefined);
  const found = await Promise.race([asked, new Promise<undefined>((resolve) => { setTimeout(() => resolve(undefined), symbolPatienceMs); })]);
  const own = new Set(listed.map((file) => file.uri.toString()));
  return (found ?? []).filter((symbol) => own.has(symbol.location.uri.toString())).slice(0, 12).map((symbol): ContextSuggestion => {
    const { uri, range } = symbol.location;
    return { reference: { kind: 'symbol', uri: uri.toString(), name: symbol.name, range: { startLine: range.start.line + 1, endLine: range.end.line + 1 } }, kind: 'symbol', name: symbol.name, detail: displayPath(uri) };
  });
}
