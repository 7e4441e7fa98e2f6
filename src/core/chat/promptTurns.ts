// The messages of a conversation as turns of a request: texts, context and summaries in the form in which a model gets them.
import type { ModelContent } from '../api/modelClient.ts';
import type { ContextChip, TaskId } from '../../shared/chatTypes.ts';
import { ownCommandPrefix, toContextContent } from './chatContext.ts';
import type { SentContext } from './messageBody.ts';
import type { Session } from './session.ts';
import { commandOf, taskCommands } from './slashCommands.ts';
import { taskInstruction } from './taskInstructions.ts';

export interface PromptTurn {
  readonly role: 'user' | 'assistant';
  readonly content: readonly ModelContent[];
}

/** What a user's message is made from. */
export interface Question {
  readonly text: string;
  readonly task: TaskId | undefined;
  readonly chips: readonly ContextChip[];
  readonly context: readonly SentContext[];
}

/** What of a path is sent: the summary of the last compaction that counts stands for all before it. */
export function splitAtCompaction(session: Session, path: readonly string[]): { readonly summary: string | undefined; readonly behind: readonly string[] } {
  const position = path.findLastIndex((id) => session.head(id)?.compaction?.undone === false);
  return { summary: path[position], behind: path.slice(position + 1) };
}

/** The turns of these messages; their texts are loaded. Notices and answers without text are none. */
export function toTurns(session: Session, ids: readonly string[], editFormat?: string): PromptTurn[] {
  return ids.map((id) => toTurn(id, session, editFormat)).filter((turn) => turn !== undefined);
}

function toTurn(id: string, session: Session, editFormat: string | undefined): PromptTurn | undefined {
  const head = session.head(id);
  const body = session.body(id);
  if (head === undefined || body === undefined) return undefined;
  switch (head.role) {
    case 'user':
      return { role: 'user', content: userContent({ ...body, task: head.task, chips: head.chips ?? [] }, editFormat) };
    case 'assistant':
      return body.text.trim() === '' ? undefined : { role: 'assistant', content: [{ type: 'text', text: body.text.trimEnd() }] };
    case 'notice':
      return head.compaction?.undone === false ? { role: 'user', content: [{ type: 'text', text: summaryText(body.text) }] } : undefined;
  }
}

export function userContent({ text, task, chips, context }: Question, editFormat: string | undefined): readonly ModelContent[] {
  const ownCommand = context.find((item) => item.chipId.startsWith(ownCommandPrefix));
  const material = toContextContent(chips, context);
  const question = questionText(ownCommand?.text ?? withoutCommand(text), task, editFormat);
  // A screenshot may be sent without a word; an empty block is refused.
  return question.trim() === '' && material.length > 0 ? material : [...material, { type: 'text', text: question }];
}

function questionText(question: string, task: TaskId | undefined, editFormat: string | undefined): string {
  const instruction = task === undefined ? undefined : taskInstruction(task, editFormat);
  return [instruction, question].filter((part) => part !== undefined && part.trim() !== '').join('\n\n');
}

function withoutCommand(text: string): string {
  const command = commandOf(text);
  return command !== undefined && Object.hasOwn(taskCommands, command.name) ? command.rest : text;
}

export function summaryText(summary: string): string {
  return `The conversation so far, in summary:\n\n${summary}`;
}

/** A request may have 32 MB: of images, the newest this much as base64. */
export const longestImages = 24_000_000;

/** Older images are named, not sent. What is to be asked now stays whole: its size was judged when it was attached. */
export function withinImageLimit(turns: readonly PromptTurn[]): PromptTurn[] {
  let left = longestImages;
  return [...turns].reverse().map((turn, index) => {
    left -= imageLength(turn);
    return left >= 0 || index === 0 ? turn : { ...turn, content: turn.content.map((part) => (part.type === 'image' ? { type: 'text' as const, text: '(An image that was sent earlier is left out.)' } : part)) };
  }).reverse();
}

export function imageLength({ content }: PromptTurn): number {
  return sumOf(content.map((part) => (part.type === 'image' ? part.data.length : 0)));
}

/** Both protocols want the roles to take turns; a failed answer leaves two questions side by side. */
export function joinSameRoles(turns: readonly PromptTurn[]): readonly PromptTurn[] {
  const joined: PromptTurn[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (last?.role === turn.role) joined[joined.length - 1] = { role: turn.role, content: [...last.content, ...turn.content] };
    else joined.push(turn);
  }
  return joined;
}

/** An image costs about this much whatever its size; the exact figure depends on the model. */
const imageTokens = 1_500;

export function tokensOf(content: readonly ModelContent[], estimateTokens: (text: string) => number): number {
  return content.reduce((sum, part) => sum + (part.type === 'text' ? estimateTokens(part.text) : part.type === 'image' ? imageTokens : 0), 0);
}

export function sumOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
