// The question of a repair round before acceptance: the new errors, and the text of files that have some without being changed. A file
// that may not be sent is not spoken of either: what a message says of it comes from its text.
import * as vscode from 'vscode';
import { proposedProblemsPrompt } from '../../core/tasks/refactorRepair.ts';
import type { ProposedProblem } from '../verify/checkProposal.ts';
import type { TaskDependencies } from './dependencies.ts';
import type { MaterialSource } from './materials.ts';
import { collectOthers } from './prepare.ts';

export type RepairDependencies = MaterialSource & Pick<TaskDependencies, 'redactor' | 'reviewer'>;

const maxFiles = 10;
/** More text costs more than it helps: the first errors are mostly of one cause. */
const shownFiles = 3;
const fileBudgetTokens = 4000;

export async function proposedRepair(problems: readonly ProposedProblem[], title: string, dependencies: RepairDependencies): Promise<string> {
  const { reviewer, redactor } = dependencies;
  const texts = await sendableTexts(problems.filter(({ change }) => change === undefined).map(({ uri }) => uri), dependencies);
  const told = problems.filter(({ uri, change }) => change !== undefined || texts.has(uri));
  return proposedProblemsPrompt({
    problems: told.map((problem) => ({ ...problem, path: reviewer.pathOf(problem.uri), line: problem.line + 1 })),
    files: [...texts.values()].slice(0, shownFiles).join('\n\n'),
    mask: (text) => redactor.redact(text, title).text,
  });
}

/** Of the first few files, those that may be sent, with their text as it may be. */
export async function sendableTexts(uris: readonly string[], source: MaterialSource): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const uri of [...new Set(uris)].slice(0, maxFiles)) {
    const [other] = await collectOthers([vscode.Uri.parse(uri, true)], fileBudgetTokens, source);
    if (other !== undefined) texts.set(uri, other.text);
  }
  return texts;
}
