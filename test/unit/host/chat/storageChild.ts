// A window of its own for the tests of storage: `stream FOLDER COUNT` writes answers without end into so many conversations, each at a pace
// of its own, keeps a draft of each, and prints what it has handed over; `append FOLDER ID NAME COUNT` adds messages to a session that another process writes too.
import { createDraftFiles } from '../../../../src/host/chat/draftFiles.ts';
import { createLiveMarks } from '../../../../src/host/chat/liveMarks.ts';
import { createSessionStore } from '../../../../src/host/chat/sessionStore.ts';
import { systemClock } from '../../../../src/host/systemClock.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const [mode = '', folder = '', id = '', name = '', count = '0'] = process.argv.slice(2);
const drafts = createDraftFiles(folder, systemClock, createLiveMarks(folder, systemClock));
const store = createSessionStore({ folder, clock: systemClock, log: silent, createId: () => crypto.randomUUID(), onProblem: () => undefined });

if (mode === 'stream') await Promise.all(Array.from({ length: Number(id) }, (_, index) => stream(index)));
else await append();

async function stream(place: number): Promise<void> {
  const { log } = store.create();
  const session = log.session.id;
  log.append({ type: 'message', id: 'u', parent: null, at: Date.now(), role: 'user', body: 'question' });
  log.append({ type: 'answer', id: 'a', parent: 'u', at: Date.now() });
  process.stdout.write(`${session} ${Date.now()} -1\n`);
  for (let index = 0; ; index++) {
    log.append({ type: 'delta', id: 'a', part: 'text', body: `${index} ` });
    if (index % 7 === 0) log.append({ type: 'title', title: `title ${index}`, byUser: true });
    drafts.save(session, { text: `draft ${index} ${'x'.repeat(index % 500)}`, attachments: [] });
    process.stdout.write(`${session} ${Date.now()} ${index}\n`);
    await systemClock.sleep(2 + ((place * 7) % 40));
  }
}

async function append(): Promise<void> {
  const stored = await store.open(id);
  if (stored === undefined) throw new Error('the session is not there');
  for (let index = 0; index < Number(count); index++) {
    stored.log.append({ type: 'message', id: `${name}${index}`, parent: null, at: Date.now(), role: 'user', body: `${name} ${index} ${'x'.repeat(index * 20)}` });
    if (index % 5 === 0) await systemClock.sleep(1);
  }
  await store.close();
}
