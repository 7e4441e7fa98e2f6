// Finds conversations by title, then by what was said in them. Files are read in pieces, whatever their size; nothing is kept in memory.
import { open, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { bodyMark } from '../../core/chat/chatEvent.ts';
import type { SessionSummary } from '../../shared/chatTypes.ts';
import { longestFile, sessionSuffix } from './sessionFormat.ts';
import { readLines } from './sessionReader.ts';

/** Texts of the newest conversations, up to this much: two or three seconds of work at most. */
const mostBytes = 400 * 1024 * 1024;

export interface SessionSearch {
  readonly query: string;
  readonly folder: string;
  /** False when another search has begun: each key starts one. */
  readonly isWanted: () => boolean;
}

/** `summaries` are the newest first and stay so; those with a matching title come before those with matching text. */
export async function searchSessions(summaries: readonly SessionSummary[], { query, folder, isWanted }: SessionSearch): Promise<readonly SessionSummary[]> {
  const wanted = query.trim().toLowerCase();
  const byTitle = summaries.filter((summary) => summary.title.toLowerCase().includes(wanted));
  const others = summaries.filter((summary) => !byTitle.includes(summary));
  if (wanted.length < 2) return byTitle;
  const byText: SessionSummary[] = [];
  let left = mostBytes;
  for (const summary of others) {
    const path = join(folder, `${summary.id}${sessionSuffix}`);
    const size = await stat(path).then((status) => status.size, () => Infinity);
    if (size > longestFile) continue;
    left -= size;
    if (left < 0 || !isWanted()) break;
    if (await fileHolds(path, wanted, isWanted).catch(() => false)) byText.push(summary);
  }
  return [...byTitle, ...byText];
}

async function fileHolds(path: string, wanted: string, isWanted: () => boolean): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return false;
  try {
    return await holds(file, wanted, isWanted);
  } finally {
    await file.close();
  }
}

/** Looks into the texts of messages. An answer stands in many lines: what is looked for may begin in one and end in the next. */
async function holds(file: FileHandle, wanted: string, isWanted: () => boolean): Promise<boolean> {
  let isFound = false;
  let last = '';
  let before = '';
  await readLines(file, 0, (line) => {
    const said = readSaid(line);
    if (said === undefined) return isWanted();
    const text = (said.place === last ? before : '') + said.text.toLowerCase();
    isFound = text.includes(wanted);
    last = said.place;
    before = text.slice(-(wanted.length - 1));
    return !isFound && isWanted();
  });
  return isFound;
}

const mark = Buffer.from(bodyMark);

interface Said {
  /** The message, and the part of it. */
  readonly place: string;
  readonly text: string;
}

function readSaid(line: Buffer): Said | undefined {
  const at = line.indexOf(mark);
  const head = at < 0 ? '' : line.toString('latin1', 0, at);
  if (!/"type":"(?:message|delta|compacted)"/.test(head)) return undefined;
  try {
    const text: unknown = JSON.parse(`"${line.toString('utf8', at + mark.length, line.length - 1)}`);
    const place = /"id":"[^"]*"(?:,"part":"\w+")?/.exec(head)?.[0] ?? '';
    return typeof text === 'string' ? { place, text } : undefined;
  } catch {
    // A torn line.
    return undefined;
  }
}
