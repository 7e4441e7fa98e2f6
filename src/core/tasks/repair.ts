// The second and last round of a task: what went wrong with the first answer's edits, and what the files look like now.
import type { ModelMessage } from '../api/modelClient.ts';
import { joinParts, type TaskPrompt } from './taskPrompt.ts';

export interface RepairRequest {
  /** The prompt that was answered. */
  readonly first: TaskPrompt;
  readonly answer: string;
  /** New problems or the end of a test run, already between marks; or what core/edit says of a refused edit. */
  readonly failure: string;
  /** `tests`: the answer wrote them. `broken-tests`: they are the project's own. */
  readonly kind: 'problems' | 'tests' | 'broken-tests' | 'edit';
  /** The touched files as they are now, between marks; left out where the failure itself shows them. */
  readonly files?: string;
}

export function repairPrompt({ first, answer, failure, kind, files }: RepairRequest): TaskPrompt {
  return { system: first.system, messages: [...first.messages, { role: 'assistant', content: answer }, { role: 'user', content: joinParts(opening(kind), failure, files, closing(kind)) } satisfies ModelMessage] };
}

function opening(kind: RepairRequest['kind']): string {
  switch (kind) {
    case 'problems': return 'Your edits were applied. They brought these new problems:';
    case 'tests': return 'Your tests were written and run. The run failed:';
    case 'broken-tests': return 'Your edits were applied. The tests of the project were run after them, and fail:';
    // core/edit says all there is to say.
    case 'edit': return '';
  }
}

function closing(kind: RepairRequest['kind']): string {
  switch (kind) {
    case 'problems': return 'Write the edits that cure them, against the files as they are now. Do not hide a problem by silencing it.';
    case 'tests': return 'If the test is wrong, correct it. If the code under test is wrong, leave the test as it is and say so in one sentence. Write edits against the files as they are now.';
    case 'broken-tests': return 'Write the edits that cure the cause, against the files as they are now. Change a test only where it holds what the edits were agreed to change; never weaken one. If the failure has nothing to do with your edits, say so in one sentence and change nothing.';
    case 'edit': return '';
  }
}
