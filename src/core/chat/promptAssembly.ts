// The request for the next answer, from the path that leads to it. Deterministic: the same path gives the same bytes, so that the
// gateway's prompt cache is met; each turn's request begins with the whole of the one before.
import type { ModelContent, ModelMessage, TextContent } from '../api/modelClient.ts';
import type { ContextChip, TaskId } from '../../shared/chatTypes.ts';
import { ownCommandPrefix, toContextContent } from './chatContext.ts';
import type { SentContext } from './messageBody.ts';
import type { Session } from './session.ts';
import { commandOf, taskCommands } from './slashCommands.ts';
import { taskInstruction } from './taskInstructions.ts';

export interface AssemblyOptions {
  readonly session: Session;
  /** From the first message to the one to be answered; their texts are loaded (see idsForPrompt). */
  readonly path: readonly string[];
  /** Added behind the path: what Continue says. */
  readonly closing?: string;
  /** Added behind the path: a question that is not in the session yet. */
  readonly unsent?: Question;
  /** How edits are to be written, from core/edit. */
  readonly editFormat?: string;
  /** Tokens that history and question may take; older turns are left out beyond that. */
  readonly budgetTokens: number;
  readonly estimateTokens: (text: string) => number;
}

/** What a user's message is made from. */
export interface Question {
  readonly text: string;
  readonly task: TaskId | undefined;
  readonly chips: readonly ContextChip[];
  readonly context: readonly SentContext[];
}

export interface Assembly {
  readonly messages: readonly ModelMessage[];
  readonly tokens: number;
  /** Messages that did not fit. */
  readonly omitted: number;
}

/** An image costs about this much whatever its size; the exact figure depends on the model. */
const imageTokens = 1_500;
/** When the history does not fit it is cut to this part of the budget, so that it does not have to be cut again at once. */
const refillShare = 0.7;

/** The messages whose texts a request needs: the summary of the last compaction that counts, and those behind it, newest first until the budget is full. */
export function idsForPrompt(session: Session, path: readonly string[], budgetTokens: number): readonly string[] {
  const { summary, behind } = splitAtCompaction(session, path);
  const ids: string[] = [];
  // A token is seldom more than 6 bytes: nothing that could fit is left out here.
  let bytesLeft = budgetTokens * 6;
  for (const id of [...behind].reverse()) {
    if (ids.length > 0 && bytesLeft <= 0) break;
    ids.push(id);
    bytesLeft -= session.head(id)?.size ?? 0;
  }
  return [...(summary === undefined ? [] : [summary]), ...ids.reverse()];
}

export function assemblePrompt(options: AssemblyOptions): Assembly {
  const { session, path, estimateTokens } = options;
  const needed = idsForPrompt(session, path, options.budgetTokens);
  const turns = withinImageLimit(needed.map((id) => toTurn(id, options)).filter((turn) => turn !== undefined));
  if (options.unsent !== undefined) turns.push({ role: 'user', content: userContent(options.unsent, options.editFormat) });
  if (options.closing !== undefined) turns.push({ role: 'user', content: [{ type: 'text', text: options.closing }] });
  const sizes = turns.map((turn) => tokensOf(turn.content, estimateTokens));
  const { summary, behind } = splitAtCompaction(session, path);
  // It stands for all before it: what is left out is what came after.
  const first = summary === undefined || session.body(summary) === undefined || turns.length < 2 ? 0 : 1;
  const start = first + firstThatFits(turns.slice(first), sizes.slice(first), options.budgetTokens - sumOf(sizes.slice(0, first)));
  return {
    messages: markCache(joinSameRoles([...turns.slice(0, first), ...turns.slice(start)])),
    tokens: sumOf([...sizes.slice(0, first), ...sizes.slice(start)]),
    omitted: start - first + countShown(session, behind) - countShown(session, needed),
  };
}

function splitAtCompaction(session: Session, path: readonly string[]): { readonly summary: string | undefined; readonly behind: readonly string[] } {
  const position = path.findLastIndex((id) => session.head(id)?.compaction?.undone === false);
  return { summary: path[position], behind: path.slice(position + 1) };
}

function sumOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** A request may have 32 MB: of images, the newest this much as base64. */
const longestImages = 24_000_000;

/** Older images are named, not sent. What is to be asked now stays whole: its size was judged when it was attached. */
function withinImageLimit(turns: readonly PromptTurn[]): PromptTurn[] {
  let left = longestImages;
  return [...turns].reverse().map((turn, index) => {
    left -= turn.content.reduce((sum, part) => sum + (part.type === 'image' ? part.data.length : 0), 0);
    return left >= 0 || index === 0 ? turn : { ...turn, content: turn.content.map((part) => (part.type === 'image' ? { type: 'text' as const, text: '(An image that was sent earlier is left out.)' } : part)) };
  }).reverse();
}

interface PromptTurn {
  readonly role: 'user' | 'assistant';
  readonly content: readonly ModelContent[];
}

function toTurn(id: string, options: AssemblyOptions): PromptTurn | undefined {
  const { session } = options;
  const head = session.head(id);
  const body = session.body(id);
  if (head === undefined || body === undefined) return undefined;
  switch (head.role) {
    case 'user':
      return { role: 'user', content: userContent({ ...body, task: head.task, chips: head.chips ?? [] }, options.editFormat) };
    case 'assistant':
      return body.text.trim() === '' ? undefined : { role: 'assistant', content: [{ type: 'text', text: body.text.trimEnd() }] };
    case 'notice':
      return head.compaction?.undone === false ? { role: 'user', content: [{ type: 'text', text: summaryText(body.text) }] } : undefined;
  }
}

function userContent({ text, task, chips, context }: Question, editFormat: string | undefined): readonly ModelContent[] {
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

function summaryText(summary: string): string {
  return `The conversation so far, in summary:\n\n${summary}`;
}

/** Index of the first turn to send: 0 when all fits. Starts with a user's turn, keeps the last one in any case. */
function firstThatFits(turns: readonly PromptTurn[], sizes: readonly number[], budget: number): number {
  if (sumOf(sizes) <= budget) return 0;
  let left = budget * refillShare - (sizes.at(-1) ?? 0);
  let start = turns.length - 1;
  for (let index = turns.length - 2; index >= 0; index--) {
    left -= sizes[index] ?? 0;
    if (left < 0) break;
    if (turns[index]?.role === 'user') start = index;
  }
  return Math.max(0, start);
}

function countShown(session: Session, ids: readonly string[]): number {
  return ids.filter((id) => session.head(id)?.role !== 'notice').length;
}

/** Both protocols want the roles to take turns; a failed answer leaves two questions side by side. */
function joinSameRoles(turns: readonly PromptTurn[]): readonly PromptTurn[] {
  const joined: PromptTurn[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (last?.role === turn.role) joined[joined.length - 1] = { role: turn.role, content: [...last.content, ...turn.content] };
    else joined.push(turn);
  }
  return joined;
}

/** Marks the ends of the last two questions: this request is stored up to the one and read up to the other. */
function markCache(turns: readonly PromptTurn[]): readonly ModelMessage[] {
  const marked = new Set(turns.map((turn, index) => (turn.role === 'user' ? index : -1)).filter((index) => index >= 0).slice(-2));
  return turns.map((turn, index) => (marked.has(index) ? { role: turn.role, content: withMarkAtEnd(turn.content) } : turn));
}

function withMarkAtEnd(content: readonly ModelContent[]): readonly ModelContent[] {
  const position = content.findLastIndex((part) => part.type === 'text');
  return content.map((part, index) => (index === position ? { ...(part as TextContent), cache: true } : part));
}

function tokensOf(content: readonly ModelContent[], estimateTokens: (text: string) => number): number {
  return content.reduce((sum, part) => sum + (part.type === 'text' ? estimateTokens(part.text) : part.type === 'image' ? imageTokens : 0), 0);
}
