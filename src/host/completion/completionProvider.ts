// The thin end towards VS Code: its call becomes the engine's, the engine's items become VS Code's.
import * as vscode from 'vscode';
import type { CompletionCall, CompletionItem } from '../../core/completion/completionTypes.ts';
import type { CompletionEngine } from '../../core/completion/engine.ts';
import { linesOfDocument } from './documentLines.ts';

/** Runs after an item was accepted as a whole; not in the palette. */
export const acceptedCommand = 'runapi.completionAccepted';

export function createCompletionProvider(engine: CompletionEngine): vscode.InlineCompletionItemProvider {
  return {
    async provideInlineCompletionItems(document, position, context, token) {
      const controller = new AbortController();
      const subscription = token.onCancellationRequested(() => controller.abort());
      try {
        const { items } = await engine.provide(toCall(document, position, context), controller.signal);
        return items.map((item) => toInlineItem(item, position));
      } finally {
        subscription.dispose();
      }
    },
  };
}

export function toCall(document: vscode.TextDocument, position: vscode.Position, context?: vscode.InlineCompletionContext): CompletionCall {
  const editor = editorOf(document);
  const { tabSize, insertSpaces } = editor?.options ?? {};
  const selected = context?.selectedCompletionInfo;
  return {
    uri: document.uri.toString(),
    languageId: document.languageId,
    version: document.version,
    lines: linesOfDocument(document),
    cursor: { line: position.line, character: position.character },
    trigger: context?.triggerKind === vscode.InlineCompletionTriggerKind.Invoke ? 'explicit' : 'automatic',
    ...(typeof tabSize === 'number' && { tabSize }),
    ...(typeof insertSpaces === 'boolean' && { insertSpaces }),
    ...(selected !== undefined && { selectedSuggestion: { from: { line: selected.range.start.line, character: selected.range.start.character }, text: selected.text } }),
    cursorCount: editor?.selections.length ?? 1,
    readOnly: vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false,
  };
}

/** Of several that show the document, the one that is typed in. */
function editorOf(document: vscode.TextDocument): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return activeTextEditor?.document === document ? activeTextEditor : visibleTextEditors.find((candidate) => candidate.document === document);
}

function toInlineItem(item: CompletionItem, position: vscode.Position): vscode.InlineCompletionItem {
  const range = new vscode.Range(position.translate(0, -item.replaceBefore), position.translate(0, item.replaceAfter));
  return new vscode.InlineCompletionItem(item.text, range, { command: acceptedCommand, title: '', arguments: [item.id] });
}
