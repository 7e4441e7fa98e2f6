// A line of the ledger's files: a request and what it cost, or text of a suggestion that was accepted. Short, because a busy day of
// completions has thousands. Lines of another kind, from a newer version or cut by a crash, are read past.
import * as z from 'zod';
import { taskIds, type TaskId } from '../../shared/chatTypes.ts';
import type { RequestCost } from './ledgerSum.ts';

export interface LedgerEntry extends RequestCost {
  /** Wall clock. */
  readonly at: number;
  readonly task: TaskId;
  readonly model: string;
}

export interface AcceptedText {
  readonly at: number;
  readonly task: TaskId;
  readonly acceptedCharacters: number;
}

export interface LedgerLine {
  readonly id: string;
  readonly entry: LedgerEntry | AcceptedText;
}

const count = z.number().nonnegative();
const head = { id: z.string(), at: count, task: z.enum(taskIds) };
const storedRequest = z.object({
  ...head,
  model: z.string(),
  /** Input, output, cache reads, cache writes. */
  tokens: z.tuple([count, count, count, count]),
  usd: count.optional(),
  estimate: z.literal(true).optional(),
  direct: count.optional(),
});
const storedAccepted = z.object({ ...head, accepted: count });
const storedLine = z.union([storedRequest, storedAccepted]);

export function formatLine({ id, entry }: LedgerLine): string {
  return `${JSON.stringify({ id, ...('acceptedCharacters' in entry ? toStoredAccepted(entry) : toStoredRequest(entry)) })}\n`;
}

export function parseLine(line: string): LedgerLine | undefined {
  if (line === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = storedLine.safeParse(value);
  return parsed.success ? { id: parsed.data.id, entry: 'accepted' in parsed.data ? toAcceptedText(parsed.data) : toEntry(parsed.data) } : undefined;
}

function toStoredAccepted({ at, task, acceptedCharacters }: AcceptedText): Omit<z.infer<typeof storedAccepted>, 'id'> {
  return { at, task, accepted: acceptedCharacters };
}

function toStoredRequest({ at, task, model, usage, priceUsd, priceIsEstimate, directUsd }: LedgerEntry): Omit<z.infer<typeof storedRequest>, 'id'> {
  return {
    at, task, model,
    tokens: [usage.inputTokens, usage.outputTokens, usage.cacheReadTokens, usage.cacheWriteTokens],
    ...(priceUsd !== undefined && { usd: Number(priceUsd.toPrecision(8)) }),
    ...(priceIsEstimate && { estimate: true as const }),
    ...(directUsd !== undefined && { direct: Number(directUsd.toPrecision(8)) }),
  };
}

function toAcceptedText({ at, task, accepted }: z.infer<typeof storedAccepted>): AcceptedText {
  return { at, task, acceptedCharacters: accepted };
}

function toEntry({ at, task, model, tokens, usd, estimate, direct }: z.infer<typeof storedRequest>): LedgerEntry {
  const [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens] = tokens;
  return {
    at, task, model,
    usage: { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens },
    priceIsEstimate: estimate === true,
    ...(usd !== undefined && { priceUsd: usd }),
    ...(direct !== undefined && { directUsd: direct }),
  };
}
