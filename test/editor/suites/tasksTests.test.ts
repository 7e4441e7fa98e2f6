// Generated tests that really run: in a terminal, after approval, with one repair round and an honest end.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { accept, answerTask, asked, bodyOf, newFile, notification, onDisk, putOnDisk, reviewOpen, searchReplace, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const source = 'export function half(count) {\n  return Math.round(count / 2);\n}\n';
const testOf = (expected: number): string => `import assert from 'node:assert/strict';\nimport { it } from 'node:test';\nimport { half } from '../src/half.js';\n\nit('halves an even count', () => assert.equal(half(4), 2));\nit('rounds an odd count up', () => assert.equal(half(3), ${String(expected)}));`;
const wrongLine = "it('rounds an odd count up', () => assert.equal(half(3), 1));";

export const suite: EditorSuite = {
  name: 'Tasks, tests',
  // The terminal draws into the DOM, where its text can be read.
  options: { settings: { 'terminal.integrated.defaultProfile.linux': 'bash', 'terminal.integrated.gpuAcceleration': 'off' } },
  timeoutMs: 90_000,
  tests: tidy({
    'one that passes is run after approval, with the very command that is shown, and says so': async (editor) => {
      await writeTest(editor, 2);
      assert.match(await notification(editor, /Run the tests\?/), /node --test test\/half\.test\.js/);
      assert.equal(await terminals(editor), 0, 'nothing runs before the approval');
      await editor.driver.answerNotification('Run the tests?', 'Run');
      await notification(editor, /^2 tests pass\.$/);
      assert.equal(await terminals(editor), 1);
      await waitFor('the end in the terminal', async () => /pass 2[\s\S]*Exit code 0/.test(await terminalText(editor)));
      // Only the rows in view are drawn, and the run is longer than they are.
      await start(editor, 'workbench.action.terminal.scrollToTop');
      await waitFor('the command in the terminal', async () => /> node --test test\/half\.test\.js/.test(await terminalText(editor)));
    },

    'one that fails is repaired once with what the run printed, runs again and passes': async (editor) => {
      await writeTest(editor, 1);
      await notification(editor, /Run the tests\?/);
      await editor.driver.answerNotification('Run the tests?', 'Run');
      assert.match(await notification(editor, /1 test fails/), /1 test fails\. Passed: 1\./);
      answerTask(editor, 'generate tests', { text: searchReplace('test/half.test.js', wrongLine, wrongLine.replace('half(3), 1', 'half(3), 2')) });
      await repair(editor);
      await reviewOpen(editor);
      const body = bodyOf(asked(editor)[1]);
      assert.match(body, /Your tests were written and run\. The run failed:/);
      assert.match(body, /kind=\\"output\\"[\s\S]*rounds an odd count up/);
      // oxlint-disable-next-line no-control-regex -- what must not be there
      assert.doesNotMatch(body, /\\u001b|\u001b/);
      await accept(editor);
      await notification(editor, /^2 tests pass\.$/);
      assert.match(await onDisk(editor, 'test/half.test.js'), /half\(3\), 2/);
    },

    'one that still fails after the repair says so, and no second round is offered': async (editor) => {
      await writeTest(editor, 1);
      await notification(editor, /Run the tests\?/);
      await editor.driver.answerNotification('Run the tests?', 'Run');
      await notification(editor, /1 test fails/);
      answerTask(editor, 'generate tests', { text: searchReplace('test/half.test.js', wrongLine, wrongLine.replace('half(3), 1', 'half(3), 7')) });
      await repair(editor);
      await accept(editor);
      assert.match(await notification(editor, /Still failing after the repair/), /1 test fails\. Passed: 1\. The terminal has the details\./);
      const shown = (await editor.driver.notifications()).find(({ text }) => /Still failing/.test(text));
      assert.deepEqual(shown?.buttons, []);
      assert.equal(asked(editor).length, 2);
    },

    'an answer in prose to a failed run is shown as what it is: the code is wrong, not the test': async (editor) => {
      await writeTest(editor, 1);
      await notification(editor, /Run the tests\?/);
      await editor.driver.answerNotification('Run the tests?', 'Run');
      await notification(editor, /1 test fails/);
      answerTask(editor, 'generate tests', { text: 'The test is right: half of 3 has to be rounded down.' });
      await repair(editor);
      await notification(editor, /No change: The test is right/);
      assert.match(await onDisk(editor, 'test/half.test.js'), /half\(3\), 1/);
    },

    'a file of tests that is there is extended, with what it has kept': async (editor) => {
      await prepare(editor);
      await putOnDisk(editor, 'test/half.test.js', `${testOf(2)}\n`);
      answerTask(editor, 'generate tests', { text: searchReplace('test/half.test.js', "it('halves an even count', () => assert.equal(half(4), 2));", "it('halves an even count', () => assert.equal(half(4), 2));\nit('halves nothing', () => assert.equal(half(0), 0));") });
      await editor.driver.openFile('src/half.js');
      await start(editor, 'runapi.generateTests');
      await reviewOpen(editor);
      assert.match(bodyOf(asked(editor)[0]), /Extend test\/half\.test\.js, which is given: keep its tests/);
      await accept(editor);
      await waitFor('the third test', async () => /halves an even[\s\S]*halves nothing[\s\S]*rounds an odd/.test(await onDisk(editor, 'test/half.test.js')));
      await notification(editor, /Run the tests\?/);
      await editor.driver.answerNotification('Run the tests?', 'Run');
      await notification(editor, /^3 tests pass\.$/);
    },

    'a runner that is not installed is an honest failure, and fetches nothing': async (editor) => {
      await prepare(editor);
      await putOnDisk(editor, 'package.json', '{ "name": "desk", "type": "module", "devDependencies": { "vitest": "^3" } }\n');
      answerTask(editor, 'generate tests', { text: newFile('test/half.test.js', testOf(2)) });
      await editor.driver.openFile('src/half.js');
      await start(editor, 'runapi.generateTests');
      await accept(editor);
      assert.match(await notification(editor, /Run the tests\?/), /npx --no -- vitest run test\/half\.test\.js/);
      await editor.driver.answerNotification('Run the tests?', 'Run');
      await notification(editor, /The test run failed\.|could not be run/);
    },

    'a run that is stopped in its terminal says nothing of passing': async (editor) => {
      await prepare(editor);
      answerTask(editor, 'generate tests', { text: newFile('test/half.test.js', `import { it } from 'node:test';\nit('never ends', () => new Promise(() => setInterval(() => undefined, 1000)));`) });
      await editor.driver.openFile('src/half.js');
      await start(editor, 'runapi.generateTests');
      await accept(editor);
      await notification(editor, /Run the tests\?/);
      await editor.driver.answerNotification('Run the tests?', 'Run');
      await waitFor('the run', async () => (await editor.driver.statusItems()).some((text) => text.includes('Running tests')));
      await start(editor, 'runapi.cancelTask');
      await waitFor('its end', async () => !(await editor.driver.statusItems()).some((text) => text.includes('Running tests')));
      await waitFor('the word in the terminal', async () => /Stopped\./.test(await terminalText(editor)));
      assert.equal((await editor.driver.notifications()).some(({ text }) => /pass|fail/.test(text)), false);
    },
  }),
};

