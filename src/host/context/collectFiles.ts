// Items made of files: one, a part of one, a folder, what is open, what a search found.
import * as vscode from 'vscode';
import type { ItemBuilder } from '../../core/context/buildItem.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { ContextReference } from '../../core/context/contextReference.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import type { CodebaseSearch } from './codebaseSearch.ts';
import type { FileList } from './fileList.ts';
import { displayPath } from './fileText.ts';
import { createPartReader } from './readParts.ts';

export interface FileCollector {
  file(reference: Extract<ContextReference, { kind: 'file' | 'symbol' | 'selection' }>, budgetTokens: number): Promise<ContextItem>;
  folder(reference: Extract<ContextReference, { kind: 'folder' }>, budgetTokens: number, signal: AbortSignal): Promise<ContextItem>;
  openEditors(budgetTokens: number): Promise<ContextItem>;
  codebase(reference: Extract<ContextReference, { kind: 'codebase' }>, budgetTokens: number, signal: AbortSignal): Promise<ContextItem>;
}

export interface FileCollectorDependencies {
  readonly gate: FileGate;
  readonly builder: ItemBuilder;
  readonly files: FileList;
  readonly codebase: CodebaseSearch;
}

/** Files of a folder whose text is looked at; its listing names all. */
const maximumFolderFiles = 400;
const maximumHits = 30;

export function createFileCollector({ gate, builder, files, codebase }: FileCollectorDependencies): FileCollector {
  const reader = createPartReader(gate);
  return {
    async file(reference, budgetTokens) {
      const uri = reference.uri === undefined ? undefined : vscode.Uri.parse(reference.uri, true);
      if (uri === undefined) return builder.refuse(reference, '', 'no-editor');
      const name = reference.kind === 'symbol' ? reference.name : displayPath(uri);
      const gated = await reader.readPart({ uri, range: reference.range, evenIfSecret: reference.kind === 'file' && reference.evenIfSecret === true });
      if (!gated.open) return builder.refuse(reference, name, gated.reason);
      if (gated.part.text === '') return builder.refuse(reference, name, 'empty');
      return builder.build({ reference, name, parts: [gated.part], ...(reference.range === undefined ? {} : { range: reference.range }) }, budgetTokens);
    },

    async folder(reference, budgetTokens, signal) {
      const uri = vscode.Uri.parse(reference.uri, true);
      const name = displayPath(uri);
      if (!vscode.workspace.isTrusted) return builder.refuse(reference, name, 'untrusted-workspace');
      if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return builder.refuse(reference, name, 'outside-workspace');
      const start = `${uri.toString().replace(/\/$/, '')}/`;
      const inside = (await files.files(signal)).filter((file) => file.uri.toString().startsWith(start));
      if (inside.length === 0) return builder.refuse(reference, name, 'empty');
      // Files near the folder itself go first, then those deeper down.
      const wishes = inside.slice(0, maximumFolderFiles).map((file) => ({ uri: file.uri, priority: -file.path.split('/').length }));
      const { parts, leftOut } = await reader.readParts(wishes, signal);
      const shown = new Set(parts.map((part) => part.path));
      const listing = inside.filter((file, index) => index >= maximumFolderFiles || shown.has(file.path)).map((file) => file.path);
      return builder.build({ reference, name, leftOut, parts: [{ text: `Files in ${name}:\n${listing.join('\n')}`, priority: 1 }, ...parts] }, budgetTokens);
    },

    async openEditors(budgetTokens) {
      const active = vscode.window.activeTextEditor?.document.uri.toString();
      const uris = vscode.window.tabGroups.all.flatMap((group) => group.tabs).flatMap((tab) => (tab.input instanceof vscode.TabInputText ? [tab.input.uri] : []));
      const unique = [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
      const { parts, leftOut } = await reader.readParts(unique.map((uri) => ({ uri, priority: uri.toString() === active ? 1 : 0 })), undefined);
      return builder.build({ reference: { kind: 'open-editors' }, name: '', parts: parts.filter((part) => part.text !== ''), leftOut }, budgetTokens);
    },

    async codebase(reference, budgetTokens, signal) {
      const { query = '' } = reference;
      if (!vscode.workspace.isTrusted) return builder.refuse(reference, query, 'untrusted-workspace');
      if (query === '') return builder.refuse(reference, '', 'empty');
      const hits = await codebase.search(query, maximumHits, signal);
      const wishes = hits.map((hit) => ({ uri: vscode.Uri.parse(hit.id, true), range: { startLine: hit.startLine, endLine: hit.endLine }, priority: hit.score }));
      const { parts, leftOut } = await reader.readParts(wishes, signal);
      return builder.build({ reference, name: query, parts, leftOut }, budgetTokens);
    },
  };
}
