// What each request cost. Lines are only ever appended, so several windows can write one file; sums are derived from the lines and
// from this window's own lines that the file does not hold yet (or never will: a full disk).
import type { TaskId } from '../../shared/chatTypes.ts';
import type { Logger } from '../logger.ts';
import { formatLine, parseLine, type AcceptedText, type LedgerEntry } from './ledgerLine.ts';
import { addSums, emptySum, sumOfRequest, type LedgerSum } from './ledgerSum.ts';

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
  /** Text of a suggestion went into a document. */
  recordAccepted(accepted: AcceptedText): void;
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

  const write = (entry: LedgerEntry | AcceptedText): void => {
    lineCount += 1;
    const id = `${windowId}-${lineCount}`;
    ownLines.add(id);
    addEntry(cells, entry);
    writing = writing
      .then(() => storage.append(fileOf(entry.at), formatLine({ id, entry })))
      .catch((error: unknown) => logger.warn(`ledger: not written: ${error instanceof Error ? error.name : 'unknown'}`));
  };
  const takeIn = (text: string): number => {
    // The last line may be half written by another window: it is read next time.
    const complete = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of complete.split('\n')) {
      const parsed = parseLine(line);
      if (parsed && !ownLines.delete(parsed.id)) addEntry(cells, parsed.entry);
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
    record: write,
    recordAccepted: write,
    // One at a time: two readers at one offset would count its lines twice.
    refresh: () => (reading ??= refresh().finally(() => {
      reading = undefined;
    })),
    sum: (filter) => addSums([...cells.values()].filter((cell) => matches(cell, filter)).map((cell) => cell.sum)),
    sumBy: (key, filter) => sumCellsBy([...cells.values()].filter((cell) => matches(cell, filter)), key),
    flush: () => writing,
  };
}

interface Cell {
  readonly day: string;
  readonly task: string;
  readonly model: string;
  readonly sum: LedgerSum;
}

/** Accepted text may be of several requests: it is counted by day and task. */
const noModel = '';

function addEntry(cells: Map<string, Cell>, entry: LedgerEntry | AcceptedText): void {
  const cell = { day: dayOf(entry.at), task: entry.task, model: 'model' in entry ? entry.model : noModel };
  const key = `${cell.day}|${cell.task}|${cell.model}`;
  cells.set(key, { ...cell, sum: addSums([cells.get(key)?.sum ?? emptySum, sumOf(entry)]) });
}

function sumCellsBy(cells: readonly Cell[], key: 'day' | 'task' | 'model'): ReadonlyMap<string, LedgerSum> {
  const named = cells.filter((cell) => key !== 'model' || cell.model !== noModel);
  const groups = Map.groupBy(named, (cell) => cell[key]);
  return new Map([...groups].map(([name, group]) => [name, addSums(group.map((cell) => cell.sum))]));
}

function sumOf(entry: LedgerEntry | AcceptedText): LedgerSum {
  return 'acceptedCharacters' in entry ? { ...emptySum, acceptedCharacters: entry.acceptedCharacters } : sumOfRequest(entry);
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
