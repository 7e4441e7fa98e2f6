import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EditorSuite } from '../editorSuite.ts';
import { beginKey, endKey, keyLines } from '../../helpers/secretShapes.ts';
import { waitFor } from '../waitFor.ts';
import { asked, becomes, focused, ghost, openText, quietEditing, statusSays, statusText, typeLines, wake } from './completionSteps.ts';

export const suite: EditorSuite = {
  name: 'Completion stays quiet',
  options: { settings: quietEditing },
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
      assert.equal(asked(editor).length, 1);
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
        assert.ok(asked(editor).length <= 4, `${fault}: ${asked(editor).length} requests`);
      }
    },

    'a rate limit is waited out, the status item says until when, and then suggestions come again': async (editor) => {
      const { driver, gateway } = editor;
      await wake(editor);
      gateway.fault({ name: 'rate-limit-seconds', seconds: 6 });
      gateway.script(() => ({ text: '<insert>answer();</insert>' }));
      await openText(editor, 'const a = 1;█\n');
      await typeLines(editor, 2);
      await statusSays(editor, /limits the rate of requests\. Suggestions are paused until \d/);
      assert.equal(asked(editor).length, 1);
      // Nobody types: the item changes back by itself.
      await statusSays(editor, /RunAPI completion is on\.(?!.*paused)/s);
      await driver.press('Enter');
      await ghost(editor, /answer/);
    },

    'an overloaded model is left alone': async (editor) => {
      await wake(editor);
      editor.gateway.fault({ name: 'status-529', times: 50 });
      await openText(editor, 'const a = 1;█\n');
      const startedMs = performance.now();
      await typeLines(editor, 3);
      await statusSays(editor, /The model is overloaded\. Suggestions are paused until \d/);
      // The first pause is five seconds long, and a slow machine may take longer to type three lines.
      const most = 1 + Math.floor((performance.now() - startedMs) / 5_000);
      assert.ok(asked(editor).length <= most, `${asked(editor).length} requests, not ${most}`);
    },

    'a private key that begins above what is sent stays here': async (editor) => {
      await wake(editor);
      const key = keyLines(60);
      await openText(editor, `const k = \`${beginKey('RSA ')}\n${key}\n${endKey('RSA ')}\`;\nuse(k);█\n`);
      await typeLines(editor, 1);
      const sent = await waitFor('a request', () => asked(editor).at(-1));
      assert.ok(sent.includes('use(k);'));
      assert.deepEqual(key.split('\n').filter((line) => sent.includes(line)), []);
    },

    'a secret file sends nothing': async (editor) => {
      await wake(editor);
      await writeFile(join(editor.folder, '.env'), 'TOKEN=canary-value-1234567890\n');
      await editor.driver.openFile('.env', { line: 1 });
      await typeLines(editor);
      assert.deepEqual(asked(editor), []);
      assert.match(await statusText(editor), /This file may hold secrets: nothing of it is sent\./);
      await waitFor('the reason in the log', async () => (await editor.logs()).runapi.includes('completion disabled:secret-file'));
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
      assert.deepEqual(asked(editor).filter((body) => body.includes('canary')), []);
      assert.match(await statusText(editor), /This file is ignored: nothing of it is sent\./);
    },

    'plain text and the SCM input are not completed': async (editor) => {
      await wake(editor);
      await writeFile(join(editor.folder, 'notes.txt'), 'A list of things\n');
      await editor.driver.openFile('notes.txt', { line: 1 });
      await typeLines(editor, 2);
      await editor.host.evaluate((vscode) => vscode.commands.executeCommand('workbench.view.scm'));
      await editor.driver.typeText('Say what changed', 30);
      await new Promise((resolve) => setTimeout(resolve, 400));
      assert.deepEqual(asked(editor), []);
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
      await focused(editor.page, '.notebook-editor');
      await editor.driver.press('End');
      // VS Code does not ask for every key in a cell that was just opened: who types on gets a suggestion.
      await waitFor('ghost text', async () => {
        await editor.driver.typeText(' ');
        const text = await waitFor('it', () => editor.driver.ghostText(), 2000).catch(() => '');
        if (text === '') await editor.driver.press('Backspace');
        return /total/.test(text);
      }, 20_000);
      await editor.driver.press('Tab');
      await becomes(editor, 'const sum = total(prices);');
    },
  },
};
