import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatLine, type ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { largeBody, largeSession } from '../../../helpers/largeSession.ts';
import { createLiveMarks } from '../../../../src/host/chat/liveMarks.ts';
import { createSessionStore, type SessionStore } from '../../../../src/host/chat/sessionStore.ts';
import { systemClock } from '../../../../src/host/systemClock.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
let folder = '';
let setAside: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runapi-store-'));
  await mkdir(join(folder, 'sessions'));
  setAside = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function openStore(): SessionStore {
  return createSessionStore({ folder, clock: systemClock, log: silent, createId: () => crypto.randomUUID(), onProblem: () => undefined, onSetAside: (_name, reason) => setAside.push(reason) });
}

const header = (version = 1): string => formatLine({ type: 'session', version, id: 's', at: 1 }, 'w');
const user = (id: string, parent: string | null, body: string, at = 1): ChatEvent => ({ type: 'message', id, parent, at, role: 'user', body });

async function put(id: string, content: string, ageMs = 3_600_000): Promise<string> {
  const path = join(folder, 'sessions', `${id}.jsonl`);
  await writeFile(path, content);
  const date = new Date(Date.now() - ageMs);
  await utimes(path, date, date);
  return path;
}

async function files(): Promise<readonly string[]> {
  return (await readdir(join(folder, 'sessions'))).map((name) => name.replace(/\d{5,}/, 'TIME')).sort();
}

describe('stored conversations', () => {
  it('come back as they were, texts when they are asked for', async () => {
    const first = openStore();
    const { log } = first.create();
    log.append(user('u', null, 'question ✓ "quoted"\nsecond line'));
    log.append({ type: 'context', id: 'u', chip: 'c', name: 'a.ts', uris: ['file:///a.ts'], body: 'x'.repeat(5_000) });
    log.append({ type: 'answer', id: 'a', parent: 'u', at: 2 });
    for (const body of ['an', 'swer', ' é'.repeat(2_000)]) {
      log.append({ type: 'delta', id: 'a', part: 'text', body });
      await log.flush();
    }
    log.append({ type: 'end', id: 'a', at: 3, status: 'done' });
    log.append({ type: 'title', title: 'A title', byUser: false });
    await first.close();

    const second = openStore();
    const stored = await second.open(log.session.id);
    expect(stored?.log.session.body('u')).toBeUndefined();
    await stored?.log.load(['u', 'a']);
    expect(stored?.log.session.body('u')).toEqual(log.session.body('u'));
    expect(stored?.log.session.body('a')).toEqual(log.session.body('a'));
    expect(stored?.log.session.path).toEqual(['u', 'a']);
    expect(await second.list('')).toMatchObject([{ id: log.session.id, title: 'A title', messageCount: 2 }]);
    await second.close();
  });

  it('make no file before the first message', async () => {
    const store = openStore();
    store.create();
    await store.close();
    expect(await files()).toEqual([]);
    expect(await store.list('')).toEqual([]);
  });

  it('are listed newest first, with the first words until there is a title', async () => {
    await put('old', header() + formatLine(user('u', null, '  What is this?\nmore', 10), 'w'));
    await put('new', header() + formatLine(user('u', null, 'x'.repeat(100), 20), 'w'));
    expect(await openStore().list('')).toMatchObject([{ id: 'new', title: `${'x'.repeat(59)}…` }, { id: 'old', title: 'What is this?' }]);
  });

  it('are found by title first, then by what was said', async () => {
    await put('one', header() + formatLine(user('u', null, 'about Retry-After "now"', 10), 'w') + formatLine({ type: 'title', title: 'Other', byUser: false }, 'w'));
    await put('two', header() + formatLine(user('u', null, 'nothing', 5), 'w') + formatLine({ type: 'title', title: 'Retry-After', byUser: false }, 'w'));
    const store = openStore();
    expect((await store.list('retry-after')).map(({ id }) => id)).toEqual(['two', 'one']);
    expect((await store.list('"now"')).map(({ id }) => id)).toEqual(['one']);
    expect(await store.list('role')).toEqual([]);
  });

  it('are found by words that two pieces of a stream share, and not by those of two messages', async () => {
    const answer = (id: string, ...pieces: readonly string[]): string => formatLine({ type: 'answer', id, parent: 'u', at: 2 }, 'w') + pieces.map((body) => formatLine({ type: 'delta', id, part: 'text', body }, 'w')).join('');
    await put('one', header() + formatLine(user('u', null, 'q'), 'w') + answer('a', 'the archi', 'tec', 'ture "of\nit"') + answer('b', 'more'));
    const store = openStore();
    for (const query of ['Architecture', 'archi', 'ture "of', '"of\nit']) expect((await store.list(query)).map(({ id }) => id)).toEqual(['one']);
    for (const query of ['itmore', 'it"more', 'delta', 'body', 'text']) expect(await store.list(query)).toEqual([]);
  });

  it('are found in files of any size', { timeout: 60_000 }, async () => {
    const filler = formatLine({ type: 'delta', id: 'a', part: 'text', body: 'x'.repeat(1_000_000) }, 'w');
    await put('large', header() + formatLine(user('u', null, 'q'), 'w') + formatLine({ type: 'answer', id: 'a', parent: 'u', at: 2 }, 'w') + filler.repeat(40) + formatLine({ type: 'delta', id: 'a', part: 'text', body: 'the needle' }, 'w'));
    const store = openStore();
    expect((await store.list('xneedle'))).toEqual([]);
    expect((await store.list('needle')).map(({ id }) => id)).toEqual(['large']);
  });

  it('are looked for by the last search only', async () => {
    await put('one', header() + formatLine(user('u', null, 'needle'), 'w') + formatLine({ type: 'title', title: 'Other', byUser: false }, 'w'));
    const store = openStore();
    const [first, second] = await Promise.all([store.list('needl'), store.list('needle')]);
    expect([first.length, second.length]).toEqual([0, 1]);
  });

  it('go to the trash and come back', async () => {
    const store = openStore();
    const { log } = store.create();
    log.append(user('u', null, 'question'));
    await log.flush();
    await store.remove(log.session.id);
    expect(await store.list('')).toEqual([]);
    expect(await store.open(log.session.id)).toBeUndefined();
    await store.restore(log.session.id);
    expect((await store.open(log.session.id))?.log.session.path).toEqual(['u']);
    await store.close();
  });

  it('leave the trash for good after a month, and not before', async () => {
    await mkdir(join(folder, 'trash'));
    await writeFile(join(folder, 'trash', 'young.jsonl'), header());
    const store = createSessionStore({ folder, clock: { ...systemClock, date: () => Date.now() + 29 * 86_400_000 }, log: silent, createId: () => 'x', onProblem: () => undefined });
    await store.list('');
    expect(await readdir(join(folder, 'trash'))).toEqual(['young.jsonl']);
    const later = createSessionStore({ folder, clock: { ...systemClock, date: () => Date.now() + 31 * 86_400_000 }, log: silent, createId: () => 'x', onProblem: () => undefined });
    await later.list('');
    expect(await readdir(join(folder, 'trash'))).toEqual([]);
  });

  it('are not looked for outside the folder', async () => {
    await writeFile(join(folder, 'secret.jsonl'), header());
    expect(await openStore().open('../secret')).toBeUndefined();
    expect(setAside).toEqual([]);
  });
});

