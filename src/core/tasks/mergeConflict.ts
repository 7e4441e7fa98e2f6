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
      'First one sentence that says how it was resolved. Then the lines that replace the conflict, from its first mark to its last, in one fenced block and complete: no conflict marks, no lines from around it, no placeholders. Where these lines have code fences themselves, the fence around them is longer than each of those. An empty block means that nothing stays.',
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

/**
 * Undefined when there is no closed block, when it still holds conflict marks, or when fences of the lines themselves may have ended it: a
 * part of a resolution is none.
 */
export function parseConflictAnswer(answer: string): ConflictAnswer | undefined {
  const lines = answer.split(/\r\n|\r|\n/);
  const openAt = lines.findIndex((line) => fenceOf(line) !== undefined);
  const fence = fenceOf(lines[openAt] ?? '')?.mark;
  if (fence === undefined) return undefined;
  const closeAt = endOfBlock(lines, openAt, fence);
  if (closeAt === undefined || lines.slice(closeAt + 1).some((line) => fenceOf(line)?.mark.startsWith(fence) === true)) return undefined;
  const body = lines.slice(openAt + 1, closeAt);
  if (body.some((line) => /^(?:<{7}|>{7}|\|{7}|={7})(?: |$)/.test(line))) return undefined;
  return { text: body.map((line) => `${line}\n`).join(''), explanation: lines.slice(0, openAt).join(' ').replace(/\s+/g, ' ').trim().slice(0, 500) };
}

function fenceOf(line: string): { readonly mark: string; readonly isBare: boolean } | undefined {
  const [, mark, info] = /^\s*(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  return mark === undefined ? undefined : { mark, isBare: info?.trim() === '' };
}

/** A fence with a language opens a block inside, which the next bare one closes. */
function endOfBlock(lines: readonly string[], openAt: number, fence: string): number | undefined {
  const open = [fence];
  for (const [index, line] of lines.entries()) {
    const found = index > openAt ? fenceOf(line) : undefined;
    if (found?.mark.startsWith(open.at(-1) ?? fence) !== true) continue;
    if (found.isBare) open.pop();
    else open.push(found.mark);
    if (open.length === 0) return index;
  }
  return undefined;
}
