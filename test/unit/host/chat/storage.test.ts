// What no fault may cost: kill -9 while an answer streams, and two windows in one session (FAULTS rows 58 and 59, P5 and P6).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSessionStore, type SessionStore } from '../../../../src/host/chat/sessionStore.ts';
import { systemClock } from '../../../../src/host/systemClock.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const child = join(import.meta.dirname, 'storageChild.ts');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runapi-storage-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function openStore(at: string): SessionStore {
  return createSessionStore({ folder: at, clock: systemClock, log: silent, createId: () => crypto.randomUUID(), onProblem: () => undefined });
}

interface Handed {
  readonly at: number;
  readonly index: number;
}

/** Starts a window that streams and kills it `afterMs` later; tells what it had handed to the store by then. */
async function streamAndKill(at: string, afterMs: number): Promise<{ readonly id: string; readonly handed: readonly Handed[] }> {
  const process_ = spawn(process.execPath, [child, 'stream', at], { stdio: ['ignore', 'pipe', 'inherit'] });
  const handed: Handed[] = [];
  let id = '';
  let isStarted = (): void => undefined;
  const started = new Promise<void>((resolve) => { isStarted = resolve; });
  createInterface({ input: process_.stdout }).on('line', (line) => {
    const [first = '', second = ''] = line.split(' ');
    if (first === 'id') {
      id = second;
      isStarted();
    } else handed.push({ at: Number(first), index: Number(second) });
  });
  await started;
  await systemClock.sleep(afterMs);
  process_.kill('SIGKILL');
  await once(process_, 'close');
  return { id, handed };
}

describe('kill -9 at any moment', () => {
  const moments = [0, 3, 40, 180, 333, 497, 505, 512, 700, 999, 1_001, 1_240, 1_503, 1_777, 2_050, 2_530];

  it('leaves sessions that open, with all but the last two seconds', { timeout: 60_000 }, async () => {
    // Four at a time: the machine has few cores.
    const results: Awaited<ReturnType<typeof streamAndKill>>[] = [];
    for (let index = 0; index < moments.length; index += 4) {
      results.push(...(await Promise.all(moments.slice(index, index + 4).map((moment) => streamAndKill(folder, moment)))));
    }
    const store = openStore(folder);
    for (const { id, handed } of results) {
      // By its own clock: what a window had for two seconds while it ran.
      const end = handed.at(-1)?.at ?? 0;
      const due = handed.filter(({ at }) => at < end - 2_000).length;
      const stored = await store.open(id);
      if (stored === undefined) {
        expect(due).toBe(0);
        continue;
      }
      await stored.log.load(['u', 'a']);
      const text = stored.log.session.body('a')?.text ?? '';
      expect(stored.log.session.body('u')?.text).toBe('question');
      const written = text.trim() === '' ? [] : text.trim().split(' ').map(Number);
      expect(written).toEqual(written.map((_, index) => index));
      expect(written.length).toBeGreaterThanOrEqual(due);
    }
    expect((await readdir(join(folder, 'sessions'))).filter((name) => name.includes('.corrupt'))).toEqual([]);
    await store.close();
  });
});

describe('two windows in one session', () => {
  it('lose no message, and a third sees all of them', { timeout: 60_000 }, async () => {
    const store = openStore(folder);
    const { log } = store.create();
    log.append({ type: 'message', id: 'first', parent: null, at: 1, role: 'user', body: 'first' });
    await log.flush();
    const count = 200;
    const windows = ['left', 'right'].map((name) => spawn(process.execPath, [child, 'append', folder, log.session.id, name, String(count)], { stdio: 'inherit' }));
    const codes = await Promise.all(windows.map(async (window) => (await once(window, 'close'))[0]));
    expect(codes).toEqual([0, 0]);

    await store.syncForeign();
    const names = ['left', 'right'].flatMap((name) => Array.from({ length: count }, (_, index) => ({ id: `${name}${index}`, text: `${name} ${index} ${'x'.repeat(index * 20)}` })));
    expect(names.filter(({ id, text }) => log.session.body(id)?.text !== text)).toEqual([]);
    expect(log.session.messageCount).toBe(2 * count + 1);

    const other = openStore(folder);
    const reread = await other.open(log.session.id);
    expect(reread?.log.session.messageCount).toBe(2 * count + 1);
    await Promise.all([store.close(), other.close()]);
  });
});