describe('a file that cannot be read', () => {
  const check = (name: string, content: string, reason: string): void => it(`${name} is set aside, whole, and the others are listed`, async () => {
    await put('bad', content);
    await put('good', header() + formatLine(user('u', null, 'fine'), 'w'));
    expect((await openStore().list('')).map(({ id }) => id)).toEqual(['good']);
    expect(await files()).toEqual(['bad.jsonl.corrupt-TIME', 'good.jsonl']);
    expect(setAside).toEqual([reason]);
    const [kept = ''] = (await readdir(join(folder, 'sessions'))).filter((file) => file.startsWith('bad'));
    expect(await readFile(join(folder, 'sessions', kept), 'utf8')).toBe(content);
  });

  check('that is empty', '', 'empty');
  check('of garbage', 'garbage\nmore garbage\n', 'corrupt');
  check('of bytes', '\u0000\u0001\uFFFD'.repeat(500), 'empty');
  check('without a header', formatLine(user('u', null, 'x'), 'w'), 'corrupt');
  check('of a newer version', header(2) + '{"type":"hologram","id":"x"}\n', 'newer-version');
  check('with a poisoned header', '{"__proto__":{"type":"session","version":1},"id":"s","at":1}\n', 'corrupt');

  it('is set aside when it is opened, too', async () => {
    await put('bad', 'garbage\n');
    expect(await openStore().open('bad')).toBeUndefined();
    expect(await files()).toEqual(['bad.jsonl.corrupt-TIME']);
  });

  it('but was made a moment ago by another window is left alone', async () => {
    await put('young', '', 1_000);
    expect(await openStore().list('')).toEqual([]);
    expect(await files()).toEqual(['young.jsonl']);
  });

  it('comes back when a version that reads it finds it', async () => {
    await writeFile(join(folder, 'sessions', 'later.jsonl.corrupt-1700000000000'), header() + formatLine(user('u', null, 'was newer'), 'w'));
    expect(await openStore().list('')).toMatchObject([{ id: 'later', title: 'was newer' }]);
  });

  it('in parts only costs those lines', async () => {
    const lines = [formatLine(user('one', null, 'one'), 'w'), '{"type":"message","id":"torn","par\n', '{"type":"hologram"}\n', '\n', formatLine(user('two', 'one', 'two'), 'w'), '{"type":"message","id":"la'];
    await put('torn', header() + lines.join(''));
    const stored = await openStore().open('torn');
    expect(stored?.log.session.path).toEqual(['one', 'two']);
    await stored?.log.load(['one', 'two']);
    expect(stored?.log.session.body('two')?.text).toBe('two');
  });
});

