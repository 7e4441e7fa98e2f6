// What the suites of the review share: an answer with findings, what is shown of them, a repository with more than one branch.
import type { Editor } from './editor.ts';
import { runCommand } from './runCommand.ts';

export interface WrittenFinding {
  readonly path: string;
  readonly line: number;
  readonly title: string;
  readonly quote?: string;
  readonly reason?: string;
  readonly severity?: 'error' | 'warning' | 'info';
}

export function finding({ reason = 'It goes wrong at the edge.', severity = 'error', ...rest }: WrittenFinding): string {
  return `${JSON.stringify({ ...rest, severity, reason })}\n`;
}

export interface ShownFinding {
  readonly path: string;
  readonly line: number;
  readonly title: string;
}

/** Ours among the problems of VS Code. */
export async function findings({ host }: Editor): Promise<readonly ShownFinding[]> {
  return host.evaluate((vscode) =>
    vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
      diagnostics.filter(({ source }) => source === 'RunAPI').map(({ range, message }) => ({ path: vscode.workspace.asRelativePath(uri, false), line: range.start.line + 1, title: message.split('\n')[0] ?? '' })),
    ),
  );
}

export async function git({ folder }: Editor, ...args: readonly string[]): Promise<string> {
  const author = ['-c', 'user.name=Parcel Desk', '-c', 'user.email=desk@example.com', '-c', 'commit.gpgsign=false'];
  return (await runCommand('git', [...author, ...args], { cwd: folder })).trim();
}

export async function caretLine({ host }: Editor): Promise<number> {
  return host.evaluate((vscode) => (vscode.window.activeTextEditor?.selection.active.line ?? -1) + 1);
}
