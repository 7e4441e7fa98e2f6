// The request for the next answer, from the path that leads to it. Deterministic: the same path gives the same bytes, so that the
// gateway's prompt cache is met; each turn's request begins with the whole of the one before.
import type { ModelContent, ModelMessage, TextContent } from '../api/modelClient.ts';
import { joinSameRoles, splitAtCompaction, sumOf, tokensOf, toTurns, userContent, withinImageLimit, type PromptTurn, type Question } from './promptTurns.ts';
import type { Session } from './session.ts';

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

export interface Assembly {
  readonly messages: readonly ModelMessage[];
  readonly tokens: number;
  /** Messages that did not fit. */
  readonly omitted: number;
}

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
  const turns = withinImageLimit(toTurns(session, needed, options.editFormat));
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

/** Marks the ends of the last two questions: this request is stored up to the one and read up to the other. */
function markCache(turns: readonly PromptTurn[]): readonly ModelMessage[] {
  const marked = new Set(turns.map((turn, index) => (turn.role === 'user' ? index : -1)).filter((index) => index >= 0).slice(-2));
  return turns.map((turn, index) => (marked.has(index) ? { role: turn.role, content: withMarkAtEnd(turn.content) } : turn));
}

function withMarkAtEnd(content: readonly ModelContent[]): readonly ModelContent[] {
  const position = content.findLastIndex((part) => part.type === 'text');
  return content.map((part, index) => (index === position ? { ...(part as TextContent), cache: true } : part));
}
