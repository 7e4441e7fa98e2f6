// A plan as one edit of the editor: texts and files together, so that they are one step of its undo.
import * as vscode from 'vscode';
import { splitLines } from '../../core/edit/lineText.ts';
import { toTextEdits } from '../../core/edit/textEdits.ts';
import type { PlannedWrite } from './plannedWrite.ts';

export function toWorkspaceEdit(writes: readonly PlannedWrite[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const write of writes) {
    switch (write.kind) {
      case 'create':
        edit.createFile(write.uri, { contents: write.bytes, overwrite: false, ignoreIfExists: false });
        break;
      case 'delete':
        edit.deleteFile(write.file.uri, { ignoreIfNotExists: false });
        break;
      case 'modify':
        if (write.file.route !== 'bytes') addTextEdits(edit, write);
        break;
      case 'rename':
        if (write.file.route !== 'bytes') addTextEdits(edit, write);
        edit.renameFile(write.file.uri, write.newUri, { overwrite: false, ignoreIfExists: false });
        break;
    }
  }
  return edit;
}

/** Whether a file is made, moved or deleted. */
export function changesFiles(write: PlannedWrite): write is Exclude<PlannedWrite, { kind: 'modify' }> {
  return write.kind !== 'modify';
}

function addTextEdits(edit: vscode.WorkspaceEdit, { file, changes }: Extract<PlannedWrite, { kind: 'modify' | 'rename' }>): void {
  const lineEnd = file.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  for (const { start, end, text } of toTextEdits(splitLines(file.text).lines, changes, lineEnd)) {
    edit.replace(file.uri, new vscode.Range(start.line, start.character, end.line, end.character), text);
  }
}
