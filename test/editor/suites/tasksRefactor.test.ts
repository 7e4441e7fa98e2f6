import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { accept, answerTask, asked, bodyOf, notification, onDisk, reviewOpen, searchReplace, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const plan = { text: '- src/money.ts: give percent a clearer name\n- src/tariff.ts: use the new name\nRisk: callers outside of the project.\n' };
const rename = searchReplace('src/money.ts', '/** Half a cent rounds up. */', '/** Half a cent rounds up, away from zero. */');

export const suite: EditorSuite = {
  name: 'Tasks, refactor',
  timeoutMs: 60_000,
  tests: tidy({
    'goes from words over a plan to a diff, and changes the file only when accepted': async (editor) => {
      answerTask(editor, 'refactor', plan);
      answerTask(editor, 'refactor', { text: `Clearer.\n\n${rename}` });
      const before = await onDisk(editor, 'src/money.ts');
      await askTo(editor, 'Say how percent rounds');
      assert.deepEqual(await planSteps(editor), ['src/money.ts: give percent a clearer name', 'src/tariff.ts: use the new name']);
      assert.match(await editor.driver.quickInput.question(), /Untick, reword or type steps/);
      await editor.driver.press('Enter');
      await reviewOpen(editor);
      assert.equal(await onDisk(editor, 'src/money.ts'), before);
      await accept(editor);
      await waitFor('the file', async () => (await onDisk(editor, 'src/money.ts')).includes('away from zero'));
      assert.deepEqual(asked(editor).map(({ body }) => (body as { readonly model: string }).model), ['claude-opus-4.8', 'claude-opus-4.8']);
    },

    'shows what the code smells of and what the language service does exactly': async (editor) => {
      await editor.driver.openFile('src/tariff.ts', { line: 18, column: 20 });
      await start(editor);
      const labels = await waitFor('the offers of the language service', async () => {
        const shown = await editor.driver.quickInput.labels();
        return shown.length > 4 ? shown : undefined;
      }, 20_000);
      assert.ok(labels.some((label) => /^Split quote into smaller functions$/.test(label)), labels.join());
      assert.ok(labels.some((label) => /Flatten/.test(label)), labels.join());
      assert.equal(asked(editor).length, 0);
      await editor.driver.quickInput.close();
    },

    'a step that was unticked is not asked for': async (editor) => {
      answerTask(editor, 'refactor', plan);
      answerTask(editor, 'refactor', { text: rename });
      await askTo(editor, 'Say how percent rounds');
      await planSteps(editor);
      await editor.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'use the new name' }).locator('.monaco-custom-toggle, input[type=checkbox]').first().click();
      await editor.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
      await waitFor('the second request', () => asked(editor).length === 2);
      const body = bodyOf(asked(editor)[1]);
      assert.match(body, /give percent a clearer name/);
      assert.doesNotMatch(body, /use the new name/);
      // Else it opens in the middle of the next test.
      await reviewOpen(editor);
    },

    'Escape in the plan ends it: nothing more is asked, nothing changes': async (editor) => {
      answerTask(editor, 'refactor', plan);
      const before = await onDisk(editor, 'src/money.ts');
      await askTo(editor, 'Say how percent rounds');
      await planSteps(editor);
      await editor.driver.press('Escape');
      await editor.gateway.idle();
      assert.equal(asked(editor).length, 1);
      assert.equal(await onDisk(editor, 'src/money.ts'), before);
    },

    'a plan that was cut off by the server says so and changes nothing': async (editor) => {
      editor.gateway.fault({ name: 'cut-rst', afterDeltas: 2 });
      answerTask(editor, 'refactor', plan);
      await askTo(editor, 'Say how percent rounds');
      await notification(editor, /cut off|connection failed/i);
    },
  }),
};

async function start({ host }: Editor): Promise<void> {
  await host.evaluate((vscode) => void vscode.commands.executeCommand('runapi.refactorCode'));
}

async function askTo(editor: Editor, instruction: string): Promise<void> {
  await editor.driver.openFile('src/money.ts', { line: 17, column: 20 });
  await editor.driver.runCommand('RunAPI: Refactor…');
  await waitFor('the question', async () => /What should change/.test(await editor.driver.quickInput.question()), 15_000);
  await editor.driver.quickInput.submit(instruction);
}

async function planSteps(editor: Editor): Promise<readonly string[]> {
  await waitFor('the whole plan', async () => /Untick/.test(await editor.driver.quickInput.question()), 20_000);
  return editor.driver.quickInput.labels();
}
