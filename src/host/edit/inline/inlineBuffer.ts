// Writes lines into the buffer of an open document, as one step of the editor's undo, and knows its own changes from those of a person.
import * as vscode from 'vscode';
import type { LineChange } from '../../../core/edit/hunks.ts';
import { toTextEdits } from '../../../core/edit/textEdits.ts';

export interface BufferWrite {
  /** The buffer's lines as they are now. */
  readonly lines: readonly string[];
  readonly changes: readonly LineChange[];
  /** Whether an undo step begins or ends here. Without an editor that shows the document each write is a step of its own. */
  readonly stopBefore: boolean;
  readonly stopAfter: boolean;
  /** Also where no editor shows the document. */
  readonly force: boolean;
}

/** False when the text had moved on, or no editor shows it: nothing was written. */
export async function writeBuffer(document: vscode.TextDocument, { lines, changes, stopBefore, stopAfter, force }: BufferWrite): Promise<boolean> {
  const edits = toTextEdits(lines, changes, lineEndOf(document)).map(({ start, end, text }) => ({ range: new vscode.Range(start.line, start.character, end.line, end.character), text }));
  const editor = editorsOf(document)[0];
  if (editor !== undefined) {
    try {
      return await editor.edit((builder) => {
        // The editor sets no undo stop for an edit without changes.
        if (edits.length === 0 && stopAfter) builder.insert(new vscode.Position(0, 0), '');
        for (const { range, text } of edits) builder.replace(range, text);
      }, { undoStopBefore: stopBefore, undoStopAfter: stopAfter });
    } catch {
      // The editor was closed in this moment.
    }
  }
  if (!force || document.isClosed) return false;
  if (edits.length === 0) return true;
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of edits) edit.replace(document.uri, range, text);
  return vscode.workspace.applyEdit(edit);
}

/** The active one first. */
export function editorsOf(document: vscode.TextDocument): readonly vscode.TextEditor[] {
  const editors = vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
  const active = vscode.window.activeTextEditor;
  return active !== undefined && editors.includes(active) ? [active, ...editors.filter((editor) => editor !== active)] : editors;
}

export function lineEndOf(document: vscode.TextDocument): '\n' | '\r\n' {
  return document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

export function linesOf(document: vscode.TextDocument): readonly string[] {
  return document.getText().split(lineEndOf(document));
}

/** A document that was saved before and holds the disk's text again is no longer marked as unsaved, where no other document could be meant. */
export async function markSaved(document: vscode.TextDocument): Promise<void> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isActive = input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString();
  const othersUnsaved = vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.isDirty && !(tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === document.uri.toString())));
  if (!document.isDirty || !isActive || othersUnsaved) return;
  const onDisk = await vscode.workspace.decode(await vscode.workspace.fs.readFile(document.uri), { encoding: document.encoding });
  if (onDisk.replace(/^\uFEFF/, '') === document.getText()) await vscode.commands.executeCommand('workbench.action.files.revert');
}
