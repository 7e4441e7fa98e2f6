import { joinParts, proseRule, systemPrompt, userMessage, type PromptContext, type TaskPrompt } from './taskPrompt.ts';

export interface ReviewRequest extends PromptContext {
  /** What is under review: "the staged changes", "src/http.ts", "lines 12 to 48 of src/http.ts". */
  readonly subject: string;
  /** Changes are reviewed for what they change; a file or a selection for what stands in it. */
  readonly kind: 'changes' | 'code';
  /** Which part of how many, when a large change is split. */
  readonly part?: { readonly index: number; readonly count: number };
}

export function reviewPrompt(request: ReviewRequest): TaskPrompt {
  const part = request.part === undefined || request.part.count === 1 ? undefined : `This is part ${String(request.part.index + 1)} of ${String(request.part.count)}; the other parts are reviewed on their own.`;
  return {
    system: systemPrompt('review', [
      'You review code as an experienced colleague: bugs, wrong edge cases, security, races, leaks, broken contracts, misleading names, missing error handling; style only where it misleads. Few findings that matter are better than many. If nothing is wrong, answer with the one line NONE.',
      ...findingRules,
      request.kind === 'changes' ? 'Point only at lines that the change adds or touches. Lines are numbered as in the new file.' : 'Point only at lines that you were given. Lines are numbered as in the file.',
      `Titles and reasons: ${proseRule(request.replyLanguage)}`,
    ]),
    messages: [userMessage(request, joinParts(`Review ${request.subject}.`, part))],
  };
}

const findingRules = [
  'Write each finding as one JSON object on a line of its own, the most serious first: {"path": "src/a.ts", "line": 12, "endLine": 14, "severity": "error" | "warning" | "info", "title": "…", "reason": "…", "quote": "…"}',
  'quote is line `line` copied without its number. title is one short sentence. reason says what goes wrong, when, and why: at most three sentences.',
  'Where you know the exact cure, put it right below the finding as one block, with whole lines copied from the file without line numbers:',
  '<<<<<<< SEARCH',
  'lines as they are',
  '=======',
  'lines as they should be',
  '>>>>>>> REPLACE',
  'No other text: no summary, no praise, no fences.',
] as const;
