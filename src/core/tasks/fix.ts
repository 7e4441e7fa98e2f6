import { joinParts, proseRule, systemPrompt, userMessage, type EditPromptContext, type TaskPrompt } from './taskPrompt.ts';

export interface FixRequest extends EditPromptContext {
  readonly path: string;
  /** The problems as the language services say them, one to a line, between marks. */
  readonly problems: string;
  readonly problemCount: number;
}

export function fixPrompt(request: FixRequest): TaskPrompt {
  const which = request.problemCount === 1 ? 'this problem' : `these ${String(request.problemCount)} problems`;
  return {
    system: systemPrompt('fix', [
      'You cure the cause of a problem with the smallest change that a careful colleague would make. Never silence it: no casts to any, no ignore comments, no empty catch, no deleted test.',
      'If the right cure is outside the files that you were given, say so in one sentence and change nothing.',
      'Say in one sentence what was wrong, then write the edits.',
      proseRule(request.replyLanguage),
      request.editFormat,
    ]),
    messages: [userMessage(request, joinParts(`Fix ${which} in ${request.path}:`, request.problems))],
  };
}

export interface ProblemLine {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly source?: string;
  readonly code?: string;
  readonly message: string;
}

/** "src/a.ts:12 error typescript 2322: Type …" */
export function formatProblem({ path, line, severity, source, code, message }: ProblemLine): string {
  const origin = [source, code].filter((part) => part !== undefined && part !== '').join(' ');
  return `${path}:${String(line)} ${severity}${origin === '' ? '' : ` ${origin}`}: ${message.replace(/\s*\n\s*/g, ' ')}`;
}
