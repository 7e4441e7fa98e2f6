// Checks a proposal before it is accepted: types in the process of the type check, JSON here. What neither knows is named.
import * as vscode from 'vscode';
import type { FileChange } from '../../core/edit/proposal.ts';
import { curedCount, newProblems, type SeenProblem } from '../../core/tasks/problemDiff.ts';
import type { CheckFindings } from '../../core/tasks/refactorChecks.ts';
import { isJson, newJsonProblem } from '../../core/tasks/refactorJson.ts';
import type { CheckLimits, CheckResult, FoundProblem } from './checkMessages.ts';
import { compilerPaths } from './compilerPaths.ts';
import { toProposedFiles, type ProposedFiles } from './proposedFiles.ts';
import { isScript } from './scriptPath.ts';
import type { TypeChecker } from './typeChecker.ts';

/** A problem that the proposal would bring. */
export interface ProposedProblem extends SeenProblem {
  readonly range: vscode.Range;
  /** Of a file that the proposal changes; absent for one that only uses it. */
  readonly change?: FileChange;
}

export interface ProposalCheck {
  readonly problems: readonly ProposedProblem[];
  readonly findings: CheckFindings;
}

/** A person looks at a diff for longer than this; what comes later is of little use to them. */
const limits: CheckLimits = { budgetMs: 15_000, maxDependents: 60, maxProjectFiles: 4000 };

export async function checkProposal(changes: readonly FileChange[], dependents: readonly vscode.Uri[], checker: TypeChecker, signal: AbortSignal): Promise<ProposalCheck> {
  const files = toProposedFiles(changes, dependents);
  const json = changes.filter((change) => change.kind !== 'delete' && isJson(change.newPath ?? change.path));
  const typed = files.question.changes.some(({ path }) => isScript(path)) ? await checker.check({ ...files.question, libraries: compilerPaths(), locale: vscode.env.language, limits }, signal) : undefined;
  const before = (typed?.before ?? []).map((problem) => toProposed({ ...problem, path: files.movedTo(problem.path) }, files));
  const after = (typed?.after ?? []).map((problem) => toProposed(problem, files));
  const problems = [...newProblems(before, after), ...json.flatMap(jsonProblems)];
  return {
    problems,
    findings: {
      newErrors: problems.length,
      goneErrors: curedCount(before, after),
      files: countFiles(typed, files) + json.length,
      dependents: typed?.dependents.length ?? 0,
      leftOut: typed?.leftOut ?? 0,
      namesOnly: typed?.checked.some(({ depth }) => depth === 'names') ?? false,
      unchecked: changes.filter((change) => change.kind !== 'delete' && !json.includes(change) && !(typed?.checked.some(({ path }) => files.changeAt(path) === change) ?? false)).map(({ path }) => path.split('/').at(-1) ?? path),
    },
  };
}

/** A file that moves is one, though two paths of it were looked at. */
function countFiles(typed: CheckResult | undefined, files: ProposedFiles): number {
  return new Set(typed?.checked.map(({ path }) => files.changeAt(path))).size;
}

function toProposed(problem: FoundProblem, files: ProposedFiles): ProposedProblem {
  const change = files.changeAt(problem.path);
  return {
    uri: files.uriOf(problem.path).toString(), line: problem.line, severity: 'error', source: 'ts', code: problem.code, message: problem.message,
    range: new vscode.Range(problem.line, problem.character, problem.endLine, problem.endCharacter),
    ...(change === undefined ? {} : { change }),
  };
}

function jsonProblems(change: FileChange): readonly ProposedProblem[] {
  const problem = newJsonProblem(change.original, change.proposed);
  if (problem === undefined) return [];
  return [{ uri: change.newUri ?? change.uri, line: problem.line, severity: 'error', source: 'json', message: problem.message, range: new vscode.Range(problem.line, 0, problem.line, 1000), change }];
}
