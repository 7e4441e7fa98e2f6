// What the engine needs to hear of the editor between calls: changes, jumps of the cursor, documents that close.
import * as vscode from 'vscode';
import type { DocumentChange } from '../../core/completion/completionTypes.ts';
import type { CompletionEngine } from '../../core/completion/engine.ts';
import { toCall } from './completionProvider.ts';

export function listenToEditor(engine: CompletionEngine): vscode.Disposable {
  const versions = new WeakMap<vscode.TextDocument, number>();
  /** The cursor also moves with each key. A key may be a slip that is taken back: what runs for the place is ended when something else is asked. */
  const movedWithText = (document: vscode.TextDocument): boolean => {
    const isOtherText = versions.get(document) !== document.version;
    versions.set(document, document.version);
    return isOtherText;
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((event) => {
      for (const change of toChanges(event)) engine.documentChanged(change);
    }),
    vscode.window.onDidChangeTextEditorSelection((event) => {
      const position = event.selections[0]?.active;
      const { document } = event.textEditor;
      if (!movedWithText(document) && position !== undefined && event.kind !== undefined) engine.cursorMoved(toCall(document, position));
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor !== undefined) engine.cursorMoved(toCall(editor.document, editor.selection.active));
    }),
    vscode.workspace.onDidCloseTextDocument((document) => engine.documentClosed(document.uri.toString())),
  );
}

function toChanges(event: vscode.TextDocumentChangeEvent): DocumentChange[] {
  const reason = reasonOf(event.reason);
  return event.contentChanges.map((change) => ({
    uri: event.document.uri.toString(),
    version: event.document.version,
    from: { line: change.range.start.line, character: change.range.start.character },
    removedLength: change.rangeLength,
    insertedText: change.text,
    ...(reason !== undefined && { reason }),
  }));
}

function reasonOf(reason: vscode.TextDocumentChangeReason | undefined): 'undo' | 'redo' | undefined {
  if (reason === vscode.TextDocumentChangeReason.Undo) return 'undo';
  return reason === vscode.TextDocumentChangeReason.Redo ? 'redo' : undefined;
}
