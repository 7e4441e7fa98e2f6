// What the language services say of an accepted edit: problems before against problems after, on the touched files and on those that
// use them. VS Code gives no diagnostics for text that is not in a document, so this runs once the edit is accepted; undo is one key.
import * as vscode from 'vscode';
import { newProblems, type SeenProblem } from '../../core/tasks/problemDiff.ts';

export interface ProblemSnapshot {
  readonly problems: readonly SeenProblem[];
}

/** Errors and warnings only: hints come and go with every edit. */
export function snapshotProblems(uris: readonly vscode.Uri[]): ProblemSnapshot {
  return { problems: uris.flatMap((uri) => vscode.languages.getDiagnostics(uri).flatMap((diagnostic) => toSeen(uri, diagnostic))) };
}

function toSeen(uri: vscode.Uri, diagnostic: vscode.Diagnostic): readonly SeenProblem[] {
  if (diagnostic.severity > vscode.DiagnosticSeverity.Warning || diagnostic.source === ownSource) return [];
  const code = typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code;
  return [{
    uri: uri.toString(),
    line: diagnostic.range.start.line,
    severity: diagnostic.severity === vscode.DiagnosticSeverity.Error ? 'error' : 'warning',
    message: diagnostic.message,
    ...(diagnostic.source === undefined ? {} : { source: diagnostic.source }),
    ...(code === undefined ? {} : { code: String(code) }),
  }];
}

/** Findings of a review are no problems of the language services. */
export const ownSource = 'RunAPI';

export interface SettleOptions {
  /** Without any change for this long there is none to wait for: the service found nothing new, or there is no service. */
  readonly firstMs: number;
  /** After a change, no other for this long counts as settled. */
  readonly quietMs: number;
  readonly limitMs: number;
}

/** TypeScript answers within a second on most projects; on a busy computer, and others on the first file, take several. */
const defaults: SettleOptions = { firstMs: 5000, quietMs: 2500, limitMs: 10_000 };

export async function problemsAfter(uris: readonly vscode.Uri[], before: ProblemSnapshot, signal: AbortSignal, options: SettleOptions = defaults): Promise<readonly SeenProblem[]> {
  await openForServices(uris);
  await settle(uris, signal, options);
  return newProblems(before.problems, snapshotProblems(uris).problems);
}

/** Language services look at documents that are open; opening one shows nothing. Files that are not there yet are passed over. */
export async function openForServices(uris: readonly vscode.Uri[]): Promise<void> {
  await Promise.allSettled(uris.map((uri) => vscode.workspace.openTextDocument(uri)));
}

function settle(uris: readonly vscode.Uri[], signal: AbortSignal, { firstMs, quietMs, limitMs }: SettleOptions): Promise<void> {
  const watched = new Set(uris.map(String));
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(quiet);
      clearTimeout(limit);
      listener.dispose();
      signal.removeEventListener('abort', done);
      resolve();
    };
    let quiet = setTimeout(done, firstMs);
    const limit = setTimeout(done, limitMs);
    const listener = vscode.languages.onDidChangeDiagnostics((event) => {
      if (!event.uris.some((uri) => watched.has(uri.toString()))) return;
      clearTimeout(quiet);
      quiet = setTimeout(done, quietMs);
    });
    signal.addEventListener('abort', done, { once: true });
  });
}
