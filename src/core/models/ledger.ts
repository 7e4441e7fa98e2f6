// What each request cost. Lines are only ever appended, so several windows can write one file; sums are derived from the lines and
// from this window's own lines that the file does not hold yet (or never will: a full disk).
import * as z from 'zod';
import { taskIds, type TaskId, type Usage } from '../../shared/chatTypes.ts';
import type { Logger } from '../logger.ts';

export interface LedgerEntry {
  /** Wall clock. */
  readonly at: number;
  readonly task: TaskId;
  readonly model: string;
  readonly usage: Usage;
  /** Absent when nobody knows the price. */
  readonly priceUsd?: number;
  readonly priceIsEstimate: boolean;
  readonly directUsd?: number;
}

export interface LedgerSum {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly priceUsd: number;
  /** What those requests whose price is known would have cost directly. */
  readonly directUsd: number;
  readonly estimates: number;
  /** Requests that `priceUsd` leaves out. */
  readonly unknownPrices: number;
}

export interface LedgerFilter {
  /** "2026-11-25", in local time. */
  readonly day?: string;
  readonly task?: TaskId;
  readonly model?: string;
}

/** Files by name; the host puts them into its storage folder. Both calls may fail. */
export interface LedgerStorage {
  /** One write of one line at the end of the file, made if missing. */
  append(file: string, line: string): Promise<void>;
  /** The text from a byte offset on; empty when there is no such file. */
  readFrom(file: string, offset: number): Promise<string>;
}

export interface Ledger {
  record(entry: LedgerEntry): void;
  /** Takes in what other windows wrote. */
  refresh(): Promise<void>;
  sum(filter?: LedgerFilter): LedgerSum;
  sumBy(key: 'day' | 'task' | 'model', filter?: LedgerFilter): ReadonlyMap<string, LedgerSum>;
  /** Resolves when all recorded lines are written or failed. */
  flush(): Promise<void>;
}

export interface LedgerDependencies {
  readonly storage: LedgerStorage;
  readonly logger: Logger;
  readonly random: () => number;
  /** Wall clock: which month's file is current. */
  readonly date: () => number;
}

