// What a task is about: the selection, else the symbol at the caret, else the file of the active editor; or plain words why nothing is.
import * as vscode from 'vscode';
import { withPatience } from './patience.ts';

export interface EditorTarget {
  readonly document: vscode.TextDocument;
  readonly kind: 'selection' | 'symbol' | 'file';
  /** Whole lines of it. */
  readonly range: vscode.Range;
  /** Name of the symbol that it is or lies in. */
  readonly symbol?: string;
}

export interface TargetWish {
  readonly uri?: vscode.Uri;
  readonly range?: vscode.Range;
  /** Take the file even if something is selected. */
  readonly wholeFile?: boolean;
  /** With no selection take the function or class around the caret. */
  readonly symbolAtCaret?: boolean;
}

/** Output, git's old versions, diff sides of reviews: there is text, but no file that a task could be about. */
const readableSchemes = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-notebook-cell', 'vscode-userdata', 'vsls', 'memfs', 'vscode-test-web']);

export async function findTarget(wish: TargetWish): Promise<EditorTarget | undefined> {
  const editor = vscode.window.activeTextEditor;
  const document = wish.uri === undefined || editor?.document.uri.toString() === wish.uri.toString() ? editor?.document : await openOrUndefined(wish.uri);
  if (document === undefined) {
    void vscode.window.showInformationMessage(wish.uri === undefined ? vscode.l10n.t('Open a file first.') : vscode.l10n.t('This is not a text file.'));
    return undefined;
  }
  if (!readableSchemes.has(document.uri.scheme)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This view is not a file. Open the file itself.'));
    return undefined;
  }
  if (document.getText().trim() === '') {
    void vscode.window.showInformationMessage(vscode.l10n.t('The file is empty.'));
    return undefined;
  }
  const selection = wish.range ?? (document === editor?.document && !editor.selection.isEmpty ? editor.selection : undefined);
  if (wish.wholeFile === true) return { document, kind: 'file', range: fullRange(document) };
  if (selection !== undefined && !selection.isEmpty) return withSymbol(document, 'selection', wholeLines(document, selection));
  const caret = selection?.start ?? (document === editor?.document ? editor.selection.active : undefined);
  if (wish.symbolAtCaret === true && caret !== undefined) {
    const symbol = await symbolAt(document, new vscode.Range(caret, caret));
    if (symbol !== undefined) return { document, kind: 'symbol', range: wholeLines(document, symbol.range), symbol: symbol.name };
  }
  return { document, kind: 'file', range: fullRange(document) };
}

/** Binary, gone or too large to open. */
async function openOrUndefined(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  return vscode.workspace.openTextDocument(uri).then((document) => document, () => undefined);
}

export async function symbolAt(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.DocumentSymbol | undefined> {
  return innermost(await documentSymbols(document.uri), range);
}

/** Empty where the language service gives only flat symbols, which have no extent. */
export async function documentSymbols(uri: vscode.Uri): Promise<readonly vscode.DocumentSymbol[]> {
  const symbols = await withPatience(vscode.commands.executeCommand<readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined>('vscode.executeDocumentSymbolProvider', uri), symbolPatienceMs);
  // The command gives objects that are both kinds at once, so `instanceof` tells nothing.
  return (symbols ?? []).filter((symbol) => 'children' in symbol);
}

const symbolPatienceMs = 3000;

const wholeKinds = new Set([vscode.SymbolKind.Function, vscode.SymbolKind.Method, vscode.SymbolKind.Constructor, vscode.SymbolKind.Class, vscode.SymbolKind.Interface, vscode.SymbolKind.Enum, vscode.SymbolKind.Struct, vscode.SymbolKind.Module, vscode.SymbolKind.Namespace]);

/** A variable counts when it spans lines: an arrow function or an object of functions. */
function innermost(symbols: readonly vscode.DocumentSymbol[], range: vscode.Range): vscode.DocumentSymbol | undefined {
  for (const symbol of symbols) {
    if (!symbol.range.contains(range)) continue;
    const inner = innermost(symbol.children, range);
    if (inner !== undefined) return inner;
    if (wholeKinds.has(symbol.kind) || !symbol.range.isSingleLine) return symbol;
  }
  return undefined;
}

async function withSymbol(document: vscode.TextDocument, kind: EditorTarget['kind'], range: vscode.Range): Promise<EditorTarget> {
  const symbol = await symbolAt(document, range);
  return { document, kind, range, ...(symbol === undefined ? {} : { symbol: symbol.name }) };
}

/** A selection that ends before the first character of a line does not mean that line. */
function wholeLines(document: vscode.TextDocument, range: vscode.Range): vscode.Range {
  const last = range.end.character === 0 && range.end.line > range.start.line ? range.end.line - 1 : range.end.line;
  return new vscode.Range(range.start.line, 0, last, document.lineAt(last).text.length);
}

function fullRange(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(0, 0, document.lineCount - 1, document.lineAt(document.lineCount - 1).text.length);
}

/** "`parse` in src/http.ts, lines 12 to 48": for a prompt, in English; `path` as the model has to write it. */
export function describeTarget(target: EditorTarget, path: string): string {
  const lines = `lines ${String(target.range.start.line + 1)} to ${String(target.range.end.line + 1)}`;
  switch (target.kind) {
    case 'file': return path;
    case 'symbol': return `\`${target.symbol ?? ''}\` in ${path}, ${lines}`;
    case 'selection': return `the selection in ${path}, ${lines}${target.symbol === undefined ? '' : ` (in \`${target.symbol}\`)`}`;
  }
}

/** For titles: "parse", "http.ts". */
export function shortName(target: EditorTarget): string {
  return target.symbol ?? target.document.uri.path.slice(target.document.uri.path.lastIndexOf('/') + 1);
}
