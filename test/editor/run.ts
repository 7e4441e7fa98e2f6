// `npm run test:editor [-- --only TEXT] [--keep]`: runs test/editor/suites and test/editor/hostTests/suites in the real VS Code.
// The last line, alone, says "N passed, N failed".
import { parseArgs } from 'node:util';
import { createEditorHouse, type Editor, type EditorHouse } from './editor.ts';
import { mayHoldHostTests, readGroups, type RunnableTest, type TestGroup } from './discover.ts';
import { saveFailure } from './saveFailure.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, keep: { type: 'boolean', default: false } } });
const count = { passed: 0, failed: 0 };

process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const hostTests = await mayHoldHostTests(values.only);
const groups = await readGroups(values.only, hostTests);
if (groups.length > 0) await runAll(await createEditorHouse({ keep: values.keep }));
if (count.passed + count.failed === 0) console.log(`No editor test matches "${values.only}".`);
console.log(`${(performance.now() / 1000).toFixed(0)} s in all`);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0);

async function runAll(house: EditorHouse): Promise<void> {
  if (values.keep) console.log(`Everything of this run stays in ${house.folder}`);
  for (const group of groups) {
    await withEditor(house, group, async (editor) => {
      await runTests(editor, group.tests);
      if (group.isUsual && hostTests) await runTests(editor, await readHostTests(editor));
    });
  }
  await house.close();
}

async function withEditor(house: EditorHouse, group: TestGroup, work: (editor: Editor) => Promise<void>): Promise<void> {
  const startMs = performance.now();
  const label = Object.entries(group.options).map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(', ');
  try {
    const editor = await house.open(group.options);
    console.log(`\nEditor ${label === '' ? 'as usual' : `with ${label}`} (${((performance.now() - startMs) / 1000).toFixed(1)} s)`);
    await work(editor);
    await editor.close();
  } catch (error) {
    count.failed += Math.max(1, group.tests.length);
    console.log(`✗ the editor did not start: ${describe(error)}`);
  }
}

async function readHostTests(editor: Editor): Promise<readonly RunnableTest[]> {
  const tests = (await editor.host.listTests()).map(({ suite, test }): RunnableTest => ({
    name: `${suite} (in the host): ${test}`,
    timeoutMs: 120_000,
    run: ({ host, folder, gateway }) => host.runTest(suite, test, { folder, gatewayUrl: gateway.url }),
  }));
  return tests.filter(({ name }) => name.toLowerCase().includes(values.only.toLowerCase()));
}

async function runTests(editor: Editor, tests: readonly RunnableTest[]): Promise<void> {
  for (const test of tests) {
    const startMs = performance.now();
    try {
      await withTimeout(editor.reset().then(() => test.run(editor)), test.timeoutMs);
      count.passed += 1;
      console.log(`✓ ${test.name} (${Math.round(performance.now() - startMs)} ms)`);
    } catch (error) {
      count.failed += 1;
      console.log(`✗ ${test.name}\n${describe(error)}`);
      for (const path of await saveFailure(editor, test.name)) console.log(`  ${path}`);
    }
  }
}

async function withTimeout(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Took longer than ${timeoutMs} ms`)), timeoutMs);
  });
  await Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}

/** The message, and of the stack only the places in suites: the rest is this runner. */
function describe(error: unknown): string {
  const lines = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n');
  return lines.filter((line) => !line.startsWith('    at ') || line.includes('/suites/')).map((line) => `  ${line}`).join('\n');
}
