// What a person does with the findings of a review: go from one to the next, apply, dismiss, restore.
import * as vscode from 'vscode';
import type { TaskDependencies } from './dependencies.ts';
import type { Dismissals } from './dismissals.ts';
import type { FindingsView, ShownFinding } from './findingsView.ts';

export async function stepFinding(view: FindingsView, direction: 1 | -1): Promise<void> {
  const all = view.all();
  const next = nextOf(all, view.current(), direction);
  if (next === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no findings.'));
    return;
  }
  await view.reveal(next);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Finding {0} of {1}: {2}', all.indexOf(next) + 1, all.length, next.finding.title), 10_000);
}

/** Several may stand at one line, so the one at hand counts before the caret's place. */
function nextOf(all: readonly ShownFinding[], current: ShownFinding | undefined, direction: 1 | -1): ShownFinding | undefined {
  if (current !== undefined) return all.at((all.indexOf(current) + direction) % all.length);
  const editor = vscode.window.activeTextEditor;
  const uri = editor?.document.uri.toString() ?? '';
  const line = (editor?.selection.active.line ?? -1) + 1;
  const isBehind = (shown: ShownFinding): boolean => shown.uri.toString() > uri || (shown.uri.toString() === uri && shown.range.startLine > line);
  const isBefore = (shown: ShownFinding): boolean => shown.uri.toString() < uri || (shown.uri.toString() === uri && shown.range.startLine < line);
  return direction === 1 ? (all.find(isBehind) ?? all[0]) : (all.findLast(isBefore) ?? all.at(-1));
}

export async function applyFinding(shown: ShownFinding | undefined, view: FindingsView, { reviewer, log }: Pick<TaskDependencies, 'reviewer' | 'log'>): Promise<void> {
  const suggestion = shown?.finding.suggestion;
  if (shown === undefined || suggestion === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This finding has no suggested edit.'));
    return;
  }
  const { finding, uri } = shown;
  const outcome = await reviewer.propose({ task: 'review', title: finding.title, changes: [{ kind: 'replace-text', uri: uri.toString(), oldText: suggestion.oldText, newText: suggestion.newText }] });
  log.info(`apply ${finding.id}: ${outcome.state}`);
  if (outcome.state === 'no-edits') void vscode.window.showInformationMessage(vscode.l10n.t('The file already has this change.'));
  if (outcome.state !== 'pending') return;
  const stop = reviewer.onDidChange((summary) => {
    if (summary.id !== outcome.editId || summary.state === 'pending' || summary.state === 'streaming') return;
    stop();
    if (summary.state === 'accepted') view.remove(finding.id);
  });
}

export async function dismissFinding(shown: ShownFinding | undefined, view: FindingsView, dismissals: Dismissals): Promise<void> {
  if (shown === undefined) return;
  const document = await openQuietly(shown.uri);
  if (document !== undefined && !shown.dismissed) await dismissals.add(shown.finding, { document, range: shown.range });
  view.remove(shown.finding.id);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Dismissed. It stays hidden while its code is unchanged.'), 10_000);
}

/** Takes back an earlier dismissal: the finding is shown in later reviews too. */
export async function restoreFinding(shown: ShownFinding | undefined, view: FindingsView, dismissals: Dismissals): Promise<void> {
  const document = shown?.dismissed === true ? await openQuietly(shown.uri) : undefined;
  if (shown === undefined || document === undefined) return;
  const { finding, range } = shown;
  await dismissals.remove(finding, { document, range });
  view.remove(finding.id);
  view.add(finding, document, range);
}

async function openQuietly(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  // Gone: nothing to remember a finding by.
  return vscode.workspace.openTextDocument(uri).then((document) => document, () => undefined);
}