describe('a file that cannot be read now', () => {
  const one = header() + formatLine(user('u', null, 'the first'), 'w');

  it('does not keep the others from being listed and found: a folder of such a name', async () => {
    await put('good', one);
    await mkdir(join(folder, 'sessions', 'folder.jsonl'));
    await mkdir(join(folder, 'sessions', 'other.jsonl.corrupt-1'));
    await put('back.jsonl.corrupt-2', one).then((path) => rename(path, join(folder, 'sessions', 'back.jsonl.corrupt-2')));
    const store = openStore();
    expect((await store.list('')).map(({ id }) => id).sort()).toEqual(['back', 'good']);
    expect((await store.list('the first')).map(({ id }) => id).sort()).toEqual(['back', 'good']);
    expect(await store.open('folder')).toBeUndefined();
    expect(setAside).toEqual([]);
  });

  // The memory of the process as a file: it can be opened and never be read from its beginning, also by root.
  it.skipIf(process.platform !== 'linux')('is listed as it was last read, when it was', async () => {
    await put('good', one);
    const path = await put('held', one);
    await openStore().list('');
    await rm(path);
    await symlink('/proc/self/mem', path);
    await symlink('/proc/self/mem', join(folder, 'sessions', 'unknown.jsonl'));
    const store = openStore();
    expect((await store.list('')).map(({ id }) => id).sort()).toEqual(['good', 'held']);
    expect((await store.list('the first')).map(({ id }) => id).sort()).toEqual(['good', 'held']);
    expect(setAside).toEqual([]);
    await rm(path);
    await put('held', header() + formatLine(user('u', null, 'readable again'), 'w'));
    expect((await store.list('readable')).map(({ id }) => id)).toEqual(['held']);
  });
});

describe('a file of version 1, as it was first written', () => {
  // Frozen: sessions of older versions open for ever (P11). Add a block for a new version, never change this one.
  const lines = [
    '{"type":"session","version":1,"id":"s","at":1764072000000,"workspace":"file:///work/app","writer":"0a1b2c3d"}',
    '{"type":"message","id":"u1","parent":null,"at":1764072000100,"role":"user","task":"explain","reason":"you typed /explain","chips":[{"id":"file:file:///work/app/a.ts","kind":"file","label":"a.ts","detail":"src","tokens":12}],"writer":"0a1b2c3d","body":"/explain this"}',
    '{"type":"context","id":"u1","chip":"file:file:///work/app/a.ts","name":"src/a.ts","uris":["file:///work/app/src/a.ts"],"writer":"0a1b2c3d","body":"<piece-1 path=\\"src/a.ts\\">\\nconst a = 1;\\n</piece-1>"}',
    '{"type":"answer","id":"a1","parent":"u1","at":1764072000200,"writer":"0a1b2c3d"}',
    '{"type":"route","id":"a1","route":{"task":"explain","model":"claude-sonnet-4.6","protocol":"messages","maxTokens":4000,"reason":"you typed /explain"},"writer":"0a1b2c3d"}',
    '{"type":"delta","id":"a1","part":"thinking","writer":"0a1b2c3d","body":"Short."}',
    '{"type":"delta","id":"a1","part":"text","writer":"0a1b2c3d","body":"It is a "}',
    '{"type":"delta","id":"a1","part":"text","writer":"0a1b2c3d","body":"constant."}',
    '{"type":"receipt","id":"a1","receipt":{"usage":{"inputTokens":900,"outputTokens":20,"cacheReadTokens":0,"cacheWriteTokens":0},"priceUsd":0.0015,"priceIsEstimate":true,"durationMs":1800,"firstTokenMs":700,"finish":"stop"},"writer":"0a1b2c3d"}',
    '{"type":"end","id":"a1","at":1764072002000,"status":"done","thinkingMs":400,"writer":"0a1b2c3d"}',
    '{"type":"title","title":"A constant","byUser":false,"writer":"0a1b2c3d"}',
    '{"type":"compacted","id":"c1","parent":"a1","at":1764072003000,"messages":2,"tokensBefore":920,"tokensAfter":30,"writer":"0a1b2c3d","body":"They asked about a.ts."}',
    '{"type":"compaction-undone","id":"c1","writer":"0a1b2c3d"}',
    '{"type":"answer","id":"a2","parent":"u1","at":1764072004000,"writer":"4e5f6a7b"}',
    '{"type":"end","id":"a2","at":1764072004100,"status":"failed","error":{"title":"The model is overloaded.","text":"Try later.","action":{"id":"retry","label":"Retry"}},"writer":"4e5f6a7b"}',
    '{"type":"selected","parent":"u1","child":"a1","writer":"4e5f6a7b"}',
  ];

  it('opens with all that is in it', async () => {
    await put('s', `${lines.join('\n')}\n`);
    const stored = await openStore().open('s');
    const session = stored?.log.session;
    await stored?.log.load(session?.ids() ?? []);
    expect(session?.path).toEqual(['u1', 'a1', 'c1']);
    expect(session).toMatchObject({ title: 'A constant', priceUsd: 0.0015, createdAt: 1764072000000 });
    expect(session?.body('u1')).toMatchObject({ text: '/explain this', context: [{ name: 'src/a.ts', uris: ['file:///work/app/src/a.ts'], text: '<piece-1 path="src/a.ts">\nconst a = 1;\n</piece-1>' }] });
    expect(session?.body('a1')).toMatchObject({ text: 'It is a constant.', thinking: 'Short.' });
    expect(session?.head('a1')).toMatchObject({ status: 'done', thinkingMs: 400, route: { model: 'claude-sonnet-4.6' }, receipt: { firstTokenMs: 700 } });
    expect(session?.head('a2')).toMatchObject({ status: 'failed', error: { action: { id: 'retry' } } });
    expect(session?.head('c1')?.compaction).toMatchObject({ messages: 2, undone: true });
  });
});

