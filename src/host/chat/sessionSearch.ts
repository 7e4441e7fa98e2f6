// Finds conversations by title, then by what was said in them.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionSummary } from '../../shared/chatTypes.ts';
import { sessionSuffix } from './sessionFormat.ts';

/** Texts of the newest conversations, up to this much: a second of work at most. */
const mostBytes = 96 * 1024 * 1024;
const largestFile = 24 * 1024 * 1024;

/** `summaries` are the newest first and stay so; those with a matching title come before those with matching text. */
export async function searchSessions(summaries: readonly SessionSummary[], query: string, folder: string): Promise<readonly SessionSummary[]> {
  const wanted = query.trim().toLowerCase();
  const byTitle = summaries.filter((summary) => summary.title.toLowerCase().includes(wanted));
  const others = summaries.filter((summary) => !byTitle.includes(summary));
  if (wanted.length < 2) return byTitle;
  const byText: SessionSummary[] = [];
  let left = mostBytes;
  for (const summary of others) {
    const path = join(folder, `${summary.id}${sessionSuffix}`);
    const size = await stat(path).then((status) => status.size, () => Infinity);
    if (size > largestFile) continue;
    left -= size;
    if (left < 0) break;
    if (await holds(path, wanted)) byText.push(summary);
  }
  return [...byTitle, ...byText];
}

/** Looked for as it stands in the file, where quotes and line ends are escaped. */
async function holds(path: string, wanted: string): Promise<boolean> {
  const escaped = JSON.stringify(wanted).slice(1, -1);
  const text = await readFile(path, 'utf8').catch(() => '');
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(escaped); at >= 0; at = lower.indexOf(escaped, at + 1)) {
    const lineStart = lower.lastIndexOf('\n', at) + 1;
    const bodyStart = lower.indexOf('"body":"', lineStart);
    // In the text of a message, not in an id or a key.
    if (bodyStart >= 0 && bodyStart + '"body":"'.length <= at && /"type":"(?:message|delta|compacted)"/.test(lower.slice(lineStart, bodyStart))) return true;
  }
  return false;
}
