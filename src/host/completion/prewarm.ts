// Opens the connection with the first key after a pause, so that the request that follows a moment later finds it ready: fetch drops an
// idle connection after about four seconds, and a new one over TLS costs a request two or three round trips.
import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import type { CompletionEngine } from '../../core/completion/engine.ts';
import type { FileGate } from '../../core/context/fileGate.ts';
import type { SettingsSource } from '../../core/settings.ts';

export interface PrewarmDependencies {
  readonly engine: CompletionEngine;
  readonly gate: FileGate;
  readonly settings: SettingsSource;
  readonly clock: Clock;
}

const idleMs = 4_000;
const timeLimitMs = 5_000;

export function prewarmConnection({ engine, gate, settings, clock }: PrewarmDependencies): vscode.Disposable {
  let lastKeyMs = clock.now();
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const rested = clock.now() - lastKeyMs >= idleMs;
    if (contentChanges.length === 0) return;
    lastKeyMs = clock.now();
    const { tally, pause } = engine.state();
    // Only where a request has gone well and would be sent again: nobody is called who would not be called anyway.
    if (rested && tally.inputTokens > 0 && pause === undefined && settings.current().completion.enabled && gate.known(document.uri.toString())?.open === true) {
      void connect(settings.current().baseUrl);
    }
  });
}

/** Carries no key and no text. Plain http is this computer: there is nothing to win. */
async function connect(baseUrl: string): Promise<void> {
  const { protocol, origin } = new URL(baseUrl);
  if (protocol !== 'https:') return;
  await fetch(origin, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(timeLimitMs) }).catch(() => undefined);
}
