import { joinParts, proseRule, systemPrompt, userMessage, type PromptContext, type TaskPrompt } from './taskPrompt.ts';

export interface ConflictRequest extends PromptContext {
  readonly path: string;
  /** The conflict with its marks, and the lines around it, between the marks of data. */
  readonly conflict: string;
}

export function mergeConflictPrompt(request: ConflictRequest): TaskPrompt {
  return {
    system: systemPrompt('merge conflict', [
      'You resolve one merge conflict. Keep what both sides meant; where they contradict each other, prefer what the surrounding code needs and say which side gave way.',
      'First one sentence that says how it was resolved. Then the lines that replace the conflict, from its first mark to its last, in one fenced block and complete: no conflict marks, no lines from around it, no placeholders. An empty block means that nothing stays.',
      proseRule(request.replyLanguage),
    ]),
    messages: [userMessage(request, joinParts(`Resolve this conflict in ${request.path}:`, request.conflict))],
  };
}

export interface ConflictAnswer {
  /** Whole lines with \n after each; empty when nothing stays. */
  readonly text: string;
  readonly explanation: string;
}

/** Undefined when there is no closed block or when it still holds conflict marks. */
export function parseConflictAnswer(answer: string): ConflictAnswer | undefined {
  const lines = answer.split(/\r\n|\r|\n/);
  const openAt = lines.findIndex((line) => /^\s{0,3}(?:`{3,}|~{3,})/.test(line));
  const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(lines[openAt] ?? '')?.[1];
  if (fence === undefined) return undefined;
  const closeAt = lines.findIndex((line, index) => index > openAt && line.trim().startsWith(fence) && line.trim().replace(new RegExp(`^\\${fence[0] ?? ''}+`), '') === '');
  if (closeAt < 0) return undefined;
  const body = lines.slice(openAt + 1, closeAt);
  if (body.some((line) => /^(?:<{7}|>{7}|\|{7}|={7})(?: |$)/.test(line))) return undefined;
  return { text: body.map((line) => `${line}\n`).join(''), explanation: lines.slice(0, openAt).join(' ').replace(/\s+/g, ' ').trim().slice(0, 500) };
}
