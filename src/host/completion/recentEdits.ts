// Where the user changed something lately, other than where the cursor is: the next change often follows from it.
import * as vscode from 'vscode';
import type { CompletionCall, ContextSnippet } from '../../core/completion/completionTypes.ts';
import { readMaskedLines } from '../../core/completion/maskedLines.ts';
import type { FindSecrets } from '../../core/completion/maskedRegion.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import { linesOfDocument } from './documentLines.ts';
import { isKnownOpen } from './knownOpen.ts';

export interface RecentEdits extends vscode.Disposable {
  snippets(call: CompletionCall): readonly ContextSnippet[];
}

interface Edit {
  readonly document: vscode.TextDocument;
  readonly line: number;
}

const remembered = 12;
const shown = 3;
const linesAround = 3;
/** Edits closer than this are one edit, or stand in the request's own window. */
const sameSpotLines = 8;
const windowLines = 60;

export function createRecentEdits(gate: FileGate, findSecrets: FindSecrets): RecentEdits {
  let edits: readonly Edit[] = [];
  const note = (document: vscode.TextDocument, line: number): void => {
    const others = edits.filter((edit) => edit.document !== document || Math.abs(edit.line - line) > sameSpotLines);
    edits = [{ document, line }, ...others].slice(0, remembered);
  };
  const subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const change = contentChanges[0];
    if (change !== undefined && document.uri.scheme !== 'output') note(document, change.range.start.line);
  });
  return {
    snippets(call) {
      const elsewhere = edits.filter(({ document, line }) => document.uri.toString() !== call.uri || Math.abs(line - call.cursor.line) > windowLines);
      // Only what the gate has let through already: a look here never waits.
      return elsewhere.filter(({ document }) => !document.isClosed && isKnownOpen(gate, document.uri.toString())).slice(0, shown).map((edit) => toSnippet(edit, findSecrets));
    },
    dispose: () => subscription.dispose(),
  };
}

function toSnippet({ document, line }: Edit, findSecrets: FindSecrets): ContextSnippet {
  const lines = readMaskedLines(linesOfDocument(document), line - linesAround, line + linesAround + 1, findSecrets);
  return { kind: 'recent-edit', path: vscode.workspace.asRelativePath(document.uri), text: lines.join('\n') };
}
