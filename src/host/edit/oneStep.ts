// An edit that saving changed further (a formatter, trimmed white space) is two steps of the editor's undo. Both texts are put in once more, the
// old and then the saved one, so that one press takes back the whole.
import * as vscode from 'vscode';
import { diffLines } from '../../core/edit/lineDiff.ts';
import { splitLines } from '../../core/edit/lineText.ts';
import { toTextEdits } from '../../core/edit/textEdits.ts';
import type { PlannedWrite } from './plannedWrite.ts';

/** False where it cannot be one step: files that were made, moved or deleted, or written as bytes. The documents are to be saved again. */
export async function makeOneStep(writes: readonly PlannedWrite[]): Promise<boolean> {
  const texts = writes.map(textsOf);
  if (!texts.every((each) => each !== undefined)) return false;
  const back = editOf(texts, ({ saved, before }) => [saved, before]);
  const again = editOf(texts, ({ saved, before }) => [before, saved]);
  if (!(await vscode.workspace.applyEdit(back))) return false;
  // What is typed in between would be in the way of the lines.
  if (!texts.every(({ document, before }) => holdsLines(document, before)) || !(await vscode.workspace.applyEdit(again))) throw new Error('The editor refused the saved text.');
  return true;
}

interface Texts {
  readonly document: vscode.TextDocument;
  readonly before: string;
  readonly saved: string;
}

function textsOf(write: PlannedWrite): Texts | undefined {
  if (write.kind !== 'modify' || write.file.route !== 'editor' || !write.file.wasSaved) return undefined;
  const { document, text } = write.file;
  return document.isDirty || document.isClosed ? undefined : { document, before: text, saved: document.getText() };
}

/** Saving may have changed the line ends too. */
function holdsLines(document: vscode.TextDocument, text: string): boolean {
  const { lines } = splitLines(text);
  const present = splitLines(document.getText()).lines;
  return lines.length === present.length && lines.every((line, index) => line === present[index]);
}

function editOf(texts: readonly Texts[], direction: (each: Texts) => readonly [string, string]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const each of texts) {
    const [from, to] = direction(each);
    const lineEnd = each.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    const base = splitLines(from).lines;
    for (const { start, end, text } of toTextEdits(base, diffLines(base, splitLines(to).lines), lineEnd)) {
      edit.replace(each.document.uri, new vscode.Range(start.line, start.character, end.line, end.character), text);
    }
  }
  return edit;
}
