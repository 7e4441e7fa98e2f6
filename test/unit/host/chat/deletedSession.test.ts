import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { createSessionStore, type SessionStore } from '../../../../src/host/chat/sessionStore.ts';
import type { StoredSession } from '../../../../src/host/chat/storedSession.ts';
import { systemClock } from '../../../../src/host/systemClock.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let folder = '';
let setAside: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runapi-deleted-'));
  setAside = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const openWindow = (): SessionStore => createSessionStore({ folder, clock: systemClock, log: silent, createId: () => crypto.randomUUID(), onProblem: () => undefined, onSetAside: (name) => setAside.push(name) });
const user = (id: string, parent: string | null): ChatEvent => ({ type: 'message', id, parent, at: 1, role: 'user', body: `text of ${id}` });
const files = async (name: string): Promise<readonly string[]> => await readdir(join(folder, name)).catch(() => []);

/** A conversation with one message, open in two windows. */
async function openTwice(): Promise<{ readonly here: SessionStore; readonly there: SessionStore; readonly mine: StoredSession; readonly theirs: StoredSession; readonly id: string }> {
  const [here, there] = [openWindow(), openWindow()];
  const mine = here.create();
  mine.log.append(user('first', null));
  await mine.log.flush();
  const { id } = mine.log.session;
  const theirs = await there.open(id);
  if (theirs === undefined) throw new Error('the conversation cannot be opened');
  return { here, there, mine, theirs, id };
}

/** What a window that is opened now finds. */
async function readAgain(id: string): Promise<readonly (string | undefined)[] | undefined> {
  const store = openWindow();
  const listed = await store.list('');
  const stored = await store.open(id);
  await stored?.log.load(stored.log.session.path);
  await store.close();
  expect(setAside).toEqual([]);
  expect(listed.map((summary) => summary.id)).toEqual(stored === undefined ? [] : [id]);
  return stored?.log.session.path.map((message) => stored.log.session.body(message)?.text);
}

describe('a conversation that is deleted while another window has it open', () => {
  it.each([['before that window has written', false], ['after it has', true]])('comes back with the next message there, deleted %s', async (_name, hasWritten) => {
    const { here, there, theirs, id } = await openTwice();
    if (hasWritten) {
      theirs.log.append(user('second', 'first'));
      await theirs.log.flush();
    }
    await here.remove(id);
    expect(await readAgain(id)).toBeUndefined();
    theirs.log.append(user('third', theirs.log.session.path.at(-1) ?? null));
    await theirs.log.flush();
    expect(await readAgain(id)).toEqual(['text of first', ...(hasWritten ? ['text of second'] : []), 'text of third']);
    expect(await files('trash')).toEqual([]);
    await there.close();
  });

  it('loses nothing of an answer that streams there', async () => {
    const { here, there, theirs, id } = await openTwice();
    theirs.log.append({ type: 'answer', id: 'a', parent: 'first', at: 2 });
    theirs.log.append({ type: 'delta', id: 'a', part: 'text', body: 'one ' });
    await theirs.log.flush();
    await here.remove(id);
    theirs.log.append({ type: 'delta', id: 'a', part: 'text', body: 'two' });
    theirs.log.append({ type: 'end', id: 'a', at: 3, status: 'done' });
    await theirs.log.flush();
    expect(await readAgain(id)).toEqual(['text of first', 'one two']);
    await there.close();
  });

  it('is written anew from memory when the trash is empty, too', async () => {
    const { here, there, theirs, id } = await openTwice();
    await theirs.log.load(['first']);
    await here.remove(id);
    await rm(join(folder, 'trash'), { recursive: true });
    theirs.log.append(user('second', 'first'));
    theirs.log.append({ type: 'answer', id: 'a', parent: 'second', at: 2 });
    await theirs.log.flush();
    theirs.log.append({ type: 'delta', id: 'a', part: 'text', body: 'answer' });
    theirs.log.append({ type: 'end', id: 'a', at: 3, status: 'done' });
    await theirs.log.flush();
    expect(await readAgain(id)).toEqual(['text of first', 'text of second', 'answer']);
    await there.close();
  });

  it('stays deleted when all that comes is a remark, which follows it into the trash', async () => {
    const { here, there, theirs, id } = await openTwice();
    await here.remove(id);
    theirs.log.append({ type: 'title', title: 'A late title', byUser: false });
    await theirs.log.flush();
    expect(await readAgain(id)).toBeUndefined();
    await here.restore(id);
    expect((await here.open(id))?.log.session.title).toBe('A late title');
    await Promise.all([here.close(), there.close()]);
  });
});

describe('a conversation that this window deletes', () => {
  it.each<[string, ChatEvent]>([
    ['title', { type: 'title', title: 'A late title', byUser: false }],
    ['state of an edit', { type: 'edit', id: 'a', edit: { id: 'e', state: 'accepted', files: [] } }],
  ])('is not made again by the late %s', async (_name, event) => {
    const { here, mine, id } = await openTwice();
    mine.log.append({ type: 'answer', id: 'a', parent: 'first', at: 2 });
    await here.remove(id);
    mine.log.append(event);
    await mine.log.flush();
    expect(await files('sessions')).toEqual([]);
    expect(await readAgain(id)).toBeUndefined();
    await here.restore(id);
    expect(await readAgain(id)).toEqual(['text of first', '']);
  });

  it('is not made again by a remark when the trash is empty', async () => {
    const { here, mine, id } = await openTwice();
    await here.remove(id);
    await rm(join(folder, 'trash'), { recursive: true });
    mine.log.append({ type: 'title', title: 'A late title', byUser: false });
    await mine.log.flush();
    expect(await files('sessions')).toEqual([]);
  });
});

describe('a conversation that nobody looks at', () => {
  it('takes a late title', async () => {
    const { here, mine, id } = await openTwice();
    await here.release(id);
    mine.log.append({ type: 'title', title: 'A late title', byUser: false });
    await mine.log.flush();
    expect((await openWindow().open(id))?.log.session.title).toBe('A late title');
  });
});
