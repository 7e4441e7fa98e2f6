// Signatures of the names that a file imports from its neighbours, through the gate like all text of files.
import * as vscode from 'vscode';
import type { ContextSnippet } from '../../core/completion/completionTypes.ts';
import type { FindSecrets } from '../../core/completion/maskedRegion.ts';
import { readMaskedLines } from '../../core/completion/maskedLines.ts';
import { pathsOf, readImportedNames, type ImportedNames } from '../../core/completion/importedNames.ts';
import { readSignatures } from '../../core/completion/signatures.ts';
import type { FileGate } from '../../core/context/fileGate.ts';

const maxFiles = 6;
const maxBytes = 200_000;

/** A snippet and the file that it is from. */
export interface SourcedSnippet {
  readonly uri: string;
  readonly snippet: ContextSnippet;
}

export interface SignatureDependencies {
  readonly gate: FileGate;
  readonly findSecrets: FindSecrets;
  readonly isLate: () => boolean;
}

export async function readImportedSignatures(document: vscode.TextDocument, dependencies: SignatureDependencies): Promise<SourcedSnippet[]> {
  if (document.isUntitled) return [];
  const lines = Array.from({ length: Math.min(80, document.lineCount) }, (_, line) => document.lineAt(line).text);
  const snippets: SourcedSnippet[] = [];
  for (const imported of readImportedNames(lines, document.languageId).slice(0, maxFiles)) {
    if (dependencies.isLate()) break;
    const snippet = await readOne(document, imported, dependencies);
    if (snippet !== undefined) snippets.push(snippet);
  }
  return snippets;
}

async function readOne(document: vscode.TextDocument, { from, names }: ImportedNames, { gate, findSecrets }: SignatureDependencies): Promise<SourcedSnippet | undefined> {
  const folder = vscode.Uri.joinPath(document.uri, '..');
  for (const path of pathsOf(from, document.languageId)) {
    const uri = vscode.Uri.joinPath(folder, path);
    const text = await readText(uri, gate);
    if (text === undefined) continue;
    const lines = text.split(/\r?\n/);
    const source = { lineCount: lines.length, lineAt: (line: number) => lines[line] ?? '' };
    const signatures = readSignatures(lines, names, document.languageId, (first, end) => readMaskedLines(source, first, end, findSecrets));
    if (signatures.length === 0) return undefined;
    return { uri: uri.toString(), snippet: { kind: 'signature', path: vscode.workspace.asRelativePath(uri), text: signatures.join('\n') } };
  }
  return undefined;
}

async function readText(uri: vscode.Uri, gate: FileGate): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  try {
    const stat = await vscode.workspace.fs.stat(uri);
    if (stat.size > maxBytes || !(await gate.check(uri.toString())).open) return undefined;
    return open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Not there: the next way of writing the path is tried.
    return undefined;
  }
}
