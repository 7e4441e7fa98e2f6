import type { CommitStyle } from './commitStyle.ts';
import { stripControls } from './stripControls.ts';
import { joinParts, systemPrompt, userMessage, type PromptContext, type TaskPrompt } from './taskPrompt.ts';

export interface CommitRequest extends PromptContext {
  readonly style: CommitStyle;
  /** Name of the branch and the examples are data too: they come between marks. */
  readonly history: string;
  /** What the user had begun to write; kept as the intent. */
  readonly draft: string;
  readonly staged: boolean;
}

export function commitMessagePrompt(request: CommitRequest): TaskPrompt {
  return {
    system: systemPrompt('commit message', [
      'You write the commit message for changes. Say what they do and, where it can be told, why; not how, and not file by file. Say nothing that the changes do not show.',
      ...request.style.rules,
      'Answer with the message alone: no quotes, no fences, no trailers, no comment on it.',
    ]),
    messages: [
      userMessage(
        request,
        joinParts(request.history, request.draft.trim() === '' ? undefined : `The author began it so; keep to that intent:\n${request.draft.trim()}`, `Write the commit message for ${request.staged ? 'the staged changes' : 'all changes'}.`),
      ),
    ],
  };
}

const maxMessageCharacters = 5000;
const trailer = /^(?:signed-off-by|co-authored-by|reviewed-by|acked-by|tested-by|reported-by|helped-by|change-id|cc|generated[- ](?:by|with))\b.*$/i;

/** The message as it may stand in the input box: without fences, quotes around it, trailers, control and invisible characters. */
export function cleanCommitMessage(answer: string): string {
  const plain = stripControls(answer).replace(/\r\n?/g, '\n').slice(0, maxMessageCharacters);
  const lines = plain.split('\n').filter((line) => !/^\s*(?:```|~~~)/.test(line) && !trailer.test(line.trim())).map((line) => line.trimEnd());
  const text = lines.join('\n').replace(/\n{3,}/g, '\n\n').trim().replace(/^(?:commit message|subject)\s*:\s*/i, '');
  const quoted = /^(["'`])([^\n]*)\1$/.exec(text);
  return quoted?.[2] ?? text;
}
