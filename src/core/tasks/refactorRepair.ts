// What a model is told when its edits, not yet accepted, would bring new errors: once, with the errors and the files that it was not shown.
import { formatProblem, type ProblemLine } from './fix.ts';
import { formatForeign } from './material.ts';
import { joinParts } from './taskPrompt.ts';

export interface ProposedProblems {
  readonly problems: readonly ProblemLine[];
  /** Files with problems that the edits do not touch, between marks. */
  readonly files: string;
  /** Masks secrets: a type's text may quote one. */
  readonly mask: (text: string) => string;
}

/** The first errors are the cause more often than the last. */
const maxProblems = 30;

export function proposedProblemsPrompt({ problems, files, mask }: ProposedProblems): string {
  const lines = problems.slice(0, maxProblems).map(formatProblem);
  const more = problems.length > maxProblems ? `${String(problems.length - maxProblems)} more are left out.` : '';
  return joinParts(
    'Your edits were not accepted yet: with them, these problems would be new. Lines count in the files as your edits leave them.',
    formatForeign({ kind: 'problems', name: 'new problems', text: lines.join('\n') }, mask),
    more,
    files,
    'The files are unchanged. Write all edits again, complete and in the same format, so that these problems do not come up. Cure their cause; do not hide a problem by silencing it.',
  );
}
