// After a refactoring the project's tests are run if the user says so, and what came of them is said as it is.
import assert from 'node:assert/strict';
import type { EditorSuite } from '../editorSuite.ts';
import { press, refactor } from '../refactorSteps.ts';
import { accept, answerTask, asked, bodyOf, notification, onDisk, searchReplace, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const good = '  return { cents: Math.round((of.cents * rate) / 100), currency: of.currency };';
const wrong = good.replace('/ 100', '/ 10');
const offered = /Run the tests of the project after this refactoring\?/;

export const suite: EditorSuite = {
  name: 'Tasks, refactor: tests',
  timeoutMs: 90_000,
  tests: tidy({
    'the project\'s own command is offered with what it comes to; failing tests get one repair round': async (editor) => {
      await refactor(editor, { text: searchReplace('src/money.ts', good, wrong) });
      await accept(editor);
      assert.match(await notification(editor, offered), /npm test \(node --test 'test\/\*\.test\.ts'\)/);
      answerTask(editor, 'refactor', { text: searchReplace('src/money.ts', wrong, good) });
      await press(editor, offered, /^Run$/);
      await notification(editor, /After the edit: \d+ tests? fails?\. .*not known/);
      await press(editor, /After the edit/, /^Repair \(about \$[\d.]+\)$/);
      await waitFor('the repair request', () => asked(editor).length === 3);
      assert.match(bodyOf(asked(editor)[2]), /tests of the project were run after them, and fail[\s\S]*percent/);
      await accept(editor);
      await waitFor('the repair', async () => (await onDisk(editor, 'src/money.ts')).includes(good));
      await press(editor, offered, /^Run$/);
      await waitFor('the tests to pass', async () => (await editor.driver.statusItems()).some((text) => /tests pass/.test(text)), 40_000);
    },

    'undo is one button away when the tests fail': async (editor) => {
      const before = await onDisk(editor, 'src/money.ts');
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
