// The question of a repair round before acceptance: the new errors, and the text of files that have some without being changed.
import * as vscode from 'vscode';
import { proposedProblemsPrompt } from '../../core/tasks/refactorRepair.ts';
import type { ProposedProblem } from '../verify/checkProposal.ts';
import type { TaskDependencies } from './dependencies.ts';
import type { MaterialSource } from './materials.ts';
import { collectOthers } from './prepare.ts';

export type RepairDependencies = MaterialSource & Pick<TaskDependencies, 'redactor' | 'reviewer'>;

const maxFiles = 3;
const filesBudgetTokens = 12_000;

export async function proposedRepair(problems: readonly ProposedProblem[], title: string, dependencies: RepairDependencies): Promise<string> {
  const { reviewer, redactor } = dependencies;
  const untouched = [...new Set(problems.filter(({ change }) => change === undefined).map(({ uri }) => uri))].slice(0, maxFiles);
  const files = await collectOthers(untouched.map((uri) => vscode.Uri.parse(uri, true)), filesBudgetTokens, dependencies);
  return proposedProblemsPrompt({
    problems: problems.map((problem) => ({ ...problem, path: reviewer.pathOf(problem.uri), line: problem.line + 1 })),
    files: files.map(({ text }) => text).join('\n\n'),
    mask: (text) => redactor.redact(text, title).text,
  });
}
