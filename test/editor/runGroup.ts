// Runs the tests that share one start of the editor. An editor that cannot be put back, or in which a test hung, is replaced, so that one
// failure does not become the failure of all that follow.
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunnableTest, TestGroup } from './discover.ts';
import type { Editor, EditorHouse } from './editor.ts';
import type { EditorOptions } from './editorOptions.ts';
import { saveFailure } from './saveFailure.ts';

export interface GroupRun {
  readonly only: string;
  readonly withHostTests: boolean;
  /** With why it failed, if it did. */
  readonly report: (name: string, failure: string | undefined) => void;
  /** Passed, but only at the second try: said at the end, because its cause has to be found. */
  readonly reportUnsteady: (name: string, why: string) => void;
}

interface EditorSeat {
  /** An editor in its first state. */
  fresh(): Promise<Editor>;
  current(): Editor | undefined;
  /** Closes the editor; the next test gets a new one. */
  replace(): Promise<void>;
}

const resetTimeoutMs = 20_000;

export async function runGroup(house: EditorHouse, group: TestGroup, run: GroupRun): Promise<void> {
  const seat = createSeat(house, group.options);
  for (const test of group.tests) run.report(test.name, await runTwice(seat, test, run));
  if (group.isUsual && run.withHostTests) {
    const hostTests = await seat.fresh().then(readHostTests);
    for (const test of hostTests.filter(({ name }) => name.toLowerCase().includes(run.only.toLowerCase()))) run.report(test.name, await runTwice(seat, test, run));
  }
  await seat.replace();
}

/** A real editor on a busy machine: what fails is tried once more in a fresh one, so that a fault is told from a stumble. */
async function runTwice(seat: EditorSeat, test: RunnableTest, run: GroupRun): Promise<string | undefined> {
  const stumble = await runTest(seat, test);
  if (stumble === undefined) return undefined;
  await seat.replace();
  const failure = await runTest(seat, test);
  if (failure === undefined) run.reportUnsteady(test.name, stumble);
  return failure;
}

/** Why the test failed; undefined when it passed. */
async function runTest(seat: EditorSeat, test: RunnableTest): Promise<string | undefined> {
  const startMs = performance.now();
  try {
    const editor = await seat.fresh();
    await within(test.timeoutMs, test.run(editor));
    console.log(`✓ ${test.name} (${Math.round(performance.now() - startMs)} ms)`);
    return undefined;
  } catch (error) {
    const failure = describe(error);
    console.log(`✗ ${test.name}\n${failure}`);
    const editor = seat.current();
    if (editor !== undefined) for (const path of await saveFailure(editor, test.name)) console.log(`  ${path}`);
    if (error instanceof TimeoutError) await seat.replace();
    return failure;
  }
}

function createSeat(house: EditorHouse, options: EditorOptions): EditorSeat {
  let editor: Editor | undefined;
  const replace = async (): Promise<void> => {
    await editor?.close();
    editor = undefined;
  };
  return {
    fresh: async () => {
      if (editor !== undefined && (await succeeds(within(resetTimeoutMs, editor.reset())))) return editor;
      await replace();
      const startMs = performance.now();
      editor = await house.open(options);
      console.log(`\nEditor ${describeOptions(options)} (${((performance.now() - startMs) / 1000).toFixed(1)} s)`);
      return editor;
    },
    current: () => editor,
    replace,
  };
}

async function readHostTests({ host }: Editor): Promise<readonly RunnableTest[]> {
  return (await host.listTests()).map(({ suite, test }) => ({
    name: `${suite} (in the host): ${test}`,
    timeoutMs: 120_000,
    run: (editor) => editor.host.runTest(suite, test, { folder: editor.folder, gatewayUrl: editor.gateway.url }),
  }));
}

class TimeoutError extends Error {}

async function within(timeoutMs: number, work: Promise<void>): Promise<void> {
  const timer = new AbortController();
  const timeout = sleep(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new TimeoutError(`Took longer than ${timeoutMs} ms`);
  });
  await Promise.race([work, timeout]).finally(() => {
    timer.abort();
    timeout.catch(() => undefined);
  });
}

function succeeds(work: Promise<void>): Promise<boolean> {
  return work.then(() => true, () => false);
}

function describeOptions(options: EditorOptions): string {
  const parts = Object.entries(options).map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return parts.length === 0 ? 'as usual' : `with ${parts.join(', ')}`;
}

/** The message, and of the stack only the places in suites: the rest is this runner. */
function describe(error: unknown): string {
  const lines = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n');
  return lines.filter((line) => !line.startsWith('    at ') || line.includes('/suites/')).map((line) => `  ${line}`).join('\n');
}
