import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';

const quiet = { 'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' }, 'editor.suggestOnTriggerCharacters': false };

function sent({ gateway }: Editor): readonly string[] {
  return gateway.requests.filter((request) => request.method === 'POST').map((request) => JSON.stringify(request.body));
}

/** Types some lines as fast as a person and lets everything that follows happen. */
async function typeLines({ driver }: Editor, count = 3): Promise<void> {
  await driver.press('End');
  for (let line = 0; line < count; line++) {
    await driver.press('Enter');
    await driver.typeText(`const value${line} = `, 40);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

async function statusText(editor: Editor): Promise<string> {
  return editor.page.locator('[id="runapi.runapi-assistant.runapi.completion"]').getAttribute('aria-label').then((label) => label ?? '');
}

let wakings = 0;

/** A setting that changes ends what an earlier test has paused. */
async function wake({ driver }: Editor): Promise<void> {
  await driver.setSetting('runapi.completion.delayMs', 75 + (++wakings % 20));
}

export const suite: EditorSuite = {
  name: 'Completion stays quiet',
  options: { settings: quiet },
  timeoutMs: 60_000,
  tests: {
    'a rejected key is said once, and nothing more is sent': async (editor) => {
      editor.gateway.script(() => ({ error: { status: 401, message: 'invalid key' } }));
      await editor.driver.openFile('src/tariff.ts', { line: 1 });
      await typeLines(editor, 4);
      const notes = await waitFor('the message', async () => {
        const shown = await editor.driver.notifications();
        return shown.length > 0 ? shown : undefined;
      });
      assert.equal(notes.length, 1);
      assert.match(notes[0]?.text ?? '', /rejected the key/);
      assert.equal(sent(editor).length, 1);
      assert.match(await statusText(editor), /rejected the key/);
    },

    '402, 429, 529, a stall and a cut stream never open a message': async (editor) => {
      for (const fault of ['status-402', 'rate-limit-seconds', 'status-529', 'cut-rst', 'stall']) {
        await wake(editor);
        editor.gateway.reset();
        editor.gateway.fault({ name: fault, times: 50 });
        await editor.driver.openFile('src/tariff.ts', { line: 1 });
        await typeLines(editor, 2);
        assert.deepEqual(await editor.driver.notifications(), [], fault);
        assert.ok(sent(editor).length <= 4, `${fault}: ${sent(editor).length} requests`);
      }
    },

    'a secret file sends nothing': async (editor) => {
      await wake(editor);
      await writeFile(join(editor.folder, '.env'), 'TOKEN=canary-value-1234567890\n');
      await editor.driver.openFile('.env', { line: 1 });
      await typeLines(editor);
      assert.deepEqual(sent(editor), []);
    },

    'an ignored file sends nothing': async (editor) => {
      await wake(editor);
      await writeFile(join(editor.folder, '.gitignore'), 'private/\nnode_modules/\n');
      await editor.host.evaluate(async (vscode, path) => {
        const uri = vscode.Uri.file(path);
        await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('const canary = 1;\n'));
      }, join(editor.folder, 'private', 'a.ts'));
      await editor.driver.openFile('private/a.ts', { line: 1 });
      await typeLines(editor);
      assert.deepEqual(sent(editor).filter((body) => body.includes('canary')), []);
    },

    'plain text and the SCM input are not completed': async (editor) => {
      await wake(editor);
      await writeFile(join(editor.folder, 'notes.txt'), 'A list of things\n');
      await editor.driver.openFile('notes.txt', { line: 1 });
      await typeLines(editor, 2);
      await editor.host.evaluate((vscode) => vscode.commands.executeCommand('workbench.view.scm'));
      await editor.driver.typeText('Say what changed', 30);
      await new Promise((resolve) => setTimeout(resolve, 400));
      assert.deepEqual(sent(editor), []);
    },

    'a cell of a notebook is completed': async (editor) => {
      await wake(editor);
      editor.gateway.script(() => ({ text: '<insert>total(prices);</insert>' }));
      await editor.host.evaluate(async (vscode) => {
        const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'const sum =', 'javascript');
        const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
        await vscode.window.showNotebookDocument(notebook);
        await vscode.commands.executeCommand('notebook.cell.edit');
      });
      await waitFor('the cursor in the cell', () => editor.host.evaluate((vscode) => vscode.window.activeTextEditor?.document.uri.scheme === 'vscode-notebook-cell'));
      await editor.driver.press('End');
      await editor.driver.typeText(' ');
      await waitFor('ghost text', async () => /total/.test(await editor.driver.ghostText()));
    },

    'snoozed means asleep, and the status item says so': async (editor) => {
      await wake(editor);
      editor.gateway.script(() => ({ text: '<insert>1;</insert>' }));
      await editor.driver.runCommand('RunAPI: Snooze Inline Completion');
      await editor.page.locator('.quick-input-widget .monaco-list-row', { hasText: '5 minutes' }).first().click();
      await waitFor('the snooze', async () => /Snoozed/.test(await statusText(editor)));
      await editor.driver.openFile('src/tariff.ts', { line: 1 });
      await typeLines(editor, 2);
      assert.deepEqual(sent(editor), []);
      await wake(editor);
    },

    'a language is turned off from the menu': async (editor) => {
      await editor.driver.openFile('src/tariff.ts', { line: 1 });
      await editor.driver.runCommand('RunAPI: Inline Completion Menu');
      await editor.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Turn off for typescript' }).click();
      await waitFor('the setting', () => editor.host.evaluate((vscode) => vscode.workspace.getConfiguration('runapi.completion').get<Readonly<Record<string, boolean>>>('languages')?.['typescript'] === false));
    },
  },
};