describe('the index', () => {
  it('is made again when it is lost or broken', async () => {
    await put('one', header() + formatLine(user('u', null, 'fine'), 'w'));
    for (const content of ['', 'garbage', '{"version":9}', '{"version":1,"entries":{"one.jsonl":{"summary":"x"}}}']) {
      await writeFile(join(folder, 'index.json'), content);
      expect(await openStore().list('')).toMatchObject([{ id: 'one', title: 'fine' }]);
    }
  });

  it('does not believe itself about a file that has changed', async () => {
    const path = await put('one', header() + formatLine(user('u', null, 'fine'), 'w'));
    await openStore().list('');
    await writeFile(path, header() + formatLine(user('u', null, 'changed'), 'w'));
    expect(await openStore().list('')).toMatchObject([{ title: 'changed' }]);
  });
});

describe('10,000 messages in 50 MB', () => {
  it('open with no text but those of the window that is drawn first', { timeout: 60_000 }, async () => {
    const path = await put('large', largeSession());
    expect((await stat(path)).size).toBeGreaterThan(50_000_000);
    const stored = await openStore().open('large');
    const ids = stored?.log.session.path ?? [];
    const textsOf = (some: readonly string[]): readonly (string | undefined)[] => some.map((id) => stored?.log.session.body(id)?.text);
    expect([ids.length, textsOf(ids).filter((text) => text !== undefined).length]).toEqual([10_000, 0]);
    const window = ids.slice(-40);
    await stored?.log.load(window);
    expect(textsOf(window).filter((text) => text === largeBody)).toHaveLength(20);
    expect(textsOf(ids.slice(0, -40)).filter((text) => text !== undefined)).toEqual([]);
  });
});

describe('live marks', () => {
  it('of this window or of a window that is gone do not count', async () => {
    const marks = createLiveMarks(folder, systemClock);
    const unmark = marks.mark('mine');
    await mkdir(join(folder, 'live'), { recursive: true });
    await writeFile(join(folder, 'live', 'dead'), '999999999');
    await writeFile(join(folder, 'live', 'odd'), 'x');
    expect(await Promise.all(['mine', 'dead', 'odd', 'none'].map((id) => marks.isLiveElsewhere(id)))).toEqual([false, false, false, false]);
    await unmark();
  });

  it('of another window count while it touches them', async () => {
    const marks = createLiveMarks(folder, systemClock);
    await mkdir(join(folder, 'live'), { recursive: true });
    await writeFile(join(folder, 'live', 's'), String(process.ppid));
    expect(await marks.isLiveElsewhere('s')).toBe(true);
    const old = new Date(Date.now() - 60_000);
    await utimes(join(folder, 'live', 's'), old, old);
    expect(await marks.isLiveElsewhere('s')).toBe(false);
  });
});
