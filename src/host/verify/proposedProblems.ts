// Where the problems of a proposal are seen: in the diff at their lines, in the Problems view, and in a list that leads to each.
import * as vscode from 'vscode';
import { commandIds } from '../../shared/commandIds.ts';
import { proposalUri, readProposalUri } from '../edit/proposalDocuments.ts';
import type { ProposedProblem } from './checkProposal.ts';

export interface ProposedProblems extends vscode.Disposable {
  set(editId: string, problems: readonly ProposedProblem[]): void;
  drop(editId: string): void;
  /** Of this edit, or of the newest that has any. */
  list(editId?: string): Promise<void>;
}

/** The words of a problem's first line; of a file in a list its last two folders are enough. */
const firstLine = (text: string): string => (text.split('\n')[0] ?? '').replace(/\$\(/g, '$ (');

export function createProposedProblems(): ProposedProblems {
  const collection = vscode.languages.createDiagnosticCollection('runapi-proposed');
  const byEdit = new Map<string, readonly ProposedProblem[]>();

  const draw = (): void => {
    const entries = new Map<string, vscode.Diagnostic[]>();
    for (const [editId, problems] of byEdit) {
      for (const problem of problems) {
        const key = placeOf(editId, problem).toString();
        entries.set(key, [...(entries.get(key) ?? []), toDiagnostic(problem)]);
      }
    }
    collection.clear();
    collection.set([...entries].map(([uri, diagnostics]): [vscode.Uri, vscode.Diagnostic[]] => [vscode.Uri.parse(uri, true), diagnostics]));
  };

  return {
    set(editId, problems) {
      byEdit.delete(editId);
      if (problems.length > 0) byEdit.set(editId, problems);
      draw();
    },
    drop(editId) {
      if (byEdit.delete(editId)) draw();
    },
    async list(given) {
      const editId = given ?? editInView(byEdit) ?? [...byEdit.keys()].at(-1);
      const problems = byEdit.get(editId ?? '') ?? [];
      if (editId === undefined || problems.length === 0) {
        void vscode.window.showInformationMessage(vscode.l10n.t('No proposed change has new errors.'));
        return;
      }
      const items = problems.map((problem) => ({ label: firstLine(problem.message), description: describePlace(problem), problem }));
      const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('New errors of the proposed change'), matchOnDescription: true });
      if (picked !== undefined) await open(editId, picked.problem);
    },
    dispose: () => collection.dispose(),
  };
}

function describePlace({ uri, line, code }: ProposedProblem): string {
  return `${vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true))}:${String(line + 1)}${code === undefined ? '' : ` · ${code}`}`;
}

/** What the proposal changes is shown in the proposal, what only uses it in the file itself. */
function placeOf(editId: string, { uri, change }: ProposedProblem): vscode.Uri {
  return change === undefined ? vscode.Uri.parse(uri, true) : proposalUri(editId, change.uri);
}

function toDiagnostic({ range, message, code, change }: ProposedProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, change === undefined ? vscode.l10n.t('With the proposed change: {0}', message) : message, vscode.DiagnosticSeverity.Error);
  // The source by which the other checks know what is ours, and no language service's.
  diagnostic.source = 'RunAPI';
  if (code !== undefined) diagnostic.code = code;
  return diagnostic;
}

function editInView(byEdit: ReadonlyMap<string, unknown>): string | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const editId = input instanceof vscode.TabInputTextDiff ? readProposalUri(input.modified)?.editId : undefined;
  return editId !== undefined && byEdit.has(editId) ? editId : undefined;
}

async function open(editId: string, { uri, range, change }: ProposedProblem): Promise<void> {
  if (change === undefined) {
    await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), { selection: range });
    return;
  }
  await vscode.commands.executeCommand(commandIds.openReview, { editId, fileUri: change.uri });
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === proposalUri(editId, change.uri).toString());
  if (editor === undefined) return;
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
