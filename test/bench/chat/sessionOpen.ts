// A conversation of 10,000 messages, 50 MB, read from its file by the extension host, up to the window that is drawn first.
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSessionStore } from '../../../src/host/chat/sessionStore.ts';
import { systemClock } from '../../../src/host/systemClock.ts';
import { largeSession } from '../../helpers/largeSession.ts';
import type { Figure } from './figures.ts';
import { median } from './median.ts';

const runs = 5;
/** A file that was just written is taken for one that another window writes. */
const ageMs = 3_600_000;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export async function measureSessionOpen(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'runapi-bench-'));
  try {
    await mkdir(join(folder, 'sessions'));
    const path = join(folder, 'sessions/large.jsonl');
    await writeFile(path, largeSession());
    const date = new Date(Date.now() - ageMs);
    await utimes(path, date, date);
    const times: number[] = [];
    for (let run = 0; run < runs; run += 1) times.push(await timeToOpen(folder));
    return [{ name: '10,000 messages, 50 MB: from the file to the window that is drawn first, in the host (median of 5)', value: median(times), unit: 'ms', goal: 300 }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timeToOpen(folder: string): Promise<number> {
  const store = createSessionStore({ folder, clock: systemClock, log: silent, createId: () => crypto.randomUUID(), onProblem: () => undefined, onSetAside: () => undefined });
  const startMs = performance.now();
  const stored = await store.open('large');
  await stored?.log.load(stored.log.session.path.slice(-40));
  const tookMs = performance.now() - startMs;
  await store.close();
  return tookMs;
}
