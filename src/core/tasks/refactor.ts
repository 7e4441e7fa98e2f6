// Refactor in two answers to one conversation: a plan that the user may change, then the edits for it. Both requests begin alike, so
// the second reads the files from the prompt cache.
import type { ModelMessage } from '../api/modelClient.ts';
import { proseRule, systemPrompt, userMessage, type EditPromptContext, type TaskPrompt } from './taskPrompt.ts';
import { formatPlan, type PlanStep } from './refactorPlan.ts';

export interface RefactorRequest extends EditPromptContext {
  /** What to do, in the user's words. */
  readonly instruction: string;
  /** What it is about: "`parseHeader` in src/http.ts, lines 12 to 48". */
  readonly target: string;
}

export function refactorPlanPrompt(request: RefactorRequest): TaskPrompt {
  return { system: system(request), messages: [opening(request)] };
}

/** `plan` is what the user left of it, in their order and words. */
export function refactorEditsPrompt(request: RefactorRequest, plan: readonly PlanStep[]): TaskPrompt {
  return {
    system: system(request),
    messages: [
      opening(request),
      { role: 'assistant', content: formatPlan(plan) },
      { role: 'user', content: 'The plan is agreed as it stands above. Write the edits for all of it now, and nothing that it does not name.' },
    ],
  };
}

function system(request: RefactorRequest): string {
  return systemPrompt('refactor', [
    'You restructure code without changing what it does. You are asked for a plan first and, once it is agreed, for the edits.',
    'The plan: 1 to 7 steps, each on one line as "- path: what changes there", in the order they are made. Name every file that has to change, callers included. After the steps, if something may break for others, one line "Risk: …". No other text, no code.',
    'The edits: complete and working, imports included. Keep public names, behaviour, formatting and comments unless the plan says otherwise. No explanation longer than one sentence.',
    proseRule(request.replyLanguage),
    request.editFormat,
  ]);
}

function opening(request: RefactorRequest): ModelMessage {
  return userMessage(request, `Refactor ${request.target}.\nWhat to do: ${request.instruction}\n\nWrite the plan.`);
}