export function createLedger(dependencies: LedgerDependencies): Ledger {
  const { storage, logger } = dependencies;
  const cells = new Map<string, Cell>();
  const offsets = new Map<string, number>();
  const ownLines = new Set<string>();
  const windowId = Math.floor(dependencies.random() * 36 ** 8).toString(36);
  let lineCount = 0;
  let writing = Promise.resolve();
  let reading: Promise<void> | undefined;

  const add = (entry: LedgerEntry): void => {
    const cell = { day: dayOf(entry.at), task: entry.task, model: entry.model };
    const key = `${cell.day}|${cell.task}|${cell.model}`;
    cells.set(key, { ...cell, sum: addEntry(cells.get(key)?.sum ?? emptySum, entry) });
  };
  const takeIn = (text: string): number => {
    // The last line may be half written by another window: it is read next time.
    const complete = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of complete.split('\n')) {
      const parsed = parseLine(line);
      if (parsed && !ownLines.delete(parsed.id)) add(parsed.entry);
    }
    return new TextEncoder().encode(complete).length;
  };
  const readFile = async (file: string): Promise<void> => {
    const offset = offsets.get(file) ?? 0;
    offsets.set(file, offset + takeIn(await storage.readFrom(file, offset)));
  };
  const refresh = async (): Promise<void> => {
    await writing;
    try {
      for (const file of recentFiles(dependencies.date())) await readFile(file);
    } catch (error) {
      logger.warn(`ledger: not read: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  };

  return {
    record: (entry) => {
      lineCount += 1;
      const id = `${windowId}-${lineCount}`;
      ownLines.add(id);
      add(entry);
      writing = writing
        .then(() => storage.append(fileOf(entry.at), formatLine(id, entry)))
        .catch((error: unknown) => logger.warn(`ledger: not written: ${error instanceof Error ? error.name : 'unknown'}`));
    },
    // One at a time: two readers at one offset would count its lines twice.
    refresh: () => (reading ??= refresh().finally(() => {
      reading = undefined;
    })),
    sum: (filter) => addSums([...cells.values()].filter((cell) => matches(cell, filter)).map((cell) => cell.sum)),
    sumBy: (key, filter) => {
      const groups = Map.groupBy([...cells.values()].filter((cell) => matches(cell, filter)), (cell) => cell[key]);
      return new Map([...groups].map(([name, group]) => [name, addSums(group.map((cell) => cell.sum))]));
    },
    flush: () => writing,
  };
}

interface Cell {
  readonly day: string;
  readonly task: string;
  readonly model: string;
  readonly sum: LedgerSum;
}

/** The user's own day: a daily limit that resets at 9 in the morning would surprise. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function fileOf(at: number): string {
  return `costs-${dayOf(at).slice(0, 7)}.jsonl`;
}

/** This month and the one before: what the cost view shows. */
function recentFiles(now: number): readonly string[] {
  const date = new Date(now);
  return [fileOf(new Date(date.getFullYear(), date.getMonth() - 1, 15).getTime()), fileOf(now)];
}

function matches(cell: Cell, filter: LedgerFilter = {}): boolean {
  return (filter.day ?? cell.day) === cell.day && (filter.task ?? cell.task) === cell.task && (filter.model ?? cell.model) === cell.model;
}

const emptySum: LedgerSum = { requests: 0, inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, priceUsd: 0, directUsd: 0, estimates: 0, unknownPrices: 0 };

function addEntry(sum: LedgerSum, entry: LedgerEntry): LedgerSum {
  const known = entry.priceUsd !== undefined;
  return addSums([sum, {
    ...entry.usage,
    requests: 1,
    priceUsd: entry.priceUsd ?? 0,
    directUsd: known ? (entry.directUsd ?? entry.priceUsd ?? 0) : 0,
    estimates: known && entry.priceIsEstimate ? 1 : 0,
    unknownPrices: known ? 0 : 1,
  }]);
}

function addSums(sums: readonly LedgerSum[]): LedgerSum {
  return sums.reduce((a, b) => ({
    requests: a.requests + b.requests,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    priceUsd: a.priceUsd + b.priceUsd,
    directUsd: a.directUsd + b.directUsd,
    estimates: a.estimates + b.estimates,
    unknownPrices: a.unknownPrices + b.unknownPrices,
  }), emptySum);
}

const count = z.number().nonnegative();
const storedLine = z.object({
  id: z.string(),
  at: count,
  task: z.enum(taskIds),
  model: z.string(),
  /** Input, output, cache reads, cache writes. */
  tokens: z.tuple([count, count, count, count]),
  usd: count.optional(),
  estimate: z.literal(true).optional(),
  direct: count.optional(),
});

/** Short: a busy day of completions has thousands of lines. */
function formatLine(id: string, entry: LedgerEntry): string {
  const { usage } = entry;
  const line: z.infer<typeof storedLine> = {
    id,
    at: entry.at,
    task: entry.task,
    model: entry.model,
    tokens: [usage.inputTokens, usage.outputTokens, usage.cacheReadTokens, usage.cacheWriteTokens],
    ...(entry.priceUsd !== undefined && { usd: Number(entry.priceUsd.toPrecision(8)) }),
    ...(entry.priceIsEstimate && { estimate: true as const }),
    ...(entry.directUsd !== undefined && { direct: Number(entry.directUsd.toPrecision(8)) }),
  };
  return `${JSON.stringify(line)}\n`;
}

/** Undefined for a line that was cut by a crash or is of a newer version. */
function parseLine(line: string): { readonly id: string; readonly entry: LedgerEntry } | undefined {
  if (line === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = storedLine.safeParse(value);
  if (!parsed.success) return undefined;
  const { id, at, task, model, tokens, usd, estimate, direct } = parsed.data;
  const usage: Usage = { inputTokens: tokens[0], outputTokens: tokens[1], cacheReadTokens: tokens[2], cacheWriteTokens: tokens[3] };
  return { id, entry: { at, task, model, usage, priceIsEstimate: estimate === true, ...(usd !== undefined && { priceUsd: usd }), ...(direct !== undefined && { directUsd: direct }) } };
}
