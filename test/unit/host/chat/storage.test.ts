// What no fault may cost: kill -9 while an answer streams, and two windows in one session (FAULTS rows 58 and 59, P5 and P6).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
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

/** By conversation. */
type Report = ReadonlyMap<string, readonly Handed[]>;

/** Starts a window that streams into so many conversations and kills it `afterMs` later; tells what it had handed to the store by then. */
async function streamAndKill(at: string, count: number, afterMs: number): Promise<Report> {
  const process_ = spawn(process.execPath, [child, 'stream', at, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const report = new Map<string, Handed[]>();
  let isStarted = (): void => undefined;
  const started = new Promise<void>((resolve) => { isStarted = resolve; });
  createInterface({ input: process_.stdout }).on('line', (line) => {
    const [id = '', time = '', index = ''] = line.split(' ');
    report.set(id, [...(report.get(id) ?? []), { at: Number(time), index: Number(index) }]);
    isStarted();
  });
  await started;
  await systemClock.sleep(afterMs);
  process_.kill('SIGKILL');
  await once(process_, 'close');
  return report;
}

/** The same moments in each run, spread over the first 2.6 seconds and crowded where the first writes are. */
function killMoments(count: number): readonly number[] {
  let seed = 20_261_125;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  return Array.from({ length: count }, (_, index) => Math.round(random() * (index % 3 === 0 ? 600 : 2_600)));
}

describe('kill -9 at any moment', () => {
  const windows = 20;
  const conversations = 25;

  it('500 times over streams, titles and drafts leaves conversations that open, with all but the last two seconds', { timeout: 120_000 }, async () => {
    const reports: Report[] = [];
    const moments = killMoments(windows);
    // Four at a time: the machine has few cores.
    for (let index = 0; index < moments.length; index += 4) {
      reports.push(...(await Promise.all(moments.slice(index, index + 4).map((moment) => streamAndKill(folder, conversations, moment)))));
    }
    const killed = reports.flatMap((report) => [...report]);
    expect(killed.length).toBeGreaterThanOrEqual(windows * conversations * 0.95);
    const store = openStore(folder);
    for (const [id, handed] of killed) await expectKept(store, id, handed);
    await store.close();
    expect((await readdir(join(folder, 'sessions'))).filter((name) => name.includes('.corrupt'))).toEqual([]);
    await expectWholeDrafts();
  });
});

async function expectKept(store: SessionStore, id: string, handed: readonly Handed[]): Promise<void> {
  // By its own clock: what a window had for two seconds while it ran.
  const end = handed.at(-1)?.at ?? 0;
  const due = handed.filter(({ at, index }) => index >= 0 && at < end - 2_000).length;
  const stored = await store.open(id);
  if (stored === undefined) return expect(due).toBe(0);
  await stored.log.load(['u', 'a']);
  const text = stored.log.session.body('a')?.text ?? '';
  expect(stored.log.session.body('u')?.text).toBe('question');
  const written = text.trim() === '' ? [] : text.trim().split(' ').map(Number);
  expect(written).toEqual(written.map((_, index) => index));
  expect(written.length).toBeGreaterThanOrEqual(due);
}

/** Each is wholly the one before or the one after. */
async function expectWholeDrafts(): Promise<void> {
  const drafts = join(folder, 'drafts');
  const names = (await readdir(drafts)).filter((name) => name.endsWith('.json'));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    // Written by our own child in this form, or the test fails.
    const { text } = JSON.parse(await readFile(join(drafts, name), 'utf8')) as { readonly text: string };
    const [, index = '', filler = ''] = text.split(' ');
    expect(filler.length).toBe(Number(index) % 500);
  }
}

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
