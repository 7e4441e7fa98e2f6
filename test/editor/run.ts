// `npm run test:editor [-- --only TEXT] [--keep]`: runs test/editor/suites and test/editor/hostTests/suites in the real VS Code.
// The last line, alone, says "N passed, N failed".
import { parseArgs } from 'node:util';
import { mayHoldHostTests, readGroups } from './discover.ts';
import { createEditorHouse } from './editor.ts';
import { runGroup } from './runGroup.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, keep: { type: 'boolean', default: false } } });
const count = { passed: 0, failed: 0 };
const unsteady: string[] = [];
const failures: string[] = [];

process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const withHostTests = await mayHoldHostTests(values.only);
const groups = await readGroups(values.only, withHostTests);
if (groups.length > 0) {
  const house = await createEditorHouse({ keep: values.keep });
  if (values.keep) console.log(`Everything of this run stays in ${house.folder}`);
  const report = (name: string, failure: string | undefined): void => {
    count[failure === undefined ? 'passed' : 'failed'] += 1;
    if (failure !== undefined) failures.push(`✗ ${name}\n${failure}`);
  };
  for (const group of groups) await runGroup(house, group, { only: values.only, withHostTests, report, reportUnsteady: (name, why) => unsteady.push(`${name}\n${why}`) });
  await house.close();
}
if (count.passed + count.failed === 0) console.log(`No editor test matches "${values.only}".`);
// At the end, with the reason, because the end is what is read.
if (unsteady.length > 0) console.log(`\nPassed only at the second try:\n${unsteady.join('\n')}`);
if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
console.log(`${(performance.now() / 1000).toFixed(0)} s in all`);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed > 0 || count.passed === 0 ? 1 : 0);
