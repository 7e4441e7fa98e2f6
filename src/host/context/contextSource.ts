// The context of this window behind one port: which collector answers which reference, what is offered, what a dropped URI is.
import * as vscode from 'vscode';
import type { ItemBuilder } from '../../core/context/buildItem.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { ContextReference } from '../../core/context/contextReference.ts';
import type { ContextOffer, ContextSource } from '../../core/context/contextSource.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import type { LinesChange } from '../../core/context/lineRange.ts';
import type { Logger } from '../../core/logger.ts';
import type { FileCollector } from './collectFiles.ts';
import type { StateCollector } from './collectState.ts';
import { displayPath } from './fileText.ts';
import type { ContextSuggester } from './suggestContext.ts';

export interface ContextSourceParts {
  readonly files: FileCollector;
  readonly state: StateCollector;
  readonly suggester: ContextSuggester;
  readonly builder: ItemBuilder;
  readonly gate: FileGate & { onDidChange(listener: () => void): vscode.Disposable };
  readonly log: Logger;
}

export function createContextSource(parts: ContextSourceParts): ContextSource & vscode.Disposable {
  const { builder, gate, log, suggester } = parts;
  const listeners = new Set<() => void>();
  const changed = (): void => { for (const listener of listeners) listener(); };
  let offersTimer: ReturnType<typeof setTimeout> | undefined;
  // A selection is made with many events; the offer follows when it rests.
  const changedSoon = (): void => {
    clearTimeout(offersTimer);
    offersTimer = setTimeout(changed, 150);
  };
  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(changedSoon), vscode.window.onDidChangeTextEditorSelection(changedSoon), gate.onDidChange(changedSoon), { dispose: () => clearTimeout(offersTimer) },
  );

  return {
    async collect(reference, budgetTokens, signal) {
      signal.throwIfAborted();
      try {
        const item = await collect(parts, reference, { budgetTokens, signal });
        signal.throwIfAborted();
        return item;
      } catch (error) {
        signal.throwIfAborted();
        log.error(`context could not be collected: ${reference.kind}`, error);
        return builder.refuse(reference, '', 'failed');
      }
    },
    suggest: (query, signal) => suggester.suggest(query, signal),
    offers: () => currentOffers(gate, changed),
    onOffersChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onLinesChange(listener) {
      const subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const changes = contentChanges.map(toLinesChange).filter(({ startLine, endLine, newLineEnds }) => startLine !== endLine || newLineEnds > 0);
        if (changes.length > 0) listener(document.uri.toString(), changes);
      });
      return () => subscription.dispose();
    },
    referenceOf,
    dispose: () => subscriptions.dispose(),
  };
}

async function collect({ files, state, builder }: ContextSourceParts, reference: ContextReference, { budgetTokens, signal }: { readonly budgetTokens: number; readonly signal: AbortSignal }): Promise<ContextItem> {
  switch (reference.kind) {
    case 'file':
    case 'symbol': return files.file(reference, budgetTokens);
    case 'selection': return collectSelection(files, builder, reference, budgetTokens);
    case 'folder': return files.folder(reference, budgetTokens, signal);
    case 'open-editors': return files.openEditors(budgetTokens);
    case 'codebase': return files.codebase(reference, budgetTokens, signal);
    case 'changes':
    case 'staged': return state.changes(reference, budgetTokens, signal);
    case 'problems': return state.problems(reference, budgetTokens);
    case 'terminal': return state.terminal(budgetTokens);
    case 'instructions': return state.instructions(reference, budgetTokens);
  }
}

async function collectSelection(files: FileCollector, builder: ItemBuilder, reference: Extract<ContextReference, { kind: 'selection' }>, budgetTokens: number): Promise<ContextItem> {
  if (reference.uri !== undefined) return files.file(reference, budgetTokens);
  const current = currentSelection();
  if (current === undefined) return builder.refuse(reference, '', vscode.window.activeTextEditor === undefined ? 'no-editor' : 'empty');
  return files.file({ kind: 'selection', ...current }, budgetTokens);
}

/** Whole lines: half lines say little to a model and cannot be edited exactly. */
function currentSelection(): { readonly uri: string; readonly range: { readonly startLine: number; readonly endLine: number } } | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) return undefined;
  const { start, end } = editor.selection;
  const endsBefore = end.character === 0 && end.line > start.line;
  return { uri: editor.document.uri.toString(), range: { startLine: start.line + 1, endLine: endsBefore ? end.line : end.line + 1 } };
}

/** Only what is known to be open is offered; what is not known yet is asked for, and the offer comes when it is. */
function currentOffers(gate: FileGate, changed: () => void): readonly ContextOffer[] {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined || !vscode.workspace.isTrusted) return [];
  const verdict = gate.known(uri.toString());
  if (verdict === undefined) {
    void gate.check(uri.toString()).then((found) => { if (found.open) changed(); });
    return [];
  }
  if (!verdict.open) return [];
  const name = displayPath(uri);
  const selection = currentSelection();
  if (selection === undefined) return [{ reference: { kind: 'file', uri: uri.toString() }, kind: 'file', name }];
  return [{ reference: { kind: 'selection', ...selection }, kind: 'selection', name, range: selection.range }];
}

function toLinesChange({ range: { start, end }, text }: vscode.TextDocumentContentChangeEvent): LinesChange {
  return { startLine: start.line + 1, endLine: end.line + 1, startsLine: start.character === 0, endsBeforeLine: end.character === 0, newLineEnds: text.split(/\r\n|\r|\n/).length - 1 };
}

async function referenceOf(text: string): Promise<ContextReference | undefined> {
  try {
    const uri = vscode.Uri.parse(text, true);
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.Directory) === 0 ? { kind: 'file', uri: uri.toString() } : { kind: 'folder', uri: uri.toString() };
  } catch {
    return undefined;
  }
}
