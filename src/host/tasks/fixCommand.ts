// Fix: the problems at the caret or in the selection, or the ones that a lightbulb passes on; without any near, a list of the file's.
import * as vscode from 'vscode';
import { fixPrompt, formatProblem } from '../../core/tasks/fix.ts';
import { formatForeign } from '../../core/tasks/material.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { TaskDependencies } from './dependencies.ts';
import { findTarget, type EditorTarget } from './editorTarget.ts';
import { runFollowedEdit } from './followEdit.ts';
import { collectOthers, prepare } from './prepare.ts';
import type { RunningTasks } from './runningTasks.ts';
import { readWish } from './taskArguments.ts';
import { ownSource } from './verifyEdits.ts';

export function registerFixCommand(dependencies: TaskDependencies, running: RunningTasks): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.fixProblem, async (...args: readonly unknown[]) => {
    const target = await findTarget(readWish(args));
    if (target === undefined) return;
    const problems = await pickProblems(target, readWish(args).range);
    if (problems.length > 0) await fix({ target, problems, dependencies, running });
  });
}

interface Fix {
  readonly target: EditorTarget;
  readonly problems: readonly vscode.Diagnostic[];
  readonly dependencies: TaskDependencies;
  readonly running: RunningTasks;
}

async function fix(work: Fix): Promise<void> {
  const { problems, dependencies, running } = work;
  const [first] = problems;
  if (first === undefined) return;
  const { document } = work.target;
  const prepared = await prepare({ document, kind: 'selection', range: problems.reduce((all, { range }) => all.union(range), first.range) }, dependencies, { edits: true, allowsOtherFiles: true });
  if (prepared === undefined) return;
  const { translate } = dependencies;
  const related = await collectOthers(relatedFiles(problems, document.uri), relatedBudgetTokens, dependencies);
  const lines = problems.map((problem) => problemLine(problem, prepared.path));
  const prompt = fixPrompt({
    ...prepared,
    context: [prepared.context, ...related.map(({ text }) => text)].join('\n\n'),
    problems: formatForeign({ kind: 'problems', name: prepared.path, text: lines.join('\n') }, (text) => dependencies.redactor.redact(text, document.uri.toString()).text),
    problemCount: problems.length,
  });
  const title = problems.length === 1 ? translate('Fix: {message}', { message: shorten(first.message) }) : translate('Fix: {count} problems', { count: problems.length });
  await runFollowedEdit(
    { task: 'fix', title, prompt, guidanceFiles: prepared.guidanceFiles, scope: { files: [prepared.file, ...related.map(({ file }) => file)], others: 'change' }, place: { uri: document.uri, line: first.range.start.line } },
    { dependencies, running, retry: () => void fix(work) },
  );
}

const relatedBudgetTokens = 12_000;
const maxRelatedFiles = 3;

/** Files that the language service names as part of the problem: where a type is declared, where a name is taken. */
function relatedFiles(problems: readonly vscode.Diagnostic[], own: vscode.Uri): readonly vscode.Uri[] {
  const uris = problems.flatMap((problem) => (problem.relatedInformation ?? []).map(({ location }) => location.uri)).filter((uri) => uri.toString() !== own.toString());
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()].slice(0, maxRelatedFiles);
}

async function pickProblems({ document, kind, range }: EditorTarget, asked: vscode.Range | undefined): Promise<readonly vscode.Diagnostic[]> {
  const all = vscode.languages.getDiagnostics(document.uri).filter((problem) => problem.source !== ownSource).toSorted((left, right) => left.severity - right.severity || left.range.start.compareTo(right.range.start));
  if (all.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no problems in this file.'));
    return [];
  }
  const around = asked ?? (kind === 'selection' ? range : vscode.window.activeTextEditor?.selection);
  const here = around === undefined ? [] : all.filter((problem) => problem.range.intersection(around) !== undefined || (around.isSingleLine && problem.range.start.line === around.start.line));
  if (here.length > 0) return here.filter((problem) => problem.severity !== vscode.DiagnosticSeverity.Hint || here.length === 1);
  if (all.length === 1) return all;
  const picked = await vscode.window.showQuickPick(all.map((problem) => ({ label: shorten(problem.message), description: vscode.l10n.t('line {0}', problem.range.start.line + 1), picked: problem.severity === vscode.DiagnosticSeverity.Error, problem })), { canPickMany: true, placeHolder: vscode.l10n.t('Which problems should be fixed?') });
  return picked?.map(({ problem }) => problem) ?? [];
}

const severityNames = ['error', 'warning', 'information', 'hint'] as const;

function problemLine(problem: vscode.Diagnostic, path: string): string {
  const code = typeof problem.code === 'object' ? problem.code.value : problem.code;
  return formatProblem({
    path,
    line: problem.range.start.line + 1,
    severity: severityNames[problem.severity] ?? 'error',
    message: problem.message,
    ...(problem.source === undefined ? {} : { source: problem.source }),
    ...(code === undefined ? {} : { code: String(code) }),
  });
}

/** Codicon marks in a label would be drawn. */
function shorten(message: string): string {
  const line = message.split('\n')[0]?.replace(/\$\(/g, '$ (') ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
