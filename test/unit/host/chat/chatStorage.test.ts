import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { createChatStorage, type ChatStorage } from '../../../../src/host/chat/chatStorage.ts';
import { openSessionFile } from '../../../../src/host/chat/sessionPlace.ts';
import { createSessionStore } from '../../../../src/host/chat/sessionStore.ts';
import { systemClock } from '../../../../src/host/systemClock.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const user = (id: string, parent: string | null): ChatEvent => ({ type: 'message', id, parent, at: 1, role: 'user', body: `text of ${id}` });
let folder = '';
const open: ChatStorage[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runapi-chat-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((storage) => storage.close()));
  await rm(folder, { recursive: true, force: true });
});

function openWindow(): ChatStorage {
  const storage = createChatStorage({ folder, clock: systemClock, log: silent, createId: () => crypto.randomUUID(), workspace: undefined, windowName: { read: () => undefined, write: () => undefined }, onProblem: () => undefined, onSetAside: () => undefined });
  open.push(storage);
  return storage;
}

describe('two windows', () => {
  it('see what the other appends to the conversation that they show', async () => {
    const [left, right] = [openWindow(), openWindow()];
    const mine = left.store.create();
    mine.log.append(user('a', null));
    await mine.log.flush();
    const theirs = await right.store.open(mine.log.session.id);
    const told: string[] = [];
    theirs?.log.onChange((changes) => told.push(...changes.map(({ type }) => type)));
    mine.log.append(user('b', 'a'));
    await vi.waitFor(() => expect(theirs?.log.session.path).toEqual(['a', 'b']), { timeout: 5_000 });
    expect(theirs?.log.session.body('b')?.text).toBe('text of b');
    expect(told).toEqual(['added']);

    theirs?.log.append(user('c', 'b'));
    await vi.waitFor(() => expect(mine.log.session.path).toEqual(['a', 'b', 'c']), { timeout: 5_000 });
  });

  it('that answer the same message leave two branches', async () => {
    const [left, right] = [openWindow(), openWindow()];
    const mine = left.store.create();
    mine.log.append(user('a', null));
    await mine.log.flush();
    const theirs = await right.store.open(mine.log.session.id);
    mine.log.append(user('left', 'a'));
    theirs?.log.append(user('right', 'a'));
    await vi.waitFor(() => {
      expect([...mine.log.session.alternatives('left')].sort()).toEqual(['left', 'right']);
      expect([...(theirs?.log.session.alternatives('left') ?? [])].sort()).toEqual(['left', 'right']);
    }, { timeout: 5_000 });
  });

  it('list the same conversations, and share drafts by conversation', async () => {
    const [left, right] = [openWindow(), openWindow()];
    const mine = left.store.create();
    mine.log.append(user('a', null));
    left.store.saveDraft(mine.log.session.id, { text: 'half', attachments: [] });
    await left.close();
    expect(await right.store.list('')).toMatchObject([{ id: mine.log.session.id }]);
    expect(await right.store.readDraft(mine.log.session.id)).toMatchObject({ text: 'half' });
  });
});

describe('a conversation that cannot be written', () => {
  it('is kept when nobody looks at it, and written when it can be', async () => {
    let isFull = true;
    const problems: (string | undefined)[] = [];
    const store = createSessionStore({
      folder, clock: { ...systemClock, after: (ms, callback) => systemClock.after(Math.min(ms, 20), callback) }, log: silent, createId: () => crypto.randomUUID(), onProblem: (problem) => problems.push(problem?.message),
      openFile: async (places, worth) => {
        if (isFull) throw new Error('ENOSPC');
        return await openSessionFile(places, worth);
      },
    });
    const stored = store.create();
    stored.log.append(user('a', null));
    await stored.log.flush();
    expect(problems.at(-1)).toBe('ENOSPC');
    await store.release(stored.log.session.id);
    expect(await store.open(stored.log.session.id)).toBe(stored);
    isFull = false;
    await vi.waitFor(() => expect(problems.at(-1)).toBeUndefined(), { timeout: 3_000 });
    await store.release(stored.log.session.id);
    const reread = await store.open(stored.log.session.id);
    expect(reread).not.toBe(stored);
    expect(reread?.log.session.path).toEqual(['a']);
    await store.close();
  });
});
