// After a refactoring the project's tests are run if the user says so, and what came of them is said as it is.
import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { press, refactor } from '../refactorSteps.ts';
import { accept, answerTask, asked, bodyOf, notification, onDisk, putOnDisk, searchReplace, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const good = '  return { cents: Math.round((of.cents * rate) / 100), currency: of.currency };';
const wrong = good.replace('/ 100', '/ 10');
/** A test that any Node runs: the project's own ones need one that reads TypeScript. */
const check = "import assert from 'node:assert/strict';\nimport { readFileSync } from 'node:fs';\nimport { it } from 'node:test';\n\nit('percent divides by a hundred', () => assert.match(readFileSync('src/money.ts', 'utf8'), /rate\\) \\/ 100\\)/));\n";
const offered = /Run the tests of the project after this refactoring\?/;

export const suite: EditorSuite = {
  name: 'Tasks, refactor: tests',
  timeoutMs: 90_000,
  tests: tidy({
    'the project\'s own command is offered with what it comes to; failing tests get one repair round': async (editor) => {
      await useCheck(editor);
      await refactor(editor, { text: searchReplace('src/money.ts', good, wrong) });
      await accept(editor);
      assert.match(await notification(editor, offered), /npm test \(node --test check\.test\.mjs\)/);
      answerTask(editor, 'refactor', { text: searchReplace('src/money.ts', wrong, good) });
      await press(editor, offered, /^Run$/);
      await notification(editor, /After the edit: 1 test fails\. .*not known/);
      await press(editor, /After the edit/, /^Repair \(about \$[\d.]+\)$/);
      await waitFor('the repair request', () => asked(editor).length === 3);
      assert.match(bodyOf(asked(editor)[2]), /tests of the project were run after them, and fail[\s\S]*percent divides by a hundred/);
      await accept(editor);
      await waitFor('the repair', async () => (await onDisk(editor, 'src/money.ts')).includes(good));
      await press(editor, offered, /^Run$/);
      await waitFor('the tests to pass', async () => (await editor.driver.statusItems()).some((text) => /1 test passes/.test(text)), 40_000);
    },

    'undo is one button away when the tests fail': async (editor) => {
      const before = await onDisk(editor, 'src/money.ts');
      await useCheck(editor);
      await refactor(editor, { text: searchReplace('src/money.ts', good, wrong) });
      await accept(editor);
      await press(editor, offered, /^Run$/);
      await press(editor, /After the edit/, /^Undo$/);
      await waitFor('the file as it was', async () => (await onDisk(editor, 'src/money.ts')) === before);
    },

    'nothing is run before the user says so': async (editor) => {
      const terminals = (): Promise<number> => editor.host.evaluate((vscode) => vscode.window.terminals.length);
      const before = await terminals();
      await refactor(editor, { text: searchReplace('src/money.ts', '/** Half a cent rounds up. */', '/** Half a cent rounds up, away from zero. */') });
      await accept(editor);
      await notification(editor, offered);
      await start(editor, 'notifications.clearAll');
      assert.equal(await terminals(), before);
      assert.equal(asked(editor).length, 2);
    },
  }),
};

async function useCheck(editor: Editor): Promise<void> {
  await putOnDisk(editor, 'check.test.mjs', check);
  await putOnDisk(editor, 'package.json', JSON.stringify({ name: 'parcel-desk', private: true, type: 'module', scripts: { test: 'node --test check.test.mjs' } }));
}
