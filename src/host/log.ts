import * as vscode from 'vscode';
import type { Logger } from '../core/logger.ts';

export interface Log extends Logger, vscode.Disposable {
  show(): void;
}

/** The output channel "RunAPI". VS Code filters by level ("Developer: Set Log Level"), so nothing is filtered here. */
export function createLog(): Log {
  const channel = vscode.window.createOutputChannel('RunAPI', { log: true });
  return {
    debug: (message) => channel.debug(toPlain(message)),
    info: (message) => channel.info(toPlain(message)),
    warn: (message) => channel.warn(toPlain(message)),
    error: (message, error) => channel.error(toPlain(error === undefined ? message : `${message}: ${describeFailure(error)}`)),
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}

/** Keys have the shape `sk-…` or `runapi_…`, or follow an auth header's name; a log is often pasted into an issue. */
function toPlain(message: string): string {
  return message
    .replace(/\b(?:sk|rk|runapi)[-_](?!assistant)[\w-]{8,}/gi, '…')
    .replace(/\b(bearer|x-api-key:?)\s+\S+/gi, '$1 …')
    // oxlint-disable-next-line no-control-regex -- terminal sequences of a server's text must not reach the log (ATTACKS row 46)
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? `${error.name}: ${error.message}`;
}