/** Its button says what the round will cost. */
async function repair(editor: Editor): Promise<void> {
  const shown = await waitFor('the offer', async () => (await editor.driver.notifications()).find(({ text }) => text.includes('1 test fails')));
  assert.match(shown.buttons.join(), /^Repair and run again \(about \$0\.\d+\)$/);
  await editor.driver.answerNotification('1 test fails', shown.buttons.join());
}

async function prepare(editor: Editor): Promise<void> {
  await editor.host.evaluate((vscode) => { for (const terminal of vscode.window.terminals) terminal.dispose(); });
  await mkdir(join(editor.folder, 'test'), { recursive: true });
  await putOnDisk(editor, 'src/half.js', source);
}

async function writeTest(editor: Editor, expected: number): Promise<void> {
  await prepare(editor);
  answerTask(editor, 'generate tests', { text: newFile('test/half.test.js', testOf(expected)) });
  await editor.driver.openFile('src/half.js');
  await start(editor, 'runapi.generateTests');
  await accept(editor);
}

async function terminals({ host }: Editor): Promise<number> {
  return host.evaluate((vscode) => vscode.window.terminals.filter(({ name }) => name === 'RunAPI tests').length);
}

/** What the terminal shows: its rows are drawn in the DOM. */
async function terminalText({ page }: Editor): Promise<string> {
  return (await page.locator('.terminal-wrapper.active .xterm-rows > div, .xterm-rows > div').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
}
