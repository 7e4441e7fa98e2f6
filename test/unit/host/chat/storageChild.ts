// A window of its own for the tests of storage: `stream FOLDER` writes an answer without end and prints what it has handed over,
// `append FOLDER ID NAME COUNT` adds messages to a session that another process writes too.
import { createSessionStore } from '../../../../src/host/chat/sessionStore.ts';
import { systemClock } from '../../../../src/host/systemClock.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const [mode = '', folder = '', id = '', name = '', count = '0'] = process.argv.slice(2);
const store = createSessionStore({ folder, clock: systemClock, log: silent, createId: () => crypto.randomUUID(), onProblem: () => undefined });

if (mode === 'stream') await stream();
else await append();

async function stream(): Promise<void> {
  const { log } = store.create();
  log.append({ type: 'message', id: 'u', parent: null, at: Date.now(), role: 'user', body: 'question' });
  log.append({ type: 'answer', id: 'a', parent: 'u', at: Date.now() });
  process.stdout.write(`id ${log.session.id}\n`);
  for (let index = 0; ; index++) {
    log.append({ type: 'delta', id: 'a', part: 'text', body: `${index} ` });
    process.stdout.write(`${Date.now()} ${index}\n`);
    await systemClock.sleep(2);
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
