// Tells windows apart that are at work right now from windows that were killed: a mark with the process id, touched while it lives.
import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';

export interface LiveMarks {
  /** The name of this window among those that share the folder. */
  readonly window: string;
  isLiveElsewhere(id: string): Promise<boolean>;
  /** The result takes the mark away. */
  mark(id: string): () => Promise<void>;
}

const touchMs = 2_000;
const staleMs = 10_000;

export function createLiveMarks(folder: string, clock: Clock): LiveMarks {
  const live = join(folder, 'live');
  const pathOf = (id: string): string => join(live, id);
  const window = randomUUID().slice(0, 8);
  return {
    window,
    isLiveElsewhere: async (id) => {
      try {
        const [status, content] = await Promise.all([stat(pathOf(id)), readFile(pathOf(id), 'utf8')]);
        const [pid = '', owner] = content.split(' ');
        return clock.date() - status.mtimeMs < staleMs && owner !== window && isAlive(Number(pid));
      } catch {
        return false;
      }
    },
    mark: (id) => {
      let cancel = (): void => undefined;
      const touch = (): void => {
        const now = new Date(clock.date());
        void utimes(pathOf(id), now, now).catch(() => undefined);
        cancel = clock.after(touchMs, touch);
      };
      const begin = async (): Promise<void> => {
        mkdirSync(live, { recursive: true, mode: 0o700 });
        await writeFile(pathOf(id), `${process.pid} ${window}`, { mode: 0o600 });
      };
      // Without a mark, another window shows the answer as cut until its end arrives.
      const begun = begin().catch(() => undefined);
      cancel = clock.after(touchMs, touch);
      return async () => {
        cancel();
        await begun.then(() => rm(pathOf(id), { force: true })).catch(() => undefined);
      };
    },
  };
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
