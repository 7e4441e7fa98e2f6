// Gathers what helps a completion besides the file itself, behind the typing and in small steps: where was edited last, what reads alike
// in open files, what the imported names look like. The engine takes what is there; nothing of it waits.
import * as vscode from 'vscode';
import type { CompletionCall, CompletionContextSource } from '../../core/completion/completionTypes.ts';
import type { FindSecrets } from '../../core/completion/maskedRegion.ts';
import { readMaskedLines } from '../../core/completion/maskedLines.ts';
import { mostSimilar, readWindows, windowLines, type CodeWindow, type SimilarWindow } from '../../core/completion/similarCode.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import type { Logger } from '../../core/logger.ts';
import type { SettingsSource } from '../../core/settings.ts';
import { linesOfDocument } from './documentLines.ts';
import { createRecentEdits } from './recentEdits.ts';
import { readImportedSignatures, type SourcedSnippet } from './importedSignatures.ts';
import { isKnownOpen } from './knownOpen.ts';

export interface CompletionContextDependencies {
  readonly gate: FileGate;
  readonly logger: Logger;
  readonly settings: SettingsSource;
  readonly findSecrets: FindSecrets;
}

interface Gathered {
  readonly line: number;
  readonly snippets: readonly SourcedSnippet[];
}

/** The cursor has to rest this long: gathering runs in the pauses of typing. */
const restMs = 120;
/** All gathering for one place; what is not there by then is left out. */
const budgetMs = 150;
const maxFiles = 8;
const maxLines = 1500;
const maxSnippetLines = 20;

export function createCompletionContext({ gate, logger, settings, findSecrets }: CompletionContextDependencies): CompletionContextSource & vscode.Disposable {
  const gathered = new Map<string, Gathered>();
  const windows = new WeakMap<vscode.TextDocument, { readonly version: number; readonly windows: readonly CodeWindow[] }>();
  const edits = createRecentEdits(gate, findSecrets);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const windowsOf = (document: vscode.TextDocument): readonly CodeWindow[] => {
    const kept = windows.get(document);
    if (kept?.version === document.version) return kept.windows;
    const read = readWindows(linesOf(document, maxLines));
    windows.set(document, { version: document.version, windows: read });
    return read;
  };
  const gather = async (document: vscode.TextDocument, line: number): Promise<void> => {
    const startedAt = performance.now();
    const isLate = (): boolean => performance.now() - startedAt > budgetMs;
    const around = linesOf(document, line + 1).slice(-maxSnippetLines).join('\n');
    const found: Similar[] = [];
    for (const other of await openFilesLike(document, gate)) {
      if (isLate()) break;
      const similar = mostSimilar(around, windowsOf(other));
      if (similar !== undefined) found.push({ document: other, path: pathOf(other.uri), similar });
      // One file a turn: no key waits for more than one.
      await new Promise((resolve) => setImmediate(resolve));
    }
    found.sort((a, b) => b.similar.score - a.similar.score || a.path.localeCompare(b.path));
    const similar = found.slice(0, 2).map((one) => toSnippet(one, findSecrets));
    const signatures = isLate() ? [] : await readImportedSignatures(document, { gate, findSecrets, isLate });
    gathered.set(document.uri.toString(), { line, snippets: [...similar, ...signatures] });
  };
  const schedule = (editor: vscode.TextEditor | undefined): void => {
    clearTimeout(timer);
    if (editor === undefined || !settings.current().completion.enabled) return;
    const { document, selection } = editor;
    if (gathered.get(document.uri.toString())?.line === selection.active.line || gate.known(document.uri.toString())?.open === false) return;
    timer = setTimeout(() => void gather(document, selection.active.line).catch((error: unknown) => logger.debug(`completion context: ${error instanceof Error ? error.name : 'failed'}`)), restMs);
  };
  const subscriptions = vscode.Disposable.from(
    edits,
    vscode.window.onDidChangeTextEditorSelection((event) => schedule(event.textEditor)),
    vscode.window.onDidChangeActiveTextEditor((editor) => schedule(editor)),
    vscode.workspace.onDidCloseTextDocument((document) => gathered.delete(document.uri.toString())),
  );
  return {
    snippets(call: CompletionCall) {
      // A file may have been excluded since it was read.
      const open = (gathered.get(call.uri)?.snippets ?? []).filter(({ uri }) => isKnownOpen(gate, uri));
      return [...edits.snippets(call), ...open.map(({ snippet }) => snippet)];
    },
    dispose() {
      clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}

/** Open documents of the language whose text may be sent, in a fixed order. */
async function openFilesLike(document: vscode.TextDocument, gate: FileGate): Promise<vscode.TextDocument[]> {
  const visible = new Set(vscode.window.tabGroups.all.flatMap((group) => group.tabs).map((tab) => (tab.input instanceof vscode.TabInputText ? tab.input.uri.toString() : '')));
  const others = vscode.workspace.textDocuments.filter((other) => other !== document && other.languageId === document.languageId && visible.has(other.uri.toString()));
  const open: vscode.TextDocument[] = [];
  for (const other of others.sort((a, b) => a.uri.toString().localeCompare(b.uri.toString())).slice(0, maxFiles)) {
    const uri = other.uri.toString();
    if ((gate.known(uri) ?? (await gate.check(uri))).open) open.push(other);
  }
  return open;
}

interface Similar {
  readonly document: vscode.TextDocument;
  readonly path: string;
  readonly similar: SimilarWindow;
}

function toSnippet({ document, path, similar: { window } }: Similar, findSecrets: FindSecrets): SourcedSnippet {
  const lines = readMaskedLines(linesOfDocument(document), window.startLine, window.startLine + windowLines, findSecrets);
  return { uri: document.uri.toString(), snippet: { kind: 'similar-code', path, text: lines.join('\n') } };
}

function linesOf(document: vscode.TextDocument, limit: number): string[] {
  return Array.from({ length: Math.min(limit, document.lineCount) }, (_, line) => document.lineAt(line).text);
}

function pathOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
